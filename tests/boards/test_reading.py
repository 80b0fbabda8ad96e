"""How boards are read: in few questions, and by the indexes over what is open."""

from typing import Any

import pytest

from hub import boards
from hub.audience import ANNOUNCEMENTS, Room, RoomKind
from hub.boards import kitchen, waiters
from hub.ids import new_id
from hub.store.database import Database, connection
from tests.boards.evening import Evening

QUESTIONS_MAX = 6


@pytest.mark.parametrize(
    ("sql", "arguments", "index"),
    [
        (kitchen._CARDS_OF_HOUSE, (new_id(), new_id()), "ticket_open"),
        (kitchen._CARDS_OF_HOUSE, (new_id(), None), "ticket_open"),
        (waiters._OPEN_ORDER_IDS, (new_id(),), "order_open"),
    ],
    ids=["a station's tickets", "the pass's tickets", "open orders"],
)
async def test_what_is_open_is_found_without_what_is_over(
    database: Database, sql: str, arguments: tuple[object, ...], index: str
) -> None:
    async with database.snapshot() as line:
        # The tables are empty, and PostgreSQL would rather look through nothing.
        await line.execute("set local enable_seqscan = off")
        plan = "\n".join(row[0] for row in await line.fetch(f"explain {sql}", *arguments))

    assert index in plan, plan


async def test_every_board_is_read_in_a_handful_of_questions_however_full_the_house(evening: Evening) -> None:
    await evening.seat()
    for _ in range(3):
        await evening.fire(await evening.order(evening.steaks(), evening.soups()))

    async with evening.database.snapshot():
        for room in (*evening.watched, ANNOUNCEMENTS):
            noted: list[Any] = []
            with connection().query_logger(noted.append):
                await boards.load(room)
                # A question is noted only while the next one is asked.
                await connection().fetchval("select 'enough'")
            asked = [one.query for one in noted if "enough" not in one.query]
            assert 1 <= len(asked) <= QUESTIONS_MAX, f"{room}: {asked}"


async def test_an_empty_house_has_empty_boards(database: Database) -> None:
    evening = await Evening.open(database)

    async with database.snapshot():
        floor = await boards.load(Room(RoomKind.WAITERS, evening.house))

    assert floor == waiters.WaitersBoard(restaurant_id=evening.house)
