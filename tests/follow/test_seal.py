"""What is sealed, and everything that is not."""

import pickle

import pytest

from hub.follow.seal import KEY_BYTES_MIN, SEAL_BYTES, NotOurs, Seal

KEY = b"k" * KEY_BYTES_MIN
CHANNEL = b"ledger:platform"
BYTES_MAX = 100


@pytest.fixture
def seal() -> Seal:
    return Seal(KEY)


def test_a_body_is_opened_as_it_was_closed(seal: Seal) -> None:
    for body in (b"x", b"\0", bytes(range(BYTES_MAX))):
        assert seal.opened(CHANNEL, seal.closed(CHANNEL, body), bytes_max=BYTES_MAX) == body


def test_a_seal_is_an_hmac_over_the_channel_and_the_body() -> None:
    # Two releases of the hub are on one Redis while one replaces the other: what a seal is must not drift.
    message = Seal(KEY).closed(b"channel", b"body")
    assert message[:SEAL_BYTES].hex() == "4f06da44ffcdf4efc379e0a115e3692b0146752c630ba834c428bd025a67861c"


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Seal(b"short")


def test_every_flipped_bit_breaks_the_seal(seal: Seal) -> None:
    message = seal.closed(CHANNEL, b"the fries are ready")
    for place in range(8 * len(message)):
        forged = bytearray(message)
        forged[place // 8] ^= 1 << place % 8
        with pytest.raises(NotOurs, match="without our seal"):
            seal.opened(CHANNEL, bytes(forged), bytes_max=BYTES_MAX)


def test_another_key_or_another_channel_is_another_seal(seal: Seal) -> None:
    message = seal.closed(CHANNEL, b"body")
    with pytest.raises(NotOurs):
        Seal(b"o" * KEY_BYTES_MIN).opened(CHANNEL, message, bytes_max=BYTES_MAX)
    with pytest.raises(NotOurs):
        seal.opened(b"ledger:user:1", message, bytes_max=BYTES_MAX)


def test_what_is_too_long_is_refused_whatever_its_seal(seal: Seal) -> None:
    with pytest.raises(NotOurs, match="too long"):
        seal.opened(CHANNEL, seal.closed(CHANNEL, b"x" * (BYTES_MAX + 1)), bytes_max=BYTES_MAX)


@pytest.mark.parametrize(
    "message",
    [b"", b"1", b"null", b"[]", pickle.dumps({"method": "emit"}), b"\xff" * 100, b"\0" * SEAL_BYTES, 1, None, [b"x"]],
)
def test_what_is_not_sealed_is_refused(seal: Seal, message: object) -> None:
    with pytest.raises(NotOurs):
        seal.opened(CHANNEL, message, bytes_max=BYTES_MAX)


def test_a_name_tells_houses_apart_and_is_the_same_in_all_hubs_of_one() -> None:
    assert Seal(KEY).name(b"house") == Seal(KEY).name(b"house")
    assert Seal(KEY).name(b"house") != Seal(b"o" * KEY_BYTES_MIN).name(b"house")
