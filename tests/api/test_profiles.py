"""What people say of themselves: their name and telephone, what they like, and what their orders come to."""

from typing import Any

import pytest

from hub.commands.orders import CancelOrder, VoidLine
from hub.people import Role
from hub.store.connections import connection
from tests.api.conftest import Caller, Calls
from tests.support.houses import House

DEFAULTS = {
    "theme": "light",
    "notifications": True,
    "emailNotifications": True,
    "currency": "USD",
    "language": "en",
}


async def audited(house: House, entity: str) -> list[tuple[str, str | None, str | None]]:
    """What the platform's audit says of such things: action, old and new."""
    async with house.database.snapshot():
        rows = await connection().fetch(
            "select action, old, new from audit where scope = 'platform' and entity = $1 order by seq", entity
        )
    return [tuple(row) for row in rows]


# ------------------------------------------------------------------ name, telephone, language


async def test_people_say_who_they_are(stranger: Caller, house: House) -> None:
    before = (await stranger.gets("/me")).json
    assert (before["phone"], before["language"], before["theme"]) == (None, "en", "light")
    said = {"name": " Ana Díaz ", "phone": "0034 (0)91 123 45 67", "language": "es"}
    answer = await stranger.asks("PATCH", "/me", said)
    assert answer.json == {"changed": ["language", "name", "phone"]}
    after = (await stranger.gets("/me")).json
    assert after == before | {"name": "Ana Díaz", "phone": "+34911234567", "language": "es"}
    assert (await stranger.asks("PATCH", "/me", {"phone": None})).json == {"changed": ["phone"]}
    assert (await stranger.gets("/me")).json == after | {"phone": None}
    assert (await stranger.asks("PATCH", "/me", {"name": "Ana Díaz"})).json == {"changed": []}


NOT_PROFILES: list[tuple[dict[str, Any], str]] = [
    ({"name": "A"}, "name"),
    ({"name": " A "}, "name"),
    ({"name": "  "}, "name"),
    ({"name": "A" * 51}, "name"),
    ({"name": "Ann\x00"}, "name"),
    ({"phone": "+34" + "9" * 40}, "phone"),
    ({"language": "tlh"}, "language"),
    ({"email": "another@example.test"}, "email"),
    ({"isOperator": True}, "isOperator"),
    ({"theme": "dark"}, "theme"),
]


@pytest.mark.parametrize("phone", ["911234567", "+34 91 123 45 67 ext"])
async def test_a_number_that_nobody_could_dial_changes_nothing(stranger: Caller, phone: str) -> None:
    before = (await stranger.gets("/me")).json
    answer = await stranger.asks("PATCH", "/me", {"name": "Another", "phone": phone})
    assert (answer.status, answer.code) == (422, "no_such_number")
    assert (await stranger.gets("/me")).json == before


async def test_what_is_no_name_or_number_is_refused_by_its_field(stranger: Caller) -> None:
    for said, field in NOT_PROFILES:
        answer = await stranger.asks("PATCH", "/me", said)
        assert (answer.status, answer.code) == (400, "invalid"), said
        assert [one["field"] for one in answer.json["errors"]] == [field]


async def test_the_audit_and_kept_answers_say_what_was_changed_and_not_to_what(stranger: Caller, house: House) -> None:
    await stranger.asks("PATCH", "/me", {"name": "Zebedee", "phone": "+34911234567"})
    address = {"label": "Magicland", "lines": ["1 Roundabout Row"]}
    assert (await stranger.posts("/me/addresses", address)).status == 201
    assert await audited(house, "profile") == [("change_profile", None, '{"fields":["name","phone"]}')]
    assert await audited(house, "address") == [("add_address", None, '{"fields":["label","lines"]}')]
    async with house.database.snapshot():
        for table in ("audit", "command"):
            rows = [row["row"] for row in await connection().fetch(f"select t::text as row from {table} t")]
            assert rows
            assert not [row for row in rows if any(one in row for one in ("Zebedee", "3491", "Magicland", "Row"))]


# ------------------------------------------------------------------ preferences


async def test_what_nobody_chose_is_as_it_is_for_everybody(stranger: Caller) -> None:
    assert (await stranger.gets("/me/preferences")).json == DEFAULTS
    chosen = {"theme": "dark", "emailNotifications": False}
    assert (await stranger.asks("PATCH", "/me/preferences", chosen)).json == DEFAULTS | chosen
    more = {"currency": "EUR", "language": "es", "theme": None}
    assert (await stranger.asks("PATCH", "/me/preferences", more)).json == DEFAULTS | chosen | {
        "currency": "EUR",
        "language": "es",
    }
    assert (await stranger.gets("/me/preferences")).json["theme"] == "dark"
    assert (await stranger.gets("/me")).json["language"] == "es"


async def test_preferences_that_nobody_knows_are_refused(stranger: Caller) -> None:
    wrong: list[dict[str, Any]] = [
        {"colour": "red"},
        {"theme": "pink"},
        {"currency": "eur"},
        {"currency": "EURO"},
        {"notifications": "yes"},
    ]
    for said in wrong:
        answer = await stranger.asks("PATCH", "/me/preferences", said)
        assert (answer.status, answer.code) == (400, "invalid"), said
    assert (await stranger.gets("/me/preferences")).json == DEFAULTS


async def test_what_a_newer_hub_offers_counts_as_not_chosen(stranger: Caller, house: House) -> None:
    await stranger.asks("PATCH", "/me/preferences", {"theme": "dark", "currency": "EUR"})
    async with house.database.transaction():
        await connection().execute(
            """update profile set preferences = preferences || '{"theme": "sepia", "font": 7}'"""
        )
    assert (await stranger.gets("/me/preferences")).json == DEFAULTS | {"currency": "EUR"}


# ------------------------------------------------------------------ statistics


async def test_ones_own_orders_are_counted_and_nobody_elses(calls: Calls, house: House) -> None:
    await house.orders_at("1", house.line("Burger", 2), house.line("Wine"))
    second = await house.orders_at("2", house.line("Burger"), house.line("Soup"))
    voided = second.lines[1].line_id
    await house.does(VoidLine(order_id=second.order_id, line_id=voided), by=house.waiter)
    cancelled = await house.orders_at("3", house.line("Wine", 5))
    await house.does(CancelOrder(order_id=cancelled.order_id), by=house.waiter)
    await house.orders_at("4", house.line("Tart"), by=house.manager)
    mine = (await calls(Role.WAITER).gets("/me/statistics")).json
    assert mine["orders"] == 2
    assert mine["spent"] == [{"amount": 3 * 1450 + 700, "currency": "GBP"}]
    assert [(one["name"], one["portions"]) for one in mine["favourites"]] == [("Burger", 3), ("Wine", 1)]
    nothing = (await calls(Role.COOK).gets("/me/statistics")).json
    assert (nothing["orders"], nothing["spent"], nothing["favourites"]) == (0, [], [])
