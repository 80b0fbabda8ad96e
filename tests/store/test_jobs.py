"""Jobs are there with the commit that asked for them and not without it, in the tables that PgQueuer expects."""

import os
import subprocess
import sys
from datetime import timedelta

import asyncpg
import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from pgqueuer.adapters.persistence.queries import Queries

from hub.jobs import MailTemplate, SendMail
from hub.store import jobs
from hub.store.database import Database, connection

MAIL = SendMail(template=MailTemplate.ALREADY_REGISTERED, to="rosa@example.com", facts={"link": "https://a.example"})


class Wrong(Exception):
    """Something goes wrong after the job was asked for."""


async def ask_and_fail(database: Database) -> None:
    async with database.transaction():
        await jobs.enqueue(MAIL)
        raise Wrong


async def waiting(database: Database) -> list[SendMail]:
    async with database.snapshot():
        rows = await connection().fetch("select payload from job where entrypoint = $1 order by id", SendMail.kind)
    return [SendMail.model_validate_json(row["payload"]) for row in rows]


async def test_a_job_is_there_with_the_commit_that_asked_for_it(database: Database) -> None:
    woken: list[str] = []
    database.when_jobs_are_left(lambda: woken.append("woken"))
    async with database.transaction():
        await jobs.enqueue(MAIL)
        assert woken == []
    assert await waiting(database) == [MAIL]
    assert woken == ["woken"]


async def test_a_job_of_a_change_that_is_rolled_back_is_not_there(database: Database) -> None:
    woken: list[str] = []
    database.when_jobs_are_left(lambda: woken.append("woken"))
    with pytest.raises(Wrong):
        await ask_and_fail(database)
    assert await waiting(database) == []
    assert woken == []


async def test_who_leaves_no_job_wakes_nobody(database: Database) -> None:
    database.when_jobs_are_left(lambda: pytest.fail("There is nothing to do."))
    async with database.transaction() as line:
        await line.execute("select 1")


async def test_a_job_is_asked_for_inside_a_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError, match="no transaction here"):
        await jobs.enqueue(MAIL)


async def test_of_two_jobs_with_one_key_the_second_is_not_added(database: Database) -> None:
    async with database.transaction():
        await jobs.enqueue(MAIL, key="tonight")
        await jobs.enqueue(MAIL, key="tonight")
        await jobs.enqueue(MAIL, key="tomorrow", after=timedelta(days=1))
    assert len(await waiting(database)) == 2


async def test_the_tables_are_those_that_pgqueuer_expects_without_what_notifies(database_url: str) -> None:
    line = await asyncpg.connect(database_url)
    plan = await Queries(AsyncpgDriver(line), qbe=QueryBuilderEnvironment(jobs.SETTINGS)).plan_upgrade()
    triggers = await line.fetchval("select count(*) from pg_trigger where tgrelid = 'job'::regclass")
    await line.close()

    missing = [one.split("(")[0].strip() for one in plan.statements]
    assert missing[0] == "CREATE TABLE job_schedule"
    assert missing[1:] == [
        "CREATE FUNCTION job_changed",
        "CREATE TRIGGER job_changed\nAFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON job\nEXECUTE FUNCTION job_changed",
    ]
    assert plan.notes == ()
    assert triggers == 0


def test_what_the_tables_are_called_is_no_setting() -> None:
    others = {"PGQUEUER_QUEUE_TABLE": "other", "QUEUE_TABLE": "other", "PGQUEUER_PREFIX": "x", "PGQUEUER_SCHEMA": "y"}
    script = "from hub.store.jobs import SETTINGS as s; print(s.queue_table, s.queue_table_log, s.db_schema)"
    said = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **others}, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["job", "job_log", "None"]
