"""What may be a password: anything long that nobody would try first, without a rule about digits and signs."""

import pytest

from hub.domain.passwords import (
    LENGTH_MIN,
    LENGTH_MIN_STAFF,
    PasswordTellsName,
    PasswordTooObvious,
    PasswordTooShort,
    StaffPasswordTooShort,
    is_obvious,
    must_be_good,
)

EMAIL = "grace.hopper@example.test"


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1", "P@ssw0rd!", "passw0rd123", "welcome1", "Welcome2026!", "letmein!", "iloveyou",
        "qwertyuiop", "QWERTY123", "1q2w3e4r", "1qaz2wsx", "asdfghjkl", "zxcvbnm,", "12345678", "987654321", "11111111",
        "abcabcabc", "abcdefgh", "aaaaaaaa", "1212121212", "19900101", "24121990", "summer2026", "Sommer2026!",
        "Sunshine1",
        "football", "liverpool1", "dragon123", "monkey12", "trustno1", "starwars", "restaurant1", "Kitchen2026",
        "brigade123", "admin123", "adminadmin", "passwordpassword", "hello_world", "chefchef", "!!!!!!!!", "00000000",
    ],
)  # fmt: skip
def test_what_everybody_would_try_first_is_no_password(password: str) -> None:
    assert is_obvious(password)
    with pytest.raises(PasswordTooObvious):
        must_be_good(password, email=EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery", "tuba pavement lime", "dfjkq rlwm", "Xk29vbTq", "einundzwanzig möwen",
        "ñandú y lluvia",
        "7 pelicans at noon", "gr8-plum-orbit", "qwertzalavista77x", "ёжик в тумане", "寿司とビールと月",
        "kitchenette moonwalk",
        "password of the minotaur", "a b c d e f g h i!x?z", "73019486255",
    ],
)  # fmt: skip
def test_anything_else_that_is_long_enough_is_one(password: str) -> None:
    must_be_good(password, email=EMAIL)


def test_seven_characters_are_too_few_whatever_they_are() -> None:
    with pytest.raises(PasswordTooShort) as refused:
        must_be_good("Xk29vbT", email=EMAIL)
    assert refused.value.facts == {"length_min": LENGTH_MIN}


def test_where_a_password_alone_opens_a_restaurant_it_is_longer() -> None:
    with pytest.raises(StaffPasswordTooShort) as refused:
        must_be_good("gr8-plum-orbit", email=EMAIL, length_min=LENGTH_MIN_STAFF)
    assert refused.value.facts == {"length_min": LENGTH_MIN_STAFF}
    must_be_good("gr8-plum-orbits", email=EMAIL, length_min=LENGTH_MIN_STAFF)
    for obvious in ("password1", "passwordpassword"):
        with pytest.raises(PasswordTooObvious):
            must_be_good(obvious, email=EMAIL, length_min=LENGTH_MIN_STAFF)


@pytest.mark.parametrize("password", ["grace.hopper", "Grace.Hopper 1906", "i am grace.hopper!"])
def test_a_password_does_not_tell_whose_it_is(password: str) -> None:
    with pytest.raises(PasswordTellsName):
        must_be_good(password, email=EMAIL)


def test_a_short_name_may_stand_in_a_long_word() -> None:
    must_be_good("annual pelican sale", email="ann@example.test")
