"""What a ring looks like on its way, that nothing of it is lost there, and everything that is not one."""

import pickle
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.audience import Scope
from hub.follow import Nudge
from hub.follow.rings import (
    ENTRIES_BYTES_MAX,
    INSTANCE_BYTES,
    MESSAGE_BYTES_MAX,
    NotARing,
    Sealer,
    channel_of,
)
from hub.follow.seal import KEY_BYTES_MIN, SEAL_BYTES, Seal
from hub.store.ledger import SEQ_MAX, Entry, Recorded
from tests.follow.stand_ins import KITCHEN, LedgerInMemory

KEY = b"k" * KEY_BYTES_MIN
CHANNEL = channel_of(KITCHEN).encode()
INSTANCE = b"i" * INSTANCE_BYTES


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(KEY)


def a_ring(*, payload: bytes = b'{"a":1}', count: int = 2) -> Recorded:
    return LedgerInMemory().commit(*[("pass", "grill")] * count, payload=payload)


def sealed(body: bytes, *, channel: bytes = CHANNEL) -> bytes:
    return Seal(KEY).closed(channel, body)


# ------------------------------------------------------------------ what is written is read


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
moments = st.datetimes(timezones=st.just(UTC))
payloads = st.one_of(texts.map(str.encode), texts.map(orjson.dumps))


@st.composite
def commits(draw: st.DrawFn) -> Recorded:
    first = draw(st.one_of(st.integers(1, SEQ_MAX - 5), st.just(SEQ_MAX - 4)))
    told = draw(st.lists(st.tuples(texts, st.lists(texts), payloads, moments, texts, texts), min_size=1, max_size=5))
    entries = [
        Entry(KITCHEN, seq, name, tuple(rooms), payload, at, actor, command_id)
        for seq, (name, rooms, payload, at, actor, command_id) in enumerate(told, start=first)
    ]
    return Recorded(KITCHEN, draw(texts), tuple(entries))


@given(commits())
def test_a_ring_is_read_as_it_was_written_to_the_last_byte(recorded: Recorded) -> None:
    assert Sealer(KEY).read(CHANNEL, Sealer(KEY).write(recorded)) == recorded


def test_a_large_ring_is_its_numbers_alone(sealer: Sealer) -> None:
    largest = a_ring(payload=b"x" * (ENTRIES_BYTES_MAX // 2))
    assert sealer.read(CHANNEL, sealer.write(largest)) == largest
    larger = a_ring(payload=b"x" * (ENTRIES_BYTES_MAX // 2 + 1))
    assert sealer.read(CHANNEL, sealer.write(larger)) == Nudge(KITCHEN, "first", 1, 2)


def test_many_small_entries_that_make_a_long_message_are_their_numbers_alone(sealer: Sealer) -> None:
    message = sealer.write(a_ring(payload=b"{}", count=2_000))
    assert len(message) < MESSAGE_BYTES_MAX
    assert sealer.read(CHANNEL, message) == Nudge(KITCHEN, "first", 1, 2_000)


def test_a_commit_with_a_hole_is_never_rung(sealer: Sealer) -> None:
    ring = a_ring(count=3)
    with pytest.raises(AssertionError, match="no hole"):
        sealer.write(Recorded(ring.scope, ring.epoch, (ring.entries[0], ring.entries[2])))


def test_an_instance_knows_its_own_rings_and_can_read_them_all_the_same(sealer: Sealer) -> None:
    ring = a_ring()
    for written in (ring, a_ring(payload=b"x" * ENTRIES_BYTES_MAX)):
        own, of_another = sealer.write(written), Sealer(KEY).write(written)
        assert sealer.is_own(own)
        assert not sealer.is_own(of_another)
        assert sealer.read(CHANNEL, own) == sealer.read(CHANNEL, of_another)
    for message in (b"", b"x" * 1_000, None, 1, [own]):
        assert not sealer.is_own(message)


# ------------------------------------------------------------------ what is not ours


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
        sealed(b"x" * MESSAGE_BYTES_MAX),
        b"\xff" * 100,
        1,
        None,
        [b"message"],
    ],
)
def test_what_is_not_sealed_is_refused(sealer: Sealer, message: object) -> None:
    with pytest.raises(NotARing):
        sealer.read(CHANNEL, message)


# ------------------------------------------------------------------ what is ours, and no ring

PAYLOAD = '{"note":"crème"}'.encode()
ENTRY = ["happened", ["pass"], "2026-11-20T12:00:00Z", "user:1", "c", len(PAYLOAD)]


def body_of(head: Any, payloads: bytes = PAYLOAD) -> bytes:
    return INSTANCE + orjson.dumps(head) + b"\n" + payloads


def with_entry(**changes: Any) -> list[Any]:
    fields = ("name", "rooms", "at", "actor", "command_id", "payload_bytes")
    return ["first", 1, [[changes.get(field, value) for field, value in zip(fields, ENTRY, strict=True)]]]


def test_what_the_refused_ones_differ_from_is_a_ring(sealer: Sealer) -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    ring = sealer.read(CHANNEL, sealed(body_of(with_entry())))
    assert ring == Recorded(KITCHEN, "first", (Entry(KITCHEN, 1, "happened", ("pass",), PAYLOAD, at, "user:1", "c"),))
    assert sealer.read(CHANNEL, sealed(body_of(["first", 2, 3], b""))) == Nudge(KITCHEN, "first", 2, 3)


@pytest.mark.parametrize(
    "head",
    [
        1,
        None,
        [],
        {},
        "ring",
        {"epoch": "first", "first": 1, "entries": [ENTRY]},
        ["first", 1],
        ["first", 1, [ENTRY], "more"],
        ["first", 1, []],
        ["first", 1, {}],
        ["first", 1, "entries"],
        ["first", 1, None],
        ["first", 1, ENTRY],
        ["first", 1, [ENTRY, ENTRY]],
        ["first", 1, [[*ENTRY, "more"]]],
        ["first", 1, [ENTRY[:-1]]],
        ["first", 1, [dict.fromkeys("abcdef")]],
        ["first", 1, ["abcdef"]],
        [7, 1, [ENTRY]],
        [None, 1, [ENTRY]],
        ["first", "1", [ENTRY]],
        ["first", 1.0, [ENTRY]],
        ["first", True, [ENTRY]],
        ["first", 0, [ENTRY]],
        ["first", -1, [ENTRY]],
        ["first", SEQ_MAX + 1, [ENTRY]],
        with_entry(name=None),
        with_entry(name=1),
        with_entry(rooms="pass"),
        with_entry(rooms={"pass": 1}),
        with_entry(rooms=["pass", 1]),
        with_entry(rooms=["pass", None]),
        with_entry(rooms=[["pass"]]),
        with_entry(at="2026-11-20T12:00:00"),
        with_entry(at="yesterday"),
        with_entry(at="0000-00-00T00:00:00Z"),
        with_entry(at=1_795_000_000),
        with_entry(actor=None),
        with_entry(command_id=7),
        with_entry(payload_bytes=str(len(PAYLOAD))),
        with_entry(payload_bytes=float(len(PAYLOAD))),
        with_entry(payload_bytes=True),
        with_entry(payload_bytes=-1),
        with_entry(payload_bytes=0),
        with_entry(payload_bytes=len(PAYLOAD) - 1),
        with_entry(payload_bytes=len(PAYLOAD) + 1),
        with_entry(payload_bytes=2**63),
    ],
)
def test_what_is_sealed_but_of_another_shape_is_refused(sealer: Sealer, head: Any) -> None:
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(body_of(head)))


@pytest.mark.parametrize(
    "head",
    [
        ["first", 3, 2],
        ["first", 0, 2],
        ["first", 1, True],
        ["first", 1, 2.0],
        ["first", 1, "2"],
        ["first", 1, SEQ_MAX + 1],
        ["first", 1, 2, 3],
    ],
)
def test_what_is_sealed_but_no_nudge_is_refused(sealer: Sealer, head: Any) -> None:
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(body_of(head, b"")))
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(body_of(["first", 1, 2], b"and more")))


@pytest.mark.parametrize(
    "body", [pickle.dumps([1]), b"x", INSTANCE, INSTANCE + b"\n", INSTANCE + b"[" * 5_000, INSTANCE + b"NaN\n"]
)
def test_what_is_sealed_but_not_json_is_refused(sealer: Sealer, body: bytes) -> None:
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(body))


def test_a_payload_that_is_no_text_is_refused(sealer: Sealer) -> None:
    # It would go to screens as it is, in a frame of text.
    one, other = [*ENTRY[:-1], 1], [*ENTRY[:-1], 1]
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(CHANNEL, sealed(body_of(["first", 1, [one, other]], "é".encode())))


def test_a_yes_is_no_number_even_where_it_would_count_as_one(sealer: Sealer) -> None:
    for head in (["first", True, [[*ENTRY[:-1], 1]]], ["first", 1, [[*ENTRY[:-1], True]]]):
        with pytest.raises(NotARing, match="sealed, but"):
            sealer.read(CHANNEL, sealed(body_of(head, b"1")))
    assert sealer.read(CHANNEL, sealed(body_of(["first", 1, [[*ENTRY[:-1], 1]]], b"1")))


def test_a_channel_that_is_no_text_carries_no_ring(sealer: Sealer) -> None:
    channel = b"ledger:\xff"
    with pytest.raises(NotARing, match="sealed, but"):
        sealer.read(channel, sealed(body_of(with_entry()), channel=channel))


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=20,
)
entries = st.one_of(
    anything,
    st.tuples(*[st.one_of(st.just(field), anything) for field in ENTRY]),
)
heads = st.one_of(
    anything, st.tuples(anything, anything, anything), st.tuples(texts, st.integers(0, 3), st.lists(entries))
)


@given(heads, st.binary(max_size=40))
@example(["first", 1, [ENTRY]], PAYLOAD)
def test_whatever_is_sealed_is_a_ring_or_is_refused_and_nothing_else(head: Any, payloads: bytes) -> None:
    is_ring_or_refused(body_of(head, payloads))


@given(st.binary(max_size=200))
def test_whatever_bytes_are_sealed_are_refused_and_nothing_else(body: bytes) -> None:
    is_ring_or_refused(body)


@given(commits(), st.data())
def test_a_ring_that_was_cut_or_changed_under_a_good_seal_is_a_ring_or_is_refused(
    recorded: Recorded, data: st.DataObject
) -> None:
    body = Sealer(KEY).write(recorded)[SEAL_BYTES:]
    place = data.draw(st.integers(0, len(body) - 1))
    is_ring_or_refused(body[:place] or b"x")
    is_ring_or_refused(body[:place] + data.draw(st.binary(min_size=1, max_size=3)) + body[place + 1 :])


def is_ring_or_refused(body: bytes) -> None:
    sealer = Sealer(KEY)
    try:
        ring = sealer.read(CHANNEL, sealed(body))
    except NotARing:
        return
    # Then it is whole, and of the types it says it is of: it can be rung again, and is the same.
    assert ring.scope == KITCHEN
    assert type(ring.epoch) is str
    if isinstance(ring, Nudge):
        assert 1 <= ring.first <= ring.last <= SEQ_MAX
        return
    assert sealer.read(CHANNEL, sealer.write(ring)) == ring
    for seq, entry in enumerate(ring.entries, start=ring.entries[0].seq):
        assert (type(entry.seq), entry.seq) == (int, seq)
        assert {type(text) for text in (entry.name, *entry.rooms, entry.actor, entry.command_id)} == {str}
        assert entry.at.utcoffset() is not None
        assert entry.payload.decode().encode() == entry.payload
