"""The packets of Socket.IO: which ones we read, and how ours are written.

Only what a client of this hub can mean is read: to connect, to leave, and to say something in text. Everything else
is a `BadPacket` before any other code sees it, binary attachments above all: a socket that announces a million of
them would be given the memory. Not their business: what is said.
"""

import json
from typing import Any

import orjson
from socketio.packet import CONNECT, CONNECT_ERROR, DISCONNECT, EVENT, Packet

from rooms import frames

EVENT_NAME_LENGTH_MAX = 100
DISCONNECTED = frames.text(b"41")
"""Tells a client that it was sent away, so that it does not come back by itself."""

_RESERVED = frozenset({"connect", "disconnect", "connect_error"})


class BadPacket(ValueError):
    """Not a packet that a client of this hub sends."""


class Json:
    """JSON for python-socketio. What is already JSON, as an `orjson.Fragment`, is passed on as it is."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str) -> Any:
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            # A browser that cut a text in the middle of a character sends half of it escaped. orjson takes that for
            # no JSON at all; but whoever sent it should be answered what is wrong.
            if "\\ud" not in text.lower():
                raise
            return json.loads(text, parse_constant=_refuse_constant)


class TextPacket(Packet):
    """A packet of python-socketio's, read strictly and never binary."""

    uses_binary_events = False
    json = Json
    data: Any

    def encode(self) -> Any:
        """The packet as text. Why a connect is refused is an object, in which clients look for its `message`."""
        if self.packet_type == CONNECT_ERROR and isinstance(self.data, str):
            self.data = {"message": self.data}
        return super().encode()

    def decode(self, encoded_packet: Any) -> int:
        """Read a packet. Raises BadPacket for anything but a connect, a disconnect, or a named message in text."""
        if not isinstance(encoded_packet, str) or encoded_packet[:1] not in ("0", "1", "2"):
            raise BadPacket("This kind of packet is not for clients to send.")
        try:
            attachments = super().decode(encoded_packet)
        except (ValueError, RecursionError) as error:
            raise BadPacket("This is not a Socket.IO packet.") from error
        if attachments:
            raise BadPacket("Attachments are not taken.")
        if self.packet_type == EVENT:
            _check_event(self.data)
        elif self.packet_type == CONNECT and not isinstance(self.data, dict | None):
            raise BadPacket("A connect carries an object, or nothing.")
        elif self.packet_type == DISCONNECT and self.data is not None:
            raise BadPacket("A disconnect carries nothing.")
        return 0


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _check_event(data: Any) -> None:
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise BadPacket("A message has a name.")
    # python-socketio would take these for its own calls, with arguments of the client's making.
    if data[0] in _RESERVED or len(data[0]) > EVENT_NAME_LENGTH_MAX or not data[0].isprintable():
        raise BadPacket("A message has a name of its own.")


def event_frame(name: str, body: bytes) -> bytes:
    """What carries an event or a signal to a client: an Engine.IO message with a Socket.IO event in it."""
    return frames.text(b'42["%b",%b]' % (name.encode(), body))
