"""A command sent again under its key is done once, and answered the same."""

import asyncio

import pytest

from hub.people import Role
from tests.api.conftest import Caller, Calls
from tests.support.houses import House


def order(house: House, quantity: int = 1) -> dict[str, object]:
    return {"kind": "pickup", "lines": [{"itemId": str(house.items["Special"].id), "quantity": quantity}]}


async def test_the_same_key_gets_the_first_answer_to_the_last_byte(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    first = await waiter.posts(path, order(house), key="once")
    again = await waiter.posts(path, order(house), key="once")
    assert first.status == again.status == 201
    assert first.body == again.body
    assert first.headers["Location"] == again.headers["Location"] == f"/api/v2/orders/{first.json['orderId']}"
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (await waiter.gets(f"/items/{house.items['Special'].id}")).json["portionsLeft"] == 49


async def test_the_same_key_for_another_body_is_refused(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    assert (await waiter.posts(path, order(house), key="once")).status == 201
    answer = await waiter.posts(path, order(house, quantity=2), key="once")
    assert (answer.status, answer.code) == (422, "key_reused")


async def test_fifty_at_once_under_one_key_have_one_effect(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    answers = await asyncio.gather(*(waiter.posts(path, order(house), key="tap") for _ in range(50)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert len((await waiter.gets(path)).json["items"]) == 1


async def test_a_key_belongs_to_whoever_used_it(calls: Calls, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    first = await calls(Role.WAITER).posts(path, order(house), key="once")
    other = await calls(Role.HOST).posts(path, order(house), key="once")
    assert first.json["orderId"] != other.json["orderId"]


async def test_without_a_key_every_request_is_new(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    first, second = await waiter.posts(path, order(house)), await waiter.posts(path, order(house))
    assert first.json["orderId"] != second.json["orderId"]


@pytest.mark.parametrize("key", ["", "a b", "ключ", "x" * 201])
async def test_a_key_is_visible_ascii(waiter: Caller, house: House, key: str) -> None:
    answer = await waiter.posts(f"/restaurants/{house.id}/orders", order(house), key=key)
    assert (answer.status, answer.code) == (400, "invalid")
    assert answer.json["errors"][0]["field"] == "Idempotency-Key"


async def test_an_item_that_was_removed_twice_under_one_key_was_removed_once(manager: Caller, house: House) -> None:
    for path in (f"/items/{house.items['Soup'].id}", f"/restaurants/{house.id}/items/{house.items['Tart'].id}"):
        first = await manager.asks("DELETE", path, key=path[-12:])
        again = await manager.asks("DELETE", path, key=path[-12:])
        assert (first.status, again.status, again.body) == (200, 200, first.body)
        assert (await manager.asks("DELETE", path)).code == "not_found"


async def test_where_somebody_stood_is_no_part_of_what_they_change(manager: Caller, house: House) -> None:
    floor = f"/rooms/waiters:{house.id}"
    room = (await manager.gets(floor)).json
    seen = {"epoch": room["epoch"], "seq": room["seq"]}
    same = await manager.asks("PATCH", f"/tables/{house.tables['1']}/plan", {"seats": 4, "seen": seen})
    assert (same.status, same.json["seats"]) == (200, 4)
    assert (await manager.gets(floor)).json["seq"] == room["seq"], "Nothing was changed, and so nothing is said."
    dearer = await manager.asks("PATCH", f"/items/{house.items['Soup'].id}", {"price": 700, "seen": seen})
    assert (dearer.status, dearer.json["price"]["amount"]) == (200, 700)
