"""What is locked opens for whom it was locked, at any hub of the house, and for nobody else."""

import pytest

from hub.ids import new_id
from hub.safe import CannotOpen, Pepper, Safe
from tests.support.houses import SECRET

ADA, BOB = new_id(), new_id()


def test_what_is_locked_opens_at_any_hub_of_the_house() -> None:
    assert Safe(SECRET, "keys").opened(Safe(SECRET, "keys").locked("naïve", ADA), ADA) == "naïve"


def test_the_same_looks_different_each_time() -> None:
    safe = Safe(SECRET, "keys")
    assert safe.locked("secret", ADA) != safe.locked("secret", ADA)
    assert b"secret" not in safe.locked("secret", ADA)


def test_nothing_opens_for_another_person_purpose_or_house_or_once_it_was_changed() -> None:
    kept = Safe(SECRET, "keys").locked("secret", ADA)
    for safe, whose, found in (
        (Safe(SECRET, "keys"), BOB, kept),
        (Safe(SECRET, "tills"), ADA, kept),
        (Safe(SECRET[::-1], "keys"), ADA, kept),
        (Safe(SECRET, "keys"), ADA, kept[:-1] + bytes([kept[-1] ^ 1])),
        (Safe(SECRET, "keys"), ADA, b""),
        (Safe(SECRET, "keys"), ADA, kept[:12]),
    ):
        with pytest.raises(CannotOpen):
            safe.opened(found, whose)


def test_pepper_makes_the_same_of_the_same_and_of_nothing_else() -> None:
    peppered = Pepper(SECRET, "pins").on("2739", ADA)
    assert peppered == Pepper(SECRET, "pins").on("2739", ADA)
    others = {
        Pepper(SECRET, "pins").on("2739", BOB),
        Pepper(SECRET, "pins").on("2738", ADA),
        Pepper(SECRET, "tills").on("2739", ADA),
        Pepper(SECRET[::-1], "pins").on("2739", ADA),
    }
    assert len(others | {peppered}) == 5
