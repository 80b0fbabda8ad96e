"""Mail commits with the change that asked for it, and is sent, whoever is killed when: real processes, real SMTP."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hub.jobs import MailTemplate, SendMail
from hub.outside.mail import SmtpPost
from hub.porter import Means, Porter
from hub.store import jobs
from hub.store.database import Database
from hub.telemetry import Metrics
from tests.support.databases import address_of, name_of
from tests.support.houses import SECRET
from tests.support.letters import MailServer, a_mail_server
from tests.support.processes import REPOSITORY, brigade

SENDER = "Brigade <kitchen@brigade.example>"
SENT_SECONDS_MAX = 20.0
MAIL = SendMail(template=MailTemplate.ALREADY_REGISTERED, to="rosa@example.com", facts={"link": "https://a.example"})

ASKS_AND_DIES = """
import asyncio, os, signal, sys
from hub.jobs import MailTemplate, SendMail
from hub.store import jobs
from hub.store.database import Database

async def work(url, is_committed):
    database = await Database.open(url, pool_size_max=2)
    die = lambda: os.kill(os.getpid(), signal.SIGKILL)
    async with database.transaction():
        await jobs.enqueue(SendMail.model_validate_json(sys.argv[3]))
        is_committed or die()
    die()

asyncio.run(work(sys.argv[1], sys.argv[2] == "committed"))
"""


@asynccontextmanager
async def another_porter(database: Database, server: MailServer) -> AsyncIterator[None]:
    porter = Porter(Means(database, SmtpPost(server.url, SENDER)), Metrics(), look_every_seconds=0.1)
    async with porter.working():
        yield


async def ask_and_die(url: str, when: str) -> int:
    """A process asks for a mail and is killed; how it ended."""
    script = [sys.executable, "-c", ASKS_AND_DIES, url, when, MAIL.model_dump_json()]
    process = await asyncio.create_subprocess_exec(*script, cwd=REPOSITORY, env=os.environ)
    return await asyncio.wait_for(process.wait(), SENT_SECONDS_MAX)


async def nothing_waits(database: Database) -> None:
    async with asyncio.timeout(SENT_SECONDS_MAX):
        while True:
            if (await database.glance(jobs.counts)).waiting == 0:
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("when", "letters"), [("before the commit", 0), ("committed", 1)])
async def test_mail_is_sent_if_its_change_was_committed_and_only_then(
    database: Database, database_url: str, when: str, letters: int
) -> None:
    assert await ask_and_die(database_url, when) == -signal.SIGKILL
    async with a_mail_server() as server, another_porter(database, server):
        await nothing_waits(database)
    assert len(server.letters) == letters


async def test_what_a_killed_hub_was_handing_over_is_handed_over_by_another_under_the_same_name(
    database: Database, database_url: str, postgres_url: str, redis_url: str
) -> None:
    async with a_mail_server() as server:
        environment = {
            "DATABASE_URL": address_of(postgres_url, name_of(database_url)),
            "REDIS_URL": redis_url,
            "BRIGADE_SECRET": SECRET,
            "SMTP_URL": server.url,
            "MAIL_FROM": SENDER,
            "PUBLIC_URL": "https://brigade.example",
        }
        server.is_stuck = asyncio.Event()
        async with brigade("serve", "--port", "0", environment=environment) as hub:
            await hub.url()
            async with database.transaction():
                await jobs.enqueue(MAIL)
            await asyncio.wait_for(server.got_one.wait(), SENT_SECONDS_MAX)
            hub.kill()
            await hub.ends()
            assert "rosa" not in hub.everything()
        server.is_stuck.set()
        # Half a minute passes, in which nobody hears of the hub.
        async with database.transaction() as line:
            await line.execute("update job set heartbeat = heartbeat - interval '1 minute'")
        async with another_porter(database, server):
            await nothing_waits(database)
        names = [letter["Message-ID"] for _, letter in server.letters]
        assert len(names) == 2
        assert len(set(names)) == 1
