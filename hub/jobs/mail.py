"""Mail that is to be sent: to whom, in which language, and what it says beside what its template says already.

Not its business: what a mail looks like (`hub.outside.letters`), and how it travels (`hub.outside.mail`).
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from hub.domain.accounts import EMAIL_LENGTH_MAX, one_address
from hub.jobs.job import Job

FACT_LENGTH_MAX = 2_000
LANGUAGES = ("en", "es")
"""The languages that mail is written in: those of the screens. Who speaks another one is written to in the first."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class MailTemplate(StrEnum):
    """Every mail that the house sends."""

    VERIFY = "verify"
    INVITATION = "invitation"
    ALREADY_REGISTERED = "already_registered"
    RESET = "reset"
    PASSWORD_CHANGED = "password_changed"
    LOCKED = "locked"
    NEW_DEVICE = "new_device"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_COPIED = "passkey_copied"


FACTS: Mapping[MailTemplate, frozenset[str]] = MappingProxyType(
    {
        MailTemplate.VERIFY: frozenset({"link", "hours"}),
        MailTemplate.INVITATION: frozenset({"link", "restaurant", "days"}),
        MailTemplate.ALREADY_REGISTERED: frozenset({"link"}),
        MailTemplate.RESET: frozenset({"link", "minutes"}),
        MailTemplate.PASSWORD_CHANGED: frozenset({"at", "link"}),
        MailTemplate.LOCKED: frozenset({"minutes", "link"}),
        MailTemplate.NEW_DEVICE: frozenset({"device", "address", "at", "link"}),
        MailTemplate.SECOND_FACTOR_ON: frozenset({"at", "link"}),
        MailTemplate.SECOND_FACTOR_OFF: frozenset({"at", "link"}),
        MailTemplate.PASSKEY_ADDED: frozenset({"at", "link"}),
        MailTemplate.PASSKEY_REMOVED: frozenset({"at", "link"}),
        MailTemplate.PASSKEY_COPIED: frozenset({"at", "link"}),
    }
)
"""What each of them has to be told. Names are not among it: whoever registers somebody else's address could write
whatever they like to them that way. A restaurant's is its own, and what it is known by."""


def _line(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("must be one line")
    return text


Address = Annotated[str, AfterValidator(one_address), Field(max_length=EMAIL_LENGTH_MAX)]
Fact = Annotated[str, AfterValidator(_line), Field(min_length=1, max_length=FACT_LENGTH_MAX)]


class SendMail(Job):
    """Send one mail to one address. Raises ValidationError unless its `facts` are what `FACTS` says.

    A `link` is a whole address that begins with http, and `at` a moment in ISO 8601. Neither the address nor the facts
    stand in its `repr`.
    """

    template: MailTemplate
    to: Annotated[Address, Field(repr=False)]
    language: str = LANGUAGES[0]
    facts: Annotated[dict[str, Fact], Field(repr=False)]

    @model_validator(mode="after")
    def _says_what_the_template_needs(self) -> Self:
        needed = FACTS[self.template]
        if self.facts.keys() != needed:
            raise ValueError(f"{self.template} needs {', '.join(sorted(needed))}")
        if not self.facts.get("link", "https://").startswith(("https://", "http://")):
            raise ValueError("a link begins with https:// or http://")
        if "at" in self.facts:
            datetime.fromisoformat(self.facts["at"])
        return self
