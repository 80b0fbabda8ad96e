"""Second factors: how somebody begins with one, is asked for it at signing in, and parts with it.

None of it is a command: what is sent here is secret, and commands are kept. Not its business: which code is right
(`hub.domain.second_factors`), and beginning the session (`hub.actions.sessions`).
"""

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Annotated, Protocol

import segno
import structlog
from pydantic import Field

from hub.actions.passwords import Passwords
from hub.audience import PLATFORM
from hub.domain import second_factors as rules
from hub.domain.accounts import CurrentPasswordWrong
from hub.domain.refusals import TokenInvalid
from hub.domain.second_factors import NoSecondFactor, SecondFactorNeeded, SecondFactorOn, WrongCode
from hub.events.event import Shape
from hub.ids import UserId
from hub.jobs import MailTemplate, SendMail
from hub.limits import SECOND_FACTOR, Charge, Verdict, must_be_allowed, of_account
from hub.moments import Moment
from hub.proxies import Address
from hub.safe import CannotOpen, Safe
from hub.store import audit, jobs, people
from hub.store import second_factors as store
from hub.store.audit import Noted, Values
from hub.store.database import Database
from hub.store.people import Person
from hub.store.second_factors import KeptFactor
from hub.tokens import hash_of

PURPOSE = "second factors"
"""The purpose for which the key is derived that locks the secrets."""

log = structlog.get_logger("brigade.second_factors")


class Turnstile(Protocol):
    """Where tries are counted."""

    async def take(self, *charges: Charge) -> list[Verdict]: ...

    def give_back(self, verdicts: Sequence[Verdict], *charges: Charge) -> None: ...


class Enrolment(Shape):
    """A new secret, for a telephone alone: as it is typed, as a URI, and as the picture (SVG) of that."""

    secret: Annotated[str, Field(repr=False)]
    uri: Annotated[str, Field(repr=False)]
    svg: Annotated[str, Field(repr=False)]


class RecoveryCodes(Shape):
    """Codes for whoever has lost their telephone, each good once. They are shown this once."""

    recovery_codes: Annotated[tuple[str, ...], Field(repr=False)]


class SecondFactor(Shape):
    """Whether somebody's second factor is on, since when, and how many recovery codes they have left."""

    is_on: bool
    is_on_since: Moment | None = None
    recovery_codes_left: int = 0

    @classmethod
    def of(cls, kept: KeptFactor | None) -> "SecondFactor":
        if kept is None or not kept.is_on:
            return cls(is_on=False)
        return cls(is_on=True, is_on_since=kept.is_on_since, recovery_codes_left=kept.recovery_codes_left)


class SecondFactors:
    """Everybody's second factors. One per hub."""

    def __init__(
        self, database: Database, passwords: Passwords, turnstile: Turnstile, secret: str, front_door: str
    ) -> None:
        self._database = database
        self._front_door = front_door
        self._passwords = passwords
        self._turnstile = turnstile
        self._safe = Safe(secret, PURPOSE)

    async def must_be_passed(self, user: UserId, code: str | None) -> None:
        """Raise SecondFactorNeeded where one is on and there is no code, and WrongCode, or the limit's refusal.

        The code is used thereby. Only whoever has shown the right password may be asked for one: others would hear
        whether there is one.
        """
        kept = await self._kept(user)
        if kept is None or not kept.is_on:
            return
        if code is None:
            raise SecondFactorNeeded
        async with self._counted(user), self._database.transaction():
            await self._use(user, kept, code)

    async def is_on(self, user: UserId) -> bool:
        """Whether theirs is asked for."""
        kept = await self._kept(user)
        return kept is not None and kept.is_on

    @asynccontextmanager
    async def proven(self, user: UserId, code: str | None) -> AsyncIterator[None]:
        """A transaction for what wants all that somebody signs in with, once they have shown their password.

        Raises as `must_be_passed`. Where what is done in it is refused, the code is as good as it was.
        """
        kept = await self._kept(user)
        if kept is None or not kept.is_on:
            async with self._database.transaction():
                yield
            return
        if code is None:
            raise SecondFactorNeeded
        async with self._counted(user), self._database.transaction():
            await self._use(user, kept, code)
            yield

    async def begin(self, user: UserId, password: str) -> Enrolment:
        """A new secret, which is asked for by nobody before its first code was shown. Raises SecondFactorOn."""
        person = await self._known(user, password)
        secret = rules.new_secret()
        async with self._database.transaction():
            if not await store.begin(user, self._safe.locked(secret, user)):
                raise SecondFactorOn
        uri = rules.uri_of(secret, person.email)
        return Enrolment(secret=secret, uri=uri, svg=_picture(uri))

    async def switch_on(self, user: UserId, code: str, by_address: Address | None) -> RecoveryCodes:
        """From now on it is asked for. Raises NoSecondFactor where none was begun, SecondFactorOn, and WrongCode."""
        kept = await self._kept(user)
        if kept is None:
            raise NoSecondFactor
        if kept.is_on:
            raise SecondFactorOn
        async with self._counted(user), self._database.transaction():
            step = self._step_of(user, kept, rules.as_typed(code))
            if not await store.switch_on(user, kept.secret, step, rules.ENROLMENT_LASTS):
                raise NoSecondFactor
            codes = await _new_recovery_codes(user)
            await self._write(user, MailTemplate.SECOND_FACTOR_ON)
            await self._note(user, "switch_on_second_factor", by_address, {"isOn": False}, {"isOn": True})
        return RecoveryCodes(recovery_codes=codes)

    async def renew_recovery_codes(
        self, user: UserId, password: str, code: str, by_address: Address | None
    ) -> RecoveryCodes:
        """Other recovery codes, in place of all there were. Raises as `switch_off`."""
        kept = await self._on(user, password)
        async with self._counted(user), self._database.transaction():
            await self._use(user, kept, code)
            codes = await _new_recovery_codes(user)
            await self._note(user, "renew_recovery_codes", by_address)
        return RecoveryCodes(recovery_codes=codes)

    async def switch_off(self, user: UserId, password: str, code: str, by_address: Address | None) -> SecondFactor:
        """Ask for none any more. Raises NoSecondFactor, CurrentPasswordWrong and WrongCode."""
        kept = await self._on(user, password)
        async with self._counted(user), self._database.transaction():
            await self._use(user, kept, code)
            if not await store.switch_off(user):
                raise NoSecondFactor
            await self._write(user, MailTemplate.SECOND_FACTOR_OFF)
            await self._note(user, "switch_off_second_factor", by_address, {"isOn": True}, {"isOn": False})
        return SecondFactor.of(None)

    # What they share

    async def _kept(self, user: UserId) -> KeptFactor | None:
        return await self._database.glance(partial(store.of_person, user))

    async def _on(self, user: UserId, password: str) -> KeptFactor:
        await self._known(user, password)
        kept = await self._kept(user)
        if kept is None or not kept.is_on:
            raise NoSecondFactor
        return kept

    async def _known(self, user: UserId, password: str) -> Person:
        """The person whose password this is. Raises CurrentPasswordWrong."""
        person = await self._database.glance(partial(people.by_id, user))
        if person is None:
            raise TokenInvalid
        if not (await self._passwords.check(person.password_hash, password)).is_right:
            raise CurrentPasswordWrong
        return person

    @asynccontextmanager
    async def _counted(self, user: UserId) -> AsyncIterator[None]:
        """Count a try where its code is wrong. It is counted before, so that of many at once no more are tried."""
        charge = of_account(SECOND_FACTOR, str(user))
        verdicts = await self._turnstile.take(charge)
        must_be_allowed(verdicts)
        is_wrong = False
        try:
            yield
        except WrongCode:
            is_wrong = True
            raise
        finally:
            if not is_wrong:
                self._turnstile.give_back(verdicts, charge)

    async def _use(self, user: UserId, kept: KeptFactor, code: str) -> None:
        """Use a telephone's code, or a recovery code. Raises WrongCode, also for one that was used before."""
        typed = rules.as_typed(code)
        if rules.is_of_telephone(typed):
            is_used = await store.use_step(user, self._step_of(user, kept, typed))
        else:
            is_used = await store.use_recovery_code(user, hash_of(typed))
        if not is_used:
            raise WrongCode

    def _step_of(self, user: UserId, kept: KeptFactor, code: str) -> int:
        try:
            secret = self._safe.opened(kept.secret, user)
        except CannotOpen:
            # The house has another secret than it had. Recovery codes still open, and then there can be a new one.
            log.error("A second factor cannot be read with this house's secret.", user=str(user))
            raise WrongCode from None
        step = rules.step_of(secret, code, self._database.clock.now())
        if step is None:
            raise WrongCode
        return step

    async def _write(self, user: UserId, template: MailTemplate) -> None:
        """Have them told by a letter, once this is committed."""
        person = await people.by_id(user)
        assert person is not None, "Whoever has a second factor is somebody."
        facts = {"at": self._database.clock.now().isoformat(), "link": f"{self._front_door}/#forgot"}
        await jobs.enqueue(SendMail(template=template, to=person.email, language=person.language, facts=facts))

    async def _note(
        self,
        user: UserId,
        action: str,
        by_address: Address | None,
        old: Values | None = None,
        new: Values | None = None,
    ) -> None:
        at: datetime = self._database.clock.now()
        noted = Noted(PLATFORM, at, f"user:{user}", action, "second_factor", str(user), old, new, by_address)
        await audit.append(noted)


async def _new_recovery_codes(user: UserId) -> tuple[str, ...]:
    codes = rules.recovery_codes()
    await store.replace_recovery_codes(user, [hash_of(rules.as_typed(one)) for one in codes])
    return codes


def _picture(uri: str) -> str:
    """A URI as a square that telephones read, for a page to show as it is."""
    svg = io.BytesIO()
    segno.make(uri, error="m", micro=False).save(svg, kind="svg", xmldecl=False, omitsize=True, light="#fff")
    return svg.getvalue().decode()
