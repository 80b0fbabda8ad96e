"""A house without a demo: an operator opens a restaurant for somebody, who hires, and the first ticket hangs."""

from typing import Any
from uuid import UUID

import pytest

from hub.actions import operators
from hub.audience import pass_room
from hub.ids import RestaurantId, UserId, new_id
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person as StoredPerson
from tests.support.houses import begins_shift, token_of
from tests.support.hubs import RunningHub
from tests.support.people import Person

ROSAS = {"name": "Rosa's", "currency": "EUR", "timeZone": "Europe/Madrid", "taxRates": {"dine_in": 1000}}


async def an_account(database: Database, name: str) -> UserId:
    user = UserId(new_id())
    async with database.transaction():
        await people.add(StoredPerson(user, f"{name}@b.example", name.title(), "no hash", is_operator=False))
        await begins_shift(user)
    return user


async def opened(hub: RunningHub, database: Database, **otherwise: str) -> Any:
    """The answer to an operator who opens Rosa's, or something else."""
    user = await an_account(database, f"op-{new_id()}")
    async with database.snapshot():
        person = await people.by_id(user)
    assert person is not None
    await operators.become(database, person.email, is_operator=True)
    operator = await Person.arrives(hub.url, token_of(user))
    answer = await operator.says("open_restaurant", {**ROSAS, "ownerEmail": "Rosa@b.example", **otherwise})
    await operator.leaves()
    return answer


async def test_a_restaurant_is_opened_for_somebody_who_hires_and_the_first_ticket_hangs(
    hub: RunningHub, other_hub: RunningHub, database: Database
) -> None:
    rosa_id, tom_id = await an_account(database, "rosa"), await an_account(database, "tom")
    rosa = await Person.arrives(hub.url, token_of(rosa_id))
    tom = await Person.arrives(other_hub.url, token_of(tom_id))
    answer = await opened(hub, database)
    assert answer["ok"], answer
    house = answer["restaurantId"]
    heard = await rosa.hears("your_rights_changed")
    assert (heard["restaurantId"], heard["roles"]) == (house, ["owner"])
    await rosa.asks("give_role", restaurantId=house, userId=str(tom_id), role="cook")
    grill = (await rosa.asks("add_station", restaurantId=house, name="Grill"))["id"]
    course = (await rosa.asks("add_menu_section", restaurantId=house, name="Mains"))["id"]
    item = await rosa.asks("add_item", restaurantId=house, sectionId=course, name="Steak", price=2100, station=grill)
    room = (await rosa.asks("add_section", restaurantId=house, name="Inside"))["id"]
    table = (await rosa.asks("add_table", restaurantId=house, sectionId=room, name="1", seats=2))["id"]
    await tom.hears("your_rights_changed")
    await tom.subscribes(str(pass_room(RestaurantId(UUID(house)))))
    await rosa.asks("seat_party", tableId=table, covers=2)
    lines = [{"itemId": item["id"]}]
    order = await rosa.asks("place_order", restaurantId=house, kind="dine_in", tableId=table, lines=lines)
    await rosa.asks("fire_course", orderId=order["orderId"], course=1)
    ticket = await tom.hears("ticket_fired")
    assert [line["name"] for line in ticket["lines"]] == ["Steak"]
    assert order["tax"] == {"amount": 191, "currency": "EUR"}, "a tenth, which the price holds already"
    for one in (rosa, tom):
        await one.leaves()


@pytest.mark.parametrize(
    ("otherwise", "code"),
    [
        ({"timeZone": "Europe/Rosas"}, "not_a_time_zone"),
        ({"ownerEmail": "nobody@b.example"}, "not_found"),
        ({"currency": "euro"}, "invalid"),
    ],
)
async def test_a_restaurant_that_cannot_be_meant_is_not_opened(
    hub: RunningHub, database: Database, otherwise: dict[str, str], code: str
) -> None:
    await an_account(database, "rosa")
    answer = await opened(hub, database, **otherwise)
    assert answer["error"]["code"] == code


async def test_nobody_but_an_operator_opens_a_restaurant(hub: RunningHub, database: Database) -> None:
    rosa = await Person.arrives(hub.url, token_of(await an_account(database, "rosa")))
    answer = await rosa.says("open_restaurant", {**ROSAS, "ownerEmail": "rosa@b.example"})
    assert answer["error"]["code"] == "not_your_job"
    await rosa.leaves()
