"""The menu from kept bytes: without a question, never older than what was heard here, and only for who may read it."""

from functools import partial
from typing import Any

import pytest

from api import menus
from hub.actions.answers import menu_item
from hub.commands import Command
from hub.commands.orders import PlaceOrder
from hub.events.menu import MenuEvent
from hub.events.orders import OrderKind
from hub.keys import Hub
from hub.people import Actor, Role
from hub.store import menu, restaurants
from tests.api.conftest import Caller, Calls
from tests.boards.dinner import EVERY_COMMAND
from tests.boards.evening import Evening
from tests.boards.examples import EXAMPLES
from tests.boards.story import everything_happens
from tests.support.databases import open_database
from tests.support.houses import House
from tests.support.ledgers import record
from tests.support.questions import questions_to

READS_UNTIL_KEPT = 2


async def read_often(caller: Caller, house: House) -> Any:
    for _ in range(READS_UNTIL_KEPT):
        answer = await caller.gets(f"/restaurants/{house.id}/menu")
    return answer


async def test_a_menu_that_is_read_often_is_shown_without_a_question(waiter: Caller, house: House, hub: Hub) -> None:
    first = await read_often(waiter, house)
    with questions_to(hub.database) as asked:
        again = await waiter.gets(f"/restaurants/{house.id}/menu")
        known = await waiter.gets(f"/restaurants/{house.id}/menu", If_None_Match=first.headers["ETag"])
    assert asked.count == 0
    assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert again.headers["Content-Type"] == "application/json"
    assert (known.status, known.body, known.headers["ETag"]) == (304, b"", first.headers["ETag"])


async def test_a_menu_is_written_as_its_models_would_write_it(waiter: Caller, house: House) -> None:
    body = (await waiter.gets(f"/restaurants/{house.id}/menu")).body
    assert b"Truffle" in body
    assert b'stationsByKind":{"delivery' in body
    assert menus.Menu.model_validate_json(body).model_dump_json(by_alias=True).encode() == body


async def test_a_menu_is_read_once_until_something_touches_it(waiter: Caller, house: House, hub: Hub) -> None:
    first = await read_often(waiter, house)
    # Of something that nobody counts, so that the menu stays what it is.
    order = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Soup"),))
    await house.deeds.do(order, by=house.waiter)
    assert (await waiter.gets(f"/restaurants/{house.id}/menu")).headers["ETag"] == first.headers["ETag"]


async def test_who_changes_the_menu_reads_it_changed(manager: Caller, house: House) -> None:
    await read_often(manager, house)
    for price in range(1, 20):
        await manager.asks("PATCH", f"/items/{house.items['Soup'].id}", {"price": price})
        menu = (await manager.gets(f"/restaurants/{house.id}/menu")).json
        (soup,) = [item for section in menu["sections"] for item in section["items"] if item["name"] == "Soup"]
        assert soup["price"]["amount"] == price


async def test_a_menu_is_not_taken_from_memory_while_an_earlier_entry_is_missing(
    manager: Caller, house: House, hub: Hub, database_url: str
) -> None:
    await read_often(manager, house)
    elsewhere = await open_database(database_url)
    await record(elsewhere, menus.label_of(house.id).scope, ())
    await elsewhere.close()
    await manager.asks("PATCH", f"/items/{house.items['Soup'].id}", {"price": 7})
    menu = (await manager.gets(f"/restaurants/{house.id}/menu")).body
    assert menu == (await menus.make(hub, house.id)).value


async def test_kept_bytes_are_for_those_who_may_read_them(
    calls: Calls, owner_elsewhere: Caller, nobody: Caller, house: House
) -> None:
    await read_often(calls(Role.WAITER), house)
    assert (await owner_elsewhere.gets(f"/restaurants/{house.id}/menu")).code == "not_found"
    assert (await nobody.gets(f"/restaurants/{house.id}/menu")).code == "not_signed_in"
    owner = calls(Role.OWNER)
    await owner.asks("DELETE", f"/restaurants/{house.id}/people/{house.waiter.user}/roles/waiter")
    assert (await calls(Role.WAITER).gets(f"/restaurants/{house.id}/menu")).code == "not_found"


# ---------------------------------------------------------------------- the law


class ReadEvening(Evening):
    """An evening in which the menu is read after every deed, kept and afresh."""

    hub: Hub
    kept = 0

    async def do(self, command: Command, by: Actor | None = None) -> dict[str, Any]:
        label = menus.label_of(self.house)
        before = (await self._read()).value
        answer = await super().do(command, by)
        is_kept = self.hub.opening.readers._larder.fresh(label.name) is not None
        taken, afresh = await self._read(), await menus.make(self.hub, self.house)
        assert taken.value == afresh.value, f"After {command.verb} the kept menu is an old one."
        if afresh.value != before:
            assert not is_kept
        assert afresh.value == (await self._as_models()).model_dump_json(by_alias=True).encode()
        self.kept += is_kept
        return answer

    async def _as_models(self) -> menus.Menu:
        """What the menu is, made of models."""
        async with self.hub.database.snapshot():
            house = await restaurants.by_id(self.house)
            sections, items = await menu.sections_of(self.house), await menu.items_of(self.house)
        assert house is not None
        shown = [menu_item(item, house.currency) for item in items]
        its = {one.id: tuple(item for item in shown if item.section_id == one.id) for one in sections}
        return menus.Menu(
            restaurant_id=self.house,
            currency=house.currency,
            sections=tuple(menus.MenuSection(id=one.id, name=one.name, items=its[one.id]) for one in sections),
        )

    async def _read(self) -> Any:
        return await self.hub.opening.readers.read(
            menus.label_of(self.house), partial(menus.make, self.hub, self.house)
        )


async def test_after_every_deed_the_kept_menu_is_the_one_read_afresh(hub: Hub) -> None:
    evening = await ReadEvening.open(hub.database)
    evening.hub = hub
    await evening.furnish()
    await everything_happens(evening)
    assert evening.asked == EVERY_COMMAND
    assert evening.kept > 20, "Had every deed touched the menu, nothing would have been tried here."


@pytest.mark.parametrize(
    "event", [one for one in EXAMPLES.values() if isinstance(one, MenuEvent)], ids=lambda one: one.name
)
def test_every_fact_about_the_menu_reaches_the_room_where_it_is_looked_for(event: MenuEvent) -> None:
    label = menus.label_of(event.restaurant_id)
    assert label.scope == event.scope
    assert label.room in {str(room) for room in event.audience}
    assert event.name in menus.MENU_EVENTS


# ---------------------------------------------------------------------- boards


async def test_a_board_one_has_already_is_not_sent_again(cook: Caller, house: House, hub: Hub) -> None:
    room = f"/rooms/kitchen:{house.id}"
    await house.fires("1", house.line("Burger"))
    first = await cook.gets(room)
    await house.orders_at("2", house.line("Soup"))
    with questions_to(hub.database) as asked:
        known = await cook.gets(room, If_None_Match=first.headers["ETag"])
    assert (known.status, known.body, asked.count) == (304, b"", 0)
    # What staff see of guests is not for a browser's disk.
    assert first.headers["Cache-Control"] == known.headers["Cache-Control"] == "no-store"
    await house.fires("2", house.line("Soup"))
    changed = await cook.gets(room, If_None_Match=first.headers["ETag"])
    assert changed.status == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
