"""The wire in TypeScript: what the screens may rely on, read from the documents of both doors.

Every shape has its type, and every event, command, signal and board its line in a table by name, so that the
compiler knows what stands behind each. Rules that a screen minds as well are tables beside them, so that none is
written twice. Not its business: what a shape is, which the documents say; and files.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from textwrap import wrap
from typing import Any

from hub.boards.user import NOTICES_MAX
from hub.domain import floor, orders, tickets
from hub.events.floor import TableStatus
from hub.events.orders import OrderStatus
from hub.events.tickets import TicketStatus

Schema = Mapping[str, Any]

HEADER = """/**
 * Everything that travels between a hub and its screens, as types.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */"""

WIDTH_MAX = 120
REST = "Rest"
"""Before the name of a shape of REST that means something else in the rooms: a body there lacks what its path says."""

PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

ENTRY = """/** One event as a room hears it: its fields, and its place in the room's chain. */
export type Entry = { [N in keyof Events]: { readonly event: N } & Events[N] & Place }[keyof Events];"""


def wire(rooms: Schema, rest: Schema) -> str:
    """The module's text, from the AsyncAPI document of the rooms and the OpenAPI document of REST."""
    messages = rooms["components"]["messages"]
    events = {name: one for name, one in messages.items() if "x-caused-by" in one}
    commands = {name: one for name, one in messages.items() if "x-asked-by" in one}
    signals = {name: one for name, one in messages.items() if "x-ack" not in one and name not in events}
    asked = {name: one for name, one in messages.items() if "x-ack" in one and name not in commands}
    return _module(
        "What travels",
        *_shapes(rooms["components"]["schemas"], rest["components"]["schemas"]),
        "Events, as they are named on the wire",
        _interface("Place", "Where an event stands in the chain of one room.", _place(events)),
        _index("Events", "The fields of each event.", {name: _first(one["payload"]) for name, one in events.items()}),
        ENTRY,
        _names("EVENT_NAMES", "Every event there is.", "Events", events),
        "Commands, and what is answered to them",
        _index("Commands", "What each verb asks.", {name: _first(one["payload"]) for name, one in commands.items()}),
        _index("Answers", "What is answered to each verb.", {name: _answer(one) for name, one in commands.items()}),
        _names("VERBS", "Every verb there is.", "Commands", commands),
        "Rooms",
        _index("Boards", "What each kind of room shows.", _boards(rooms, events)),
        _heard(rooms, events),
        _index("RoomMessages", "What else can be said.", {name: one["payload"] for name, one in asked.items()}),
        _index("RoomAnswers", "What is answered to that.", {name: _answer(one) for name, one in asked.items()}),
        "Signals, which have no place in any chain",
        _index("Signals", "What each signal carries.", {name: one["payload"] for name, one in signals.items()}),
        "The rules that screens mind, too",
        _may_ask(commands),
        *_ticket_steps(),
        _table_steps(),
        _states("TICKETS_OPEN", "Tickets that are still to be cooked.", TicketStatus, tickets.OPEN),
        _states("TICKETS_GONE", "Tickets that no kitchen screen shows.", TicketStatus, tickets.GONE),
        _states("ORDERS_OVER", "Orders that have left the floor.", OrderStatus, orders.OVER),
        _states("TABLES_OCCUPIED", "Tables at which a party sits.", TableStatus, floor.OCCUPIED),
        f"/** How many notices a board keeps. */\nexport const NOTICES_MAX = {NOTICES_MAX};",
    )


# ------------------------------------------------------------------ the shapes of both doors


def _shapes(rooms: Mapping[str, Schema], rest: Mapping[str, Schema]) -> list[str]:
    """Every shape once. Where a name means two things, the rooms have it, and REST's carries a prefix."""
    ours, theirs = _as_sent(rooms), _as_sent(rest)
    renamed = _renamed(ours, theirs)
    return [
        *(_declaration(name, one) for name, one in ours.items()),
        *(
            _declaration(renamed.get(name, name), _rereferred(one, renamed))
            for name, one in theirs.items()
            if name in renamed or name not in ours
        ),
    ]


def _as_sent(shapes: Mapping[str, Schema]) -> dict[str, Schema]:
    """What clients send may leave out a field with a default; the hub never does."""
    asked = _asked(shapes)
    return {name: one if name in asked else _with_defaults(one) for name, one in shapes.items()}


def _asked(shapes: Mapping[str, Schema]) -> set[str]:
    """Those that clients send: commands, which know no further fields, and what stands within them."""
    sent: set[str] = set()
    waiting = [name for name, one in shapes.items() if one.get("additionalProperties") is False]
    while waiting:
        name = waiting.pop()
        if name not in sent:
            sent.add(name)
            waiting += _references(shapes[name])
    return sent


def _renamed(rooms: Mapping[str, Schema], rest: Mapping[str, Schema]) -> dict[str, str]:
    """REST's names that mean something else in the rooms, directly or by what they are made of."""
    renamed: dict[str, str] = {}
    while True:
        other = {
            name: REST + name
            for name in rest
            if name in rooms and _type(_rereferred(rest[name], renamed)) != _type(rooms[name])
        }
        if other == renamed:
            return renamed
        renamed = other


def _references(schema: object) -> list[str]:
    if isinstance(schema, Mapping):
        own = [_name(schema)] if "$ref" in schema else []
        return own + [name for part in schema.values() for name in _references(part)]
    return [name for part in schema for name in _references(part)] if isinstance(schema, list) else []


def _rereferred(schema: Any, renamed: Mapping[str, str]) -> Any:
    """The schema with other names in its references."""
    if isinstance(schema, list):
        return [_rereferred(part, renamed) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return {**schema, "$ref": renamed.get(_name(schema), _name(schema))}
    return {key: _rereferred(part, renamed) for key, part in schema.items()}


def _with_defaults(schema: Schema) -> Schema:
    defaults = [name for name, one in schema.get("properties", {}).items() if "default" in one]
    return {**schema, "required": [*schema.get("required", ()), *defaults]}


# ------------------------------------------------------------------ tables by name


def _first(payload: Schema) -> Schema:
    """An event without its place, a command without its id: both are the same for all."""
    first: Schema = payload["allOf"][0]
    return first


def _place(events: Mapping[str, Schema]) -> Schema:
    place: Schema = next(iter(events.values()))["payload"]["allOf"][1]
    return place


def _answer(message: Schema) -> Schema:
    """What a yes carries besides `ok`."""
    answer: Schema = message["x-ack"]["oneOf"][0]["allOf"][1]
    return answer


def _boards(rooms: Schema, events: Mapping[str, Schema]) -> dict[str, Schema]:
    """The boards that events change. What an operator sees is pulses, which have no chain."""
    channels = rooms["channels"].items()
    return {kind: one["x-board"] for kind, one in channels if "x-board" in one and one["messages"].keys() & events}


def _heard(rooms: Schema, events: Mapping[str, Schema]) -> str:
    heard = {kind: list(rooms["channels"][kind]["messages"]) for kind in _boards(rooms, events)}
    lines = "".join(f"  {kind}: {_listed(names, '  ')},\n" for kind, names in heard.items())
    kind = "Readonly<Record<keyof Boards, readonly (keyof Events)[]>>"
    told = "/** Which events each kind of room hears. */"
    return f"{told}\nexport const HEARD = {{\n{lines}}} as const satisfies {kind};"


# ------------------------------------------------------------------ rules


def _may_ask(commands: Mapping[str, Schema]) -> str:
    roles = {verb: _words(one["x-asked-by"]) for verb, one in commands.items()}
    kind = "Readonly<Record<keyof Commands, readonly Role[]>>"
    return _table("MAY_ASK", "Who may ask what. Rules come after.", kind, roles)


def _ticket_steps() -> list[str]:
    steps = {one.name: _edges(edges) for one, edges in tickets.STEPS.items()}
    told = "A ticket's life: step → state before → state after. Where there is no edge, there is no step."
    kind = "Readonly<Record<TicketStep, Readonly<Partial<Record<TicketStatus, TicketStatus>>>>>"
    return [
        "/** An event that is a step in a ticket's life. */\n"
        + _assigned("export type TicketStep =", " | ".join(json.dumps(event) for event in steps)),
        _table("TICKET_STEPS", told, kind, steps),
    ]


def _edges(edges: Mapping[TicketStatus, TicketStatus]) -> str:
    return "{ " + ", ".join(f"{before}: {json.dumps(after)}" for before, after in edges.items()) + " }"


def _table_steps() -> str:
    steps = {str(before): _words(one for one in TableStatus if one in after) for before, after in floor.STEPS.items()}
    kind = "Readonly<Record<TableStatus, readonly TableStatus[]>>"
    return _table("TABLE_STEPS", "A table's evening: state before → states that may follow.", kind, steps)


def _states(name: str, sentence: str, kind: type[StrEnum], states: Collection[StrEnum]) -> str:
    words = _words(one for one in kind if one in states)
    return f"{_doc(sentence)}export const {name}: ReadonlySet<{kind.__name__}> = new Set({words});"


def _words(words: Iterable[str]) -> str:
    return "[" + ", ".join(json.dumps(str(word)) for word in words) + "]"


def _table(name: str, sentence: str, kind: str, rows: Mapping[str, str]) -> str:
    lines = "".join(f"  {key}: {value},\n" for key, value in rows.items())
    return f"{_doc(sentence)}export const {name}: {kind} = {{\n{lines}}};"


# ------------------------------------------------------------------ TypeScript


def _declaration(name: str, schema: Schema) -> str:
    sentence = schema.get("description", "")
    if "properties" in schema:
        return _interface(name, sentence, schema)
    return _doc(sentence) + _assigned(f"export type {name} =", _type(schema))


def _interface(name: str, sentence: str, schema: Schema) -> str:
    return f"{_doc(sentence)}export interface {name} {_block(schema)}"


def _block(schema: Schema, indent: str = "") -> str:
    """Every field on a line of its own, and what is said of it above."""
    inner = indent + "  "
    fields = schema["properties"].items()
    lines = (_doc(one.get("description", ""), inner) + _field(name, one, schema, inner) for name, one in fields)
    return "{\n" + "".join(lines) + indent + "}"


def _field(name: str, schema: Schema, within: Schema, indent: str) -> str:
    mark = "" if name in within.get("required", ()) else "?"
    kind = _type(schema, indent)
    return f"{_assigned(f'{indent}readonly {name}{mark}:', kind, indent)}\n"


def _index(name: str, sentence: str, schemas: Mapping[str, Schema]) -> str:
    return _interface(name, sentence, {"properties": schemas, "required": list(schemas)})


def _names(name: str, sentence: str, of: str, names: Iterable[str]) -> str:
    return f"{_doc(sentence)}export const {name} = {_listed(names)} as const satisfies readonly (keyof {of})[];"


def _listed(names: Iterable[str], indent: str = "") -> str:
    words = [json.dumps(one) for one in names]
    if len(words) == 1:
        return f"[{words[0]}]"
    return "[\n" + "".join(f"{indent}  {word},\n" for word in words) + f"{indent}]"


def _type(schema: Schema, indent: str = "") -> str:
    """The type of a value as its schema has it. Bounds, formats and defaults are the hub's to mind."""
    if "$ref" in schema:
        return _name(schema)
    if "const" in schema or "enum" in schema:
        return " | ".join(json.dumps(one) for one in schema.get("enum", [schema.get("const")]))
    if "allOf" in schema:
        return " & ".join(_type(one, indent) for one in schema["allOf"])
    either = schema.get("anyOf") or schema.get("oneOf")
    if either:
        return " | ".join(_type(one, indent) for one in either)
    match schema.get("type"):
        case list(kinds):
            return " | ".join(PLAIN[one] for one in kinds)
        case "array":
            return _array(_type(schema["items"], indent))
        case "object":
            return _object(schema, indent)
        case kind:
            return PLAIN.get(kind or "", "unknown")


def _array(item: str) -> str:
    is_simple = not (" | " in item or " & " in item or item.startswith("readonly "))
    return f"readonly {item}[]" if is_simple else f"readonly ({item})[]"


def _object(schema: Schema, indent: str) -> str:
    if "properties" in schema:
        return _block(schema, indent)
    values = schema.get("additionalProperties")
    value = _type(values, indent) if isinstance(values, Mapping) else "unknown"
    keys = schema.get("propertyNames", {})
    if "$ref" in keys:
        return f"Readonly<Partial<Record<{_name(keys)}, {value}>>>"
    return f"Readonly<Record<string, {value}>>"


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


# ------------------------------------------------------------------ the page


def _module(*parts: str) -> str:
    """Parts one below the other; one that is no code is a heading."""
    drawn = [part if _is_code(part) else f"// {'-' * 66} {part.lower()}" for part in parts]
    return "\n\n".join((HEADER, *drawn)) + "\n"


def _is_code(part: str) -> bool:
    return part.startswith(("/**", "export "))


def _assigned(left: str, kind: str, indent: str = "") -> str:
    """One line, or of a long union of words one line for each of them."""
    line = f"{left} {kind};"
    if len(line) <= WIDTH_MAX or any(one in kind for one in "<({"):
        return line
    return left + "".join(f"\n{indent}  | {one}" for one in kind.split(" | ")) + ";"


def _doc(text: str, indent: str = "") -> str:
    """A comment above what follows, or nothing where there is nothing to say."""
    if not text:
        return ""
    text = text.replace("*/", "* /")
    if "\n" not in text and len(f"{indent}/** {text} */") <= WIDTH_MAX:
        return f"{indent}/** {text} */\n"
    paragraphs = text.split("\n\n")
    lines = [line for one in paragraphs for line in ("", *wrap(one, WIDTH_MAX - len(indent) - 3))][1:]
    return "".join(f"{line}\n" for line in (f"{indent}/**", *_starred(lines, indent), f"{indent} */"))


def _starred(lines: Iterable[str], indent: str) -> list[str]:
    return [f"{indent} * {line}".rstrip() for line in lines]
