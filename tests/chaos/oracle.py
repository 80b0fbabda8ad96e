"""The oracle: what must be true when the evening is over, whatever happened in it.

For each device: every number of its rooms, from where it began, was heard once or stood on a board it was given; every
board it was given is what the ledger says of that moment; nothing came twice. For the house: the ledger has no hole;
every deed that was acknowledged was done once, and no refused one; what all tables say of plates and money is what the
facts say, counted apart. It reads PostgreSQL by itself and asks no hub.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg
import orjson

from hub import boards
from hub.audience import Room, Scope, is_hub_scope
from hub.boards import BOARDS
from hub.domain.refusals import NoSuchThing
from hub.events import read
from hub.store.database import Database
from tests.chaos.crew import Asked, Book
from tests.chaos.devices import Glass, Json, Seen
from tests.chaos.stage import Stage

SETTLE_SECONDS_MAX = 20.0
LOOK_EVERY_SECONDS = 0.05
SAID_MAX = 12

RESERVED = frozenset({"event", "room", "seq", "prev", "timestamp"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a ledger."""

    scope: str
    seq: int
    name: str
    rooms: tuple[str, ...]
    payload: str
    actor: str
    command_id: str
    at: datetime


@dataclass
class Ledgers:
    """Everything that was recorded, by scope and by room."""

    by_scope: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    by_room: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[str, int] = field(default_factory=dict)

    def last_of(self, room: str) -> int:
        facts = self.by_room.get(room)
        return facts[-1].seq if facts else 0

    @property
    def facts(self) -> int:
        return sum(map(len, self.by_scope.values()))


@dataclass
class Verdict:
    """What was found. Nothing is wrong where `wrongs` is empty."""

    lost: int = 0
    doubled: int = 0
    wrongs: list[str] = field(default_factory=list)
    glasses: int = 0
    entries_compared: int = 0
    boards_compared: int = 0
    deeds_compared: int = 0
    facts: int = 0

    def wrong(self, what: str) -> None:
        self.wrongs.append(what)

    @property
    def is_clean(self) -> bool:
        return not (self.wrongs or self.lost or self.doubled)

    def __str__(self) -> str:
        counted = (
            f"{self.facts} facts, {self.entries_compared} entries on {self.glasses} screens, "
            f"{self.boards_compared} boards, {self.deeds_compared} deeds"
        )
        said = "".join(f"\n  - {one}" for one in self.wrongs[:SAID_MAX])
        more = f"\n  - and {len(self.wrongs) - SAID_MAX} more" if len(self.wrongs) > SAID_MAX else ""
        return f"{self.lost} lost, {self.doubled} twice; {counted}{said}{more}"


async def read_ledgers(stage: Stage) -> Ledgers:
    """All there is, in the order of its numbers."""
    line = await asyncpg.connect(stage.database_url)
    try:
        rows = await line.fetch(
            "select scope, seq, name, rooms, payload::text, actor, command_id, at from ledger order by scope, seq"
        )
        heads = await line.fetch("select scope, seq from ledger_head")
    finally:
        await line.close()
    found = Ledgers(heads={row["scope"]: row["seq"] for row in heads})
    for row in rows:
        fact = Fact(
            row["scope"],
            row["seq"],
            row["name"],
            tuple(row["rooms"]),
            row["payload"],
            row["actor"],
            row["command_id"],
            row["at"],
        )
        found.by_scope[fact.scope].append(fact)
        for room in fact.rooms:
            found.by_room[room].append(fact)
    return found


async def settle(stage: Stage, glasses: Iterable[Glass], *, seconds: float = SETTLE_SECONDS_MAX) -> float:
    """Wait until every open screen has all that there is; how many seconds that took. Gives up after a while."""
    began, glasses = time.monotonic(), list(glasses)
    ledgers = await read_ledgers(stage)
    while time.monotonic() < began + seconds:
        if all(one.closed_by or (one.is_open and one.held >= ledgers.last_of(one.room)) for one in glasses):
            break
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    return time.monotonic() - began


async def judge(stage: Stage, there: Sequence[Glass], gone: Sequence[Glass], book: Book) -> Verdict:
    """Hold everything against the ledger: the screens that are still there, those that were put away, and the deeds."""
    ledgers, verdict = await read_ledgers(stage), Verdict()
    verdict.facts = ledgers.facts
    _has_no_hole(ledgers, verdict)
    for glass in (*there, *gone):
        was_given_everything(glass, ledgers, verdict, is_there=glass in there)
    await _shows_what_is(stage, [*there, *gone], ledgers, verdict)
    await _was_done_once(stage, book, ledgers, verdict)
    await _adds_up(stage, ledgers, verdict)
    return verdict


# ---------------------------------------------------------------------- the ledger


def _has_no_hole(ledgers: Ledgers, verdict: Verdict) -> None:
    for scope, facts in ledgers.by_scope.items():
        if is_hub_scope(Scope(scope)):
            continue  # What a hub says to itself is dropped again.
        if [fact.seq for fact in facts] != list(range(1, len(facts) + 1)) or ledgers.heads[scope] != len(facts):
            verdict.wrong(f"the ledger {scope} has a hole, or its head is not its end")


# ---------------------------------------------------------------------- the screens


def was_given_everything(glass: Glass, ledgers: Ledgers, verdict: Verdict, *, is_there: bool) -> None:
    verdict.glasses += 1
    for broken in glass.breaks:
        verdict.doubled += "twice" in broken
        verdict.wrong(f"{glass.room}: {broken}")
    if is_there and not glass.is_open and not glass.closed_by:
        verdict.wrong(f"{glass.room}: {glass.device} never came back")
    for seen in glass.seen:
        until = ledgers.last_of(glass.room) if is_there and not glass.closed_by and seen is glass.now else seen.held
        _has_every_number(glass, seen, ledgers, verdict, until=until)


def _has_every_number(glass: Glass, seen: Seen, ledgers: Ledgers, verdict: Verdict, *, until: int) -> None:
    written = {fact.seq: fact for fact in ledgers.by_room.get(glass.room, ()) if seen.began_at < fact.seq <= until}
    heard = Counter(seen.heard)
    for seq, times in heard.items():
        if times > 1:
            verdict.doubled += times - 1
            verdict.wrong(f"{glass.room}: {glass.device} applied {seq} {times} times")
        if seq not in written:
            verdict.wrong(f"{glass.room}: {glass.device} heard {seq}, which the ledger does not have for this room")
    missing = [
        seq for seq in written if seq not in heard and not any(after < seq <= upto for after, upto in seen.covered)
    ]
    if missing:
        verdict.lost += len(missing)
        verdict.wrong(f"{glass.room}: {glass.device} never had {missing[:10]}")
    verdict.entries_compared += len(heard)
    for seq, entry in seen.closely.items():
        fact = written.get(seq)
        if fact is not None and (entry["event"] != fact.name or _fields(entry) != orjson.loads(fact.payload)):
            verdict.wrong(f"{glass.room}: {glass.device} was given another {seq} than the ledger's")


def _fields(entry: Json) -> Json:
    return {name: value for name, value in entry.items() if name not in RESERVED}


async def _shows_what_is(stage: Stage, glasses: Sequence[Glass], ledgers: Ledgers, verdict: Verdict) -> None:
    """Every board that was given is the room's first one with the entries up to its number; the last is today's."""
    given = defaultdict[str, list[tuple[int, Json, str]]](list)
    for glass in glasses:
        for seen in glass.seen[-1:]:
            given[glass.room] += [(number, board, glass.device) for number, board in seen.boards]
    database = await Database.open(stage.database_url)
    try:
        for room, all_given in given.items():
            await _agree(database, room, sorted(all_given, key=lambda one: one[0]), ledgers, verdict)
    finally:
        await database.close()


async def _agree(
    database: Database, room: str, given: list[tuple[int, Json, str]], ledgers: Ledgers, verdict: Verdict
) -> None:
    shape = BOARDS[Room.parse(room).kind].shape
    number, first, _ = given[0]
    board: Any = shape.model_validate(first)
    facts = [fact for fact in ledgers.by_room.get(room, ()) if fact.seq > number]
    for at, shown, device in given:
        while facts and facts[0].seq <= at:
            board = _after(board, facts.pop(0))
        verdict.boards_compared += 1
        if orjson.loads(board.model_dump_json(by_alias=True)) != shown:
            verdict.wrong(f"{room}: the board of {at} that {device} was given is not what the ledger comes to")
    for fact in facts:
        board = _after(board, fact)
    try:
        async with database.snapshot():
            fresh = await boards.load(Room.parse(room))
    except NoSuchThing:
        return
    if fresh != board:
        verdict.wrong(f"{room}: the board read afresh is not what the ledger comes to")


def _after(board: Any, fact: Fact) -> Any:
    event = read(fact.name, fact.payload.encode(), Scope(fact.scope))
    assert event is not None, fact
    return boards.apply(board, event, fact.at)


# ---------------------------------------------------------------------- the deeds


async def _was_done_once(stage: Stage, book: Book, ledgers: Ledgers, verdict: Verdict) -> None:
    line = await asyncpg.connect(stage.database_url)
    try:
        rows = await line.fetch("select actor, id, events from command")
    finally:
        await line.close()
    done = {(row["actor"], row["id"]): list(row["events"]) for row in rows}
    recorded = defaultdict[tuple[str, str], list[str]](list)
    for facts in ledgers.by_scope.values():
        for fact in facts:
            recorded[fact.actor, fact.command_id].append(fact.name)
    for asked in book.asked:
        _is_as_acknowledged(asked, done, recorded, verdict)


def _is_as_acknowledged(
    asked: Asked,
    done: dict[tuple[str, str], list[str]],
    recorded: dict[tuple[str, str], list[str]],
    verdict: Verdict,
) -> None:
    verdict.deeds_compared += 1
    its = (asked.actor, asked.key)
    if asked.was_done and its not in done:
        verdict.wrong(f"{asked.what} was acknowledged and is not in the house's book")
    elif not asked.was_done and asked.refusal and its in done:
        verdict.wrong(f"{asked.what} was refused ({asked.refusal}) and done all the same")
    elif sorted(done.get(its, [])) != sorted(recorded.get(its, [])):
        verdict.wrong(f"{asked.what} recorded {recorded.get(its)} where its book says {done.get(its)}")
    if len({orjson.dumps(orjson.loads(one), option=orjson.OPT_SORT_KEYS) for one in asked.answers}) > 1:
        verdict.wrong(f"{asked.what} was answered in two ways under one key")


# ---------------------------------------------------------------------- plates and money

_TABLES_SAY = """
    select coalesce(sum(l.quantity), 0) as ordered,
           coalesce(sum(l.quantity) filter (where l.status = 'voided'), 0) as voided,
           coalesce(sum(l.quantity) filter (where l.status <> 'voided' and t.status = 'served'), 0) as served,
           coalesce(sum(l.quantity) filter (where l.status <> 'voided' and t.status is distinct from 'served'), 0)
               as open,
           coalesce(sum(l.quantity * l.unit_price) filter (where l.status <> 'voided'), 0) as money
    from order_line l left join ticket t on t.id = l.ticket_id
"""


async def _adds_up(stage: Stage, ledgers: Ledgers, verdict: Verdict) -> None:
    """Plates ordered are served, voided or open; and the facts, counted apart, say the same of plates and of money."""
    line = await asyncpg.connect(stage.database_url)
    try:
        row = await line.fetchrow(_TABLES_SAY)
    finally:
        await line.close()
    assert row is not None
    tables = {name: int(row[name]) for name in ("ordered", "voided", "served", "open", "money")}
    if tables["ordered"] != tables["served"] + tables["voided"] + tables["open"]:
        verdict.wrong(f"plates do not add up: {tables}")
    facts = _facts_say(ledgers)
    if facts != tables:
        verdict.wrong(f"the facts say {facts}, and the tables {tables}")


def _facts_say(ledgers: Ledgers) -> dict[str, int]:
    lines, voided, on_ticket, served = dict[str, Json](), set[str](), defaultdict[str, set[str]](set), set[str]()
    for facts in ledgers.by_scope.values():
        for fact in facts:
            said = orjson.loads(fact.payload)
            match fact.name:
                case "order_placed" | "lines_added":
                    lines |= {line["lineId"]: line for line in said["lines"]}
                case "line_voided":
                    voided.add(said["lineId"])
                case "ticket_fired":
                    on_ticket[said["ticketId"]] |= {line["lineId"] for line in said["lines"]}
                case "ticket_served":
                    served |= on_ticket[said["ticketId"]]
    plates = {name: line["quantity"] for name, line in lines.items()}
    live = plates.keys() - voided
    return {
        "ordered": sum(plates.values()),
        "voided": sum(plates[one] for one in voided),
        "served": sum(plates[one] for one in live & served),
        "open": sum(plates[one] for one in live - served),
        "money": sum(plates[one] * lines[one]["unitPrice"]["amount"] for one in live),
    }
