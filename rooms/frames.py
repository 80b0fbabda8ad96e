"""WebSocket frames (RFC 6455), the server's side: ours as bytes, and a client's bytes as messages.

Pure: no socket, no clock. A `Reader` keeps no more than one message and one unfinished frame, and refuses a frame at
its header, before the first byte of what should not be there is kept. Extensions are never agreed to, so a reserved
bit is a mistake. Not its business: what a message means, and what is answered to a mistake (`rooms.link`).
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

MESSAGE_BYTES_MAX: Final = 64 * 1024
CONTROL_BYTES_MAX: Final = 125
"""RFC 6455, 5.5."""

FIN: Final = 0x80
RESERVED_BITS: Final = 0x70
MASKED: Final = 0x80
TWO_BYTES: Final = 126
EIGHT_BYTES: Final = 127
KEY_BYTES: Final = 4


class Opcode(IntEnum):
    """What a frame carries. RFC 6455, 5.2."""

    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class Code(IntEnum):
    """Why a connection is closed. RFC 6455, 7.4.1."""

    NORMAL = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    NOT_UTF8 = 1007
    POLICY_VIOLATION = 1008
    TOO_LARGE = 1009
    INTERNAL_ERROR = 1011


class BadFrame(ValueError):
    """Not what a client may send. Nothing after it can be read; the connection closes with `code`."""

    def __init__(self, code: Code, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message, or a control frame. Of a close, `payload` is what the client said, and may be empty."""

    opcode: Opcode
    payload: bytes


def text(payload: bytes) -> bytes:
    """A whole text message in one frame. What it holds is UTF-8, on the caller's word."""
    return frame(Opcode.TEXT, payload)


def close(code: int) -> bytes:
    return frame(Opcode.CLOSE, code.to_bytes(2, "big"))


def frame(opcode: Opcode, payload: bytes) -> bytes:
    """One unmasked frame, as servers send them."""
    length = len(payload)
    if length < TWO_BYTES:
        return bytes((FIN | opcode, length)) + payload
    if length < 1 << 16:
        return bytes((FIN | opcode, TWO_BYTES)) + length.to_bytes(2, "big") + payload
    return bytes((FIN | opcode, EIGHT_BYTES)) + length.to_bytes(8, "big") + payload


class Reader:
    """What one client says: `feed` it bytes as they come, and take its messages with `next`."""

    __slots__ = ("_buffer", "_message", "_position")

    def __init__(self) -> None:
        self._buffer = b""
        self._position = 0
        # A text message of which more is to come. None between messages.
        self._message: bytearray | None = None

    def feed(self, data: bytes) -> None:
        self._buffer = self._buffer[self._position :] + data if self._position < len(self._buffer) else data
        self._position = 0

    def next(self) -> Message | None:
        """The next message, or None until more was fed. Raises BadFrame, and is of no use afterwards."""
        while (taken := self._frame()) is not None:
            opcode, is_last, payload = taken
            if opcode >= Opcode.CLOSE:
                return Message(opcode, _checked_close(payload) if opcode is Opcode.CLOSE else payload)
            if self._message is None and is_last:
                return _whole(payload)
            self._message = self._message if self._message is not None else bytearray()
            self._message += payload
            if is_last:
                message, self._message = bytes(self._message), None
                return _whole(message)
        return None

    def _frame(self) -> tuple[Opcode, bool, bytes] | None:
        """The next frame, unmasked; None, and nothing is taken, while it is not all there."""
        buffer, start = self._buffer, self._position
        if len(buffer) - start < 2:
            return None
        first, second = buffer[start], buffer[start + 1]
        opcode, is_last = self._checked(first, second)
        length, begin = second & 0x7F, start + 2
        if length >= TWO_BYTES:
            width = 2 if length == TWO_BYTES else 8
            if len(buffer) < begin + width:
                return None
            length, begin = int.from_bytes(buffer[begin : begin + width], "big"), begin + width
        self._check_length(opcode, length)
        end = begin + KEY_BYTES + length
        if len(buffer) < end:
            return None
        self._position = end
        return opcode, is_last, _unmasked(buffer[begin + KEY_BYTES : end], buffer[begin : begin + KEY_BYTES])

    def _checked(self, first: int, second: int) -> tuple[Opcode, bool]:
        """What the two bytes say that every frame begins with. RFC 6455, 5.2 to 5.5."""
        if first & RESERVED_BITS:
            raise BadFrame(Code.PROTOCOL_ERROR, "A reserved bit is set.")
        try:
            opcode = Opcode(first & 0x0F)
        except ValueError:
            raise BadFrame(Code.PROTOCOL_ERROR, "There is no such frame.") from None
        if not second & MASKED:
            raise BadFrame(Code.PROTOCOL_ERROR, "A client masks what it sends.")
        is_last = bool(first & FIN)
        if opcode >= Opcode.CLOSE:
            if not is_last or second & 0x7F > CONTROL_BYTES_MAX:
                raise BadFrame(Code.PROTOCOL_ERROR, "A control frame is short and whole.")
        elif (opcode is Opcode.CONTINUATION) is (self._message is None):
            raise BadFrame(Code.PROTOCOL_ERROR, "A message is continued until it ends, and not without a beginning.")
        if opcode is Opcode.BINARY:
            raise BadFrame(Code.UNSUPPORTED_DATA, "Only text is taken.")
        return opcode, is_last

    def _check_length(self, opcode: Opcode, length: int) -> None:
        before = len(self._message) if self._message is not None and opcode < Opcode.CLOSE else 0
        if before + length > MESSAGE_BYTES_MAX:
            raise BadFrame(Code.TOO_LARGE, "The message is too large.")


def _unmasked(payload: bytes, key: bytes) -> bytes:
    """XOR with the key, over and over. As one number, which is a thousand times faster than byte by byte."""
    length = len(payload)
    keys = (key * (length // KEY_BYTES + 1))[:length]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(keys, "little")).to_bytes(length, "little")


def _whole(payload: bytes) -> Message:
    _check_utf8(payload)
    return Message(Opcode.TEXT, payload)


def _checked_close(payload: bytes) -> bytes:
    """RFC 6455, 5.5.1 and 7.4: nothing, or a code that may be sent and a reason in UTF-8."""
    if not payload:
        return payload
    code = int.from_bytes(payload[:2], "big")
    is_known = code in (1000, 1001, 1002, 1003) or 1007 <= code <= 1014 or 3000 <= code <= 4999
    if len(payload) == 1 or not is_known:
        raise BadFrame(Code.PROTOCOL_ERROR, "A close says why in two bytes, or says nothing.")
    _check_utf8(payload[2:])
    return payload


def _check_utf8(payload: bytes) -> None:
    try:
        payload.decode()
    except UnicodeDecodeError:
        raise BadFrame(Code.NOT_UTF8, "Text is UTF-8.") from None
