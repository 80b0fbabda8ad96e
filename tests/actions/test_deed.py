"""What every deed has in common: it is done once, again when it collides, and it answers the same when asked again."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from asyncpg.exceptions import DeadlockDetectedError, SerializationError

from hub.actions import DEEDS
from hub.actions.answers import PlacedAnswer, SeatingAnswer
from hub.actions.deed import TRIES_MAX, Deed, Deeds
from hub.actions.orders import NoTableHere, TableNeeded
from hub.commands.floor import SeatParty
from hub.commands.orders import PlaceOrder
from hub.commands.people import Announce
from hub.domain.refusals import DatabaseBusy, KeyReused, NoSuchThing
from hub.events.orders import OrderKind
from hub.people import Role
from hub.store.database import Database, connection
from hub.telemetry import Metrics
from hub.tokens import OrderLink, SeatingLink
from tests.support.houses import House, a_house


def a_pickup(house: House, quantity: int = 1) -> PlaceOrder:
    return PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Soup", quantity),))


async def orders_placed(database: Database) -> int:
    async with database.snapshot():
        count: int = await connection().fetchval("select count(*) from customer_order")
        return count


def colliding(times: int) -> dict[Any, Deed]:
    """The deeds, of which placing an order collides so many times before it is done."""
    place, left = DEEDS[PlaceOrder], ([DeadlockDetectedError, SerializationError] * times)[:times]

    async def place_or_collide(work: Any, command: Any) -> Any:
        answer = await place.act(work, command)
        if left:
            raise left.pop()("somebody was in the way")
        return answer

    return {**DEEDS, PlaceOrder: replace(place, act=place_or_collide)}


async def test_a_deed_that_collides_is_done_again_from_the_beginning(database: Database) -> None:
    house = await a_house(database)
    metrics = Metrics()
    deeds = Deeds(colliding(TRIES_MAX - 1), database, metrics, house.tokens)
    assert not (await deeds.do(a_pickup(house), by=house.waiter)).is_repeated
    assert await orders_placed(database) == 1
    retries = metrics.registry.get_sample_value("brigade_action_retries_total", {"action": "place_order"})
    assert retries == TRIES_MAX - 1


async def test_a_deed_that_collides_again_and_again_is_busy_and_changes_nothing(database: Database) -> None:
    house = await a_house(database)
    deeds = Deeds(colliding(TRIES_MAX), database, Metrics(), house.tokens)
    with pytest.raises(DatabaseBusy):
        await deeds.do(a_pickup(house), by=house.waiter)
    assert await orders_placed(database) == 0


async def test_the_same_id_for_another_command_is_a_mistake(database: Database) -> None:
    house = await a_house(database)
    await house.deeds.do(a_pickup(house), by=house.waiter, command_id="one")
    with pytest.raises(KeyReused):
        await house.deeds.do(a_pickup(house, quantity=2), by=house.waiter, command_id="one")
    seat = SeatParty(table_id=house.tables["1"], covers=2)
    with pytest.raises(KeyReused):
        await house.deeds.do(seat, by=house.waiter, command_id="one")


async def test_an_id_belongs_to_whoever_used_it(database: Database) -> None:
    house = await a_house(database)
    first = await house.deeds.do(a_pickup(house), by=house.waiter, command_id="one")
    other = await house.deeds.do(a_pickup(house), by=house.host, command_id="one")
    assert not other.is_repeated
    assert first.body != other.body


async def test_an_old_answer_is_not_for_somebody_who_may_not_ask_any_more(database: Database) -> None:
    house = await a_house(database)
    await house.deeds.do(a_pickup(house), by=house.waiter, command_id="one")
    dismissed = replace(house.waiter, grants=MappingProxyType({}))
    with pytest.raises(NoSuchThing):
        await house.deeds.do(a_pickup(house), by=dismissed, command_id="one")


async def test_links_are_signed_when_an_answer_is_given_and_are_the_same_each_time(database: Database) -> None:
    house = await a_house(database)
    order, again = [await house.deeds.do(a_pickup(house), by=house.waiter, command_id="one") for _ in range(2)]
    assert (order.is_repeated, again.is_repeated) == (False, True)
    assert order.body == again.body
    placed = PlacedAnswer.model_validate_json(order.body)
    assert placed.guest_link is not None
    link = house.tokens.read(placed.guest_link)
    assert isinstance(link, OrderLink)
    assert link.order == placed.order_id
    command = SeatParty(table_id=house.tables["1"], covers=2)
    seated = SeatingAnswer.model_validate_json((await house.deeds.do(command, by=house.host)).body)
    assert seated.guest_link is not None
    assert isinstance(house.tokens.read(seated.guest_link), SeatingLink)
    async with database.snapshot():
        kept = await connection().fetch("select answer from command")
    assert all('"guestLink":null' in row["answer"] for row in kept), "A kept answer holds no secret."


async def test_what_is_taken_away_has_no_table_and_what_is_eaten_here_has_one(database: Database) -> None:
    house = await a_house(database)
    line = (house.line(),)
    at_table = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, table_id=house.tables["1"], lines=line)
    with pytest.raises(NoTableHere):
        await house.does(at_table, by=house.waiter)
    with pytest.raises(TableNeeded):
        await house.does(PlaceOrder(restaurant_id=house.id, kind=OrderKind.DINE_IN, lines=line), by=house.waiter)
    seated = await house.does(SeatParty(table_id=house.tables["1"], covers=1), by=house.host)
    with pytest.raises(TableNeeded):
        await house.does(a_pickup(house), by=house.guest(seated.seating_id, "1"))


async def test_an_operator_speaks_to_everyone(database: Database) -> None:
    house = await a_house(database)
    operator = replace(house.actors[Role.OWNER], is_operator=True)
    await house.deeds.do(Announce(title="Closing early", message="Snow."), by=operator)
    async with database.snapshot():
        names = await connection().fetch("select name from ledger where scope = 'platform'")
    assert [row["name"] for row in names] == ["system_announcement"]
