"""The language is complete: every event, command, refusal and metric says of itself what others read from it."""

import inspect
import string
from collections import Counter

import pytest
from prometheus_client.metrics import MetricWrapperBase

# Refusals are known by being imported; with the composition root all are.
import hub.app  # noqa: F401
from hub.actions import DEEDS
from hub.boards.wire import RESERVED
from hub.commands import COMMANDS, Command
from hub.commands.house import CalmAlerts, RaiseAlerts
from hub.domain.refusals import Kind, Refused, every_refusal
from hub.events import EVENTS, Event, RestaurantEvent
from hub.events.event import snake_case
from hub.rights import RIGHTS, Role
from hub.telemetry import Metrics

REFUSALS = [one for one in every_refusal() if one.__module__.split(".")[0] != "tests"]
METRICS = {name: one for name, one in vars(Metrics()).items() if isinstance(one, MetricWrapperBase)}
BY_THE_HUB_ITSELF = {RaiseAlerts, CalmAlerts}


def kinds_below(parent: type) -> set[type]:
    """The classes of the hub that are made from this one and are nobody's base."""
    children: list[type] = parent.__subclasses__()
    if not children:
        return set() if parent.__module__.startswith("tests") else {parent}
    return {leaf for child in children for leaf in kinds_below(child)}


def says_a_sentence(one: type) -> bool:
    """Whether it has a docstring of its own, and the first thing in it is a sentence."""
    said = inspect.cleandoc(vars(one).get("__doc__") or "").split("\n\n")[0].strip()
    return said[:1].isupper() and said.endswith((".", "`."))


# ------------------------------------------------------------------ events


def test_the_list_of_events_is_all_of_them() -> None:
    assert kinds_below(Event) == set(EVENTS)
    assert len(EVENTS) == len({event.name for event in EVENTS})


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_an_event_says_what_it_is_who_hears_it_and_who_may_cause_it(event: type[Event]) -> None:
    assert says_a_sentence(event)
    assert event.name == snake_case(event.__name__)
    assert event.caused_by
    assert all(isinstance(role, Role) for role in event.caused_by)
    assert event.audience is not Event.audience
    assert event.scope is not Event.scope
    assert event.model_config["frozen"]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_an_event_has_no_field_of_a_reserved_name(event: type[Event]) -> None:
    travelling = {field.alias or name for name, field in event.model_fields.items() if not field.exclude}

    assert not travelling & RESERVED


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_an_event_says_its_restaurant_in_its_scope_alone(event: type[Event]) -> None:
    if issubclass(event, RestaurantEvent):
        assert event.model_fields["restaurant_id"].exclude


# ------------------------------------------------------------------ commands


def test_the_list_of_commands_is_all_that_somebody_can_ask() -> None:
    assert kinds_below(Command) == set(COMMANDS) | BY_THE_HUB_ITSELF
    assert len(COMMANDS) == len({command.verb for command in COMMANDS})


def test_every_command_has_its_deed_and_every_deed_its_command() -> None:
    assert set(DEEDS) == set(COMMANDS) | BY_THE_HUB_ITSELF
    assert all(deed.command is command for command, deed in DEEDS.items())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.verb)
def test_a_command_says_what_it_is_and_who_may_ask_it(command: type[Command]) -> None:
    assert says_a_sentence(command)
    assert RIGHTS[command.needs]
    assert command.model_config["extra"] == "forbid"
    assert command.model_config["strict"]
    assert command.model_config["frozen"]


def test_no_command_is_called_as_an_event_is() -> None:
    assert not {command.verb for command in COMMANDS} & {event.name for event in EVENTS}


# ------------------------------------------------------------------ refusals


def test_no_two_refusals_have_one_code() -> None:
    counted = Counter(one.code for one in REFUSALS)

    assert [code for code, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_has_a_code_of_its_own_and_a_sentence_for_people(refusal: type[Refused]) -> None:
    doc = " ".join(inspect.cleandoc(vars(refusal).get("__doc__") or "").split("\n\n")[0].split())
    facts = {name: f"<{name}>" for _, name, _, _ in string.Formatter().parse(doc) if name}

    said = refusal(**facts)

    assert snake_case(refusal.code) == refusal.code
    assert isinstance(refusal.kind, Kind)
    assert said.sentence
    assert said.sentence[0].isupper() or said.sentence[0] == "<"
    assert said.sentence.endswith((".", ">"))
    assert all(f"<{name}>" in said.sentence for name in facts)
    assert all(name.isidentifier() for name in facts)


# ------------------------------------------------------------------ metrics


def test_there_are_metrics_to_read() -> None:
    assert len(METRICS) > 10


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_says_which_question_it_answers_and_in_which_unit(name: str) -> None:
    (family,) = METRICS[name].describe()
    question, mark, answer = family.documentation.partition("?")

    assert mark, f"The help of {family.name} asks nothing."
    assert question[0].isupper()
    assert not answer or answer.endswith(".")
    assert family.name.startswith("brigade_")
    assert (family.type == "histogram") == family.name.endswith(("_seconds", "_bytes"))
