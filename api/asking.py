"""Routes that ask something of the hub: from a request to a command, and from its answer to a response.

A route names its command and nothing more. Which parts of the command come in the address follows from the address;
the rest is the body. Not its business: what the command does, who may ask it, and what it answers.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic.alias_generators import to_camel

from api import limiting, paths
from api.bodies import as_model, read_object
from api.callers import address, caller, caller_with, command_id
from hub.commands import Command
from hub.ids import RestaurantId
from hub.keys import HUB, Hub
from hub.limits import GENERAL, OF_COMMANDS, Tier, charge_of
from hub.people import Actor

REPLAYED = "Idempotent-Replayed"

Within = Callable[[Hub, Actor, RestaurantId, UUID], Awaitable[None]]
"""Raises NoSuchThing unless the restaurant that an address names is the one where the thing is."""


@dataclass(frozen=True, slots=True)
class Asks:
    """A route that asks a command. `made` is the address of what it makes, with names from path and answer."""

    method: str
    path: str
    command: type[Command]
    made: str | None = None
    within: Within | None = None

    @property
    def status(self) -> int:
        return 200 if self.made is None else 201

    @property
    def tier(self) -> Tier:
        """By any door, a command is counted as the same."""
        return OF_COMMANDS.get(self.command, GENERAL)

    def handler(self) -> Handler:
        """What aiohttp calls. A client that goes away does not stop a deed that has begun."""
        parts = paths.parts_of(self.command, self.path)
        fields = {to_camel(name) for name in self.command.model_fields}

        async def ask(request: web.Request) -> web.Response:
            hub, by = request.app[HUB], await caller(request)
            await limiting.count(request, charge_of(self.command, by))
            key = command_id(request)
            named = paths.read(request, parts)
            own = {name: value for name, value in named.items() if name in fields}
            by, body = await caller_with(request, by, read_object)
            command = as_model(self.command, body, own)
            if self.within is not None:
                await self.within(hub, by, *named.values())
            answered = await hub.deeds.do(command, by=by, command_id=key, address=address(request))
            answer = web.Response(body=answered.body, status=self.status, content_type="application/json")
            if self.made is not None:
                answer.headers["Location"] = paths.PREFIX + self.made.format_map(
                    {**named, **orjson.loads(answered.body)}
                )
            if answered.is_repeated:
                answer.headers[REPLAYED] = "true"
            return answer

        return ask
