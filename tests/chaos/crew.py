"""The people who ask: dinners, deed by deed, at every table of every house, until they are told to come to an end.

Each deed has a key, is asked again with it until somebody answers, and is remembered with all its answers, so that
what was acknowledged can be held against what was done. Cooks ask by their tablet's socket as often as by REST, and
some deeds are sent twice on purpose. Not its business: devices that only listen, and what is true afterwards.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Protocol
from uuid import uuid4

import aiohttp
import orjson

from hub.ids import TableId
from hub.people import Role
from tests.chaos.devices import Away, Device, Json
from tests.support.houses import House
from tests.support.houses import token_of as token_for

API = "/api/v2"
ANSWER_SECONDS_MAX = 8.0
RUN_LASTS_MAX = timedelta(hours=12)
"""Longer than any answer may take, so that one which is late is seen to be."""
PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = (0.05, 0.25)
TWICE_SHARE = 0.05
BY_SOCKET_SHARE = 0.5
VOIDED_SHARE = 0.1
RECALLED_SHARE = 0.1
REORDERED_SHARE = 0.1
TOO_LATE = "illegal_ticket_step"
BROKEN_OFF, NOT_REACHED = 0, -1
"""In place of a status: no answer came; or nobody was there to ask, and nothing was said."""
ASK_AGAIN = (BROKEN_OFF, NOT_REACHED, 429, 503)
"""Statuses after which the same is asked again."""


class Guest(Protocol):
    """Somebody who looks on."""

    def leaves(self) -> None: ...


class GaveUp(Exception):
    """Nobody answered for as long as anybody would wait."""


class Refusal(Exception):
    """No, for good."""

    def __init__(self, status: int, what: str) -> None:
        self.status = status
        super().__init__(f"{status} {what}")


@dataclass(frozen=True, slots=True)
class Try:
    """One request, on its way to one hub. By a socket `status` is 200 or 400, or BROKEN_OFF."""

    at: float
    seconds: float
    status: int
    hub: str
    retry_after: str | None = None
    why: str = ""


@dataclass(slots=True)
class Asked:
    """One thing that was to be done, with every try at it. `answer` is None until somebody answered for good."""

    key: str
    actor: str
    what: str
    tries: list[Try] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    refusal: str | None = None

    @property
    def was_done(self) -> bool:
        return bool(self.answers)


@dataclass
class Book:
    """Everything that was asked."""

    asked: list[Asked] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def tries(self) -> list[Try]:
        return [one for asked in self.asked for one in asked.tries]


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to be done, as it is asked by REST, and, where it has a `verb`, as it may be said by a socket."""

    role: Role
    method: str
    path: str
    body: Json = field(default_factory=dict)
    verb: str = ""
    said: Json = field(default_factory=dict)

    def __str__(self) -> str:
        return self.verb or f"{self.method} {self.path}"


class Asker:
    """The people of one house, who may ask at any hub."""

    def __init__(
        self,
        web: aiohttp.ClientSession,
        addresses: Callable[[], Sequence[str]],
        house: House,
        book: Book,
        dice: Random,
    ) -> None:
        self._web = web
        self._addresses = addresses
        self._house = house
        self._book = book
        self._dice = dice
        self._tokens = {role: token_of(house, role) for role in house.actors}

    async def asks(self, wish: Wish, by: Device | None = None) -> Json:
        """Ask until there is an answer, now and then twice at once. `by` a tablet, as long as it is connected.

        Raises Refusal and GaveUp.
        """
        asked = Asked(str(uuid4()), self._house.actors[wish.role].name, str(wish))
        self._book.asked.append(asked)
        asking = [self._until_answered(asked, wish, by)]
        if self._dice.random() < TWICE_SHARE:
            asking.append(self._until_answered(asked, wish, None))
        answers = await asyncio.gather(*asking, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        assert isinstance(answers[0], dict)
        return answers[0]

    async def _until_answered(self, asked: Asked, wish: Wish, by: Device | None) -> Json:
        gives_up_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < gives_up_at:
            is_by_socket = by is not None and by.is_connected
            answer = await (self._by_socket(asked, wish, by) if is_by_socket and by else self._by_rest(asked, wish))
            if answer is not None:
                return answer
            await asyncio.sleep(self._dice.uniform(*PAUSE_SECONDS))
        raise GaveUp(f"{wish} was not answered for {PATIENCE_SECONDS:.0f} s: {asked.tries[-1]}")

    async def _by_rest(self, asked: Asked, wish: Wish) -> Json | None:
        url, at, began = self._dice.choice(self._addresses()), time.time(), time.monotonic()
        status, retry_after, data, why = BROKEN_OFF, None, b"", ""
        headers = {"Authorization": f"Bearer {self._tokens[wish.role]}", "Idempotency-Key": asked.key}
        patience = aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX)
        try:
            async with self._web.request(
                wish.method, url + API + wish.path, json=wish.body, headers=headers, timeout=patience
            ) as answer:
                data = await answer.read()
                status, retry_after = answer.status, answer.headers.get("Retry-After")
        except aiohttp.ClientConnectorError:
            status = NOT_REACHED
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            status, why = BROKEN_OFF, repr(error)
        asked.tries.append(Try(at, time.monotonic() - began, status, url, retry_after, why))
        if status in (200, 201):
            asked.answers.append(data)
            said: Json = orjson.loads(data)
            return said
        if status in ASK_AGAIN or (status == 409 and b'"in_progress"' in data):
            return None
        asked.refusal = orjson.loads(data)["code"]
        raise Refusal(status, f"{wish}: {data.decode()}")

    async def _by_socket(self, asked: Asked, wish: Wish, by: Device) -> Json | None:
        at, began = time.time(), time.monotonic()
        answer: Json | None = None
        with suppress(Away, TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                answer = await by.asks(wish.verb, {**wish.said, "commandId": asked.key})
        status = BROKEN_OFF if answer is None else 200 if answer["ok"] else 400
        asked.tries.append(Try(at, time.monotonic() - began, status, by.name))
        if answer is None or (not answer["ok"] and answer["error"]["retry"]):
            return None
        if answer["ok"]:
            asked.answers.append(orjson.dumps({name: said for name, said in answer.items() if name != "ok"}))
            return answer
        asked.refusal = answer["error"]["code"]
        raise Refusal(status, f"{wish}: {answer}")


@dataclass
class Table:
    """One table, where dinner follows dinner."""

    house: House
    asker: Asker
    name: str
    cooks: Sequence[Device]
    comes: Callable[[House, str, str], Guest]
    """Lets a guest look at a room, with the link that opens it."""
    book: Book
    dice: Random
    pause_seconds: float
    dinners: int = 0

    async def serves(self, is_over: asyncio.Event) -> None:
        """Dinner after dinner, until it is over; the last one is brought to its end."""
        await asyncio.sleep(self.dice.uniform(0, self.pause_seconds * 5))
        while not is_over.is_set():
            try:
                await self._dinner()
                self.dinners += 1
            except Refusal as refusal:
                self.book.troubles.append(f"A dinner at table {self.name} ended with {refusal}.")
                await self._breathe()
            except GaveUp as why:
                self.book.troubles.append(str(why))
                return

    async def _dinner(self) -> None:
        table = self.house.tables[self.name]
        seated = await self._asks(Role.HOST, "POST", f"/tables/{table}/seatings", {"covers": 2})
        guests = [self.comes(self.house, f"table:{table}", seated["guestLink"])]
        order = await self._order(table)
        guests.append(self.comes(self.house, f"order:{order['orderId']}", order["guestLink"]))
        if self.dice.random() < VOIDED_SHARE and len(order["lines"]) > 1:
            line = self.dice.choice(order["lines"])
            await self._asks(Role.WAITER, "POST", f"/orders/{order['orderId']}/lines/{line['lineId']}/void")
        order = await self._asks(Role.WAITER, "POST", f"/orders/{order['orderId']}/courses/1/fire")
        for ticket in order["tickets"]:
            await self._cooks(ticket["ticketId"])
        await self._asks(Role.WAITER, "POST", f"/orders/{order['orderId']}/serve")
        await self._asks(Role.WAITER, "PATCH", f"/tables/{table}", {"status": "bill"})
        await self._asks(Role.WAITER, "POST", f"/orders/{order['orderId']}/close")
        for status in ("dirty", "free"):
            await self._asks(Role.HOST, "PATCH", f"/tables/{table}", {"status": status})
        for guest in guests:
            guest.leaves()

    async def _order(self, table: TableId) -> Json:
        wanted = self.dice.sample(("Soup", "Burger", "Wine"), self.dice.randint(1, 3))
        lines = [
            {"itemId": str(self.house.items[name].id), "quantity": self.dice.randint(1, 3), "course": 1}
            for name in wanted
        ]
        body = {"kind": "dine_in", "tableId": str(table), "lines": lines}
        return await self._asks(Role.WAITER, "POST", f"/restaurants/{self.house.id}/orders", body)

    async def _cooks(self, ticket: str) -> None:
        if self.dice.random() < REORDERED_SHARE:
            await self._cooks_in_any_order(ticket)
        else:
            await self._cook(ticket, "start")
            await self._cook(ticket, "bump")
        if self.dice.random() < RECALLED_SHARE:
            await self._cook(ticket, "recall")
            await self._cook(ticket, "bump")

    async def _cooks_in_any_order(self, ticket: str) -> None:
        """Start and bump are on their way together, and whichever hub is quicker has the first of them."""
        verbs = ["start", "bump"]
        self.dice.shuffle(verbs)
        answers = await asyncio.gather(*(self._cook(ticket, verb) for verb in verbs), return_exceptions=True)
        for verb, answer in zip(verbs, answers, strict=True):
            # To start what is done already is refused, and nothing has come of it.
            if isinstance(answer, BaseException) and not (verb == "start" and TOO_LATE in str(answer)):
                raise answer

    async def _cook(self, ticket: str, verb: str) -> None:
        by = self.dice.choice(self.cooks) if self.cooks and self.dice.random() < BY_SOCKET_SHARE else None
        await self._breathe()
        said = {"ticketId": ticket}
        await self.asker.asks(Wish(Role.COOK, "POST", f"/tickets/{ticket}/{verb}", {}, f"{verb}_ticket", said), by)

    async def _asks(self, role: Role, method: str, path: str, body: Json | None = None) -> Json:
        await self._breathe()
        return await self.asker.asks(Wish(role, method, path, body or {}))

    async def _breathe(self) -> None:
        await asyncio.sleep(self.pause_seconds * self.dice.uniform(0.5, 1.5))


def token_of(house: House, role: Role) -> str:
    """What this role's person shows."""
    return token_for(house.user(role), lasts=RUN_LASTS_MAX)
