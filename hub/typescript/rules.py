"""The rules that screens mind as well: who may do and ask what, and the lifecycles of `hub.domain`, as tables."""

import json
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from hub.boards.user import NOTICES_MAX
from hub.domain import floor, orders, pins, tickets
from hub.events.floor import TableStatus
from hub.events.orders import OrderStatus
from hub.events.tickets import TicketStatus
from hub.rights import FOR_KEYS, RIGHTS, Permission, Role
from hub.typescript.by_name import commands_of
from hub.typescript.writing import Part, Schema, assigned, doc, named_in

RULES = "rules"


def rules(rooms: Schema) -> list[Part]:
    """Every rule, from the domain; who may ask what is said in the AsyncAPI document of the rooms."""
    return [
        _may_ask(commands_of(rooms)),
        _rights(),
        _for_keys(),
        *_ticket_steps(),
        _table_steps(),
        _states("TICKETS_OPEN", "Tickets that are still to be cooked.", TicketStatus, tickets.OPEN),
        _states("TICKETS_GONE", "Tickets that no kitchen screen shows.", TicketStatus, tickets.GONE),
        _states("ORDERS_OVER", "Orders that have left the floor.", OrderStatus, orders.OVER),
        _states("TABLES_OCCUPIED", "Tables at which a party sits.", TableStatus, floor.OCCUPIED),
        _rule("NOTICES_MAX", "How many notices a board keeps.", str(NOTICES_MAX)),
        _rule("PIN_LENGTH_MIN", "How many digits a PIN has at the least.", str(pins.LENGTH_MIN)),
        _rule("PIN_LENGTH_MAX", "How many digits a PIN has at most.", str(pins.LENGTH_MAX)),
    ]


def _may_ask(commands: Mapping[str, Schema]) -> Part:
    roles = {verb: _words(one["x-asked-by"]) for verb, one in commands.items()}
    kind = "Readonly<Record<keyof Commands, readonly Role[]>>"
    return _table("MAY_ASK", "Who may ask what. Rules come after.", kind, roles)


def _rights() -> Part:
    rows = {json.dumps(one.value): _words(role for role in Role if role in held) for one, held in RIGHTS.items()}
    kind = "Readonly<Record<Permission, readonly Role[]>>"
    return _table("RIGHTS", "Who may do what.", kind, rows)


def _for_keys() -> Part:
    lines = "".join(f"  {json.dumps(one.value)},\n" for one in Permission if one in FOR_KEYS)
    return _rule("FOR_KEYS", "What a key can be given.", f"[\n{lines}]", "readonly Permission[]")


def _ticket_steps() -> list[Part]:
    steps = {one.name: _edges(edges) for one, edges in tickets.EDGES.items()}
    told = "A ticket's life: step → state before → state after. Where there is no edge, there is no step."
    kind = "Readonly<Record<TicketStep, Readonly<Partial<Record<TicketStatus, TicketStatus>>>>>"
    step = assigned("export type TicketStep =", " | ".join(json.dumps(event) for event in steps))
    return [
        Part(RULES, "TicketStep", doc("An event that is a step in a ticket's life.") + step, frozenset()),
        _table("TICKET_STEPS", told, kind, steps),
    ]


def _edges(edges: Mapping[TicketStatus, TicketStatus]) -> str:
    return "{ " + ", ".join(f"{before}: {json.dumps(after)}" for before, after in edges.items()) + " }"


def _table_steps() -> Part:
    steps = {str(before): _words(one for one in TableStatus if one in after) for before, after in floor.STEPS.items()}
    kind = "Readonly<Record<TableStatus, readonly TableStatus[]>>"
    return _table("TABLE_STEPS", "A table's evening: state before → states that may follow.", kind, steps)


def _states(name: str, sentence: str, kind: type[StrEnum], states: Collection[StrEnum]) -> Part:
    words = _words(one for one in kind if one in states)
    return _rule(name, sentence, f"new Set({words})", f"ReadonlySet<{kind.__name__}>")


def _words(words: Iterable[str]) -> str:
    return "[" + ", ".join(json.dumps(str(word)) for word in words) + "]"


def _table(name: str, sentence: str, kind: str, rows: Mapping[str, str]) -> Part:
    lines = "".join(f"  {key}: {value},\n" for key, value in rows.items())
    return _rule(name, sentence, f"{{\n{lines}}}", kind)


def _rule(name: str, sentence: str, value: str, kind: str = "") -> Part:
    left = f"{name}: {kind}" if kind else name
    return Part(RULES, name, f"{doc(sentence)}export const {left} = {value};", named_in(kind), is_value=True)
