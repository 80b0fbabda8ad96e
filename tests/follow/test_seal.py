"""What a sealed ring looks like, and everything that is not one."""

import pickle

import orjson
import pytest

from hub.audience import Scope
from hub.follow import Nudge
from hub.follow.seal import ENTRIES_BYTES_MAX, KEY_BYTES_MIN, MESSAGE_BYTES_MAX, NotARing, Sealer, channel_of
from hub.store.ledger import Recorded
from tests.follow.stand_ins import KITCHEN, LedgerInMemory

KEY = b"k" * KEY_BYTES_MIN
CHANNEL = channel_of(KITCHEN).encode()


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(KEY)


def a_ring(*, payload: bytes = b'{"a":1}', count: int = 2) -> Recorded:
    return LedgerInMemory().commit(*[("pass", "grill")] * count, payload=payload)


def sealed(sealer: Sealer, body: bytes, channel: bytes = CHANNEL) -> bytes:
    return sealer._seal(channel, body) + body


def test_a_ring_is_read_as_it_was_written(sealer: Sealer) -> None:
    ring = a_ring()
    assert sealer.read(CHANNEL, sealer.write(ring)) == ring


def test_a_large_ring_is_its_numbers_alone(sealer: Sealer) -> None:
    ring = a_ring(payload=b'"' + b"x" * (ENTRIES_BYTES_MAX // 2) + b'"')
    assert sealer.read(CHANNEL, sealer.write(ring)) == Nudge(KITCHEN, "first", 1, 2)


def test_many_small_entries_that_make_a_long_message_are_their_numbers_alone(sealer: Sealer) -> None:
    message = sealer.write(a_ring(payload=b"{}", count=2_000))
    assert len(message) < MESSAGE_BYTES_MAX
    assert sealer.read(CHANNEL, message) == Nudge(KITCHEN, "first", 1, 2_000)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Sealer(b"short")


def test_every_flipped_bit_breaks_the_seal(sealer: Sealer) -> None:
    message = sealer.write(a_ring())
    for place in range(len(message)):
        forged = bytearray(message)
        forged[place] ^= 1
        with pytest.raises(NotARing, match="without our seal"):
            sealer.read(CHANNEL, bytes(forged))


def test_another_key_or_another_channel_is_another_seal(sealer: Sealer) -> None:
    message = sealer.write(a_ring())
    with pytest.raises(NotARing):
        Sealer(b"o" * KEY_BYTES_MIN).read(CHANNEL, message)
    with pytest.raises(NotARing):
        sealer.read(channel_of(Scope("platform")).encode(), message)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"1",
        b"null",
        b"[]",
        b'{"method":"disconnect","sid":"x"}',
        pickle.dumps({"method": "emit"}),
        b"x" * (MESSAGE_BYTES_MAX + 1),
        b"\xff" * 100,
        1,
        None,
        [b"message"],
    ],
)
def test_what_is_not_sealed_is_refused(sealer: Sealer, message: object) -> None:
    with pytest.raises(NotARing):
        sealer.read(CHANNEL, message)


def whole() -> dict[str, object]:
    entry = {
        "scope": KITCHEN,
        "seq": 1,
        "name": "happened",
        "rooms": ["pass"],
        "payload": "{}",
        "at": "2026-11-20T12:00:00Z",
        "actor": "user:1",
        "command_id": "c",
    }
    return {"scope": KITCHEN, "epoch": "first", "entries": [entry]}


def with_entry(**changes: object) -> dict[str, object]:
    ring = whole()
    entries = ring["entries"]
    assert isinstance(entries, list)
    return {**ring, "entries": [{**entries[0], **changes}]}


@pytest.mark.parametrize(
    "body",
    [
        1,
        [],
        {},
        "ring",
        {**whole(), "entries": []},
        {**whole(), "epoch": 7},
        {**whole(), "scope": "platform"},
        with_entry(seq="1"),
        with_entry(seq=1.5),
        with_entry(rooms="pass"),
        with_entry(scope="platform"),
        with_entry(at="2026-11-20T12:00:00"),
        with_entry(at="yesterday"),
        {**whole(), "entries": [*with_entry()["entries"], *with_entry(seq=3)["entries"]]},  # type: ignore[misc]
        {"scope": KITCHEN, "epoch": "first", "first": 3, "last": 2},
    ],
)
def test_what_is_sealed_but_of_another_shape_is_refused(sealer: Sealer, body: object) -> None:
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(sealer, orjson.dumps(body)))
    assert sealer.read(CHANNEL, sealed(sealer, orjson.dumps(whole())))


def test_what_is_sealed_but_not_json_is_refused(sealer: Sealer) -> None:
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(sealer, pickle.dumps([1])))
