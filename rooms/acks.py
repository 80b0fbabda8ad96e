"""How everything a client says is acknowledged: `{ok: true, …}`, or `{ok: false, error: {code, message, …}}`.

The one place where refusals become words of this door, and where it is decided what is logged of them. Whatever goes
wrong, the socket lives on and the client has an answer.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from pydantic import ValidationError

from hub.commands.wording import invalid_fields
from hub.domain.refusals import Kind, Refused
from hub.telemetry import Refusals
from rooms.sockets import Socket

Handler = Callable[[Socket, tuple[Any, ...]], Awaitable[bytes]]
"""Answers one message with a JSON object, or raises."""


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


async def acknowledged(
    handler: Handler, name: str, socket: Socket, said: tuple[Any, ...], refused: Refusals
) -> orjson.Fragment:
    """Let the handler answer, and put what it says or raises into an acknowledgement. `refused` is told of every no.

    There is no await after the handler's return, so what is answered and what was entered are of one moment.
    """
    # Whoever asks for what there is not has made up the name.
    asked = "?" if handler is answer_unknown else name
    try:
        with socket.pending():
            return ok(await handler(socket, said))
    except ValidationError as error:
        refusal: Refused = invalid_fields(error)
    except Refused as raised:
        refusal = raised
    except Exception:
        # The edge of a task. The client is told, and the log has what a person needs.
        socket.log.exception("A message could not be answered.", message=name)
        refused.note(Broken.code, "rooms", asked)
        return no(Broken())
    refused.note(refusal.code, "rooms", asked)
    socket.log.info("A message was refused.", message=name, code=refusal.code, why=refusal.sentence)
    return no(refusal)


async def answer_unknown(socket: Socket, said: tuple[Any, ...]) -> bytes:
    """The handler of every message that nobody handles."""
    raise UnknownMessage


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
