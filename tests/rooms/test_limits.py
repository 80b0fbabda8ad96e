"""How often anybody may ask over a socket: as by REST, and each no is an answer like any other."""

from hub.limits import ORDER, STAFF_TIER, Charge
from hub.people import Role
from tests.rooms.conftest import Arrives
from tests.support.houses import House
from tests.support.hubs import RunningHub


async def test_a_guest_who_orders_too_often_is_told_when_to_ask_again(
    arrives: Arrives, hub: RunningHub, house: House
) -> None:
    host, table = await arrives(Role.HOST), str(house.tables["1"])
    guest = await arrives((await host.asks("seat_party", tableId=table, covers=2))["guestLink"])
    order = {
        "restaurantId": str(house.id),
        "kind": "dine_in",
        "tableId": table,
        "lines": [{"itemId": str(house.items["Soup"].id)}],
    }
    # Where Redis is slow for a moment, the hub counts alone meanwhile.
    answers = [await guest.says("place_order", order) for _ in range(2 * ORDER.limit + 1)]
    assert all(answer["ok"] for answer in answers[: ORDER.limit])
    error = answers[-1]["error"]
    assert (error["code"], error["retry"], error["tier"]) == ("rate_limited", True, "order")
    assert 0 < error["retryAfterSeconds"] <= 360
    assert hub.metric("brigade_limits_refused_total", tier="order") >= 1
    waiter = await arrives(Role.WAITER)
    assert (await waiter.asks("place_order", **order))["ok"], "whoever serves them is counted by themselves"


async def test_a_tablet_that_runs_wild_is_stopped_and_its_neighbours_are_not(
    arrives: Arrives, hub: RunningHub, house: House
) -> None:
    wild, calm = await arrives(Role.COOK), await arrives(Role.EXPO)
    for _ in range(STAFF_TIER.limit + 10):
        await hub.hub.turnstile.take(Charge(STAFF_TIER, house.cook.name))
    item = {"itemId": str(house.items["Soup"].id)}
    assert await wild.is_refused("eighty_six_item", item) == "rate_limited"
    assert (await calm.asks("eighty_six_item", **item))["ok"]
