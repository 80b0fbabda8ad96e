"""The rooms' document says what is so: it is made from the code, and nothing in it leads nowhere."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from hub.commands import COMMANDS
from hub.events import EVENTS
from hub.events.keys import KeyChanged
from hub.events.people import RightsChanged
from hub.events.sessions import SessionEnded
from hub.nouns import NOUN
from hub.rights import RIGHTS
from rooms import asyncapi, signals
from rooms.examples import example, rooms_of
from tests.rooms.asyncapi_document import document
from tests.support.node import module_file


def all_of(value: Any, key: str) -> Iterator[Any]:
    """Everything under this key, anywhere."""
    if isinstance(value, dict):
        if key in value:
            yield value[key]
        for one in value.values():
            yield from all_of(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from all_of(one, key)


def at(ref: str) -> Any:
    found = document()
    for part in ref.removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_it_is_what_its_specification_calls_a_document() -> None:
    specification = module_file("@asyncapi/specs/schemas/3.0.0.json")
    validator = Draft7Validator(orjson.loads(specification.read_bytes()))
    validator.validate(document())
    name, operation = next(iter(document()["operations"].items()))
    broken = document() | {"operations": {name: operation | {"action": "shout"}}}
    assert not validator.is_valid(broken), "a look that finds nothing wrong is none"


def test_every_reference_leads_somewhere() -> None:
    refs = [ref for ref in all_of(document(), "$ref") if isinstance(ref, str)]
    assert refs
    for ref in refs:
        at(ref)


def test_every_event_command_and_signal_is_in_it() -> None:
    messages = set(document()["components"]["messages"])
    heard_by_nobody = {RightsChanged.name, KeyChanged.name, SessionEnded.name}
    assert {event.name for event in EVENTS} - messages == heard_by_nobody
    assert {command.verb for command in COMMANDS} <= messages
    assert messages >= signals.NAMES


def test_every_event_is_in_the_channels_of_its_rooms_and_no_others() -> None:
    for event in EVENTS:
        channels = {name for name, channel in document()["channels"].items() if event.name in channel["messages"]}
        assert channels == set(rooms_of(event)), event.name


def test_every_shape_says_of_which_noun_it_is() -> None:
    nouns = {name: schema[NOUN] for name, schema in document()["components"]["schemas"].items()}

    said = [nouns[name] for name in ("TicketBumped", "OrderKind", "Money", "StationBoard", "Beat", "Refused")]
    assert said == ["tickets", "orders", "money", "boards", "signals", "refusals"]


def test_every_message_has_roles() -> None:
    for event in EVENTS:
        if rooms_of(event):
            assert document()["components"]["messages"][event.name]["x-caused-by"] == sorted(event.caused_by)
    for command in COMMANDS:
        assert document()["components"]["messages"][command.verb]["x-asked-by"] == sorted(RIGHTS[command.needs])


@pytest.mark.parametrize("event", [event for event in EVENTS if rooms_of(event)], ids=lambda event: event.name)
def test_every_example_is_what_its_schema_says(event: Any) -> None:
    message = document()["components"]["messages"][event.name]
    validator = Draft202012Validator({**message["payload"], "components": document()["components"]})
    assert message["examples"]
    for shown in message["examples"]:
        validator.validate(shown["payload"])
    assert message["payload"]["allOf"][1]["required"] == ["room", "seq", "prev", "timestamp"]


def test_every_message_has_an_example_that_fits() -> None:
    for name, message in document()["components"]["messages"].items():
        validator = Draft202012Validator({**message["payload"], "components": document()["components"]})
        assert message["examples"], name
        for shown in message["examples"]:
            assert [error.message for error in validator.iter_errors(shown["payload"])] == [], name


def test_every_command_names_the_rules_that_may_refuse_it() -> None:
    for command in COMMANDS:
        told = set(document()["components"]["messages"][command.verb]["x-refusals"])
        assert {"invalid", "not_signed_in", "internal", "in_progress"} <= told
    assert "illegal_ticket_step" in document()["components"]["messages"]["bump_ticket"]["x-refusals"]


def test_every_schema_is_one() -> None:
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        assert not [name for names in all_of(schema, "properties") for name in names if "_" in name]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_an_example_fills_every_field(event: Any) -> None:
    made = example(event)
    assert all(getattr(made, name) is not None for name in type(made).model_fields)
    assert event.read(made.payload(), made.scope) == made


def test_whoever_acknowledges_says_how() -> None:
    for name, message in document()["components"]["messages"].items():
        is_said = any(name in {command.verb} for command in COMMANDS) or name in ("subscribe", *asyncapi.TEXTS)
        assert ("x-ack" in message) is (is_said or name in ("unsubscribe", "delivered")), name


def test_the_whole_is_an_asyncapi_3_document() -> None:
    assert document()["asyncapi"] == "3.0.0"
    assert set(document()) <= {
        "asyncapi",
        "info",
        "servers",
        "defaultContentType",
        "channels",
        "operations",
        "components",
    }
    for operation in document()["operations"].values():
        assert operation["action"] in ("send", "receive")
        channel = operation["channel"]["$ref"]
        assert all(one["$ref"].startswith(channel + "/messages/") for one in operation["messages"])
    for channel in document()["channels"].values():
        assert set(channel) <= {"address", "title", "description", "messages", "parameters", "x-board"}
