"""Rings as hubs write them to each other: who rings, what was recorded as JSON, and the payloads as they are.

Under the seal (`hub.follow.seal`) stands: the instance that rings (so many bytes), `[epoch, first, entries]` as JSON, a
newline, and the payloads, one after another. An entry is `[name, rooms, at, actor, command id, bytes of its payload]`;
in place of the entries a nudge has its last number. The channel says whose ledger it is.

What a seal vouches for is still checked to the last type: a hub of another release holds the same key.
Not its business: sending and receiving (`hub.follow.redis_doorbell`).
"""

import secrets
from datetime import datetime
from typing import Any

import orjson

from hub.audience import Scope
from hub.follow.doorbell import Nudge, Ring
from hub.follow.seal import SEAL_BYTES, NotOurs, Seal
from hub.store.ledger import SEQ_MAX, Entry, Recorded

ENTRIES_BYTES_MAX = 16 * 1024
"""Payloads above this, taken together, are not rung: their numbers alone are."""
MESSAGE_BYTES_MAX = 64 * 1024
"""Nothing we ring is longer. An entry has more than a payload, and a commit may have many entries."""
INSTANCE_BYTES = 16
CHANNEL_PREFIX = "ledger:"


class NotARing(NotOurs):
    """The message is not one that a hub with our key sent on this channel."""


def channel_of(scope: Scope) -> str:
    return CHANNEL_PREFIX + scope


def scope_of(channel: str) -> Scope:
    return Scope(channel.removeprefix(CHANNEL_PREFIX))


class Sealer:
    """Writes rings as sealed messages of one instance, and reads those of all instances."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key)
        self._instance = secrets.token_bytes(INSTANCE_BYTES)

    def is_own(self, message: object) -> bool:
        """Whether the message says that this instance wrote it: an echo, most often dropped before anything is read.

        Nothing is proven by it, and to drop it nothing needs to be: whoever forges it could as well have said nothing.
        """
        return isinstance(message, bytes) and message.startswith(self._instance, SEAL_BYTES)

    def write(self, recorded: Recorded) -> bytes:
        """The message for the scope's channel: the entries where they are small, else their numbers."""
        if sum([len(entry.payload) for entry in recorded.entries]) <= ENTRIES_BYTES_MAX:
            message = self._closed(recorded.scope, _written(recorded))
            if len(message) <= MESSAGE_BYTES_MAX:
                return message
        first, last = recorded.entries[0].seq, recorded.entries[-1].seq
        return self._closed(recorded.scope, orjson.dumps((recorded.epoch, first, last)) + b"\n")

    def _closed(self, scope: Scope, ring: bytes) -> bytes:
        return self._seal.closed(channel_of(scope).encode(), self._instance + ring)

    def read(self, channel: bytes, message: object) -> Ring:
        """The ring in a message heard on this channel. Raises NotARing for everything else there is."""
        try:
            body = self._seal.opened(channel, message, bytes_max=MESSAGE_BYTES_MAX - SEAL_BYTES)
        except NotOurs as error:
            raise NotARing(*error.args) from None
        try:
            return _read(scope_of(channel.decode()), body)
        except ValueError as error:
            raise NotARing("sealed, but of another shape") from error


def _written(recorded: Recorded) -> bytes:
    entries = recorded.entries
    first = entries[0].seq
    assert entries[-1].seq == first + len(entries) - 1, "one commit's numbers have no hole"
    told = [(entry.name, entry.rooms, entry.at, entry.actor, entry.command_id, len(entry.payload)) for entry in entries]
    return b"".join((orjson.dumps((recorded.epoch, first, told)), b"\n", *[entry.payload for entry in entries]))


def _read(scope: Scope, body: bytes) -> Ring:
    """Raises ValueError, and nothing else, whatever the body is: no type is taken for granted before it is used."""
    head_ends = body.index(b"\n", INSTANCE_BYTES)
    epoch, first, told = _list_of(orjson.loads(body[INSTANCE_BYTES:head_ends]))
    if type(epoch) is not str or type(first) is not int:
        raise ValueError("no epoch, or no number")
    read_upto = head_ends + 1
    if type(told) is int:
        if read_upto != len(body) or not 1 <= first <= told <= SEQ_MAX:
            raise ValueError("not the numbers of entries")
        return Nudge(scope, epoch, first, told)
    if not _list_of(told) or not 1 <= first <= first + len(told) - 1 <= SEQ_MAX:
        raise ValueError("no entries, or not their numbers")
    entries = []
    for seq, one in enumerate(told, first):
        entry = _entry(scope, seq, one, body, read_upto)
        read_upto += len(entry.payload)
        entries.append(entry)
    if read_upto != len(body):
        raise ValueError("more than the payloads")
    return Recorded(scope, epoch, tuple(entries))


def _entry(scope: Scope, seq: int, told: object, body: bytes, start: int) -> Entry:
    # By hand, and by type: `isinstance` would take a bool for a number, and a pattern costs many times as much.
    name, rooms, at, actor, command_id, payload_bytes = _list_of(told)
    if not (type(name) is type(at) is type(actor) is type(command_id) is str and type(payload_bytes) is int):
        raise ValueError("of other types")
    for room in _list_of(rooms):
        if type(room) is not str:
            raise ValueError("a room without a name")
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("a time that is no moment")
    payload = body[start : start + payload_bytes]
    if len(payload) != payload_bytes:
        raise ValueError("less than a payload")
    if not payload.isascii():
        payload.decode()
    return Entry(scope, seq, name, tuple(rooms), payload, moment, actor, command_id)


def _list_of(told: Any) -> list[Any]:
    if type(told) is not list:
        raise ValueError("not a list")
    return told
