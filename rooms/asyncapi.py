"""The AsyncAPI 3.0 document of the rooms, made from the events, commands, rooms and signals themselves.

One channel per kind of room, whose messages are the events that its members hear, and one for the connection, with
signals and with everything a client may say. Socket.IO has no binding of its own: acknowledgements stand in `x-ack`,
roles in `x-caused-by` and `x-asked-by`, and the codes of every no in `x-refusals`. In `x-noun`, each shape says which
noun it belongs to, such as orders or tickets.
"""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from hub import __version__, refusing
from hub.actions import DEEDS
from hub.audience import RoomKind
from hub.boards import BOARDS
from hub.commands import COMMANDS, Command
from hub.domain.refusals import BadInput, NotSignedIn, Refused
from hub.events import EVENTS, Event
from hub.examples import example as fitting
from hub.limits import GENERAL, OF_COMMANDS
from hub.nouns import NOUN, WithNouns
from hub.rights import RIGHTS
from rooms.acks import Broken
from rooms.examples import AN_ID, example, rooms_of
from rooms.messages import Delivered, Subscribe, Unsubscribe
from rooms.server import PATH
from rooms.signals import SIGNALS, HubPulse, OpsBoard, Signal

Document = dict[str, Any]

REF = "#/components/schemas/{model}"

ADDRESSES = {
    RoomKind.PASS: "kitchen:{restaurant}",
    RoomKind.STATION: "kitchen:{restaurant}:{station}",
    RoomKind.WAITERS: "waiters:{restaurant}",
    RoomKind.TABLE: "table:{table}",
    RoomKind.ORDER: "order:{order}",
    RoomKind.ITEM: "item:{item}",
    RoomKind.USER: "user:{user}",
    RoomKind.ANNOUNCEMENTS: "announcements",
    RoomKind.OPS: "ops",
}

PLACE: Document = {
    "room": {"type": "string", "description": "The room that heard it."},
    "seq": {"type": "integer", "description": "Its number in the ledger. Hold it once it is applied."},
    "prev": {
        "type": "integer",
        "description": "After this number the room had nothing before `seq`. Apply exactly when prev ≤ held < seq; "
        "a greater `prev` means that something was missed: subscribe again.",
    },
    "timestamp": {"type": "string", "format": "date-time", "description": "When it was recorded. Order is `seq`."},
}

_TEXT = {"type": "string"}

BOARD_SHAPES: Mapping[RoomKind, type[BaseModel]] = {
    **{kind: board.shape for kind, board in BOARDS.items()},
    RoomKind.OPS: OpsBoard,
}

TEXTS = {
    "authenticate": "This token, a bare string, is the socket's from now on. Answered by `authenticated` too.",
    "track_order": "The same as subscribing to `order:<id>`; carries the bare id.",
    "track_inventory": "The same as subscribing to `item:<id>`; carries the bare id.",
}

A_TOKEN = "eyJhbGciOiJIUzI1NiJ9…"

SERVERS: Document = {
    "hub": {
        "host": "hub.example",
        "protocol": "wss",
        "description": "Any hub of the house: which one does not matter.",
        "security": [{"$ref": "#/components/securitySchemes/token"}],
    }
}
SECURITY_SCHEMES: Document = {
    "token": {
        "type": "apiKey",
        "in": "password",
        "description": "`token` in the handshake's `auth`: from signing in, a guest's link, or a restaurant's key.",
    }
}

REFUSED = {
    "type": "object",
    "properties": {
        "ok": {"const": False},
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string", "description": "Stable."},
                "message": {"type": "string", "description": "A sentence for people."},
                "retry": {"type": "boolean", "description": "Whether to send the same again in a moment."},
            },
            "required": ["code", "message", "retry"],
        },
    },
    "required": ["ok", "error"],
    NOUN: "refusals",
}


def document() -> Document:
    """The whole document."""
    schemas = _Schemas()
    messages = {
        **{event.name: _event(event, schemas) for event in EVENTS if rooms_of(event)},
        **{signal.name: _signal(signal, schemas) for signal in SIGNALS},
        **{name: _said(name, shape, schemas) for name, shape in _room_messages().items()},
        **{name: _text(name) for name in TEXTS},
        **{command.verb: _command(command, schemas) for command in COMMANDS},
    }
    heard_in = {kind: [event.name for event in EVENTS if kind in rooms_of(event)] for kind in RoomKind}
    heard_in[RoomKind.OPS] = [HubPulse.name]
    told = [signal.name for signal in SIGNALS if signal is not HubPulse]
    said = [*_room_messages(), *TEXTS, *(command.verb for command in COMMANDS)]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Brigade: the rooms",
            "version": __version__,
            "description": inspect.cleandoc(__doc__ or ""),
            "license": {"name": "Apache-2.0"},
        },
        "servers": SERVERS,
        "defaultContentType": "application/json",
        "channels": {
            **{kind.value: _room(kind, heard_in[kind], schemas) for kind in RoomKind},
            "connection": _connection([*said, *told]),
        },
        "operations": {
            **{f"hear_{kind}": _operation("send", kind, heard_in[kind]) for kind in RoomKind},
            "hear_signals": _operation("send", "connection", told),
            **{name: _operation("receive", "connection", [name]) for name in said},
        },
        "components": {
            "messages": messages,
            "schemas": {**schemas.components, "Refused": REFUSED},
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _room_messages() -> dict[str, type[BaseModel]]:
    return {"subscribe": Subscribe, "unsubscribe": Unsubscribe, "delivered": Delivered}


class _Schemas:
    """The JSON Schema of every shape that the document names, in camelCase, each under a name of its own."""

    def __init__(self) -> None:
        asked: list[type[BaseModel]] = [*_room_messages().values(), *COMMANDS]
        given: list[type[BaseModel]] = [
            *EVENTS,
            *SIGNALS,
            *BOARD_SHAPES.values(),
            *(DEEDS[command].answer for command in COMMANDS),
        ]
        wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [
            *((shape, "validation") for shape in _once(asked)),
            *((shape, "serialization") for shape in _once(given)),
        ]
        refs, definitions = models_json_schema(wanted, by_alias=True, ref_template=REF, schema_generator=WithNouns)
        self._refs = {shape: ref for (shape, _), ref in refs.items()}
        self.components: dict[str, Document] = definitions["$defs"]

    def of(self, shape: type[BaseModel]) -> Document:
        return self._refs[shape]


def _once(shapes: Iterable[type[BaseModel]]) -> list[type[BaseModel]]:
    return list(dict.fromkeys(shapes))


def _event(event: type[Event], schemas: _Schemas) -> Document:
    place = {"type": "object", "properties": PLACE, "required": list(PLACE)}
    return {
        "name": event.name,
        "summary": _sentence(event),
        "description": inspect.getdoc(event),
        "payload": {"allOf": [schemas.of(event), place]},
        "x-rooms": sorted(set(rooms_of(event))),
        "x-caused-by": sorted(event.caused_by),
        "examples": [{"name": event.name, "payload": _example_payload(event)}],
    }


def _example_payload(event: type[Event]) -> Document:
    made = example(event)
    place = {"room": str(made.audience[0]), "seq": 42, "prev": 40, "timestamp": "2026-11-20T19:30:00.000000Z"}
    payload: Document = {**orjson.loads(made.payload()), **place}
    return payload


def _command(command: type[Command], schemas: _Schemas) -> Document:
    chosen = {
        "type": "object",
        "properties": {
            "commandId": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "description": "Asked again with the same id, a command has one effect and the same answer.",
            }
        },
    }
    return {
        "name": command.verb,
        "summary": _sentence(command),
        "payload": {"allOf": [schemas.of(command), chosen]},
        "x-asked-by": sorted(RIGHTS[command.needs]),
        "x-refusals": _refusals(command),
        "examples": [{"name": command.verb, "payload": fitting(schemas.of(command), schemas.components)}],
        "x-ack": _ack(schemas.of(DEEDS[command].answer)),
    }


def _refusals(command: type[Command]) -> list[str]:
    """The codes of every no that may be answered."""
    tier = OF_COMMANDS.get(command, GENERAL)
    always: set[type[Refused]] = {NotSignedIn, BadInput, Broken, tier.refusal, tier.refusal_alone}
    refusals = always | refusing.of_coming() | refusing.of_asking(command)
    return sorted({one.code for one in refusals})


def _said(name: str, shape: type[BaseModel], schemas: _Schemas) -> Document:
    answer: Document = {"type": "object", "properties": {"room": _TEXT}}
    if shape is Subscribe:
        answer = _OPENED
    shown = [{"name": name, "payload": fitting(schemas.of(shape), schemas.components)}]
    payload = schemas.of(shape)
    return {"name": name, "summary": _sentence(shape), "payload": payload, "examples": shown, "x-ack": _ack(answer)}


_OPENED: Document = {
    "type": "object",
    "properties": {
        "room": _TEXT,
        "epoch": _TEXT,
        "seq": {"type": "integer", "description": "What to hold after the entries are applied."},
        "recovered": {"type": "boolean", "description": "With `since`: whether everything missed is in `entries`."},
        "board": {"type": "object", "description": "The board; its shape is the channel's `x-board`."},
        "entries": {"type": "array", "items": {"type": "object"}, "description": "Events, each with `event`."},
        "more": {"type": "boolean", "description": "You are not in the room yet: subscribe again, since `seq`."},
    },
    "required": ["room", "epoch", "seq", "entries", "more"],
}


def _text(name: str) -> Document:
    return {
        "name": name,
        "summary": TEXTS[name],
        "payload": {"type": "string"},
        "examples": [{"name": name, "payload": A_TOKEN if name == "authenticate" else str(AN_ID)}],
        "x-ack": _ack({"type": "object"}),
    }


def _signal(signal: type[Signal], schemas: _Schemas) -> Document:
    return {
        "name": signal.name,
        "summary": _sentence(signal),
        "description": inspect.getdoc(signal),
        "payload": schemas.of(signal),
        "examples": [{"name": signal.name, "payload": orjson.loads(example(signal).body())}],
    }


def _ack(answer: Document) -> Document:
    yes = {"allOf": [{"type": "object", "properties": {"ok": {"const": True}}, "required": ["ok"]}, answer]}
    return {"oneOf": [yes, {"$ref": REF.format(model="Refused")}]}


def _room(kind: RoomKind, heard: list[str], schemas: _Schemas) -> Document:
    address = ADDRESSES[kind]
    names = [part.strip("{}") for part in address.split(":")[1:]]
    board = BOARD_SHAPES.get(kind)
    return {
        "address": address,
        "title": kind.value,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in heard},
        **({"parameters": {name: {"description": f"The {name}'s id, a UUID."} for name in names}} if names else {}),
        **({} if board is None else {"description": _sentence(board), "x-board": schemas.of(board)}),
    }


def _connection(names: list[str]) -> Document:
    return {
        "address": f"/{PATH}/",
        "title": "connection",
        "description": "Socket.IO 4 over WebSocket. The handshake's `auth` holds `token` and `deviceId`.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
    }


def _operation(action: str, channel: str, names: list[str]) -> Document:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in names],
    }


def _sentence(shape: type) -> str:
    """The first sentence of what a class says about itself."""
    return " ".join((shape.__doc__ or "").split("\n\n")[0].split())
