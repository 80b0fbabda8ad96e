"""The screens apply entries by the same law as the hub: the old board and the entries make the board read afresh.

A dinner is played here, and what each deed did to each board is written down; the screens' own reducers do it again.
Not its business: whether the hub itself obeys the law, which every test of a deed sees to.
"""

import asyncio
import re
import subprocess
from pathlib import Path
from random import Random

from hub import boards
from hub.audience import RoomKind
from hub.commands.orders import AddLines, CancelOrder, PlaceOrder, VoidLine
from hub.commands.tickets import BumpTicket, RushTicket
from hub.events import Event
from hub.events.orders import OrderKind
from hub.events.people import SystemAnnouncement
from hub.store.database import Database
from hub.store.ledger import Entry
from tests.away.arrivals import arrival
from tests.away.deeds import VOIDS_CROSS_AND_ARE_DECIDED, Tablets
from tests.away.histories import drawn
from tests.boards.evening import Evening
from tests.boards.examples import BOARDS, EXAMPLES, NOW
from tests.boards.story import everything_happens
from tests.support.houses import a_house
from tests.support.node import runs_vitest
from tests.support.recording import Recording

LAW = "src/hub/boards/law.test.ts"


async def test_the_screens_obey_the_law_through_a_dinner_in_which_everything_happens(
    database: Database, tmp_path: Path
) -> None:
    recording = Recording(tmp_path)
    await _a_dinner(database, recording)
    await _a_delivery(database, recording)
    await _tablets_come_back(database, recording)
    _one_of_each(recording)

    replayed = await asyncio.to_thread(_replay, tmp_path)

    assert replayed.returncode == 0, replayed.stdout


def test_the_screens_notice_a_board_that_is_not_the_one_read_afresh_and_whatever_did_not_happen(
    tmp_path: Path,
) -> None:
    _one_of_each(Recording(tmp_path), but=SystemAnnouncement)
    item = tmp_path / f"{RoomKind.ITEM}.jsonl"
    item.write_text(item.read_text().replace('"quantity":20,"available":true}}', '"quantity":21,"available":true}}'))

    replayed = _replay(tmp_path)

    assert replayed.returncode != 0
    failed = set(re.findall(r"FAIL .*? > (.*)", replayed.stdout))
    assert failed == {
        # Nothing else is heard there, and so nothing was tried.
        "announcements",
        "item > after 'inventory_update' it is the board read afresh",
        "the examples > have every event, in every kind of room that hears it",
        "the examples > have every kind of board, and none that is not known here",
        "the examples > change boards",
    }, replayed.stdout
    assert "announcements hears system_announcement" in replayed.stdout


def _replay(folder: Path) -> subprocess.CompletedProcess[str]:
    return runs_vitest(LAW, environment={"BRIGADE_EXAMPLES": str(folder)})


# ------------------------------------------------------------------ what is replayed


async def _a_dinner(database: Database, recording: Recording) -> None:
    evening = await Evening.open(database)
    evening.recording = recording
    await evening.furnish()
    await everything_happens(evening)


async def _a_delivery(database: Database, recording: Recording) -> None:
    """Another house, where three stations cook one order, its last tart is sold, and then it is not wanted."""
    house = await a_house(database, currency="JPY")
    house.recording = recording
    lines = (house.line("Wine", 2), house.line("Tart", 2), house.line("Burger", note="No onions"))
    order = await house.does(
        PlaceOrder(restaurant_id=house.id, kind=OrderKind.DELIVERY, customer_name="Ada", lines=lines), by=house.waiter
    )
    more = await house.does(AddLines(order_id=order.order_id, lines=(house.line("Special"),)), by=house.waiter)
    first, second, *_ = (ticket.ticket_id for ticket in more.tickets)
    await house.does(RushTicket(ticket_id=second), by=house.waiter)
    await house.does(BumpTicket(ticket_id=first), by=house.cook)
    await house.does(VoidLine(order_id=order.order_id, line_id=order.lines[1].line_id), by=house.manager)
    await house.does(CancelOrder(order_id=order.order_id), by=house.manager)


async def _tablets_come_back(database: Database, recording: Recording) -> None:
    """In a third house voids cross bumps, and what was asked without network arrives in another order."""
    house = await a_house(database)
    tablets = await Tablets.of(house)
    house.recording = recording
    for seed in VOIDS_CROSS_AND_ARE_DECIDED:
        await tablets.play(arrival(drawn(seed), Random(seed)), f"history {seed}", under_the_law=True)


def _one_of_each(recording: Recording, *, but: type[Event] | None = None) -> None:
    """Every event there is, on a board of every room that hears it, as the hub's own reducers would have it."""
    for event in EXAMPLES.values():
        if type(event) is not but:
            _keep(event, recording)


def _keep(event: Event, recording: Recording) -> None:
    rooms = tuple(str(room) for room in event.audience)
    entry = Entry(event.scope, 7, event.name, rooms, event.payload(), NOW, "user", "example")
    for room in event.audience:
        before = BOARDS[room.kind]
        recording.add(room, event.name, before, [entry], boards.apply(before, event, NOW))
