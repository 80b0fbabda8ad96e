"""Sessions: how they begin, go on from one refresh token to the next, and end.

Not its business: what a token stands for afterwards (`hub.actions.identity`), and hashing (`hub.actions.passwords`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

import structlog
from pydantic import Field

from hub.actions.answers import SessionsEndedAnswer
from hub.actions.decoys import Decoys
from hub.actions.deed import Work, deed, fact_of
from hub.actions.identity import Demo
from hub.actions.locks import Locks, Trying
from hub.actions.noting import note_at_device, note_of_account
from hub.actions.passwords import Passwords
from hub.actions.second_factors import SecondFactors
from hub.actions.strangers import SIGN_IN, tell_if_strange
from hub.commands.sessions import EndSession, LogOut, LogOutEverywhere
from hub.domain.devices import DeviceOver
from hub.domain.pins import WrongPin
from hub.domain.refusals import (
    WITH_ACCOUNT,
    DatabaseBusy,
    Kind,
    NoSuchThing,
    NotYourJob,
    Refused,
    TokenExpired,
    TokenInvalid,
)
from hub.domain.sessions import REFRESH_LIFETIME, SHIFT, Exchange, SessionOver, Shown
from hub.events.event import Event, Shape
from hub.events.sessions import SessionEnd, SessionEnded
from hub.ids import RestaurantId, SessionId, UserId, new_id
from hub.people import Role
from hub.proxies import Address
from hub.store import devices, ledger, people, pins, sessions
from hub.store.database import Database
from hub.store.people import Person
from hub.store.sessions import KeptToken
from hub.tokens import Tokens, hash_of, refresh_token

EXCHANGES_AT_ONCE_MAX = 20
"""How far a session can get while one tab's old token is still good."""

log = structlog.get_logger("brigade.sessions")


class WrongCredentials(Refused):
    """The email or the password is wrong."""

    code = "wrong_credentials"
    kind = Kind.UNAUTHORIZED


class SignedIn(Shape):
    """Who signed in, and with what they go on.

    `accessToken` opens what they may see until `expiresAt`, which is `expiresInSeconds` from now. `refreshToken` is
    good for one more of this, once, until `refreshExpiresAt`. Shown at the next sign-in to the same account,
    `deviceToken` says that it is tried at this device, which no stranger's failures lock out; it opens nothing.
    """

    access_token: Annotated[str, Field(repr=False)]
    token_type: str = "Bearer"
    expires_at: datetime
    expires_in_seconds: int
    refresh_token: Annotated[str, Field(repr=False)]
    refresh_expires_at: datetime
    device_token: Annotated[str | None, Field(repr=False)] = None
    session_id: SessionId
    user_id: UserId
    name: str
    roles: dict[RestaurantId, tuple[Role, ...]]


@dataclass(frozen=True, slots=True)
class _Going:
    """With what a session goes on."""

    session: SessionId
    refresh_token: str
    expires_at: datetime
    restaurant: RestaurantId | None = None
    """Where it goes on at a tablet there."""


class Sessions:
    """How sessions begin and go on. One per hub."""

    def __init__(
        self, database: Database, tokens: Tokens, passwords: Passwords, second_factors: SecondFactors, front_door: str
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._passwords = passwords
        self._second_factors = second_factors
        self._front_door = front_door
        self._decoys = Decoys(database, tokens, passwords)
        self.locks = Locks(database, tokens)

    async def sign_in(
        self,
        email: str,
        password: str,
        device: str | None = None,
        *,
        code: str | None = None,
        address: Address | None = None,
        device_token: str | None = None,
    ) -> SignedIn:
        """Begin a session. Raises WrongCredentials, the same and as late for an unknown email; and TooManySignIns.

        What is tried from an `address`, or at the device that keeps the `device_token`, and fails, may lock the
        account there: where others have locked it meanwhile AccountLocked is raised, whatever the password. Whoever
        asks sees first whether it is locked (`locks.must_be_open`), since here a password is looked at in any case.
        Whose device is not known, and signs in from somewhere new, is told of by letter (`hub.actions.strangers`).
        Where the password is right and a second factor is on, raises as `SecondFactors.must_be_passed`.
        """
        trying = self.locks.trying(email, address, device_token)
        try:
            person = await self._recognised(email, password)
        except WrongCredentials:
            await self.locks.failed(trying)
            raise
        await self._second_factors.must_be_passed(person.id, code)
        signed_in = await self._begin(person.id, device, proven=person.password_hash, tried=trying, address=address)
        known = self._tokens.device_token(email, self._database.clock.now(), trying.device)
        return signed_in.model_copy(update={"device_token": known})

    async def sign_in_at(self, tablet_token: str, user: UserId, address: Address | None, *, proven: str) -> SignedIn:
        """Begin a session of somebody who has tapped the right PIN at the tablet of this token; `proven` is its hash.

        Raises DeviceOver where the token is none any more, and WrongPin where the PIN is not theirs any more: whoever
        ends either ends the sessions that began with it, and must not miss one. It opens what `Actor.at_device` says,
        lasts a shift, and is noted for the restaurant's owner to read.
        """
        session, token = SessionId(new_id()), refresh_token()
        async with self._database.transaction():
            # Whoever revokes or rotates it waits, and then finds the session; or was first.
            device, person = await devices.lock_by_hash(hash_of(tablet_token)), await people.hold(user)
            if device is None:
                raise DeviceOver
            if person is None:
                raise TokenInvalid
            if await pins.hold(user) != proven:
                raise WrongPin
            await devices.used(device.id)
            expires_at = await sessions.begin(session, user, device.name, hash_of(token), SHIFT, device.id)
            answer = await self._answer(person, _Going(session, token, expires_at, device.restaurant_id))
            # Last: whoever else the restaurant's audit has something of waits here.
            await note_at_device("sign_in_at_device", device, user, self._database.clock.now(), address, session)
            return answer

    async def sign_in_without_password(self, demo: Demo, role: Role, device: str | None = None) -> SignedIn:
        """Begin a session as the demo's person of this role, for whoever asks. Raises NoSuchThing."""
        return await self._begin(demo.visitor(role).user, device)

    async def sign_in_vouched(
        self, person: Person, device: str | None = None, address: Address | None = None
    ) -> SignedIn:
        """Begin a session of somebody whom others have recognised (`hub.actions.vouching`).

        Raises WrongCredentials where their account was deleted, or their password changed, since they were; and
        SecondFactorNeeded where one is on: then nobody's word is enough, and they come in by their password.
        """
        await self._second_factors.must_be_passed(person.id, None)
        return await self._begin(person.id, device, proven=person.password_hash, address=address)

    async def sign_in_shown(
        self,
        user: UserId,
        use: Callable[[], Awaitable[None]],
        device: str | None,
        address: Address | None,
        by: Mapping[str, str],
    ) -> SignedIn:
        """Begin a session of somebody who has shown what is both factors (`hub.actions.passkeys`).

        In its transaction, and while nobody changes anything of the person, `use` uses up what was shown, or refuses:
        then there is none. `by` says for the audit what it was. Where it is from somewhere new, a letter tells of it.
        """
        return await self._begin(user, device, use=use, address=address, by=by)

    async def refresh(self, token: str, command_id: str | None = None) -> SignedIn:
        """Let a session go on. The token is used by this; asked again under the same id, it is answered again.

        Raises TokenInvalid for what is no refresh token, TokenExpired, and SessionOver: also for a token that was used
        before, whose session ends by that on every hub.
        """
        async with self._database.transaction():
            kept = _good(await sessions.take_token(hash_of(token)))
            going = await self._exchange(kept, token, None if command_id is None else hash_of(command_id))
            if going is not None:
                return await self._answer(await _person(kept.user_id), going)
            recorded = await end(kept.user_id, [kept.session_id], SessionEnd.TOKEN_REUSED, kept.at)
        self._database.tell(recorded)
        log.warning("A refresh token was used twice, so its session has ended.", session=str(kept.session_id))
        raise SessionOver

    async def _recognised(self, email: str, password: str) -> Person:
        """Whose email and password these are. Raises WrongCredentials, TooManySignIns."""
        decoy = await self._decoys.hash_for(email)
        async with self._database.snapshot():
            person = await people.by_email(email)
        checked = await self._passwords.check(decoy if person is None else person.password_hash, password)
        if person is None or not checked.is_right:
            raise WrongCredentials
        if checked.better_hash is None:
            return person
        async with self._database.transaction():
            await people.replace_hash(person, checked.better_hash)
        return replace(person, password_hash=checked.better_hash)

    async def _begin(
        self,
        user: UserId,
        device: str | None,
        *,
        proven: str | None = None,
        tried: Trying | None = None,
        use: Callable[[], Awaitable[None]] | None = None,
        address: Address | None = None,
        by: Mapping[str, str] | None = None,
    ) -> SignedIn:
        """`proven` is the hash of the password that was right; without one nobody asked for it.

        Raises WrongCredentials where the password was changed meanwhile: what ended every session must not miss one.
        """
        session, token = SessionId(new_id()), refresh_token()
        async with self._database.transaction():
            person = await people.hold(user)
            if person is None:
                raise TokenInvalid
            if proven is not None and person.password_hash != proven:
                raise WrongCredentials
            if use is not None:
                await use()
            expires_at = await sessions.begin(session, user, device, hash_of(token), REFRESH_LIFETIME)
            answer = await self._answer(person, _Going(session, token, expires_at))
            at = self._database.clock.now()
            if tried is not None:
                await self.locks.forgive(tried)
            if use is not None or (tried is not None and tried.device is None):
                await tell_if_strange(person, device, address, at, self._front_door)
            # Last: whoever signs in to another account waits here.
            noted = {"sessionId": str(session), "device": device, **(by or {})}
            await note_of_account(SIGN_IN, user, at, address, noted)
            return answer

    async def _exchange(self, kept: KeptToken, token: str, by: bytes | None) -> _Going | None:
        """With what the session of this token goes on. None where it must not."""
        following = self._tokens.refresh_token_after(token)
        shown = Shown(
            at=kept.at,
            used_at=kept.used_at,
            is_retry=by is not None and by == kept.used_by,
            is_next_used=await sessions.is_used(hash_of(following)),
        )
        match shown.exchange:
            case Exchange.NEXT:
                lasts = REFRESH_LIFETIME if kept.restaurant_id is None else SHIFT
                expires_at = await sessions.exchange(kept.session_id, hash_of(token), hash_of(following), by, lasts)
                return _Going(kept.session_id, following, expires_at, kept.restaurant_id)
            case Exchange.SAME:
                unused = await self._unused_from(following)
                return _Going(kept.session_id, unused, kept.session_expires_at, kept.restaurant_id)
            case Exchange.NOTHING:
                return None

    async def _unused_from(self, token: str) -> str:
        """The one that is good now, of this token and those after it."""
        for _ in range(EXCHANGES_AT_ONCE_MAX):
            if not await sessions.is_used(hash_of(token)):
                return token
            token = self._tokens.refresh_token_after(token)
        raise DatabaseBusy

    async def _answer(self, person: Person, going: _Going) -> SignedIn:
        grants, now = await people.grants_of(person.id), self._database.clock.now()
        token, expires_at = self._tokens.staff_token(person.id, going.session, now)
        return SignedIn(
            access_token=token,
            expires_at=expires_at,
            expires_in_seconds=int((expires_at - now) / timedelta(seconds=1)),
            refresh_token=going.refresh_token,
            refresh_expires_at=going.expires_at,
            session_id=going.session,
            user_id=person.id,
            name=person.name,
            roles={
                house: tuple(sorted(roles))
                for house, roles in grants.items()
                if going.restaurant is None or house == going.restaurant
            },
        )


def _good(kept: KeptToken | None) -> KeptToken:
    """A token of a session that has not ended. Raises TokenInvalid, SessionOver, TokenExpired."""
    if kept is None:
        raise TokenInvalid
    if kept.session_ended_at is not None:
        raise SessionOver
    if kept.expires_at <= kept.at:
        raise TokenExpired
    return kept


async def _person(user: UserId) -> Person:
    """Raises TokenInvalid where the database does not know them."""
    person = await people.by_id(user)
    if person is None:
        raise TokenInvalid
    return person


async def end(
    user: UserId, ending: Sequence[SessionId], reason: SessionEnd, at: datetime, others: Sequence[Event] = ()
) -> tuple[ledger.Recorded, ...]:
    """These sessions of the person's, which are locked, end for whoever has their tokens, and `others` are facts, too.

    Whoever asks tells of them after the commit.
    """
    ends = [SessionEnded(user_id=user, session_id=one, reason=reason) for one in ending]
    return await ledger.append(
        [fact_of(one) for one in (*others, *ends)],
        actor="system",
        at=at,
        command_id="",
        changes=[sessions.ended(ending, reason)] if ending else [],
    )


# ------------------------------------------------------------------ deeds


@deed
async def log_out(work: Work, command: LogOut) -> SessionsEndedAnswer:
    user, session = _own(work)
    return await _log_out(work, user, session)


@deed
async def log_out_everywhere(work: Work, command: LogOutEverywhere) -> SessionsEndedAnswer:
    user, _ = _own(work)
    return await _log_out(work, user, None)


@deed
async def end_session(work: Work, command: EndSession) -> SessionsEndedAnswer:
    user, _ = _own(work)
    return await _log_out(work, user, command.session_id)


def _own(work: Work) -> tuple[UserId, SessionId]:
    """Whose session this is asked in. Raises NotYourJob for guests and programs, who have none, and NotAtDevice."""
    user = work.own_account()
    if work.by.session is None:
        raise NotYourJob(roles=WITH_ACCOUNT)
    return user, work.by.session


async def _log_out(work: Work, user: UserId, session: SessionId | None) -> SessionsEndedAnswer:
    """End this session of the person's, or all of them. Raises NoSuchThing where it is nobody's, or another's."""
    ending = await sessions.lock(user, only=session)
    if not ending:
        raise NoSuchThing(thing="session")
    work.keep(sessions.ended(ending, SessionEnd.LOGGED_OUT))
    work.record(SessionEnded(user_id=user, session_id=session, reason=SessionEnd.LOGGED_OUT))
    return SessionsEndedAnswer(session_ids=tuple(ending))
