"""Two hubs on one database with a restaurant in it, and people who walk in. Everything is real."""

import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hub.people import Actor, Role
from hub.store.database import Database
from hub.tokens import STAFF_LIFETIME
from tests.support import houses
from tests.support.houses import House, a_house
from tests.support.hubs import RunningHub, a_hub
from tests.support.people import Person

Arrives = Callable[..., Awaitable[Person]]

CLIENT = "socket.io-client@4.8.4"
INSTALL_SECONDS_MAX = 120.0


@pytest.fixture
async def hub(database_url: str, redis_url: str) -> AsyncIterator[RunningHub]:
    async with a_hub(database_url, redis_url) as hub:
        yield hub


@pytest.fixture
async def other_hub(database_url: str, redis_url: str) -> AsyncIterator[RunningHub]:
    """Another one on the same database."""
    async with a_hub(database_url, redis_url) as hub:
        yield hub


@pytest.fixture
async def house(hub: RunningHub, database: Database) -> House:
    """A restaurant. Its own deeds are done behind the hubs' backs; what a person asks is heard at once."""
    return await a_house(database)


def token_of(house: House, who: Actor | Role, *, lasts: timedelta = STAFF_LIFETIME) -> str:
    """A token for somebody of the house; `lasts` makes one that is nearly over."""
    actor = house.actors[who] if isinstance(who, Role) else who
    assert actor.user is not None
    return houses.token_of(actor.user, lasts=lasts)


@pytest.fixture
async def arrives(hub: RunningHub, house: House) -> AsyncIterator[Arrives]:
    """`await arrives(Role.COOK)`: somebody of the house, on the first hub unless another is named."""
    people: list[Person] = []

    async def arrive(who: Role | str | None = Role.WAITER, *, at: RunningHub = hub, device: str = "tablet") -> Person:
        token = token_of(house, who) if isinstance(who, Role) else who
        person = await Person.arrives(at.url, token, device=device)
        people.append(person)
        return person

    yield arrive
    for person in people:
        await person.leaves()


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client in it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js and npm are not on this machine.")
    folder = tmp_path_factory.mktemp("javascript")
    (folder / "package.json").write_text('{"name": "story", "private": true}')
    command = ("npm", "install", "--no-audit", "--no-fund", "--silent", CLIENT)
    installed = subprocess.run(command, cwd=folder, capture_output=True, timeout=INSTALL_SECONDS_MAX, check=False)
    if installed.returncode:
        pytest.skip(f"npm could not install {CLIENT} (exit {installed.returncode}).")
    return folder
