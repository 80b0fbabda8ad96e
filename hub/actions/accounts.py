"""Accounts: how they begin, by a letter to whoever registers, how their passwords change, and how they end.

Whether there is an account with an address is never found out while somebody waits for the answer: what depends on it
is a job, and so the answer is the same, and takes as long. Not its business: sessions (`hub.actions.sessions`), what
somebody is to a restaurant (`hub.actions.people`), and what letters say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from hub.actions.deed import COLLISIONS
from hub.actions.noting import note_of_account
from hub.actions.passwords import Passwords
from hub.actions.people import LastOwner
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import end
from hub.audience import restaurant_scope
from hub.domain.accounts import DELETED_NAME, VERIFY_LIFETIME, CurrentPasswordWrong, LetterOver, Purpose
from hub.domain.passwords import LENGTH_MIN, LENGTH_MIN_STAFF, must_be_good
from hub.domain.refusals import DatabaseBusy
from hub.events.people import RightsChanged
from hub.events.sessions import SessionEnd
from hub.ids import RegistrationId, SessionId, UserId, new_id
from hub.jobs import AnswerRegistration, MailTemplate, SendMail, SendReset
from hub.people import Role
from hub.proxies import Address
from hub.rights import STAFF
from hub.store import accounts, audit, jobs, people, sessions
from hub.store.accounts import Registration
from hub.store.audit import Noted
from hub.store.database import Database
from hub.store.ledger import Recorded
from hub.store.people import Person
from hub.tokens import Tokens, hash_of

DELETING = "delete_account"


@dataclass(frozen=True, slots=True)
class HasReset:
    """Whoever has a new password: where they are written to, and what their device keeps (`hub.tokens`)."""

    email: str
    device_token: str = field(repr=False)


class Accounts:
    """What somebody does about their own account with a secret of theirs. One per hub."""

    def __init__(
        self,
        database: Database,
        tokens: Tokens,
        passwords: Passwords,
        second_factors: SecondFactors,
        front_door: str,
        *,
        staff_length_min: int = LENGTH_MIN_STAFF,
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._passwords = passwords
        self._second_factors = second_factors
        self._front_door = front_door
        self._staff_length_min = staff_length_min

    async def register(self, email: str, password: str, name: str, language: str) -> RegistrationId:
        """Have a letter sent to this address. Once its link is followed there is an account with this password.

        Where there is one already the letter says that, and nothing else happens. Raises what `must_be_good` raises,
        and TooManySignIns.
        """
        email = email.strip().lower()
        must_be_good(password, email=email)
        password_hash = await self._passwords.make(password)
        registered = Registration(RegistrationId(new_id()), email, name, password_hash, language)
        async with self._database.transaction():
            await accounts.register(registered, VERIFY_LIFETIME)
            await jobs.enqueue(AnswerRegistration(registration_id=registered.id))
        return registered.id

    async def write_again(self, registration: RegistrationId) -> None:
        """Have another letter sent to whoever registered so. Nothing happens where nobody did."""
        async with self._database.transaction():
            await jobs.enqueue(AnswerRegistration(registration_id=registration))

    async def verify(self, token: str, address: Address | None = None) -> str:
        """Begin the account of whoever got the letter with this token, and tell its address. Raises LetterOver."""
        async with self._database.transaction():
            made = await accounts.make_person(hash_of(token))
            if made is None:
                raise LetterOver
            user, email = made
            await note_of_account("verify", user, self._database.clock.now(), address)
        return email

    async def forgot(self, email: str) -> None:
        """Have a letter sent with which to choose a new password, if there is such an account."""
        async with self._database.transaction():
            await jobs.enqueue(SendReset(email=email))

    async def reset(self, token: str, password: str, address: Address | None = None) -> HasReset:
        """Give whoever got the letter with this token a new password. All their sessions end.

        From then on the account knows their device: whoever was locked out by strangers gets in.
        Raises LetterOver, what `must_be_good` raises, and TooManySignIns; after those the letter is as good as before.
        """
        whose = await self._database.glance(partial(accounts.whose, hash_of(token), Purpose.RESET))
        if whose is None:
            raise LetterOver
        must_be_good(password, email=whose.email, length_min=await self._length_min_of(whose))
        password_hash = await self._passwords.make(password)
        async with self._database.transaction():
            person = await accounts.reset_password(hash_of(token), password_hash)
            if person is None:
                raise LetterOver
            recorded, _ = await self._has_another_password("reset_password", person, address)
        self._database.tell(recorded)
        return HasReset(person.email, self._tokens.device_token(person.email, self._database.clock.now()))

    async def change_password(
        self,
        user: UserId,
        session: SessionId,
        current: str,
        new: str,
        *,
        code: str | None = None,
        address: Address | None = None,
    ) -> list[SessionId]:
        """Give somebody who knows their password another one. Their other sessions end: these.

        Raises CurrentPasswordWrong, what `must_be_good` raises, TooManySignIns, and, where a second factor is on, as
        `SecondFactors.must_be_passed`.
        """
        person = await self._proven(user, current)
        must_be_good(new, email=person.email, length_min=await self._length_min_of(person))
        password_hash = await self._passwords.make(new)
        async with self._second_factors.proven(user, code):
            if not await accounts.change_password(user, password_hash, was=person.password_hash):
                raise CurrentPasswordWrong
            recorded, ended = await self._has_another_password("change_password", person, address, but=session)
        self._database.tell(recorded)
        return ended

    async def delete(
        self, user: UserId, password: str, *, code: str | None = None, address: Address | None = None
    ) -> None:
        """End the account of somebody who knows their password: they are nobody's colleague and nowhere signed in.

        What they did stays, and their orders, by their id; who they were is erased by a job, days later. Raises
        LastOwner where a restaurant would be without one, CurrentPasswordWrong, TooManySignIns, and, where a second
        factor is on, as `SecondFactors.must_be_passed`.
        """
        person = await self._proven(user, password)
        try:
            async with self._second_factors.proven(user, code):
                recorded = await self._delete(person, address)
        except COLLISIONS as collision:
            raise DatabaseBusy from collision
        self._database.tell(recorded)

    async def _delete(self, person: Person, address: Address | None) -> Sequence[Recorded]:
        user, at = person.id, self._database.clock.now()
        for restaurant, roles in sorted((await people.grants_of(user)).items()):
            if Role.OWNER in roles and await people.owners_of(restaurant) <= {user}:
                raise LastOwner(restaurant_id=restaurant)
        if not await accounts.delete_person(user, was=person.password_hash, called=DELETED_NAME):
            raise CurrentPasswordWrong
        held = await people.take_all_roles(user)
        ending = await sessions.lock(user)
        for restaurant, roles in sorted(held.items()):
            await audit.append(
                Noted(
                    scope=restaurant_scope(restaurant),
                    at=at,
                    actor=f"user:{user}",
                    action=DELETING,
                    entity="roles",
                    entity_id=str(user),
                    old={"roles": sorted(roles)},
                    new={"roles": []},
                    address=address,
                )
            )
        await note_of_account(DELETING, user, at, address)
        facts = [RightsChanged(user_id=user, restaurant_id=restaurant, roles=()) for restaurant in sorted(held)]
        return await end(user, ending, SessionEnd.ACCOUNT_DELETED, at, facts)

    async def _proven(self, user: UserId, password: str) -> Person:
        """The person, who knows their password."""
        person = await self._database.glance(partial(people.by_id, user))
        checked = await self._passwords.check(None if person is None else person.password_hash, password)
        if person is None or not checked.is_right:
            raise CurrentPasswordWrong
        return person

    async def _length_min_of(self, person: Person) -> int:
        """How long a new password of theirs has to be: longer where it is all that keeps others out of a restaurant."""
        async with self._database.snapshot():
            grants = await people.grants_of(person.id)
        is_staff = person.is_operator or any(not roles.isdisjoint(STAFF) for roles in grants.values())
        return self._staff_length_min if is_staff and not await self._second_factors.is_on(person.id) else LENGTH_MIN

    async def _has_another_password(
        self, how: str, person: Person, address: Address | None, *, but: SessionId | None = None
    ) -> tuple[Sequence[Recorded], list[SessionId]]:
        """What follows, in the same transaction: every session ends `but` this one, and a letter tells of it."""
        at = self._database.clock.now()
        ending = [one for one in await sessions.lock(person.id) if one != but]
        facts = {"at": at.isoformat(), "link": f"{self._front_door}/#forgot"}
        await jobs.enqueue(
            SendMail(template=MailTemplate.PASSWORD_CHANGED, to=person.email, language=person.language, facts=facts)
        )
        await note_of_account(how, person.id, at, address)
        return await end(person.id, ending, SessionEnd.PASSWORD_CHANGED, at), ending
