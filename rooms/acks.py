"""How everything a client says is acknowledged: `{ok: true, …}`, or `{ok: false, error: {code, message, …}}`.

The one place where refusals become words of this door, and where it is decided what is logged of them. Whatever goes
wrong, the socket lives on and the client has an answer.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from pydantic import ValidationError

from hub.domain.refusals import BadInput, Kind, Refused
from rooms.sockets import Socket

FIELD_LENGTH_MAX = 100

Handler = Callable[[Socket, tuple[Any, ...]], Awaitable[bytes]]
"""Answers one message with a JSON object, or raises."""

SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "json_invalid": "is not JSON",
    "uuid_parsing": "must be an identifier",
    "uuid_type": "must be an identifier",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "dict_type": "must be an object",
    "tuple_type": "must be a list",
}


class UnknownMessage(Refused):
    """There is no such message."""

    code = "unknown_message"
    kind = Kind.INVALID


class Broken(Refused):
    """Something went wrong in the hub, and it has been noted. Nothing is known to have changed."""

    code = "internal"
    kind = Kind.UNAVAILABLE


def ok(body: bytes = b"{}") -> orjson.Fragment:
    """Yes, and what there is to say about it."""
    return orjson.Fragment(b'{"ok":true}' if body == b"{}" else b'{"ok":true,' + body[1:])


def no(refusal: Refused) -> orjson.Fragment:
    """No, and why, and whether to try again."""
    return orjson.Fragment(orjson.dumps({"ok": False, "error": error_of(refusal)}, default=str))


def error_of(refusal: Refused) -> dict[str, object]:
    """A refusal as every client hears it: its facts, a stable code, and a sentence for people."""
    facts = {_camel(name): fact for name, fact in refusal.facts.items() if name != "problem"}
    return {**facts, "code": refusal.code, "message": refusal.sentence, "retry": refusal.should_try_again}


def bad_input(error: ValidationError) -> BadInput:
    """The first thing that is wrong with a message, as a sentence. The value is not repeated."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = ".".join(str(part) for part in first["loc"])[:FIELD_LENGTH_MAX]
    said = SENTENCES.get(first["type"]) or _lowered(first["msg"].removeprefix("Value error, "))
    return BadInput(problem=f"{name or 'The message'}: {said}.", field=name)


async def acknowledged(handler: Handler, name: str, socket: Socket, said: tuple[Any, ...]) -> orjson.Fragment:
    """Let the handler answer, and put what it says or raises into an acknowledgement.

    There is no await after the handler's return, so what is answered and what was entered are of one moment.
    """
    try:
        with socket.pending():
            return ok(await handler(socket, said))
    except ValidationError as error:
        return _refused(bad_input(error), name, socket)
    except Refused as refusal:
        return _refused(refusal, name, socket)
    except Exception:
        # The edge of a task. The client is told, and the log has what a person needs.
        socket.log.exception("A message could not be answered.", message=name)
        return no(Broken())


def _refused(refusal: Refused, name: str, socket: Socket) -> orjson.Fragment:
    socket.log.info("A message was refused.", message=name, code=refusal.code, why=refusal.sentence)
    return no(refusal)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
