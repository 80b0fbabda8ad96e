"""The mailbox of a house to try: what would have been sent, for those who may sign in there without a password."""

import pytest

from api.mailbox import LETTER_POLICY
from hub.actions.identity import Demo
from hub.jobs import MailTemplate, SendMail
from hub.outside.letters import letter
from hub.outside.mailbox import Mailbox
from hub.store.database import Database
from tests.api.conftest import Caller

LINK = "https://brigade.example/reset?token=a&b=c"
MAIL = SendMail(
    template=MailTemplate.NEW_DEVICE,
    to="o'rosa@example.com",
    facts={"link": LINK, "at": "2026-11-24T10:00:00Z", "address": "::1", "device": "<img src=x onerror=alert(1)>"},
)


@pytest.fixture
async def sent(database: Database) -> None:
    await Mailbox(database).send(letter(MAIL), "7.1")


async def test_whoever_tries_the_house_reads_what_would_have_been_sent(nobody: Caller, demo: Demo, sent: None) -> None:
    listed = await nobody.gets("/mailbox")
    assert listed.status == 200
    assert b'<a href="/mailbox/7.1">A new device has signed in</a>' in listed.body
    shown = await nobody.gets("/mailbox/7.1")
    assert b'<a href="https://brigade.example/reset?token=a&amp;b=c" rel="noreferrer">' in shown.body
    assert "To o&#39;rosa@example.com" in shown.body.decode()


async def test_an_empty_mailbox_says_so(nobody: Caller, demo: Demo) -> None:
    assert b"No letter yet." in (await nobody.gets("/mailbox")).body


async def test_nothing_in_a_letter_can_run(nobody: Caller, demo: Demo, sent: None) -> None:
    for path in ("/mailbox", "/mailbox/7.1", "/mailbox/7.1/html"):
        answer = await nobody.gets(path)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"<img" not in answer.body
        assert b"<script" not in answer.body
        assert "default-src 'none'" in policy
        assert "script-src 'unsafe-inline'" not in policy
    assert policy == LETTER_POLICY
    assert policy.endswith("sandbox")


async def test_elsewhere_there_is_no_mailbox(nobody: Caller, sent: None) -> None:
    for path in ("/mailbox", "/mailbox/7.1", "/mailbox/7.1/html"):
        answer = await nobody.gets(path)
        assert (answer.status, answer.code) == (404, "not_found")


async def test_a_page_that_had_its_own_name_lead_here_finds_no_mailbox(nobody: Caller, demo: Demo, sent: None) -> None:
    answer = await nobody.gets("/mailbox/7.1", Host="evil.example")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_letter_that_is_not_there_is_not_found(nobody: Caller, demo: Demo) -> None:
    assert (await nobody.gets("/mailbox/8")).status == 404
