"""What can be said to the rooms, and what becomes of everything else: a code, a sentence, and a socket that lives."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from hub.audience import item_room, order_room, pass_room, station_room, waiters_room
from hub.commands import COMMANDS
from hub.events import EVENTS
from hub.ids import new_id
from hub.people import Role
from rooms import sockets
from rooms.messages import ROOM_LENGTH_MAX
from rooms.signals import NAMES
from tests.rooms.conftest import Arrives
from tests.support.houses import House
from tests.support.hubs import RunningHub

FLOOR = "<floor>"
KITCHEN = "<kitchen>"
TABLE = "<table>"
RESTAURANT = "<restaurant>"

BAD = [
    ("nonsense", [], "unknown_message"),
    ("nonsense", [{"a": 1}, 2, 3], "unknown_message"),
    ("Subscribe", [{"room": FLOOR}], "unknown_message"),
    ("subscribe", [], "invalid"),
    ("subscribe", [None], "invalid"),
    ("subscribe", [FLOOR], "invalid"),
    ("subscribe", [[FLOOR]], "invalid"),
    ("subscribe", [{"room": FLOOR}, "more"], "invalid"),
    ("subscribe", [{}], "invalid"),
    ("subscribe", [{"room": 3}], "invalid"),
    ("subscribe", [{"room": ""}], "invalid"),
    ("subscribe", [{"room": "x" * (ROOM_LENGTH_MAX + 1)}], "invalid"),
    ("subscribe", [{"room": FLOOR, "since": "3"}], "invalid"),
    ("subscribe", [{"room": FLOOR, "since": -1}], "invalid"),
    ("subscribe", [{"room": FLOOR, "since": 1.5}], "invalid"),
    ("subscribe", [{"room": FLOOR, "since": True}], "invalid"),
    ("subscribe", [{"room": FLOOR, "since": 2**63}], "invalid"),
    ("subscribe", [{"room": FLOOR, "since": 1e300}], "invalid"),
    ("subscribe", [{"room": FLOOR, "epoch": 3}], "invalid"),
    ("subscribe", [{"room": FLOOR, "epoch": "x" * 65}], "invalid"),
    ("subscribe", [{"room": FLOOR, "colour": "red"}], "invalid"),
    ("subscribe", [{"room": "the cellar"}], "not_found"),
    ("subscribe", [{"room": "kitchen"}], "not_found"),
    ("subscribe", [{"room": "table:not-an-id"}], "not_found"),
    ("subscribe", [{"room": f"table:{new_id()}"}], "not_found"),
    ("subscribe", [{"room": f"waiters:{new_id()}"}], "not_found"),
    ("subscribe", [{"room": f"user:{new_id()}"}], "not_found"),
    ("subscribe", [{"room": "ops"}], "not_found"),
    ("subscribe", [{"room": KITCHEN}], "not_your_job"),
    ("unsubscribe", [{"room": "the cellar"}], "not_found"),
    ("unsubscribe", [{"rooms": FLOOR}], "invalid"),
    ("delivered", [{"room": FLOOR, "seq": 1}], "not_in_room"),
    ("delivered", [{"room": FLOOR}], "invalid"),
    ("authenticate", [], "invalid"),
    ("authenticate", [3], "invalid"),
    ("authenticate", ["x" * 5000], "invalid"),
    ("authenticate", ["a", "b"], "invalid"),
    ("authenticate", ["a.b.c"], "token_invalid"),
    ("track_order", [{"orderId": "x"}], "invalid"),
    ("track_order", ["x"], "not_found"),
    ("track_order", [str(new_id())], "not_found"),
    ("track_inventory", [""], "invalid"),
    ("track_inventory", [str(new_id())], "not_found"),
    ("seat_party", [], "invalid"),
    ("seat_party", ["table"], "invalid"),
    ("seat_party", [{"tableId": TABLE}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": "2"}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": 0}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": True}], "invalid"),
    ("seat_party", [{"table_id": TABLE, "covers": 2, "colour": 1}], "invalid"),
    ("seat_party", [{"tableId": "1", "covers": 2}], "invalid"),
    ("seat_party", [{"tableId": str(new_id()), "covers": 2}], "not_found"),
    ("seat_party", [{"tableId": TABLE, "covers": 2, "commandId": ""}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": 2, "commandId": "x" * 201}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": 2, "commandId": "a\nb"}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": 2, "commandId": "\ud800"}], "invalid"),
    ("seat_party", [{"tableId": TABLE, "covers": 2, "commandId": 7}], "invalid"),
    ("set_table_status", [{"tableId": TABLE, "status": "burning"}], "invalid"),
    ("add_section", [{"restaurantId": RESTAURANT, "name": "x\u0000"}], "invalid"),
    ("add_section", [{"restaurantId": RESTAURANT, "name": "x" * 121}], "invalid"),
    ("add_section", [{"restaurantId": RESTAURANT, "name": "Terrace"}], "not_your_job"),
]


def filled_in(said: Any, house: House) -> Any:
    names = {
        FLOOR: str(waiters_room(house.id)),
        KITCHEN: str(pass_room(house.id)),
        TABLE: str(house.tables["1"]),
        RESTAURANT: str(house.id),
    }
    if isinstance(said, dict):
        return {key: filled_in(value, house) for key, value in said.items()}
    if isinstance(said, list):
        return [filled_in(value, house) for value in said]
    return names.get(said, said) if isinstance(said, str) else said


async def test_everything_wrong_has_a_code_and_a_sentence_and_changes_nothing(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    waiter = await arrives(Role.WAITER)
    witness = await arrives(Role.MANAGER)
    floor = await witness.subscribes(waiters_room(house.id))
    for name, said, code in BAD:
        with capture_logs() as logged:
            answer = await waiter.says(name, *filled_in(said, house))
        assert answer["ok"] is False, (name, said)
        error = answer["error"]
        assert error["code"] == code, (name, said, error)
        assert error["message"].endswith("."), error
        assert error["retry"] is False
        assert len([line for line in logged if line["event"] == "A message was refused."]) == 1
    assert floor.entries == []
    assert (await waiter.says("subscribe", {"room": str(waiters_room(house.id))}))["seq"] == floor.held
    await witness.hears_nothing(but=frozenset({"beat", "authenticated"}))


async def test_a_message_may_be_sent_without_asking_for_an_acknowledgement(arrives: Arrives, house: House) -> None:
    waiter, host = await arrives(Role.WAITER), await arrives(Role.HOST)
    await waiter.subscribes(waiters_room(house.id))
    await host.client.emit("nonsense", {"a": 1})
    await host.client.emit("seat_party", {"tableId": str(house.tables["1"]), "covers": 2})
    await waiter.hears("party_seated")


async def test_there_is_a_message_for_every_command(hub: RunningHub) -> None:
    assert {command.verb for command in COMMANDS} <= set(hub.rooms.handlers)


async def test_a_refusals_facts_are_in_the_error(arrives: Arrives, house: House) -> None:
    waiter = await arrives(Role.WAITER)
    error = (await waiter.says("subscribe", {"room": str(pass_room(house.id))}))["error"]
    assert error["roles"] == "cook, expo, manager, owner"
    assert error["message"] == "This is for cook, expo, manager, owner to do. Ask one of them."
    error = (await waiter.says("seat_party", {"tableId": str(house.tables["1"])}))["error"]
    assert [one["field"] for one in error["errors"]] == ["covers"]


async def test_a_command_asked_twice_has_one_effect_and_one_answer(arrives: Arrives, house: House) -> None:
    host, waiter = await arrives(Role.HOST), await arrives(Role.WAITER)
    await waiter.subscribes(waiters_room(house.id))
    asked = {"tableId": str(house.tables["1"]), "covers": 2, "commandId": "seat them"}
    first = await host.asks("seat_party", **asked)
    assert await host.asks("seat_party", **asked) == first
    assert await host.is_refused("seat_party", asked | {"covers": 3}) == "key_reused"
    await waiter.hears("party_seated")
    await waiter.hears("table_status_changed")
    await waiter.hears_nothing()


async def test_commands_about_one_thing_are_done_in_the_order_they_were_sent(arrives: Arrives, house: House) -> None:
    host, waiter = await arrives(Role.HOST), await arrives(Role.WAITER)
    await waiter.subscribes(waiters_room(house.id))
    table = str(house.tables["1"])
    await host.client.emit("seat_party", {"tableId": table, "covers": 2})
    for status in ("bill", "dirty"):
        await host.client.emit("set_table_status", {"tableId": table, "status": status})
    await host.asks("set_table_status", tableId=table, status="free")
    await waiter.hears("table_status_changed", where=lambda said: said["status"] == "free")
    heard = [said["status"] for name, said in waiter.heard if name == "table_status_changed"]
    assert heard == ["seated", "bill", "dirty", "free"]


async def test_the_kept_messages_are_subscriptions(arrives: Arrives, house: House) -> None:
    waiter = await arrives(Role.WAITER)
    item = house.items["Special"]
    answer = await waiter.says("track_inventory", str(item.id))
    assert (answer["ok"], answer["room"]) == (True, str(item_room(item.id)))
    assert answer["board"]["quantity"] == 50
    placed = await waiter.asks(
        "place_order",
        restaurantId=str(house.id),
        kind="pickup",
        customerName="Ada",
        lines=[{"itemId": str(item.id), "quantity": 3}],
    )
    assert (await waiter.hears("inventory_update"))["quantity"] == 47
    tracked = await waiter.says("track_order", placed["orderId"])
    assert tracked["room"] == str(order_room(placed["orderId"]))


async def test_delivered_is_remembered_for_the_device(arrives: Arrives, house: House, hub: RunningHub) -> None:
    waiter, host = await arrives(Role.WAITER), await arrives(Role.HOST)
    room = str(waiters_room(house.id))
    await waiter.subscribes(room)
    await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
    seq = (await waiter.hears("table_status_changed"))["seq"]
    assert await waiter.says("delivered", {"room": room, "seq": seq}) == {"ok": True, "room": room, "seq": seq}
    assert await waiter.is_refused("delivered", {"room": room, "seq": seq + 1}) == "invalid"
    assert (await waiter.says("delivered", {"room": room, "seq": 0}))["ok"]
    (socket,) = hub.rooms.sockets.of_user(house.user(Role.WAITER))
    assert socket.places[room].shown == seq


async def test_who_unsubscribed_hears_nothing(arrives: Arrives, house: House) -> None:
    waiter, host = await arrives(Role.WAITER), await arrives(Role.HOST)
    room = str(waiters_room(house.id))
    await waiter.subscribes(room)
    for _ in range(2):
        assert await waiter.says("unsubscribe", {"room": room}) == {"ok": True, "room": room}
    await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
    await waiter.hears_nothing()


async def test_a_socket_is_in_so_many_rooms_and_no_more(
    arrives: Arrives, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rooms.members.ROOMS_PER_SOCKET_MAX", 4)
    cook = await arrives(Role.COOK)
    for station in list(house.stations.values())[:2]:
        await cook.subscribes(station_room(house.id, station))
    assert await cook.is_refused("subscribe", {"room": str(pass_room(house.id))}) == "too_many_rooms"
    # A room one is in already may be subscribed to again.
    await cook.subscribes(station_room(house.id, next(iter(house.stations.values()))))


async def test_too_many_messages_at_once_are_refused_and_the_others_answered(
    arrives: Arrives, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "MESSAGES_PENDING_MAX", 3)
    waiter = await arrives(Role.WAITER)
    room = str(waiters_room(house.id))
    answers = await asyncio.gather(*(waiter.says("subscribe", {"room": room}) for _ in range(10)))
    refused = [answer["error"] for answer in answers if not answer["ok"]]
    assert {error["code"] for error in refused} == {"too_many_messages"}
    assert all(error["retry"] for error in refused)
    assert 3 <= len(answers) - len(refused) < 10


async def test_a_hub_that_fails_says_so_and_goes_on(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*anything: Any, **more: Any) -> None:
        raise ZeroDivisionError

    waiter = await arrives(Role.WAITER)
    monkeypatch.setattr(type(hub.hub.opening), "open", fail)
    with capture_logs() as logged:
        answer = await waiter.says("subscribe", {"room": str(waiters_room(house.id))})
    assert answer["error"]["code"] == "internal"
    assert answer["error"]["retry"] is True
    assert [line["event"] for line in logged] == ["A message could not be answered."]
    monkeypatch.undo()
    await waiter.subscribes(waiters_room(house.id))


def test_no_message_is_called_as_an_event_or_a_signal_is() -> None:
    heard = {event.name for event in EVENTS} | NAMES
    assert len(heard) == len(EVENTS) + len(NAMES)
    said = {command.verb for command in COMMANDS} | {"subscribe", "unsubscribe", "delivered", "authenticate"}
    assert not heard & said
