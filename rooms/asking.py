"""Asking: one message per command, named as its verb. `{…fields, commandId?}` is acknowledged with the deed's answer.

Read here, trusted inside. Not its business: what a command does and who may ask it (`hub.actions`), and how often
(`hub.limits`).
"""

from typing import Any

from hub.actions.deed import Deeds
from hub.commands import COMMANDS, Command
from hub.limits import charge_of, must_be_allowed
from hub.turnstile import Turnstile
from rooms.acks import Handler
from rooms.messages import CommandId, read, the_object
from rooms.rights import Rights
from rooms.sockets import Socket


class Asking:
    """The messages that ask for something to be done."""

    def __init__(self, deeds: Deeds, rights: Rights, turnstile: Turnstile) -> None:
        self._deeds = deeds
        self._rights = rights
        self._turnstile = turnstile
        self.handlers: dict[str, Handler] = {command.verb: self._asker(command) for command in COMMANDS}

    def _asker(self, shape: type[Command]) -> Handler:
        async def ask(socket: Socket, said: tuple[Any, ...]) -> bytes:
            fields = dict(the_object(said))
            chosen = {"commandId": fields.pop("commandId")} if "commandId" in fields else {}
            command_id = read(CommandId, (chosen,)).command_id
            command = read(shape, (fields,))
            # In turn: a tablet that sends "bump, recall" in one go means them in that order.
            async with socket.turn(_thing_of(command)):
                actor = await self._rights.who(socket)
                must_be_allowed(await self._turnstile.take(charge_of(shape, actor)))
                address = socket.link.address
                return (await self._deeds.do(command, by=actor, command_id=command_id, address=address)).body

        return ask


def _thing_of(command: Command) -> str:
    """What the command is about: the first thing that it names."""
    for name in type(command).model_fields:
        if name.endswith("_id"):
            return str(getattr(command, name))
    return command.verb
