"""Where people live: one of their addresses is always the default, whoever races, and nobody sees another's."""

import asyncio
from typing import Any

import asyncpg
import pytest

from hub.domain.addresses import ADDRESSES_MAX
from hub.ids import new_id
from hub.keys import Hub
from hub.store.connections import connection
from tests.api.conftest import Answer, Caller

HOME = {"label": "Home", "lines": ["Calle Mayor 1", "28013 Madrid"]}
WORK = {"label": "Work", "lines": ["1 Lane", "London"]}


async def adds(caller: Caller, said: dict[str, Any], **more: Any) -> str:
    answer = await caller.posts("/me/addresses", {**said, **more})
    assert answer.status == 201, answer.body
    return str(answer.json["addressId"])


async def changes(caller: Caller, address: str, **said: Any) -> Answer:
    return await caller.asks("PATCH", f"/me/addresses/{address}", said)


async def held(caller: Caller) -> list[tuple[str, bool]]:
    items = (await caller.gets("/me/addresses")).json["items"]
    return [(one["label"], one["isDefault"]) for one in items]


async def test_the_first_address_is_the_default_until_another_one_is(stranger: Caller) -> None:
    assert await held(stranger) == []
    home = await adds(stranger, HOME)
    assert (await stranger.gets("/me/addresses")).json["items"] == [{"addressId": home, **HOME, "isDefault": True}]
    work = await adds(stranger, WORK)
    assert await held(stranger) == [("Home", True), ("Work", False)]
    assert (await changes(stranger, work, isDefault=True)).json == {"addressId": work, "isDefault": True}
    assert await held(stranger) == [("Work", True), ("Home", False)]
    await adds(stranger, {"label": "Mother", "lines": ["Rue 1"]}, isDefault=True)
    assert await held(stranger) == [("Mother", True), ("Home", False), ("Work", False)]


async def test_an_address_is_changed_where_something_is_named(stranger: Caller) -> None:
    home = await adds(stranger, HOME)
    assert (await changes(stranger, home, label=" Casa ")).status == 200
    assert (await changes(stranger, home, lines=["Calle Menor 2"])).status == 200
    (item,) = (await stranger.gets("/me/addresses")).json["items"]
    assert item == {"addressId": home, "label": "Casa", "lines": ["Calle Menor 2"], "isDefault": True}


async def test_the_default_cannot_be_deleted_or_be_none(stranger: Caller, hub: Hub) -> None:
    home, work = await adds(stranger, HOME), await adds(stranger, WORK)
    refused = await stranger.asks("DELETE", f"/me/addresses/{home}")
    assert (refused.status, refused.code) == (409, "cannot_delete_default")
    refused = await changes(stranger, home, isDefault=False)
    assert (refused.status, refused.code) == (409, "default_address_needed")
    assert (await stranger.asks("DELETE", f"/me/addresses/{work}")).json == {"addressId": work}
    assert await held(stranger) == [("Home", True)]
    for statement in ("delete from postal_address", "delete from address_book"):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with hub.database.transaction():
                await connection().execute(statement)


async def test_another_persons_address_is_none(stranger: Caller, waiter: Caller) -> None:
    home = await adds(stranger, HOME)
    await adds(waiter, WORK)
    for address in (home, str(new_id())):
        for method in ("PATCH", "DELETE"):
            answer = await waiter.asks(method, f"/me/addresses/{address}", {})
            assert (answer.status, answer.code) == (404, "address_not_found")
    assert await held(stranger) == [("Home", True)]


NOT_ADDRESSES: list[dict[str, Any]] = [
    {"label": "Home"},
    {"label": "", "lines": ["1 Lane"]},
    {"label": " ", "lines": ["1 Lane"]},
    {"label": "Home", "lines": []},
    {"label": "Home", "lines": ["x"] * 8},
    {"label": "Home", "lines": ["x" * 121]},
    {"label": "Home", "lines": ["\x1b[2J"]},
    {"label": "Home", "lines": "1 Lane"},
    {"label": "Home", "lines": ["1 Lane"], "personId": "somebody else"},
]


async def test_what_no_letter_would_find_is_refused(stranger: Caller) -> None:
    for said in NOT_ADDRESSES:
        answer = await stranger.posts("/me/addresses", said)
        assert (answer.status, answer.code) == (400, "invalid"), said


async def test_racers_leave_one_default_and_no_more_addresses_than_are_allowed(stranger: Caller) -> None:
    said = [{"label": f"{number}", "lines": ["1 Lane"], "isDefault": True} for number in range(ADDRESSES_MAX + 5)]
    answers = await asyncio.gather(*(stranger.posts("/me/addresses", one) for one in said))
    refused = [answer.code for answer in answers if answer.status != 201]
    assert refused == ["too_many_addresses"] * 5
    items = (await stranger.gets("/me/addresses")).json["items"]
    assert len(items) == ADDRESSES_MAX
    assert [one["isDefault"] for one in items].count(True) == 1
