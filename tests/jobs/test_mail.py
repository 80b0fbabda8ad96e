"""Mail that is to be sent names one address, says what its template needs, and keeps to itself what is secret."""

import pytest
from pydantic import ValidationError

from hub.jobs import MailTemplate, SendMail
from hub.jobs.mail import FACTS

LINK = "https://brigade.example/reset?token=swordfish"


def a_mail(to: str = "rosa@example.com", link: str = LINK, minutes: str = "60") -> SendMail:
    return SendMail(template=MailTemplate.RESET, to=to, language="es", facts={"link": link, "minutes": minutes})


def test_a_mail_waits_as_json_and_is_the_same_afterwards() -> None:
    assert SendMail.model_validate_json(a_mail().model_dump_json()) == a_mail()
    assert SendMail.kind == "send_mail"


def test_every_template_says_what_it_has_to_be_told() -> None:
    assert set(FACTS) == set(MailTemplate)


@pytest.mark.parametrize(
    "to",
    [
        "rosa@example.com\r\nBcc: everybody@example.com",
        "rosa@example.com\n",
        "rosa@example.com, luis@example.com",
        "Rosa <rosa@example.com>",
        "rosa@example.com\x00",
        "rosa@luis@example.com",
        "rosa",
        "@example.com",
        "",
    ],
)
def test_a_mail_goes_to_one_address_and_nothing_else_stands_there(to: str) -> None:
    with pytest.raises(ValidationError):
        a_mail(to=to)


@pytest.mark.parametrize("said", ["60\r\nBcc: everybody@example.com", "60\u2028", ""])
def test_what_a_mail_is_told_is_one_line(said: str) -> None:
    with pytest.raises(ValidationError):
        a_mail(minutes=said)


def test_a_link_leads_to_a_page() -> None:
    with pytest.raises(ValidationError):
        a_mail(link="javascript:alert(1)")


def test_a_moment_that_a_mail_tells_is_one() -> None:
    with pytest.raises(ValidationError):
        SendMail(template=MailTemplate.PASSWORD_CHANGED, to="rosa@example.com", facts={"link": LINK, "at": "soon"})


def test_a_mail_without_what_its_template_needs_is_not_asked_for() -> None:
    with pytest.raises(ValidationError, match="reset needs link, minutes"):
        SendMail(template=MailTemplate.RESET, to="rosa@example.com", facts={"link": LINK})


def test_neither_the_address_nor_the_link_is_shown_with_a_mail() -> None:
    assert "rosa" not in repr(a_mail())
    assert "swordfish" not in repr(a_mail())
