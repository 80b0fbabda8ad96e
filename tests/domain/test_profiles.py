"""Numbers of telephones, as people write them and as they are dialled."""

import pytest

from hub.domain.profiles import Language, NoSuchNumber, cleaned_number
from hub.jobs.mail import LANGUAGES


@pytest.mark.parametrize(
    "written",
    [
        "+442079460958",
        "+44 20 7946 0958",
        "0044 (0)20 7946-0958",
        " +44.20.7946.0958 ",
        "+44/20/79460958",
        "+44 (0) 20\u20117946\u00a00958",
    ],
)
def test_a_number_is_kept_as_it_is_dialled_from_anywhere(written: str) -> None:
    assert cleaned_number(written) == "+442079460958"


@pytest.mark.parametrize(
    "written",
    [
        "020 7946 0958",
        "+0 20 7946 0958",
        "+44",
        "+4420794609581234",
        "+44 20 CALL ME",
        "",
        "+٤٤٢٠٧٩٤٦٠٩٥٨",
        "+44+207946095",
    ],
)
def test_a_number_without_its_country_is_none(written: str) -> None:
    with pytest.raises(NoSuchNumber):
        cleaned_number(written)


def test_people_choose_among_the_languages_that_letters_are_written_in() -> None:
    assert set(Language) == set(LANGUAGES)
