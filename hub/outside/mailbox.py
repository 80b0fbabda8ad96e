"""The mailbox: the twin of mail that reaches nobody. Letters stay in the house's own database, for whoever tries it.

Every hub of the house sees the same one, and a letter that is handed over twice is there once. Not its business: who
may look into it (`api.mailbox`).
"""

from hub.outside.mail import Letter
from hub.store import mailbox
from hub.store.database import Database


class Mailbox:
    """Hands letters over to the house itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def send(self, letter: Letter, id: str) -> None:
        """Raises what the database raises, after which it may be tried again."""
        kept = mailbox.Kept(id, letter.to, letter.subject, letter.text, letter.html, letter.language)
        async with self._database.transaction():
            await mailbox.keep(kept)
