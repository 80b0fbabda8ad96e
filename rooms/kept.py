"""Three messages of older systems whose clients exist. Each carries one bare string, as it always did.

`authenticate` replaces the socket's token; `track_order` and `track_inventory` are `subscribe` by another name.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from hub.audience import Room, item_room, order_room
from hub.boards.board import no_such_room
from hub.ids import ItemId, OrderId
from hub.tokens import TOKEN_LENGTH_MAX
from rooms.acks import Handler
from rooms.messages import ID_LENGTH_MAX, the_text
from rooms.rights import Rights
from rooms.sockets import Socket
from rooms.subscribing import Subscriptions


class Kept:
    """The messages that are kept as they are."""

    def __init__(self, rights: Rights, subscriptions: Subscriptions) -> None:
        self._rights = rights
        self._subscriptions = subscriptions
        self.handlers: dict[str, Handler] = {
            "authenticate": self.authenticate,
            "track_order": self._tracker(lambda thing: order_room(OrderId(thing))),
            "track_inventory": self._tracker(lambda thing: item_room(ItemId(thing))),
        }

    async def authenticate(self, socket: Socket, said: tuple[Any, ...]) -> bytes:
        """From now on the socket is whom this token stands for; rooms that are not theirs close.

        With the next token of its own session it goes on as it is: nothing closes, and nothing is opened anew.
        """
        token = the_text(said, "token", TOKEN_LENGTH_MAX)
        async with socket.turn("token"):
            session_before = socket.session
            actor = await self._rights.recognise(socket, token)
            if actor.session is not None and actor.session == session_before:
                authenticated = self._subscriptions.go_on(socket, actor)
                if authenticated is not None:
                    return authenticated.body()
            try:
                await self._rights.judge(socket, actor)
            except Exception:
                # It is no longer heard of whoever it was until now: what opened for them must not stay open for that.
                self._rights.judge_soon(socket)
                raise
            return (await self._subscriptions.open_own_rooms(socket)).body()

    def _tracker(self, room_of: Callable[[UUID], Room]) -> Handler:
        async def track(socket: Socket, said: tuple[Any, ...]) -> bytes:
            """Follow one thing, named by its bare id."""
            text = the_text(said, "id", ID_LENGTH_MAX)
            try:
                thing = UUID(text)
            except ValueError:
                raise no_such_room() from None
            return (await self._subscriptions.open(socket, room_of(thing))).body()

        return track
