"""One's second factor: beginning with one, seeing whether it is on, and parting with it.

Being asked for it is a part of signing in (`api.sessions`). What is done about it is `hub.actions.second_factors`'.
"""

from typing import Annotated

from pydantic import Field

from api.sessions import Code, Password
from api.showing import Look
from api.telling import Known
from hub.actions.second_factors import Enrolment, RecoveryCodes, SecondFactor
from hub.commands.command import Asked
from hub.store import second_factors


class Confirmed(Asked):
    """One's password once more: a tablet that somebody left signed in must not be enough."""

    password: Password


class FirstCode(Asked):
    """What the telephone shows, once it knows the secret."""

    code: Annotated[Code, Field(repr=False)]


class Proven(Asked):
    """One's password, and a code of the telephone or a recovery code."""

    password: Password
    code: Annotated[Code, Field(repr=False)]


async def show(look: Look) -> SecondFactor:
    """Whether one's second factor is on."""
    user = look.own_account()
    async with look.snapshot():
        return SecondFactor.of(await second_factors.of_person(user))


async def begin_second_factor(known: Known, said: Confirmed) -> Enrolment:
    """Begin with a second factor: a secret for one's telephone. It is on once its first code is shown."""
    return await known.hub.second_factors.begin(known.user, said.password)


async def confirm_second_factor(known: Known, said: FirstCode) -> RecoveryCodes:
    """Switch the second factor on, with the first code that the telephone shows."""
    return await known.hub.second_factors.switch_on(known.user, said.code, known.address)


async def switch_off_second_factor(known: Known, said: Proven) -> SecondFactor:
    """Switch the second factor off."""
    return await known.hub.second_factors.switch_off(known.user, said.password, said.code, known.address)


async def renew_recovery_codes(known: Known, said: Proven) -> RecoveryCodes:
    """Other recovery codes, in place of all that there were."""
    return await known.hub.second_factors.renew_recovery_codes(known.user, said.password, said.code, known.address)
