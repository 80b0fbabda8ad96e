"""What is kept ready is what would be read afresh, or it is not taken at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from hub import boards
from hub.audience import Room, RoomKind, Scope, restaurant_scope, waiters_room
from hub.boards import readers
from hub.boards.larder import Label, Larder, Made
from hub.boards.opening import Opening
from hub.boards.readers import Readers
from hub.commands import Command
from hub.domain.refusals import DatabaseUnavailable
from hub.follow import Follower, Followers, InProcessDoorbell, LedgerPages, Street
from hub.follow.followers import LINGER_SECONDS
from hub.ids import RestaurantId, new_id
from hub.people import Actor
from hub.store import ledger
from hub.store.database import Database
from hub.telemetry import Metrics
from tests.boards.evening import Evening
from tests.boards.story import everything_happens
from tests.support.databases import open_database
from tests.support.ledgers import record
from tests.support.questions import questions_to

HOUSE = RestaurantId(new_id())
SCOPE = restaurant_scope(HOUSE)
FLOOR = waiters_room(HOUSE)
KITCHEN = Room(RoomKind.PASS, HOUSE)
STEW = Label("stew", SCOPE, str(FLOOR))
SOUP = Label("soup", SCOPE, str(FLOOR), touched_by=frozenset({"item_changed"}))


class Cook:
    """Makes a few bytes that say of which number they are, and counts how often."""

    def __init__(self, database: Database, scope: Scope = SCOPE) -> None:
        self.database, self.scope = database, scope
        self.times = 0
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def makes(self) -> Made[bytes]:
        self.times += 1
        async with self.database.snapshot():
            head = (await ledger.heads([self.scope]))[self.scope]
        self.begun.set()
        await self.may_end.wait()
        return Made(b"of %d" % head.seq, head.epoch, head.seq)


class Kitchen:
    """A larder of a hub, and the cook who fills it."""

    def __init__(
        self,
        database: Database,
        *,
        size_max: int = 1_000,
        linger_seconds: float = 0.0,
        wanted_seconds: float = 3_600.0,
    ) -> None:
        self.database, metrics = database, Metrics()
        doorbell = InProcessDoorbell(Street(), metrics)
        self.followers = Followers(LedgerPages(database), doorbell, metrics, linger_seconds=linger_seconds)
        database.listen(self.followers.hear)
        self.larder: Larder[bytes] = Larder(
            self.followers, size_max=size_max, size_of=len, wanted_seconds=wanted_seconds
        )
        self.cook = Cook(database)

    async def takes(self, label: Label, *, not_before: int = 0) -> bytes:
        follower = self.followers.get(label.scope)
        assert follower is not None
        return (await self.larder.get(label, follower, self.cook.makes, not_before=not_before)).made.value

    def goes_unwanted(self, name: str, *, seconds: float) -> None:
        self.larder._kept[name].wanted_at -= seconds

    async def records(self, *rooms: Room, database: Database | None = None) -> int:
        return (await record(database or self.database, SCOPE, rooms)).entries[-1].seq

    async def lets_go(self) -> None:
        """Nobody listens any more. The followers of most kitchens here do not linger."""
        self.followers.leave(SCOPE)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert self.followers.get(SCOPE) is None

    @property
    def follower(self) -> Follower:
        follower = self.followers.get(SCOPE)
        assert follower is not None
        return follower


@pytest.fixture
async def kitchen(database: Database) -> AsyncIterator[Kitchen]:
    """It follows one restaurant's ledger."""
    kitchen = Kitchen(database)
    async with kitchen.followers.running():
        await kitchen.followers.follow(SCOPE)
        yield kitchen


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """Where another hub commits, of which nothing is heard here."""
    database = await open_database(database_url)
    yield database
    await database.close()


# ---------------------------------------------------------------------- the law


class KeptEvening(Evening):
    """An evening in which, after every deed, each board from the larder is the one that would be read afresh."""

    opening: Opening
    taken = 0

    async def do(self, command: Command, by: Actor | None = None) -> dict[str, Any]:
        answer = await super().do(command, by)
        for room in self.watched:
            taken = await self._from_the_larder(room)
            async with self.database.snapshot():
                afresh = await boards.load(room)
            assert taken == afresh.model_dump_json(by_alias=True).encode(), f"After {command.verb}, in {room}."
        return answer

    async def _from_the_larder(self, room: Room) -> bytes | None:
        kept = self.opening._boards.fresh(f"board {room}")
        self.taken += kept is not None
        body = (await self.opening.open(room, self._anybody(room))).board
        assert kept is None or kept.made.value == body
        return body

    def _anybody(self, room: Room) -> Actor:
        if room.role is not None:
            return Actor(name="user", grants={self.house: frozenset({room.role})})
        return self.owner if room.kind is not RoomKind.USER else Actor(name="user", user=room.subject)


@asynccontextmanager
async def a_kept_evening(database: Database) -> AsyncIterator[KeptEvening]:
    metrics = Metrics()
    followers = Followers(LedgerPages(database), InProcessDoorbell(Street(), metrics), metrics)
    database.listen(followers.hear)
    async with followers.running():
        evening = await KeptEvening.open(database)
        evening.opening = Opening(database, followers, metrics)
        await evening.furnish()
        yield evening


async def test_after_every_deed_a_kept_board_is_the_one_read_afresh(database: Database) -> None:
    async with a_kept_evening(database) as evening:
        await everything_happens(evening)
        assert {room.kind for room in evening.watched} == set(RoomKind) - {RoomKind.OPS}
        # Most deeds touch few rooms: had nothing been kept, nothing would have been tried here.
        assert evening.taken > 500


# ---------------------------------------------------------------------- what touches it


async def test_what_nothing_has_touched_is_made_once(kitchen: Kitchen) -> None:
    first = await kitchen.takes(STEW)
    await kitchen.records(KITCHEN)
    with questions_to(kitchen.database) as asked:
        assert await kitchen.takes(STEW) == first
    assert (kitchen.cook.times, asked.count) == (1, 0)


async def test_whatever_its_room_hears_touches_what_names_no_events(kitchen: Kitchen) -> None:
    await kitchen.takes(STEW)
    seq = await kitchen.records(FLOOR)
    assert await kitchen.takes(STEW) == b"of %d" % seq


async def test_only_the_events_that_are_named_touch_what_names_some(kitchen: Kitchen) -> None:
    first = await kitchen.takes(SOUP)
    await kitchen.records(FLOOR)
    assert await kitchen.takes(SOUP) == first
    async with kitchen.database.transaction() as line:
        at = await line.fetchval("select now()")
        fact = ledger.Fact(SCOPE, "item_changed", (str(FLOOR),), b"{}")
        (recorded,) = await ledger.append([fact], actor="system", at=at, command_id="test")
    kitchen.database.tell((recorded,))
    assert await kitchen.takes(SOUP) != first


async def test_an_event_of_a_kind_unknown_here_touches_it_too(kitchen: Kitchen) -> None:
    unknown = await kitchen.takes(SOUP)
    async with kitchen.database.transaction() as line:
        at = await line.fetchval("select now()")
        fact = ledger.Fact(SCOPE, "menu_sung_aloud", (str(FLOOR),), b"{}")
        (recorded,) = await ledger.append([fact], actor="system", at=at, command_id="test")
    kitchen.database.tell((recorded,))
    assert await kitchen.takes(SOUP) != unknown


# ---------------------------------------------------------------------- when nothing can be said


async def test_nothing_is_taken_while_entries_are_known_to_be_missing(kitchen: Kitchen, elsewhere: Database) -> None:
    await kitchen.takes(STEW)
    await kitchen.records(KITCHEN, database=elsewhere)
    seq = await kitchen.records(KITCHEN)
    assert kitchen.follower.entries_behind
    assert kitchen.larder.fresh(STEW.name) is None
    await kitchen.follower.catch_up(seq)
    assert kitchen.larder.fresh(STEW.name) is not None


async def test_a_follower_that_was_stopped_and_started_again_is_another_one(kitchen: Kitchen) -> None:
    await kitchen.takes(STEW)
    await kitchen.lets_go()
    await kitchen.followers.follow(SCOPE)
    await kitchen.takes(STEW)
    assert kitchen.cook.times == 2
    await kitchen.lets_go()
    assert kitchen.larder.fresh(STEW.name) is None


async def test_nothing_of_a_ledger_is_kept_that_goes_back_in_numbers(kitchen: Kitchen, database_url: str) -> None:
    """As a database does that was restored without a new epoch: the same numbers will mean something else."""
    for _ in range(3):
        await kitchen.records(FLOOR)
    await kitchen.takes(STEW)
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction() as line:
        await line.execute("delete from ledger where scope = $1 and seq > 1", SCOPE)
        await line.execute("update ledger_head set seq = 1 where scope = $1", SCOPE)
    await owner.close()
    await kitchen.follower.catch_up()
    for _ in range(3):
        await kitchen.records(KITCHEN)
    assert kitchen.larder.fresh(STEW.name) is None


async def test_what_was_made_before_a_reset_is_not_kept_after_it(kitchen: Kitchen, database_url: str) -> None:
    await kitchen.records(FLOOR)
    kitchen.cook.may_end.clear()
    taking = asyncio.create_task(kitchen.takes(STEW))
    await kitchen.cook.begun.wait()
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction() as line:
        await line.execute("delete from ledger where scope = $1", SCOPE)
        await line.execute("update ledger_head set seq = 0 where scope = $1", SCOPE)
    await owner.close()
    await kitchen.follower.catch_up()
    kitchen.cook.may_end.set()
    assert await taking == b"of 1"
    assert kitchen.larder.fresh(STEW.name) is None


async def test_what_was_made_while_its_room_heard_something_is_not_taken_again(kitchen: Kitchen) -> None:
    kitchen.cook.may_end.clear()
    taking = asyncio.create_task(kitchen.takes(STEW))
    await kitchen.cook.begun.wait()
    await kitchen.records(FLOOR)
    kitchen.cook.may_end.set()
    await taking
    assert kitchen.larder.fresh(STEW.name) is None


# ---------------------------------------------------------------------- many askers, little room


async def test_a_making_under_way_is_not_for_who_must_have_something_newer(kitchen: Kitchen) -> None:
    kitchen.cook.may_end.clear()
    earlier = asyncio.create_task(kitchen.takes(STEW))
    await kitchen.cook.begun.wait()
    seq = await kitchen.records(FLOOR)
    later = asyncio.create_task(kitchen.takes(STEW, not_before=seq))
    await asyncio.sleep(0)
    kitchen.cook.may_end.set()
    assert (await earlier, await later) == (b"of 0", b"of %d" % seq)


async def test_a_making_that_fails_fails_for_those_who_asked_and_no_longer(kitchen: Kitchen) -> None:
    async def fails() -> Made[bytes]:
        raise DatabaseUnavailable

    with pytest.raises(DatabaseUnavailable):
        await kitchen.larder.get(STEW, kitchen.follower, fails)
    assert await kitchen.takes(STEW) == b"of 0"


async def test_what_was_not_wanted_for_longest_goes_when_its_place_is_needed(database: Database) -> None:
    kitchen = Kitchen(database, size_max=len(b"of 0") * 2)
    async with kitchen.followers.running():
        await kitchen.followers.follow(SCOPE)
        one, two, three = (Label(name, SCOPE, str(FLOOR)) for name in ("one", "two", "three"))
        for label in (one, two, one, three):
            await kitchen.takes(label)
        assert [kitchen.larder.fresh(label.name) is not None for label in (one, two, three)] == [True, False, True]


async def test_what_nobody_has_wanted_for_a_while_goes_when_something_else_is_kept(database: Database) -> None:
    kitchen = Kitchen(database, wanted_seconds=60.0)
    async with kitchen.followers.running():
        await kitchen.followers.follow(SCOPE)
        one, two, three = (Label(name, SCOPE, str(FLOOR)) for name in ("one", "two", "three"))
        for label in (one, two):
            await kitchen.takes(label)
        kitchen.goes_unwanted("one", seconds=61.0)
        # As long as nothing else is kept, it costs nobody anything.
        assert [kept.label for kept in kitchen.larder._kept.values()] == [one, two]
        await kitchen.takes(three)
        assert [kept.label for kept in kitchen.larder._kept.values()] == [two, three]


# ---------------------------------------------------------------------- readers


async def test_a_ledger_is_followed_for_readers_from_the_second_question_on(database: Database) -> None:
    kitchen = Kitchen(database, linger_seconds=LINGER_SECONDS)
    async with kitchen.followers.running():
        await kitchen.records(FLOOR)
        reading = Readers(kitchen.followers, kitchen.larder)
        reads = partial(reading.read, STEW, kitchen.cook.makes)
        await reads()
        assert kitchen.followers.get(SCOPE) is None
        await reads()
        assert kitchen.followers.get(SCOPE) is not None


async def test_no_more_ledgers_are_followed_for_readers_than_may_be(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "FOLLOWED_MAX", 3)
    metrics = Metrics()
    followers = Followers(LedgerPages(database), InProcessDoorbell(Street(), metrics), metrics)
    larder: Larder[bytes] = Larder(followers, size_max=1_000, size_of=len)
    async with followers.running():
        reading = Readers(followers, larder)
        scopes = [restaurant_scope(RestaurantId(new_id())) for _ in range(6)]
        for scope in scopes:
            await record(database, scope, ())
        for _ in range(3):
            for scope in scopes:
                label = Label(f"menu of {scope}", scope, "")
                assert (await reading.read(label, Cook(database, scope).makes)).value == b"of 1"
        assert [followers.get(scope) is not None for scope in scopes] == [True] * 3 + [False] * 3
        # Whoever is followed anyway costs nothing more.
        await followers.follow(scopes[5])
        cook = Cook(database, scopes[5])
        for _ in range(2):
            await reading.read(Label(f"menu of {scopes[5]}", scopes[5], ""), cook.makes)
        assert cook.times == 1
