"""Tables by name: what stands behind each event, verb, kind of room, message and signal."""

from collections.abc import Iterable, Mapping

from hub.typescript.writing import Part, Schema, doc, index, interface, listed, named_in

Messages = Mapping[str, Schema]

ENTRY = """/** One event as a room hears it: its fields, and its place in the room's chain. */
export type Entry = { [N in keyof Events]: { readonly event: N } & Events[N] & Place }[keyof Events];"""


def tables_by_name(rooms: Schema) -> list[Part]:
    """Every table, from the AsyncAPI document of the rooms."""
    messages = rooms["components"]["messages"]
    events = {name: one for name, one in messages.items() if "x-caused-by" in one}
    commands = commands_of(rooms)
    signals = {name: one["payload"] for name, one in messages.items() if "x-ack" not in one and name not in events}
    asked = {name: one for name, one in messages.items() if "x-ack" in one and name not in commands}
    boards = _boards(rooms, events)
    return [
        *_events(events),
        *_commands(commands),
        index("boards", "Boards", "What each kind of room shows.", boards),
        _heard(rooms, boards),
        *_room_messages(asked),
        index("signals", "Signals", "What each signal carries. None of them has a place in any chain.", signals),
    ]


def commands_of(rooms: Schema) -> dict[str, Schema]:
    """The messages that are commands, by verb."""
    return {name: one for name, one in rooms["components"]["messages"].items() if "x-asked-by" in one}


# ------------------------------------------------------------------ each of them


def _events(events: Messages) -> list[Part]:
    fields = {name: _first(one["payload"]) for name, one in events.items()}
    place = next(iter(events.values()))["payload"]["allOf"][1]
    return [
        interface("events", "Place", "Where an event stands in the chain of one room.", place),
        index("events", "Events", "The fields of each event.", fields),
        Part("events", "Entry", ENTRY, frozenset()),
        _names("events", "EVENT_NAMES", "Every event there is.", "Events", events),
    ]


def _commands(commands: Messages) -> list[Part]:
    fields = {name: _first(one["payload"]) for name, one in commands.items()}
    answers = {name: _answer(one) for name, one in commands.items()}
    return [
        index("commands", "Commands", "What each verb asks.", fields),
        _names("commands", "VERBS", "Every verb there is.", "Commands", commands),
        index("answers", "Answers", "What is answered to each verb.", answers),
    ]


def _room_messages(asked: Messages) -> list[Part]:
    said = {name: one["payload"] for name, one in asked.items()}
    answers = {name: _answer(one) for name, one in asked.items()}
    return [
        index("rooms", "RoomMessages", "What can be said besides commands.", said),
        index("rooms", "RoomAnswers", "What is answered to that.", answers),
    ]


def _boards(rooms: Schema, events: Messages) -> dict[str, Schema]:
    """The boards that events change. What an operator sees is pulses, which have no chain."""
    channels = rooms["channels"].items()
    return {kind: one["x-board"] for kind, one in channels if "x-board" in one and one["messages"].keys() & events}


def _heard(rooms: Schema, boards: Mapping[str, Schema]) -> Part:
    heard = {kind: list(rooms["channels"][kind]["messages"]) for kind in boards}
    lines = "".join(f"  {kind}: {listed(names, '  ')},\n" for kind, names in heard.items())
    kind = "Readonly<Record<keyof Boards, readonly (keyof Events)[]>>"
    told = doc("Which events each kind of room hears.")
    code = f"{told}export const HEARD = {{\n{lines}}} as const satisfies {kind};"
    return Part("rooms", "HEARD", code, named_in(kind), is_value=True)


def _names(noun: str, name: str, sentence: str, of: str, names: Iterable[str]) -> Part:
    code = f"{doc(sentence)}export const {name} = {listed(names)} as const satisfies readonly (keyof {of})[];"
    return Part(noun, name, code, named_in(of), is_value=True)


# ------------------------------------------------------------------ what a message carries


def _first(payload: Schema) -> Schema:
    """An event without its place, a command without its id: both are the same for all."""
    first: Schema = payload["allOf"][0]
    return first


def _answer(message: Schema) -> Schema:
    """What a yes carries besides `ok`."""
    answer: Schema = message["x-ack"]["oneOf"][0]["allOf"][1]
    return answer
