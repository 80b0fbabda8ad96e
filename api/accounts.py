"""Accounts over REST: registering, following the link in a letter, and choosing another password.

Whoever asks hears the same, whether there is an account with that address or not: the letter says which. Not its
business: passwords and letters (`hub.actions.accounts`), and signing in (`api.sessions`).
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from api.sessions import Code, Password
from api.showing import Knock
from api.telling import Known
from hub.commands.command import Asked, Email, Name, Text
from hub.domain.accounts import EMAIL_LENGTH_MAX
from hub.events.event import Shape
from hub.ids import RegistrationId, SessionId
from hub.jobs import LANGUAGES
from hub.tokens import TOKEN_LENGTH_MAX

LANGUAGE_LENGTH_MAX = 35
"""What RFC 5646 recommends to have room for."""

_LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"


def spoken(text: str) -> str:
    """A language as browsers name theirs (RFC 5646), without its region. Raises ValueError."""
    if not re.fullmatch(_LANGUAGE, text):
        raise ValueError("must be a language, such as en or es-419")
    return text.partition("-")[0].lower()


Language = Annotated[
    Text,
    Field(max_length=LANGUAGE_LENGTH_MAX, json_schema_extra={"pattern": f"^{_LANGUAGE}$"}),
    AfterValidator(spoken),
]
Token = Annotated[str, Field(min_length=1, max_length=TOKEN_LENGTH_MAX, repr=False)]


class Registration(Asked):
    """Who wants an account. Letters come in `language`, where the house writes it."""

    email: Email
    password: Password
    name: Name
    language: Language = LANGUAGES[0]


class Registered(Shape):
    """A letter is on its way. Should it not arrive, another one is sent for the `registrationId`."""

    registration_id: RegistrationId


class LetterWanted(Asked):
    """Whose letter did not arrive."""

    registration_id: RegistrationId


class LetterSent(Shape):
    """A letter is on its way, if there is anybody to write to."""


class LetterRead(Asked):
    """What the link in a letter carries."""

    token: Token


class Forgotten(Asked):
    """Whose password is forgotten."""

    email: Annotated[Text, Field(min_length=3, max_length=EMAIL_LENGTH_MAX)]


class NewPassword(Asked):
    """What the link in a letter carries, and the password from now on."""

    token: Token
    password: Password


class PasswordChange(Asked):
    """The password until now, and from now on; and a `code`, as in signing in, where a second factor is on."""

    current: Password
    new: Password
    code: Annotated[Code | None, Field(repr=False)] = None


class Farewell(Asked):
    """The password of the account that is to end; and a `code`, as in signing in, where a second factor is on."""

    password: Password
    code: Annotated[Code | None, Field(repr=False)] = None


class AccountDeleted(Shape):
    """There is no such account any more."""


class PasswordReset(Shape):
    """Nobody is signed in any more with the password until now. One signs in with this address and the new one.

    `deviceToken` is as in signing in: what strangers tried meanwhile keeps nobody from it who shows this.
    """

    email: str
    device_token: Annotated[str, Field(repr=False)]


class PasswordChanged(Shape):
    """The sessions that ended with the password until now: all but the one that this was asked in."""

    session_ids: tuple[SessionId, ...]


class Verified(Shape):
    """The account has begun. One signs in with this address, and the password that one registered with."""

    email: str


async def register(knock: Knock, said: Registration) -> Registered:
    """Ask for an account. What happens next stands in the letter to this address."""
    id = await knock.hub.accounts.register(said.email, said.password, said.name, said.language)
    return Registered(registration_id=id)


async def write_again(knock: Knock, said: LetterWanted) -> LetterSent:
    """Have the letter about a registration sent once more."""
    await knock.hub.accounts.write_again(said.registration_id)
    return LetterSent()


async def verify(knock: Knock, said: LetterRead) -> Verified:
    """Begin the account that was asked for, with what the link in the letter carries."""
    return Verified(email=await knock.hub.accounts.verify(said.token, knock.address))


async def forgot(knock: Knock, said: Forgotten) -> LetterSent:
    """Have a letter sent with which to choose a new password."""
    await knock.hub.accounts.forgot(said.email)
    return LetterSent()


async def reset(knock: Knock, said: NewPassword) -> PasswordReset:
    """Choose a new password with what the link in a letter carries. All sessions end."""
    has_reset = await knock.hub.accounts.reset(said.token, said.password, knock.address)
    return PasswordReset(email=has_reset.email, device_token=has_reset.device_token)


async def change_password(known: Known, said: PasswordChange) -> PasswordChanged:
    """Choose another password. All other sessions end."""
    change = known.hub.accounts.change_password
    ended = await change(known.user, known.session, said.current, said.new, code=said.code, address=known.address)
    return PasswordChanged(session_ids=tuple(ended))


async def delete(known: Known, said: Farewell) -> AccountDeleted:
    """End one's account, and everything that one may do with it. The last owner of a restaurant cannot."""
    await known.hub.accounts.delete(known.user, said.password, code=said.code, address=known.address)
    return AccountDeleted()
