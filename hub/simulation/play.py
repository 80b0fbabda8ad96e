"""A whole service: the house opens, everybody takes their place, the parties come, and in the end all is compared.

Not its business: which parties come (`evening`, `trace`), what each person does, and showing it (`command`).
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain as joined
from random import Random

from hub.caller import Account
from hub.events.floor import TableStatus
from hub.simulation import crew as people
from hub.simulation.clock import SPEED_MAX, SPEED_MIN, Clock
from hub.simulation.cook import Chef, Station
from hub.simulation.crew import Crew
from hub.simulation.ear import Listening, RoomClosed
from hub.simulation.guest import Guests
from hub.simulation.host import Host
from hub.simulation.party import DiningRoom
from hub.simulation.report import Progress, Report, recent, report_of
from hub.simulation.screens import FloorScreen, KitchenScreen
from hub.simulation.service import Evening, House, Service, WrongService
from hub.simulation.tally import Tally
from hub.simulation.waiter import Waiter

WAITERS = 3
PROGRESS_EVERY_SECONDS = 0.25
LEFT_OPEN = frozenset(TableStatus) - {TableStatus.FREE, TableStatus.HELD}

OnProgress = Callable[[Progress], None]


@dataclass(slots=True)
class Staff:
    """Everybody at their place, each with a tablet that shows what it should."""

    room: DiningRoom
    stations: Sequence[Station]
    chef: Chef
    floor: Listening[FloorScreen]
    at_pass: Listening[KitchenScreen]


async def play(
    service: Service,
    *,
    hubs: Sequence[str],
    accounts: Sequence[Account],
    speed: float,
    on_progress: OnProgress,
    restaurant: str | None = None,
    seed: int = 1,
) -> Report:
    """Play a service to its end, at so many simulated seconds in one real one; an endless one until it is cancelled.

    `seed` decides the people's whims. Raises WrongService where it cannot begin, Refusal and NobodyAnswers where nobody
    could sign in, RoomClosed where a tablet stays dark. Whatever goes wrong after that is in the report.
    """
    if not SPEED_MIN <= speed <= SPEED_MAX:
        raise WrongService(f"The speed must be from {SPEED_MIN:g} to {SPEED_MAX:g}.")
    began, tally = time.monotonic(), Tally()
    async with Crew(hubs, accounts, tally) as crew:
        clock, dice = Clock(speed), Random(seed)
        chef = Chef(crew.door("cook"), clock, tally, dice)
        await chef.restocks((await crew.house(restaurant)).dishes)
        house = await crew.house(restaurant)
        evenings = service.evenings(house)
        first = next(evenings)
        staff = await _take_places(crew, house, chef)
        await _play_all(joined([first], evenings), house, crew, staff, on_progress)
        await crew.auditor.finish_all()
        board = await crew.door("waiter").get(f"/rooms/{staff.floor.room}")
        return report_of(
            tally,
            service=service.name,
            speed=speed,
            hubs=len(hubs),
            real_seconds=time.monotonic() - began,
            first_entry=staff.floor.began_at,
            last_entry=board["seq"],
        )


async def _take_places(crew: Crew, house: House, chef: Chef) -> Staff:
    tally, clock, dice = crew.tally, chef.clock, chef.dice
    waiters = list[Waiter]()
    for number in range(1, WAITERS + 1):
        door = crew.door("waiter")
        tablet = await people.floor(crew, house, door, f"waiter-{number}")
        waiters.append(Waiter(house, door, tablet, clock, tally, dice))
    door = crew.door("host")
    host = Host(door, await people.floor(crew, house, door, "host"), clock, tally)
    stations = list[Station]()
    for station, name in house.stations.items():
        door = crew.door("cook")
        rail = await people.kitchen(crew, house, door, f"station-{name}", station)
        stations.append(Station(door, rail, clock, tally, dice))
    at_pass = await people.kitchen(crew, house, crew.door("expo"), "pass")
    return Staff(
        room=DiningRoom(crew, [host], waiters, Guests(crew), clock, tally, dice),
        stations=stations,
        chef=chef,
        floor=waiters[0].floor,
        at_pass=at_pass,
    )


async def _play_all(
    evenings: Iterable[Evening], house: House, crew: Crew, staff: Staff, on_progress: OnProgress
) -> None:
    async with asyncio.TaskGroup() as all_along:
        tasks = [all_along.create_task(_or_say(crew.tally, one.works())) for one in staff.stations]
        tasks.append(all_along.create_task(crew.auditor.keep_comparing()))
        for number, evening in enumerate(evenings, start=1):
            if number > 1:
                await staff.chef.restocks((await crew.house(house.id)).dishes)
            await _play_one(evening, number, house, staff, on_progress)
        for task in tasks:
            task.cancel()


async def _play_one(evening: Evening, number: int, house: House, staff: Staff, on_progress: OnProgress) -> None:
    """One evening from opening until the last party has gone."""
    room, is_over = staff.room, asyncio.Event()
    done_before = room.tally.visits_done

    def glance() -> Progress:
        return _glance(staff, number, len(evening.visits), room.tally.visits_done - done_before)

    room.clock.opens(evening.opens_at)
    async with asyncio.TaskGroup() as beside:
        showing = beside.create_task(_show(glance, on_progress))
        beside.create_task(staff.chef.minds([dish for dish in house.dishes if dish.is_available], is_over))
        async with asyncio.TaskGroup() as parties:
            for order_ids, table_id in _left_open(staff.floor.screen):
                parties.create_task(room.tidies(order_ids, table_id))
            for visit in evening.visits:
                parties.create_task(room.receives(visit), name=visit.name)
        is_over.set()
        showing.cancel()
    on_progress(glance())


def _left_open(floor: FloorScreen) -> list[tuple[list[str], str | None]]:
    """What somebody left open before: the orders of each table that is not free, and those without a table."""
    by_table = defaultdict[str | None, list[str]](list)
    for table_id, table in floor.tables.items():
        if table.status in LEFT_OPEN:
            by_table[table_id] = []
    for order_id, order in floor.orders.items():
        by_table[order.table_id].append(order_id)
    return [(order_ids, table_id) for table_id, order_ids in by_table.items()]


async def _or_say(tally: Tally, working: Awaitable[None]) -> None:
    """A station whose room is closed to it stops working, and says so."""
    try:
        await working
    except* RoomClosed as why:
        tally.is_troubled(f"A station went dark. {why.exceptions[0]}")


async def _show(glance: Callable[[], Progress], on_progress: OnProgress) -> None:
    while True:
        on_progress(glance())
        await asyncio.sleep(PROGRESS_EVERY_SECONDS)


def _glance(staff: Staff, evening: int, visits: int, visits_done: int) -> Progress:
    tally = staff.room.tally
    return Progress(
        clock=str(staff.room.clock),
        evening=evening,
        visits=visits,
        visits_done=visits_done,
        orders=tally.orders,
        open_orders=len(staff.floor.screen.orders),
        open_tickets=sum(card.is_open for card in staff.at_pass.screen.cards.values()),
        heard=tally.heard.total(),
        screen_ms=recent(tally.screen_ms),
        reconnects=tally.reconnects,
        refusals=tally.refusals.total(),
        broken=tally.broken_count,
        troubles=tally.troubles_count,
    )
