"""Which code is right, by the steps of its time, and how recovery codes are written."""

from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest

from hub.domain.second_factors import (
    RECOVERY_CODES,
    STEP_SECONDS,
    as_typed,
    code_at,
    is_of_telephone,
    new_secret,
    recovery_codes,
    step_at,
    step_of,
    uri_of,
)

SHARED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of RFC 6238's own examples: 12345678901234567890."""
NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert code_at(SHARED, seconds // STEP_SECONDS) == code
    assert step_of(SHARED, code, datetime.fromtimestamp(seconds, UTC)) == seconds // STEP_SECONDS


@pytest.mark.parametrize("offset", range(-3, 4))
def test_a_code_is_right_in_its_step_and_in_those_beside_it(offset: int) -> None:
    step = step_at(NOW) + offset
    assert step_of(SHARED, code_at(SHARED, step), NOW) == (step if abs(offset) <= 1 else None)


@pytest.mark.parametrize("code", ["", "00000", "0000000", "ⅢⅢⅢⅢⅢⅢ".encode("ascii", "ignore").decode(), "abcdef"])
def test_what_is_no_code_is_of_no_step(code: str) -> None:
    assert step_of(SHARED, code, NOW) is None


def test_a_secret_has_a_hundred_and_sixty_bits_and_no_two_are_alike() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {len(b32decode(one)) * 8 for one in secrets} == {160}


def test_a_uri_is_one_that_telephones_know() -> None:
    assert uri_of(SHARED, "ada@example.test") == (
        f"otpauth://totp/Brigade:ada%40example.test?secret={SHARED}&issuer=Brigade"
    )


def test_recovery_codes_are_ten_and_the_same_however_they_are_written() -> None:
    codes = recovery_codes()
    assert len(set(codes)) == RECOVERY_CODES
    for code in codes:
        assert as_typed(code.upper().replace("-", " ")) == as_typed(code)
        assert len(as_typed(code)) == 16
        assert not is_of_telephone(as_typed(code))


def test_what_a_telephone_shows_is_told_from_a_recovery_code() -> None:
    assert is_of_telephone(as_typed("287 082"))
    assert not is_of_telephone("٢٨٧٠٨٢")
    assert step_of(SHARED, as_typed("287 082"), datetime.fromtimestamp(0, UTC) + timedelta(seconds=59)) == 1
