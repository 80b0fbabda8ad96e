"""The papers: documents that are written by reading the code, so that they cannot say anything else than it does.

Each function returns one Markdown page. `brigade schema` writes them into `docs/reference/`, and a test refuses
pages that are not fresh. Not its business: files, and the documents of the doors (`api.openapi`, `rooms.asyncapi`).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from prometheus_client.metrics import MetricWrapperBase
from pydantic import BaseModel

from hub.commands import COMMANDS
from hub.domain import floor, tickets
from hub.domain.facts import MESSAGES
from hub.domain.orders import status_of
from hub.domain.refusals import TRY_AGAIN, Refused
from hub.events import EVENTS
from hub.events.floor import PartyLeft, PartySeated, TableStatus
from hub.events.orders import OrderStatus
from hub.events.tickets import TicketFired, TicketStatus
from hub.ids import StationId, TicketId
from hub.people import Role
from hub.telemetry import Metrics

GENERATED = "<!-- Written by `brigade schema` from the code. Change the code, not this page. -->"
LONG_AGO = datetime.fromtimestamp(0, UTC)
UNITS = ("seconds", "bytes", "ratio")


def papers(refusals: Iterable[type[Refused]]) -> dict[str, str]:
    """Every page by its file's name. Whoever calls has imported all the code whose refusals it wants in them."""
    return {
        "language.md": language(),
        "lifecycles.md": lifecycles(),
        "metrics.md": metrics(Metrics()),
        "refusals.md": the_refusals(refusals),
    }


# ------------------------------------------------------------------ what is said


def language() -> str:
    """All that can be asked, and all that is stated."""
    asked = [(f"`{one.verb}`", _sentence(one), _roles(one.asked_by), _fields(one)) for one in COMMANDS]
    stated = [(f"`{one.name}`", _sentence(one), _roles(one.caused_by), _fields(one)) for one in EVENTS]
    return _page(
        "What is asked, and what is stated",
        "Fields are as on the wire. Beside its own, every entry has `room seq prev timestamp`.",
        "## Commands\n\nWho may ask is checked before anything else; rules come after.",
        _table(("command", "", "may be asked by", "fields"), asked),
        "## Events\n\nA deed that would record one for anybody else stops instead: the hub has a mistake.",
        _table(("event", "", "may be caused by", "fields"), stated),
    )


def the_refusals(every: Iterable[type[Refused]]) -> str:
    """All that the hub says no to. `{…}` in a sentence is a fact, which travels beside it."""
    rows = [
        (f"`{one.code}`", one.kind.value, _sentence(one), "yes" if one.kind in TRY_AGAIN else "")
        for one in sorted(every, key=lambda one: one.code)
    ]
    return _page(
        "Refusals",
        "A refusal changes nothing. Decide by its code, which is stable; show its sentence, which may get better.",
        _table(("code", "kind", "sentence", "try again?"), rows),
    )


# ------------------------------------------------------------------ lifecycles


def lifecycles() -> str:
    """The tables of `hub.domain` as diagrams."""
    return _page(
        "Lifecycles",
        "Where there is no arrow, there is no step: whoever asks for it is refused, and nothing changes.",
        f"## A ticket\n\n{_diagram(_ticket_arrows())}",
        "Being rushed changes no state.",
        "Whoever says what their screen showed is not judged by these arrows, but merged with what others asked "
        "meanwhile ([0021](../decisions/0021-what-was-asked-while-away.md)). Then a ticket that was voided comes back, "
        "if somebody bumped it who did not know; and what was recalled is served, if it was with its guest.",
        f"## A table\n\n{_diagram(_table_arrows())}",
        f"A party sits at the table while it is {_either([str(one) for one in TableStatus if one in floor.OCCUPIED])}.",
        "## An order\n\nIt has no steps of its own but closing and cancelling: it is as far as its slowest ticket that "
        "anybody still waits for.",
        _table(("its slowest ticket is", "the order is", "and its guest is told"), _order_rows()),
    )


Arrow = tuple[str, str, str]
"""From, to, and the event that is the step."""


def _ticket_arrows() -> list[Arrow]:
    steps = [
        (str(before), str(after), event.name)
        for event, edges in tickets.STEPS.items()
        for before, after in edges.items()
    ]
    left = {before for before, _, _ in steps}
    ends = [(str(one), "[*]", "") for one in TicketStatus if one not in left]
    return [("[*]", str(TicketStatus.FIRED), TicketFired.name), *steps, *ends]


def _table_arrows() -> list[Arrow]:
    steps = [
        (str(before), str(after), _table_event(before, after))
        for before, possible in floor.STEPS.items()
        for after in TableStatus
        if after in possible
    ]
    return [("[*]", str(TableStatus.FREE), ""), *steps]


def _table_event(before: TableStatus, after: TableStatus) -> str:
    """What is stated besides `table_status_changed`: that a party came or went."""
    if (before in floor.OCCUPIED) == (after in floor.OCCUPIED):
        return ""
    return PartyLeft.name if before in floor.OCCUPIED else PartySeated.name


def _diagram(arrows: Sequence[Arrow]) -> str:
    lines = [f"    {before} --> {after}" + (f" : {event}" if event else "") for before, after, event in arrows]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _order_rows() -> list[tuple[str, str, str]]:
    """Which states of tickets make which status of their order. No ticket and voided ones only are the same."""
    followed = {
        status: _either([str(one) for one in TicketStatus if _status_with(one) is status]) for status in MESSAGES
    }
    return [(states or "(said outright)", str(status), MESSAGES[status]) for status, states in followed.items()]


def _status_with(status: TicketStatus) -> OrderStatus:
    nothing = UUID(int=0)
    one = tickets.Ticket(TicketId(nothing), StationId(nothing), course=1, status=status, fired_at=LONG_AGO)
    return status_of((one,))


# ------------------------------------------------------------------ numbers


def metrics(catalogue: Metrics) -> str:
    """The catalogue of `hub.telemetry`, as a table of questions."""
    rows = [_metric_row(one) for one in vars(catalogue).values() if isinstance(one, MetricWrapperBase)]
    return _page(
        "Metrics",
        "What `/metrics` answers, in Prometheus' format. Labels are bounded: a kind of room yes, a table no. Every "
        "hub counts what it did itself; add them up.",
        _table(("metric", "kind", "unit", "labels", "the question", "the answer"), sorted(rows)),
    )


def _metric_row(metric: MetricWrapperBase) -> tuple[str, ...]:
    (family,) = metric.describe()
    name = f"{family.name}_total" if family.type == "counter" else family.name
    unit = next((unit for unit in UNITS if family.name.endswith(f"_{unit}")), "count")
    question, _, answer = family.documentation.partition("?")
    # The library tells a metric's labels nowhere else.
    labels = ", ".join(f"`{label}`" for label in metric._labelnames)
    return f"`{name}`", family.type, unit, labels, f"{question}?", answer.strip()


# ------------------------------------------------------------------ words


def _sentence(one: type) -> str:
    """What a class says of itself first."""
    return " ".join((one.__doc__ or "").split("\n\n")[0].split())


def _roles(roles: Iterable[Role]) -> str:
    return ", ".join(role for role in Role if role in roles)


def _fields(model: type[BaseModel]) -> str:
    return " ".join(f"`{field.alias or name}`" for name, field in model.model_fields.items() if not field.exclude)


def _either(words: Sequence[str]) -> str:
    *most, last = words or [""]
    return f"{', '.join(most)} or {last}" if most else last


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", GENERATED, *parts)) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
