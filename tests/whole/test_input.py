"""Whatever comes in says all of its fields, and chooses nothing that is not whoever asks to choose.

Found by reflection: every shape that a door reads, with what it holds inside. A new field that sounds as if it decided
who somebody is, whose something is or what it costs has to be named here first.
"""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from api.asking import Asks
from api.bodies import as_model
from api.passkeys import ShownPasskey
from api.paths import names_in
from api.pins import TappedPin
from api.routes import ROUTES
from api.sessions import Credentials
from api.showing import Paged, Query, Shows, SignsIn
from api.telling import Confides, Tells
from api.v1.formerly import FORMER
from api.v1.speaking import spoken
from api.welcome import Visit
from hub.commands import COMMANDS, Command, invitations, keys, menu, people, profiles, restaurants
from hub.commands.command import Asked
from hub.commands.floor import SetTableStatus
from hub.domain.refusals import BadInput
from rooms import messages

FORMERLY = tuple(route for routes in FORMER.values() for route in routes)
TOLD = [route.body for route in (*ROUTES, *FORMERLY) if isinstance(route, SignsIn | Tells | Confides)]
SHOWN = [route for route in (*ROUTES, *map(spoken, ROUTES)) if isinstance(route, Shows)]
QUERIES = [Paged, *(route.query for route in SHOWN if route.query is not None)]
MESSAGES = [messages.Subscribe, messages.Unsubscribe, messages.Delivered, messages.CommandId]

DECIDES = re.compile(
    r"(^|_)(roles?|restaurant|tenant|user|owner|operator|actor|person|scopes?|prices?|total|subtotal|tax|amount|currency"
    r"|discount|status|number|hash|verified)(_|$)|_(by|at)$"
)
"""Words of fields that decide who somebody is, whose something is, what it costs, or how far it is."""

CHOSEN: dict[str, set[type[BaseModel]]] = {
    "role": {people.GiveRole, people.TakeRole, people.Announce, Visit},
    "roles": {invitations.InvitePerson},
    "user_id": {people.GiveRole, people.TakeRole, people.Notify, TappedPin},
    "price": {menu.AddItem, menu.ChangeItem},
    "price_delta": {menu.NewModifier},
    "status": {SetTableStatus},
    "scopes": {keys.MakeKey, keys.ChangeKey},
    "currency": {profiles.ChangePreferences, restaurants.OpenRestaurant},
    **{one: {restaurants.OpenRestaurant} for one in ("owner_email", "tax_rates", "is_tax_included", "tax_rounding")},
    "user_handle": {ShownPasskey},
}
"""Who may choose them nevertheless: heads, of their own house; operators, to whom they speak, and what they open.

A demo's visitor chooses as whom to look around, and everybody in which currency they like to count. Whoever
taps a PIN says whose it is, and is believed if it is; so does a passkey, which is believed by its signature.
"""


def inputs() -> Iterator[type[BaseModel]]:
    """Every shape that a door reads, and every shape inside of one."""
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [*COMMANDS, *TOLD, *QUERIES, *MESSAGES]
    while waiting:
        shape = waiting.pop()
        if shape not in seen:
            seen.add(shape)
            waiting += [one for field in shape.model_fields.values() for one in _models_in(field.annotation)]
            yield shape


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _below(parent: type[BaseModel]) -> set[type[BaseModel]]:
    """Every shape made from this one, other than what tests make, and bases that are nothing by themselves."""
    children: list[type[BaseModel]] = parent.__subclasses__()
    if not children:
        return set() if parent.__module__.startswith("tests") else {parent}
    return {leaf for child in children for leaf in _below(child)}


INPUTS = sorted(inputs(), key=lambda shape: (shape.__module__, shape.__name__))


def test_every_shape_that_a_door_reads_is_looked_at() -> None:
    assert {menu.NewModifier, Credentials, messages.Subscribe, people.GiveRole} <= set(INPUTS)
    # Pages by number are read as they are, and by others with more.
    ours = _below(Asked) | _below(Query) | {Paged}
    never_sent = {one for one in ours if issubclass(one, Command) and one not in COMMANDS}
    assert ours - never_sent == set(INPUTS)


@pytest.mark.parametrize("shape", INPUTS, ids=lambda shape: shape.__name__)
def test_what_comes_in_has_no_field_that_nobody_named(shape: type[BaseModel]) -> None:
    assert issubclass(shape, Asked | Query)
    assert shape.model_config["extra"] == "forbid"
    assert shape.model_config["frozen"]
    assert issubclass(shape, Query) or shape.model_config["strict"]


@pytest.mark.parametrize("shape", [one for one in INPUTS if issubclass(one, Asked)], ids=lambda shape: shape.__name__)
def test_what_comes_in_decides_nothing_that_is_not_the_askers_to_choose(shape: type[BaseModel]) -> None:
    for name in shape.model_fields:
        if DECIDES.search(name) and name != "restaurant_id":
            assert shape in CHOSEN.get(name, set()), f"{shape.__name__}.{name}"


def test_nobody_is_named_here_who_has_no_such_field() -> None:
    assert all(name in shape.model_fields for name, shapes in CHOSEN.items() for shape in shapes)


def test_a_restaurant_is_named_in_the_address_and_nowhere_else() -> None:
    """Over a socket it is a field, and as in an address nothing follows from it: the deed asks what one is there."""
    named = {shape for shape in INPUTS if "restaurant_id" in shape.model_fields}
    asked = {route.command: route.path for route in ROUTES if isinstance(route, Asks) and route.within is None}
    assert named
    assert all("restaurantId" in names_in(asked[shape]) for shape in named)


def test_what_a_command_does_not_know_is_refused_field_by_field() -> None:
    foreign = {"isOperator": True, "placedBy": "me", "total": 1, "tenant": "other", "roles": ["owner"]}
    for command in COMMANDS:
        with pytest.raises(BadInput) as refusal:
            as_model(command, foreign, {})
        errors: Any = refusal.value.facts["errors"]
        unknown = set(foreign) - {to_camel(name) for name in command.model_fields}
        assert {one["field"] for one in errors if one["code"] == "unknown_field"} == unknown, command.verb
