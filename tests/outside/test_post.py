"""Both ways letters go keep one contract: by SMTP, and into the house's own mailbox."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from email.message import EmailMessage

import pytest

from hub.jobs import CannotBeDone, NotDoneYet
from hub.outside.mail import Letter, Post, SmtpPost
from hub.outside.mailbox import Mailbox
from hub.store import mailbox
from hub.store.database import Database
from tests.support.letters import MailServer, a_mail_server

SENDER = "Brigade <kitchen@brigade.example>"


@dataclass(frozen=True)
class Arrived:
    """A letter where it arrived. Letters with one `name` are one letter."""

    name: str
    to: str
    subject: str
    text: str
    html: str


class Way:
    """One of the ways, and where it leads."""

    def __init__(self, post: Post, database: Database, server: MailServer | None) -> None:
        self.post, self._database, self._server = post, database, server

    async def arrived(self) -> list[Arrived]:
        if self._server is None:
            kept = await self._database.glance(mailbox.latest)
            return [Arrived(one.id, one.to, one.subject, one.text, one.html) for one in reversed(kept)]
        return [_read(to, letter) for to, letter in self._server.letters]


def _read(to: str, letter: EmailMessage) -> Arrived:
    parts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in letter.iter_parts()}
    assert letter["To"] == to
    return Arrived(letter["Message-ID"], to, letter["Subject"], parts["text/plain"], parts["text/html"])


@pytest.fixture(params=["smtp", "mailbox"])
async def way(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Way]:
    async with AsyncExitStack() as stack:
        if request.param == "mailbox":
            yield Way(Mailbox(database), database, None)
        else:
            server = await stack.enter_async_context(a_mail_server())
            yield Way(SmtpPost(server.url, SENDER), database, server)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with a_mail_server() as server:
        yield server


def a_letter(subject: str = "¿Has sido tú? 🔔", text: str = "Sí.\n.\n..\nFrom here\n" + "ñ" * 2_000 + "\n") -> Letter:
    return Letter("rosa@example.com", subject, text, f"<p>{text}</p>\n", "es")


# ------------------------------------------------------------------ both


async def test_a_letter_arrives_as_it_was_written(way: Way) -> None:
    letter = a_letter()
    await way.post.send(letter, "1")
    (arrived,) = await way.arrived()
    assert (arrived.to, arrived.subject) == (letter.to, letter.subject)
    assert (arrived.text, arrived.html) == (letter.text, letter.html)


async def test_a_letter_that_is_handed_over_twice_can_be_told_from_two(way: Way) -> None:
    await way.post.send(a_letter("One"), "1")
    await way.post.send(a_letter("One"), "1")
    await way.post.send(a_letter("Two"), "2")
    arrived = {one.name: one.subject for one in await way.arrived()}
    assert list(arrived.values()) == ["One", "Two"]


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\r", "\0"])
async def test_nothing_can_be_put_into_a_letters_head(way: Way, mark: str) -> None:
    with pytest.raises(CannotBeDone):
        await way.post.send(a_letter(f"Hello{mark}Bcc: everybody@example.com"), "1")
    assert await way.arrived() == []


# ------------------------------------------------------------------ the mailbox


async def test_the_mailbox_keeps_the_last_letters_alone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "LETTERS_KEPT_MAX", 3)
    for number in range(5):
        await Mailbox(database).send(a_letter(str(number)), str(number))
    assert [one.subject for one in await database.glance(mailbox.latest)] == ["4", "3", "2"]


# ------------------------------------------------------------------ SMTP


async def test_a_letter_says_whom_it_is_from_and_that_nobody_wrote_it(server: MailServer) -> None:
    await SmtpPost(server.url, SENDER).send(a_letter(), "7.2026")
    ((_, letter),) = server.letters
    assert letter["From"] == SENDER
    assert letter["Message-ID"] == "<7.2026@brigade.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "es"
    assert letter["Bcc"] is None


@pytest.mark.parametrize(
    ("word", "answer", "told", "why"),
    [
        ("RCPT", "550 no such rosa@example.com", CannotBeDone, "The mail server refused the address: 550."),
        ("RCPT", "450 later, rosa@example.com", NotDoneYet, "The mail server refused the address: 450."),
        (".", "554 rosa@example.com wants none", CannotBeDone, "The mail server refused the letter: 554."),
        (".", "451 later", NotDoneYet, "The mail server refused the letter: 451."),
        ("MAIL", "530 who are you", NotDoneYet, "The mail server does not take our mail: 530."),
        ("EHLO", "421 busy", NotDoneYet, "The mail server does not take our mail: 421."),
    ],
)
async def test_what_a_server_refuses_for_good_is_not_tried_again(
    server: MailServer, word: str, answer: str, told: type[Exception], why: str
) -> None:
    server.answers[word] = answer
    if word == "EHLO":
        server.answers["HELO"] = answer
    with pytest.raises(told) as refused:
        await SmtpPost(server.url, SENDER).send(a_letter(), "1")
    assert str(refused.value) == why
    assert server.letters == []


async def test_a_server_that_is_not_there_may_be_there_another_time(server: MailServer) -> None:
    nowhere = "smtp://127.0.0.1:1"
    with pytest.raises(NotDoneYet, match="cannot be reached"):
        await SmtpPost(nowhere, SENDER).send(a_letter(), "1")


async def test_a_server_that_is_gone_before_it_said_yes_gets_the_same_letter_again(server: MailServer) -> None:
    server.hangs_up_after_the_letter = 1
    post = SmtpPost(server.url, SENDER)
    with pytest.raises(NotDoneYet):
        await post.send(a_letter(), "1")
    await post.send(a_letter(), "1")
    assert [letter["Message-ID"] for _, letter in server.letters] == ["<1@brigade.example>"] * 2


async def test_nothing_is_handed_to_another_machine_in_clear(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.outside.mail.is_loopback", lambda host: False)
    with pytest.raises(NotDoneYet, match="STARTTLS"):
        await SmtpPost(server.url, SENDER).send(a_letter(), "1")
    assert server.letters == []
    await SmtpPost(server.url.replace("smtp:", "smtp+plain:"), SENDER).send(a_letter(), "1")
    assert len(server.letters) == 1
