"""Which PINs nobody may choose."""

import pytest

from hub.domain.pins import EasyPin, must_be_hard_to_guess


@pytest.mark.parametrize(
    "pin",
    [
        "0000",
        "1111",
        "99999999",
        "1234",
        "4321",
        "7890",
        "098765",
        "1212",
        "123123",
        "12341234",
        "1987",
        "2012",
        "2580",
    ],
)
def test_a_pin_that_everybody_would_try_is_refused(pin: str) -> None:
    with pytest.raises(EasyPin):
        must_be_hard_to_guess(pin)


@pytest.mark.parametrize("pin", ["2739", "8051", "197200", "48213", "1212121", "90210", "13579246"])
def test_a_pin_that_is_nothing_particular_is_taken(pin: str) -> None:
    must_be_hard_to_guess(pin)
