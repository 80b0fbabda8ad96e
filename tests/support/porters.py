"""A porter's round in a test: what is to be done now is done, and the letters that come of it are read."""

from dataclasses import dataclass

from hub.jobs import JOBS, Job, SendMail
from hub.porter import ERRANDS, Errand, Means
from hub.store.connections import connection
from hub.store.database import Database

KINDS: dict[str, type[Job]] = {kind.kind: kind for kind in JOBS}
ROUNDS_MAX = 10


@dataclass(frozen=True)
class Got:
    """A letter, as whoever it is for reads it."""

    to: str
    template: str
    language: str
    facts: dict[str, str]

    @property
    def token(self) -> str:
        """What its link carries."""
        return self.facts["link"].partition("#")[2].partition("=")[2]


@dataclass(frozen=True)
class Letters:
    """What is sent from a database that nobody else works on."""

    database: Database
    front_door: str

    async def come(self) -> list[Got]:
        """Do everything that is to be done, and what follows from that; the letters, in the order of their asking."""
        got: list[Got] = []
        for _ in range(ROUNDS_MAX):
            async with self.database.transaction():
                rows = await connection().fetch("delete from job returning id, entrypoint, payload")
            if not rows:
                return got
            for row in sorted(rows, key=lambda row: row["id"]):
                job = KINDS[row["entrypoint"]].model_validate_json(row["payload"])
                if isinstance(job, SendMail):
                    got.append(Got(job.to, job.template.value, job.language, job.facts))
                else:
                    await ERRANDS[type(job)](job, Errand(str(row["id"]), Means(self.database, None, self.front_door)))
        raise AssertionError("There is always more to be done.")
