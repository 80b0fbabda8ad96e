"""A hub behind its REST door, with a whole restaurant in it, and people who call."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from api import routes
from hub.actions.accounts import Accounts
from hub.actions.avatars import Avatars
from hub.actions.devices import Devices
from hub.actions.glass import Glass
from hub.actions.identity import Demo, Identities, Visitor
from hub.actions.invitations import Invitations
from hub.actions.passkeys import Challenges, Passkeys
from hub.actions.passwords import HASHER, Passwords
from hub.actions.pins import Pins
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions
from hub.actions.vouching import Handles, Vouching
from hub.boards.opening import Opening
from hub.config import Settings
from hub.domain.passkeys import house_at
from hub.follow import Followers, Hearing, InProcessDoorbell, InProcessPulses, LedgerPages, Street
from hub.ids import OrderId, SeatingId, TableId, UserId, new_id
from hub.keys import Hub
from hub.people import STAFF, Role
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person
from hub.telemetry import Metrics
from hub.turnstile import Turnstile
from tests.support.houses import SECRET, House, a_house, begins_shift, token_of

ORIGIN = "https://screens.example"
PASSWORD = "a waiter's own password"

ELSEWHERE = ("/health", "/metrics", "/docs", "/fav", "/mailbox", "/api")
"""What is not below `/api/v2`, or says itself that it is."""

Client = TestClient[web.Request, web.Application]


@dataclass(frozen=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    json: Any

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"].startswith("application/problem+json"), self.body
        return str(self.json["code"])


@dataclass
class Caller:
    """Somebody who calls the hub, with or without a token."""

    client: Client
    token: str | None = None

    async def asks(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, data: Any = None, **headers: str
    ) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if key is not None:
            sent["Idempotency-Key"] = key
        said = {} if body is None else {"json": body}
        if data is not None:
            said = {"data": data}
        url = path if path.startswith(ELSEWHERE) else f"/api/v2{path}"
        async with self.client.request(method, url, headers=sent, allow_redirects=False, **said) as answer:
            raw = await answer.read()
            is_json = "json" in answer.headers.get("Content-Type", "")
            return Answer(answer.status, answer.headers, raw, await answer.json(content_type=None) if is_json else None)

    async def gets(self, path: str, **headers: str) -> Answer:
        return await self.asks("GET", path, **headers)

    async def posts(self, path: str, body: Any = None, *, key: str | None = None) -> Answer:
        return await self.asks("POST", path, body, key=key)


@pytest.fixture
def street() -> Street:
    return Street()


@pytest.fixture
async def house(database: Database) -> House:
    """The restaurant in the hub."""
    return await a_house(database)


@pytest.fixture
async def hub(database: Database, street: Street, house: House) -> AsyncIterator[Hub]:
    """A hub of real parts; only its doorbell rings in this process alone."""
    metrics = Metrics()
    doorbell = InProcessDoorbell(street, metrics)
    followers = Followers(LedgerPages(database), doorbell, metrics)
    database.listen(followers.hear)
    database.listen(doorbell.ring)
    identities, passwords = Identities(database, house.tokens), Passwords()
    followers.add_listener(identities)
    turnstile = Turnstile(None, metrics)
    second_factors = SecondFactors(database, passwords, turnstile, SECRET, "https://b.example")
    sessions = Sessions(database, house.tokens, passwords, second_factors, "https://b.example")
    devices = Devices(database, house.tokens)
    settings = Settings(
        database_url="postgresql://unused",
        redis_url="redis://unused",
        brigade_secret=SECRET,
        allowed_origins=(ORIGIN,),
    )
    async with followers.running():
        yield Hub(
            settings=settings,
            metrics=metrics,
            database=database,
            followers=followers,
            hearing=Hearing("test", database, followers, doorbell, metrics),
            pulses=InProcessPulses(street, metrics),
            deeds=house.deeds,
            glass=Glass(house.database, house.deeds),
            identities=identities,
            sessions=sessions,
            second_factors=second_factors,
            accounts=Accounts(database, house.tokens, passwords, second_factors, settings.front_door),
            invitations=Invitations(database, house.tokens, passwords),
            avatars=Avatars(database),
            vouching=Vouching(database, sessions, passwords, Handles(SECRET), {}, settings.front_door),
            passkeys=Passkeys(
                database, passwords, second_factors, sessions, Challenges(SECRET), house_at("https://b.example")
            ),
            devices=devices,
            pins=Pins(database, passwords, sessions, devices, SECRET),
            links=house.tokens,
            opening=Opening(database, followers, metrics),
            turnstile=turnstile,
            instance="test",
            started_at=datetime.now(UTC).timestamp(),
        )
    passwords.close()


@pytest.fixture
def demo(hub: Hub, house: House) -> Demo:
    """The hub is a demo of the house."""
    people = tuple(Visitor(role, role.value.title(), house.user(role)) for role in sorted(STAFF))
    hub.demo = Demo(house.id, "The Test Kitchen", 30, people)
    return hub.demo


@pytest.fixture
async def client(hub: Hub, aiohttp_client: Callable[..., Awaitable[Client]]) -> Client:
    app = web.Application()
    routes.attach(app, hub, asyncapi=lambda: {"asyncapi": "3.0.0"})
    return await aiohttp_client(app)


@pytest.fixture
def nobody(client: Client) -> Caller:
    return Caller(client)


Calls = Callable[[Role], Caller]


@pytest.fixture
def calls(client: Client, house: House) -> Calls:
    """`calls(Role.WAITER)`: somebody of the house, signed in."""

    def caller(role: Role) -> Caller:
        return Caller(client, house.token(role))

    return caller


@pytest.fixture
def waiter(calls: Calls) -> Caller:
    return calls(Role.WAITER)


@pytest.fixture
def cook(calls: Calls) -> Caller:
    return calls(Role.COOK)


@pytest.fixture
def manager(calls: Calls) -> Caller:
    return calls(Role.MANAGER)


@pytest.fixture
async def stranger(client: Client, hub: Hub, house: House) -> Caller:
    """Somebody who is signed in, and works nowhere."""
    user = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(user, "stranger@example.test", "Stranger", HASHER.hash(PASSWORD), is_operator=False))
        await begins_shift(user)
    return Caller(client, token_of(user))


@pytest.fixture
async def owner_elsewhere(client: Client, hub: Hub, house: House) -> Caller:
    """The owner of another restaurant."""
    return Caller(client, (await a_house(hub.database, name="Elsewhere")).token(Role.OWNER))


@pytest.fixture
def guest_at(client: Client, house: House) -> Callable[[SeatingId, TableId], Caller]:
    """Whoever holds the link of a seating."""

    def caller(seating: SeatingId, table: TableId) -> Caller:
        return Caller(client, house.tokens.seating_link(house.id, table, seating, datetime.now(UTC)))

    return caller


@pytest.fixture
def follower_of(client: Client, house: House) -> Callable[[OrderId], Caller]:
    """Whoever holds the link of an order."""

    def caller(order: OrderId) -> Caller:
        return Caller(client, house.tokens.order_link(house.id, order, datetime.now(UTC)))

    return caller
