"""What no token opens, what a guest's link does, and no more."""

from collections.abc import Callable

import pytest

from hub.ids import OrderId, SeatingId, TableId
from tests.api.conftest import Caller
from tests.support.houses import House

# ------------------------------------------------------------------ tokens that are none


@pytest.mark.parametrize("token", ["x", "a.b.c", "Bearer", "é", "x" * 5000])
async def test_a_forged_token_is_refused(nobody: Caller, token: str) -> None:
    nobody.token = token
    answer = await nobody.gets("/me")
    assert (answer.status, answer.code) == (401, "token_invalid")


@pytest.mark.parametrize("header", ["Basic eDp5", "Bearer", "Bearer ", "token"])
async def test_another_scheme_is_no_token(nobody: Caller, header: str) -> None:
    answer = await nobody.gets("/me", Authorization=header)
    assert (answer.status, answer.code) == (401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


# ------------------------------------------------------------------ what a guest may do, and no more


async def test_a_guest_orders_at_their_table_and_follows_that_order(
    guest_at: Callable[[SeatingId, TableId], Caller], house: House
) -> None:
    await house.fires("1", house.line("Burger"))
    guest = guest_at(await house.seating_at("1"), house.tables["1"])
    line = {"itemId": str(house.items["Soup"].id)}
    ordered = await guest.posts(
        f"/restaurants/{house.id}/orders", {"kind": "dine_in", "tableId": str(house.tables["1"]), "lines": [line]}
    )
    assert ordered.status == 201
    assert (await guest.gets(f"/orders/{ordered.json['orderId']}/track")).status == 200


async def test_an_orders_link_opens_that_order_and_no_other_of_its_house(
    follower_of: Callable[[OrderId], Caller], house: House
) -> None:
    own, other = await house.fires("1", house.line("Burger")), await house.fires("2", house.line("Soup"))
    guest = follower_of(own.order_id)
    tracked = await guest.gets(f"/orders/{own.order_id}/track")
    assert (tracked.status, tracked.json["status"]) == (200, "in_kitchen")
    for path in (f"/orders/{other.order_id}/track", f"/rooms/order:{other.order_id}"):
        assert (await guest.gets(path)).code == "not_found"


async def test_an_item_is_changed_by_way_of_its_own_restaurant(manager: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/items/{house.items['Soup'].id}"
    assert (await manager.asks("PATCH", path, {"name": "Bisque"})).json["name"] == "Bisque"
    assert (await manager.gets(path)).json["name"] == "Bisque"
