"""Where passkeys are made, as browsers have it, and which counts say that there are two of a device."""

import pytest

from hub.domain.authenticators import as_bytes, as_text, challenge_in
from hub.domain.passkeys import PasskeyHouse, house_at, is_counted_back


@pytest.mark.parametrize(
    ("url", "rp_id", "origin"),
    [
        ("https://brigade.example", "brigade.example", "https://brigade.example"),
        ("https://Brigade.Example/", "brigade.example", "https://brigade.example"),
        ("https://brigade.example:443", "brigade.example", "https://brigade.example"),
        ("https://brigade.example:8443", "brigade.example", "https://brigade.example:8443"),
        ("https://café.example", "xn--caf-dma.example", "https://xn--caf-dma.example"),
        ("http://localhost:8080", "localhost", "http://localhost:8080"),
        ("http://localhost:80", "localhost", "http://localhost"),
        ("http://demo.localhost:8080", "demo.localhost", "http://demo.localhost:8080"),
    ],
)
def test_passkeys_are_made_for_the_name_by_which_people_come(url: str, rp_id: str, origin: str) -> None:
    assert house_at(url) == PasskeyHouse(rp_id, origin)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080",
        "https://127.0.0.1",
        "https://192.0.2.7",
        "https://[2001:db8::1]:8443",
        "http://brigade.example",
        "http://notlocalhost:8080",
        f"https://{'a' * 64}.example",
    ],
)
def test_none_are_made_for_a_number_or_for_what_is_asked_without_tls(url: str) -> None:
    assert house_at(url) is None


@pytest.mark.parametrize(("before", "now"), [(0, 0), (0, 1), (1, 2), (7, 900)])
def test_a_device_that_counts_on_or_never_is_one_device(before: int, now: int) -> None:
    assert not is_counted_back(before, now)


@pytest.mark.parametrize(("before", "now"), [(1, 1), (2, 1), (1, 0), (2**32 - 1, 0)])
def test_a_device_that_counts_no_further_may_be_two(before: int, now: int) -> None:
    assert is_counted_back(before, now)


@pytest.mark.parametrize("text", ["A", "AB==", "A+/_", "AB", "AAA\n", "é"])
def test_what_is_no_base64url_or_says_the_same_otherwise_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (there is nothing to be told of it)
        as_bytes(text)


@pytest.mark.parametrize("said", [b"", b"[]", b'"challenge"', b'{"challenge": 7}', b'{"challenge": "A"}', b"{}"])
def test_what_cannot_be_read_has_no_challenge(said: bytes) -> None:
    assert challenge_in(as_text(said)) is None
