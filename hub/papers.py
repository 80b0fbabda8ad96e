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
from hub.limits import TIERS, Tier
from hub.rights import AT_DEVICES, FOR_KEYS, RIGHTS, Permission, Role
from hub.telemetry import Metrics

GENERATED = "<!-- Written by `brigade schema` from the code. Change the code, not this page. -->"
LONG_AGO = datetime.fromtimestamp(0, UTC)
UNITS = ("seconds", "bytes", "ratio")

IN_A_RESTAURANT = (
    Role.GUEST,
    Role.WAITER,
    Role.HOST,
    Role.COOK,
    Role.EXPO,
    Role.MANAGER,
    Role.OWNER,
    Role.SERVICE,
)
ON_THE_PLATFORM = (Role.CUSTOMER, Role.ADMIN, Role.SYSTEM)

Opened = tuple[Permission | None, str]
"""A permission, and one thing that it opens, in Markdown. What needs none is opened to whoever it belongs to."""

BY_RULES: tuple[Opened, ...] = (
    (Permission.OWNERS_MAKE, "`give_role`, `take_role` and invitations, where the role is owner"),
    (Permission.FIRED_VOID, "`void_line` and `cancel_order`, once the kitchen has begun"),
    (Permission.ALERTS_RAISE, "what the hub does by itself"),
)
"""What is asked of a permission by rules, deep inside, and of no command as a whole."""


def papers(refusals: Iterable[type[Refused]], opened: Iterable[Opened]) -> dict[str, str]:
    """Every page by its file's name. Whoever calls has imported all the code whose refusals it wants in them, and says
    what permissions open beside commands."""
    return {
        "language.md": language(),
        "limits.md": the_limits(TIERS),
        "lifecycles.md": lifecycles(),
        "metrics.md": metrics(Metrics()),
        "refusals.md": the_refusals(refusals),
        "rights.md": rights(opened),
    }


# ------------------------------------------------------------------ what is said


def language() -> str:
    """All that can be asked, and all that is stated."""
    asked = [(f"`{one.verb}`", _sentence(one), _roles(RIGHTS[one.needs]), _fields(one)) for one in COMMANDS]
    stated = [(f"`{one.name}`", _sentence(one), _roles(one.caused_by), _fields(one)) for one in EVENTS]
    return _page(
        "What is asked, and what is stated",
        "Fields are as on the wire. Beside its own, every entry has `room seq prev timestamp`.",
        "## Commands\n\nWho may ask is checked before anything else; rules come after.",
        _table(("command", "", "may be asked by", "fields"), asked),
        "## Events\n\nA deed that would record one for anybody else stops instead: the hub has a mistake.",
        _table(("event", "", "may be caused by", "fields"), stated),
    )


def rights(opened: Iterable[Opened]) -> str:
    """The table of `hub.rights`, with what each permission opens."""
    asked: list[Opened] = [(one.needs, f"`{one.verb}`") for one in COMMANDS]
    opens = [*asked, *opened, *BY_RULES]
    return _page(
        "Who may do what",
        "A permission is one thing that somebody may do. To a stranger nothing of a restaurant exists; a colleague "
        "without the permission is told whose job it is.",
        "## In a restaurant\n\nA service is a program with a key. It may do what its scopes say, of what is marked. "
        "Of what somebody may, they may do with a PIN at a kitchen tablet what the column after it marks.",
        _rights_table(IN_A_RESTAURANT, opens),
        "## On the platform\n\nWhoever is signed in is a customer, and an operator of the hub is admin besides.",
        _rights_table(ON_THE_PLATFORM, opens),
        "## Without any permission\n\nOpen to everybody whom the hub knows, or to whom it belongs: "
        f"{_things(None, opens)}. A party's link opens its own table, its own orders and what is left of any item, "
        "while it sits there; an order's link opens that order.",
    )


def _rights_table(roles: Sequence[Role], opens: Sequence[Opened]) -> str:
    rows = [
        (
            f"`{permission}`",
            *("●" if _may(role, permission) else "" for role in roles),
            "●" if permission in AT_DEVICES else "",
            _things(permission, opens),
        )
        for permission, may in RIGHTS.items()
        if not may.isdisjoint(roles)
    ]
    return _table(("permission", *roles, "with a PIN", "opens"), rows)


def _may(role: Role, permission: Permission) -> bool:
    return role in RIGHTS[permission] or (role is Role.SERVICE and permission in FOR_KEYS)


def _things(permission: Permission | None, opens: Sequence[Opened]) -> str:
    return ", ".join(thing for needed, thing in opens if needed is permission)


def the_refusals(every: Iterable[type[Refused]]) -> str:
    """All that the hub says no to. `{…}` in a sentence is a fact, which travels beside it."""
    rows = [
        (f"`{one.code}`", one.kind.value, one.documented(), "yes" if one.kind in TRY_AGAIN else "")
        for one in sorted(every, key=lambda one: one.code)
    ]
    return _page(
        "Refusals",
        "A refusal changes nothing. Decide by its code, which is stable; show its sentence, which may get better.",
        _table(("code", "kind", "sentence", "try again?"), rows),
    )


def the_limits(tiers: Iterable[Tier]) -> str:
    """How often anybody may ask."""
    rows = [
        (
            f"`{one.name}`",
            f"{one.limit:,}",
            _span(one.window_seconds),
            one.what,
            "" if not one.is_shared else f"{one.alone or 'as many'}, at each hub",
        )
        for one in tiers
    ]
    return _page(
        "Limits",
        "So many at once, and as many again in each time, evenly; what is over the limit is refused with 429, by REST "
        "and over sockets. `LIMITS_SCALE` makes figures larger or smaller. Nobody who is known is counted by address. "
        "Why, and what happens without Redis: [0026](../decisions/0026-who-is-counted-and-where.md).",
        _table(("limit", "figure", "in", "what is counted", "while Redis is away"), rows),
    )


def _span(seconds: int) -> str:
    return f"{seconds // 3600} h" if seconds % 3600 == 0 else f"{seconds // 60} min"


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
