"""Whom a letter was for is known for as long as it is to be sent, and no longer than whoever it was for is known."""

from datetime import timedelta

from hub.actions.passwords import HASHER
from hub.domain.accounts import DELETED_NAME
from hub.ids import UserId, new_id
from hub.jobs import CannotBeDone, EraseAccounts, MailTemplate, SendMail, SendReset
from hub.outside.mail import Letter
from hub.outside.mailbox import Mailbox
from hub.porter import ERRANDS, Errand, Means, Porter
from hub.store import accounts, jobs, people
from hub.store.database import Database, connection
from hub.store.people import Person
from hub.telemetry import Metrics
from tests.porter.test_porter import held, nothing_is_left

ANN, BEN = "ann@example.test", "ben@example.test"
LONG_AGO = timedelta(days=40)


class Post:
    """Takes letters, but none to Ann."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, letter: Letter, id: str) -> None:
        if letter.to == ANN:
            raise CannotBeDone("There is nobody.")
        self.sent.append(letter.to)


def mail(to: str) -> SendMail:
    return SendMail(template=MailTemplate.ALREADY_REGISTERED, to=to, facts={"link": "https://a.example"})


async def kept(database: Database) -> str:
    """Everything that is kept of jobs, and of letters in the house."""
    of_job = "concat(t::text, convert_from(t.payload, 'UTF8'))"
    said = {"job": of_job, "job_log": "t::text", "job_statistics": "t::text", "mailbox": "t::text"}
    async with database.snapshot():
        rows = [await connection().fetchval(f"select string_agg({one}, ' ') from {of} t") for of, one in said.items()]
    return " ".join(row or "" for row in rows)


async def test_of_a_letter_that_was_sent_nobody_can_read_to_whom(database: Database) -> None:
    post = Post()
    async with database.transaction():
        await jobs.enqueue(mail(BEN))
        await jobs.enqueue(mail(ANN))
    assert BEN in await kept(database)
    async with Porter(Means(database, post), Metrics()).working():
        await nothing_is_left(database)
        await held(database)
    assert post.sent == [BEN]
    assert BEN not in await kept(database)
    assert ANN in await kept(database), "what is held can be tried again"


async def test_whoever_is_erased_is_erased_in_letters_too_and_not_who_has_their_address_since(
    database: Database,
) -> None:
    ann = Person(UserId(new_id()), ANN, "Ann", HASHER.hash("her own password"), is_operator=False)
    async with database.transaction():
        await people.add(ann)
        for job in (mail(ANN), SendReset(email=f" {ANN.upper()}"), mail(BEN)):
            await jobs.enqueue(job)
        await connection().execute("update job set status = 'failed', created = now() - $1::interval", LONG_AGO)
    await ERRANDS[SendMail](mail(ANN), Errand("1", Means(database, Mailbox(database))))
    async with database.transaction():
        await accounts.delete_person(ann.id, was=ann.password_hash, called=DELETED_NAME)
        await connection().execute("update mailbox set at = now() - $1::interval", LONG_AGO)

    async def erased_after(days: int) -> str:
        async with database.transaction():
            await connection().execute("update deleted_person set deleted_at = now() - $1::interval", timedelta(days))
        await ERRANDS[EraseAccounts](EraseAccounts(), Errand("2", Means(database)))
        return (await kept(database)).lower()

    assert ANN in await erased_after(29)
    known = await erased_after(31)
    assert ANN not in known
    assert BEN in known

    async with database.transaction():
        await jobs.enqueue(mail(ANN))
        await connection().execute(
            "insert into deleted_person (person_id, email, name) values ($1, $2, 'x')", ann.id, ANN
        )
    assert ANN in await erased_after(31)
