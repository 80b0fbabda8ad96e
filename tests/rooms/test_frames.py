"""The rules of WebSocket frames (RFC 6455), tried against two other implementations of them.

The cases are those of the Autobahn test suite that a server of text messages without extensions can meet, and are
numbered as there.
"""

import contextlib
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame
from websockets.frames import Opcode as TheirOpcode
from websockets.protocol import State
from websockets.uri import parse_uri
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import CloseConnection, Ping, Pong, TextMessage
from wsproto.events import Message as AnyMessage

from rooms import frames
from rooms.frames import CONTROL_BYTES_MAX, MESSAGE_BYTES_MAX, BadFrame, Code, Message, Opcode, Reader

KEY = b"\x12\x34\xab\xcd"


def masked(opcode: int, payload: bytes = b"", *, first: int | None = None, length: int | None = None) -> bytes:
    """A client's frame, last of its message unless `first` says otherwise; `length` is what it claims to hold."""
    claimed = len(payload) if length is None else length
    head = bytes((0x80 | opcode if first is None else first,))
    if claimed < 126:
        head += bytes((0x80 | claimed,))
    elif claimed < 1 << 16:
        head += b"\xfe" + claimed.to_bytes(2, "big")
    else:
        head += b"\xff" + claimed.to_bytes(8, "big")
    return head + KEY + bytes(byte ^ KEY[at % 4] for at, byte in enumerate(payload))


def begun(opcode: int, payload: bytes = b"") -> bytes:
    """A frame after which its message goes on."""
    return masked(opcode, payload, first=opcode)


def read(*chunks: bytes) -> list[Message]:
    reader, heard = Reader(), []
    for chunk in chunks:
        reader.feed(chunk)
        while (message := reader.next()) is not None:
            heard.append(message)
    return heard


def texts(*chunks: bytes) -> list[str]:
    return [message.payload.decode() for message in read(*chunks) if message.opcode is Opcode.TEXT]


def one_by_one(data: bytes) -> Iterable[bytes]:
    return (data[at : at + 1] for at in range(len(data)))


# ------------------------------------------------------------------ what is read


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 128, 65_535, MESSAGE_BYTES_MAX])
def test_a_text_of_any_length_up_to_the_limit_is_read(length: int) -> None:
    """1.1"""
    assert texts(masked(Opcode.TEXT, b"*" * length)) == ["*" * length]


def test_a_text_that_comes_byte_by_byte_is_read_when_it_is_whole() -> None:
    """1.1.8, 2.6"""
    assert texts(*one_by_one(masked(Opcode.TEXT, b"x" * 300) + masked(Opcode.TEXT, b"y"))) == ["x" * 300, "y"]


def test_a_message_in_parts_is_whole_when_its_last_part_came() -> None:
    """5.3 to 5.8"""
    assert texts(begun(Opcode.TEXT, b"frag"), begun(0, b""), begun(0, b"me"), masked(0, b"nt")) == ["fragment"]


def test_a_ping_between_the_parts_of_a_message_is_heard_at_once() -> None:
    """5.6 to 5.8"""
    heard = read(begun(Opcode.TEXT, b"frag") + masked(Opcode.PING, b"there?") + masked(0, b"ment"))
    assert heard == [Message(Opcode.PING, b"there?"), Message(Opcode.TEXT, b"fragment")]


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG])
@pytest.mark.parametrize("payload", [b"", b"Hello", bytes(range(125))], ids=len)
def test_a_ping_and_a_pong_bring_what_they_hold(opcode: Opcode, payload: bytes) -> None:
    """2.1 to 2.4, 2.7 to 2.9"""
    assert read(masked(opcode, payload)) == [Message(opcode, payload)]


@pytest.mark.parametrize("text", ["κόσμε", "𝄞 ☕ 厨房", "\x00", "\U0010ffff", "\ud7ff\ue000"])
def test_every_character_is_read_wherever_a_frame_cuts_it(text: str) -> None:
    """6.1, 6.2, 6.5 to 6.7"""
    payload = text.encode()
    parts = [begun(Opcode.TEXT if at == 0 else 0, payload[at : at + 1]) for at in range(len(payload))]
    assert texts(*parts, masked(0)) == [text]


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
def test_a_close_may_say_why(code: int) -> None:
    """7.1.1, 7.3.2 to 7.3.4, 7.7"""
    said = code.to_bytes(2, "big") + "adiós".encode()
    assert read(masked(Opcode.CLOSE, said)) == [Message(Opcode.CLOSE, said)]
    assert read(masked(Opcode.CLOSE)) == [Message(Opcode.CLOSE, b"")]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("case", "data", "code"),
    [
        ("2.5", masked(Opcode.PING, b"x" * (CONTROL_BYTES_MAX + 1)), Code.PROTOCOL_ERROR),
        ("3.1", masked(0, first=0x81 | 0x10), Code.PROTOCOL_ERROR),
        ("3.2", masked(0, first=0x81 | 0x20), Code.PROTOCOL_ERROR),
        ("3.3", masked(0, first=0x81 | 0x40), Code.PROTOCOL_ERROR),
        ("3.7", masked(0, first=0x88 | 0x70), Code.PROTOCOL_ERROR),
        *((f"4.1 {opcode}", masked(opcode), Code.PROTOCOL_ERROR) for opcode in range(3, 8)),
        *((f"4.2 {opcode}", masked(opcode), Code.PROTOCOL_ERROR) for opcode in range(11, 16)),
        ("5.1", begun(Opcode.PING, b"frag"), Code.PROTOCOL_ERROR),
        ("5.2", begun(Opcode.PONG, b"frag"), Code.PROTOCOL_ERROR),
        ("5.9", masked(0, b"nothing to go on with"), Code.PROTOCOL_ERROR),
        ("5.12", begun(0, b"nothing to go on with"), Code.PROTOCOL_ERROR),
        ("5.18", begun(Opcode.TEXT, b"one") + masked(Opcode.TEXT, b"two"), Code.PROTOCOL_ERROR),
        ("6.3", masked(Opcode.TEXT, b"\xce\xba\xe1\xbd\xb9\xed\xa0\x80edited"), Code.NOT_UTF8),
        ("6.4", begun(Opcode.TEXT, b"\xf4") + masked(0, b"\x90"), Code.NOT_UTF8),
        ("6.6", masked(Opcode.TEXT, b"\xce"), Code.NOT_UTF8),
        ("6.10", masked(Opcode.TEXT, b"\xf7\xbf\xbf\xbf"), Code.NOT_UTF8),
        ("6.21", masked(Opcode.TEXT, b"\xed\xa0\x80\xed\xb0\x80"), Code.NOT_UTF8),
        ("7.3.2", masked(Opcode.CLOSE, b"a"), Code.PROTOCOL_ERROR),
        ("7.3.6", masked(Opcode.CLOSE, b"\x03\xe8" + b"*" * 124), Code.PROTOCOL_ERROR),
        ("7.5.1", masked(Opcode.CLOSE, b"\x03\xe8\xce\xba\xed\xa0\x80"), Code.NOT_UTF8),
        *(
            (f"7.9 {code}", masked(Opcode.CLOSE, code.to_bytes(2, "big")), Code.PROTOCOL_ERROR)
            for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)
        ),
        ("9.1", masked(Opcode.TEXT, length=MESSAGE_BYTES_MAX + 1), Code.TOO_LARGE),
        ("9.1 huge", masked(Opcode.TEXT, length=2**63), Code.TOO_LARGE),
        ("9.3", begun(Opcode.TEXT, b"x" * MESSAGE_BYTES_MAX) + masked(0, length=1), Code.TOO_LARGE),
        ("binary", masked(Opcode.BINARY, length=1_000_000), Code.UNSUPPORTED_DATA),
        ("unmasked", frames.text(b"hello"), Code.PROTOCOL_ERROR),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_client_may_send_is_refused_with_its_code(case: str, data: bytes, code: Code) -> None:
    for chunks in ([data], one_by_one(data)):
        with pytest.raises(BadFrame) as refused:
            read(*chunks)
        assert refused.value.code is code


def test_what_is_too_large_is_refused_at_its_header() -> None:
    header = masked(Opcode.TEXT, length=MESSAGE_BYTES_MAX + 1)[:-4]
    with pytest.raises(BadFrame):
        read(header)


def test_empty_parts_of_a_message_take_no_memory() -> None:
    reader = Reader()
    reader.feed(begun(Opcode.TEXT))
    for _ in range(10_000):
        reader.feed(begun(0))
        assert reader.next() is None
    assert len(reader._buffer) < 10
    assert reader._message == b""


# ------------------------------------------------------------------ against others


CONTROLS = st.tuples(st.sampled_from([Opcode.PING, Opcode.PONG]), st.binary(max_size=125))
TEXTS = st.tuples(st.just(Opcode.TEXT), st.text(max_size=400).map(str.encode))


@given(said=st.lists(CONTROLS | TEXTS, max_size=8), cuts=st.lists(st.integers(1, 300), max_size=30))
def test_what_websockets_writes_is_read_however_it_is_cut(said: list[tuple[Opcode, bytes]], cuts: list[int]) -> None:
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=State.OPEN)
    for opcode, payload in said:
        client.send_frame(Frame(TheirOpcode(opcode), payload))
    data = b"".join(client.data_to_send())
    chunks, at = [], 0
    for length in cuts:
        chunks.append(data[at : at + length])
        at += length
    assert read(*chunks, data[at:]) == [Message(opcode, payload) for opcode, payload in said]


@given(parts=st.lists(st.text(max_size=200), min_size=1, max_size=6))
def test_a_message_that_wsproto_writes_in_parts_is_read_whole(parts: list[str]) -> None:
    client = Connection(ConnectionType.CLIENT)
    data = b"".join(
        client.send(TextMessage(part, message_finished=at == len(parts))) for at, part in enumerate(parts, 1)
    )
    assert texts(data) == ["".join(parts)]


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536, 1_000_000])
def test_what_is_written_here_is_read_by_both(length: int) -> None:
    text = "ü" * (length // 2)
    data = frames.text(text.encode()) + frames.frame(Opcode.PONG, b"there") + frames.close(Code.GOING_AWAY)
    theirs = Connection(ConnectionType.CLIENT)
    theirs.receive_data(data)
    heard: list[AnyMessage | Ping | Pong | CloseConnection] = list(theirs.events())
    assert "".join(one.data for one in heard if isinstance(one, TextMessage)) == text
    assert isinstance(heard[-2], Pong)
    assert isinstance(heard[-1], CloseConnection)
    assert heard[-1].code == Code.GOING_AWAY
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=State.OPEN, max_size=None)
    client.receive_data(data)
    received = [one for one in client.events_received() if isinstance(one, Frame)]
    assert [bytes(one.data) for one in received[:2]] == [text.encode(), b"there"]
    assert client.close_rcvd is not None
    assert client.close_rcvd.code == Code.GOING_AWAY


@given(data=st.binary(max_size=600))
def test_whatever_bytes_come_nothing_but_a_refusal_comes_of_them(data: bytes) -> None:
    with contextlib.suppress(BadFrame):
        read(data)
