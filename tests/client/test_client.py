"""Another team's program: it knows the client, an address and a token, and nothing of what a hub is made of."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from api.client.door import Door, Refusal
from api.client.line import Heard
from api.client.live import Live
from api.client.rest import Rest
from hub.people import Role
from hub.store.database import Database
from tests.security.pictures import a_picture
from tests.support.houses import House, a_house
from tests.support.hubs import RunningHub, a_hub


@pytest.fixture
async def house(database: Database) -> House:
    return await a_house(database)


@pytest.fixture
async def running(database_url: str, redis_url: str, house: House) -> AsyncIterator[RunningHub]:
    async with a_hub(database_url, redis_url) as running:
        yield running


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as web:
        yield web


async def test_an_order_is_taken_at_its_address_and_cooked_over_a_socket(
    running: RunningHub, house: House, web: aiohttp.ClientSession
) -> None:
    waiter = Rest(Door(web, running.url, house.token(Role.WAITER)))
    menu = await waiter.menu.show_menus_whole(str(house.id))
    burger = next(item for section in menu["sections"] for item in section["items"] if item["name"] == "Burger")
    order = await waiter.orders.place_order(
        str(house.id), {"kind": "pickup", "lines": [{"itemId": burger["id"], "quantity": 2}]}, key="a-pickup"
    )
    assert order["total"]["amount"] == 2 * burger["price"]["amount"]
    (ticket,) = order["tickets"]
    async with Live.open(running.url, house.token(Role.COOK)) as cook:
        room = f"kitchen:{house.id}:{ticket['stationId']}"
        opened = await cook.subscribe(room)
        assert opened["room"] == room
        bumped = await cook.bump_ticket({"ticketId": ticket["ticketId"]}, command_id="once")
        assert bumped["status"] == "bumped"
        assert await cook.bump_ticket({"ticketId": ticket["ticketId"]}, command_id="once") == bumped
        name, entry = await _next(cook, "ticket_bumped")
        assert (name, entry["ticketId"]) == ("ticket_bumped", ticket["ticketId"])
        assert entry["prev"] <= opened["seq"] < entry["seq"]
    page = await waiter.orders.show_orders_page(str(house.id), status=["ready"], limit=1)
    assert [one["orderId"] for one in page["items"]] == [order["orderId"]]


async def test_a_picture_is_sent_and_seen_as_it_is(
    running: RunningHub, house: House, web: aiohttp.ClientSession
) -> None:
    waiter = Rest(Door(web, running.url, house.token(Role.WAITER)))
    kept = await waiter.profiles.put_avatars(a_picture(), "image/png")
    seen = await waiter.profiles.show_avatars_mine()
    assert (len(seen), seen[:4], seen[8:12]) == (kept["sizeBytes"], b"RIFF", b"WEBP")
    with pytest.raises(Refusal) as refused:
        await waiter.profiles.put_avatars(b"no picture", "image/webp")
    assert refused.value.code == "not_a_picture"
    await waiter.profiles.remove_avatar()
    with pytest.raises(Refusal) as gone:
        await waiter.profiles.show_avatars_mine()
    assert gone.value.status == 404


async def test_a_no_is_the_same_by_either_way(running: RunningHub, house: House, web: aiohttp.ClientSession) -> None:
    guest = Rest(Door(web, running.url))
    with pytest.raises(Refusal) as unknown:
        await guest.people.show_people_me()
    assert (unknown.value.code, unknown.value.status, unknown.value.should_try_again) == ("not_signed_in", 401, False)
    soup = str(house.items["Soup"].id)
    waiter = Rest(Door(web, running.url, house.token(Role.WAITER)))
    await waiter.menu.eighty_six_item(soup)
    with pytest.raises(Refusal) as at_the_address:
        await waiter.menu.eighty_six_item(soup)
    async with Live.open(running.url, house.token(Role.WAITER)) as live:
        with pytest.raises(Refusal) as over_the_socket:
            await live.eighty_six_item({"itemId": soup})
    assert at_the_address.value.code == over_the_socket.value.code == "already_eighty_sixed"


async def test_whoever_is_not_let_in_is_told_why(running: RunningHub) -> None:
    with pytest.raises(Refusal) as refused:
        async with Live.open(running.url, "not a token"):
            pass
    assert refused.value.code == "token_invalid"


async def test_an_address_is_asked_for_as_it_is_written(
    running: RunningHub, house: House, web: aiohttp.ClientSession
) -> None:
    waiter = Rest(Door(web, running.url, house.token(Role.WAITER)))
    room = await waiter.rooms.show_boards_room(f"waiters:{house.id}")
    assert room["room"] == f"waiters:{house.id}"
    with pytest.raises(Refusal, match="not_found"):
        await waiter.rooms.show_boards_room("../me?all=1")


async def _next(line: Live, wanted: str) -> Heard:
    """The next of this name: beats come between."""
    while True:
        name, body = await line.hears()
        if name == wanted:
            return name, body
