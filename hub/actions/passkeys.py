"""Passkeys: how somebody adds one to their account, comes in by it, and takes it away.

What a device is asked to sign is sealed and not kept: only that it was used is. So beginning costs a hub nothing and
tells nobody anything, whichever hub begins, any may finish, and what one has taken none takes again. Not its business:
what a device says (`hub.domain.authenticators`), and beginning the session (`hub.actions.sessions`).
"""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from hub.actions.deed import Answer, Work, deed
from hub.actions.noting import note_of_account
from hub.actions.passwords import Passwords
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions, SignedIn
from hub.commands.passkeys import RemovePasskey
from hub.domain import authenticators
from hub.domain.accounts import CurrentPasswordWrong
from hub.domain.authenticators import Made, Shown
from hub.domain.passkeys import (
    BEGUN_LIFETIME,
    HANDLE_BYTES,
    PASSKEYS_MAX,
    NoPasskeysHere,
    PasskeyCopied,
    PasskeyHouse,
    PasskeyKnown,
    PasskeyNotBegun,
    Purpose,
    TooManyPasskeys,
    WrongPasskey,
    is_counted_back,
)
from hub.domain.refusals import NoSuchThing, TokenInvalid
from hub.domain.sessions import SessionOver
from hub.ids import PasskeyId, SessionId, UserId, new_id
from hub.jobs import MailTemplate, TellOfPasskey
from hub.limits import AUTH, AUTH_ADDRESS, Charge, from_address, of_address
from hub.proxies import Address
from hub.store import jobs, passkeys, people, sessions
from hub.store.database import Database
from hub.store.passkeys import KeptKey, Passkey
from hub.store.people import Person
from hub.tokens import derived_key

SEALS = "passkeys"
"""The purpose for which the key is derived that seals what devices are asked to sign."""
NONCE_BYTES, END_BYTES = 16, 8
SEALED_BYTES = NONCE_BYTES + END_BYTES


class Challenges:
    """Makes and knows again what devices are asked to sign. All hubs of a house share the secret."""

    def __init__(self, secret: str) -> None:
        self._key = derived_key(secret, SEALS)

    def make(self, purpose: Purpose, expires_at: datetime, about: str = "") -> bytes:
        """One for this purpose alone, and for what it is `about`: good until then."""
        said = secrets.token_bytes(NONCE_BYTES) + int(expires_at.timestamp()).to_bytes(END_BYTES, "big")
        return said + self._seal(purpose, said, about)

    def must_be_ours(self, challenge: bytes | None, purpose: Purpose, now: datetime, about: str = "") -> bytes:
        """The challenge, which is one of ours, for this, and in its time. Raises PasskeyNotBegun."""
        said, seal = (challenge or b"")[:SEALED_BYTES], (challenge or b"")[SEALED_BYTES:]
        if challenge is None or not hmac.compare_digest(self._seal(purpose, said, about), seal):
            raise PasskeyNotBegun
        if datetime.fromtimestamp(int.from_bytes(said[NONCE_BYTES:], "big"), UTC) <= now:
            raise PasskeyNotBegun
        return challenge

    def _seal(self, purpose: Purpose, said: bytes, about: str) -> bytes:
        return hmac.digest(self._key, f"{purpose} {about} ".encode() + said, hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a page needs to have a passkey made: what to sign, for whom, and which passkeys they have already."""

    house: PasskeyHouse
    challenge: bytes
    expires_at: datetime
    person: Person
    handle: bytes
    known: list[bytes]


class Passkeys:
    """Everybody's passkeys. One per hub."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        second_factors: SecondFactors,
        sessions: Sessions,
        challenges: Challenges,
        house: PasskeyHouse | None,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._second_factors = second_factors
        self._sessions = sessions
        self._challenges = challenges
        self._house = house

    @property
    def house(self) -> PasskeyHouse | None:
        """For whom passkeys are made here; None where nobody can make any."""
        return self._house

    # Coming in

    def ask_to_show(self) -> tuple[PasskeyHouse, bytes, datetime]:
        """For which house to show a passkey, what to sign, and until when. Raises NoPasskeysHere.

        It is the same for everybody, and nothing is looked up.
        """
        expires_at = self._ends()
        return self._here(), self._challenges.make(Purpose.SIGN_IN, expires_at), expires_at

    async def tried_with(self, credential_id: str, address: Address | None) -> tuple[Charge, ...]:
        """As what it counts where it fails: at a passkey that there is by that alone, from where it is tried.

        So neither guesses at passwords nor passkeys that somebody makes up keep anybody out who has one.
        """
        if await self._kept_by(credential_id) is not None:
            return (from_address(AUTH, f"passkey:{credential_id}", address),)
        return (of_address(AUTH_ADDRESS, address),)

    async def let_in(self, shown: Shown, device: str | None = None, *, address: Address | None = None) -> SignedIn:
        """Begin a session of whoever's passkey this is: it is both factors, and neither code nor lock is asked for.

        Raises PasskeyNotBegun, WrongPasskey for whatever is not right, and for all of that alike, NoPasskeysHere, and
        PasskeyCopied, of which its owner is written to.
        """
        house = self._here()
        challenge = authenticators.challenge_in(shown.client_data)
        challenge = self._challenges.must_be_ours(challenge, Purpose.SIGN_IN, self._database.clock.now())
        kept = await self._kept_by(shown.credential_id)
        if kept is None or not hmac.compare_digest(authenticators.as_text(kept.handle), shown.user_handle):
            raise WrongPasskey
        # In a thread: the library is imported by whoever comes first.
        count = await asyncio.to_thread(authenticators.sign_count_of, shown, kept.public_key, challenge, house)
        digest = authenticators.digest_of(challenge)
        if is_counted_back(kept.sign_count, count):
            await self._tell_of_copy(kept, digest, address)
            raise PasskeyCopied

        async def use() -> None:
            if not await passkeys.use_challenge(digest, BEGUN_LIFETIME):
                raise PasskeyNotBegun
            if not await passkeys.count_on(kept.id, count):
                raise WrongPasskey

        return await self._sessions.sign_in_shown(kept.user, use, device, address, by={"passkeyId": str(kept.id)})

    async def _tell_of_copy(self, kept: KeptKey, digest: bytes, address: Address | None) -> None:
        """Whoever signed it has the key. Once for each signature: a replay is no news."""
        async with self._database.transaction():
            if not await passkeys.use_challenge(digest, BEGUN_LIFETIME):
                raise PasskeyNotBegun
            await self._write(kept.user, MailTemplate.PASSKEY_COPIED)
            at = self._database.clock.now()
            await note_of_account("refuse_passkey", kept.user, at, address, {"passkeyId": str(kept.id)})

    # Adding one

    async def ask_to_make(self, user: UserId, session: SessionId, password: str, code: str | None = None) -> Begun:
        """What to have a passkey made with, for somebody who has shown all that they sign in with.

        It is good for them, in this session, while their password is what it is. Raises NoPasskeysHere,
        TooManyPasskeys, CurrentPasswordWrong, and, where a second factor is on, as `SecondFactors.must_be_passed`.
        """
        house = self._here()
        person = await self._whose_password(user, password)
        async with self._second_factors.proven(user, code):
            handle = await passkeys.handle_of(user, secrets.token_bytes(HANDLE_BYTES))
            known = await passkeys.credential_ids(user)
            if len(known) >= PASSKEYS_MAX:
                raise TooManyPasskeys(max=PASSKEYS_MAX)
        expires_at = self._ends()
        challenge = self._challenges.make(Purpose.ADD, expires_at, _about(person, session))
        return Begun(house, challenge, expires_at, person, handle, known)

    async def add_made(
        self, user: UserId, session: SessionId, name: str, made: Made, address: Address | None = None
    ) -> Passkey:
        """From now on this passkey opens their account. A letter tells them of it.

        Raises PasskeyNotBegun, PasskeyUnusable, PasskeyKnown, TooManyPasskeys, NoPasskeysHere, and SessionOver where
        they were signed out meanwhile.
        """
        house, at = self._here(), self._database.clock.now()
        person = await self._database.glance(partial(people.by_id, user))
        if person is None:
            raise TokenInvalid
        challenge = authenticators.challenge_in(made.client_data)
        challenge = self._challenges.must_be_ours(challenge, Purpose.ADD, at, _about(person, session))
        key = await asyncio.to_thread(authenticators.added, made, challenge, house)
        passkey = Passkey(PasskeyId(new_id()), name, at, None)
        async with self._database.transaction():
            # Whoever changes the password, or ends the account, waits, and finds the passkey; or was first.
            held = await people.hold(user)
            if held is None or held.password_hash != person.password_hash:
                raise PasskeyNotBegun
            if await sessions.under_way(session, user) is None:
                raise SessionOver
            if not await passkeys.use_challenge(authenticators.digest_of(challenge), BEGUN_LIFETIME):
                raise PasskeyNotBegun
            if await passkeys.count_locked(user) >= PASSKEYS_MAX:
                raise TooManyPasskeys(max=PASSKEYS_MAX)
            if not await passkeys.keep_key(passkey.id, user, name, key):
                raise PasskeyKnown
            await self._write(user, MailTemplate.PASSKEY_ADDED)
            await note_of_account("add_passkey", user, at, address, {"passkeyId": str(passkey.id)})
        return passkey

    # What they share

    def _here(self) -> PasskeyHouse:
        if self._house is None:
            raise NoPasskeysHere
        return self._house

    def _ends(self) -> datetime:
        return self._database.clock.now().replace(microsecond=0) + BEGUN_LIFETIME

    async def _kept_by(self, credential_id: str) -> KeptKey | None:
        try:
            known_by = authenticators.as_bytes(credential_id)
        except ValueError:
            return None
        return await self._database.glance(partial(passkeys.by_credential_id, known_by))

    async def _whose_password(self, user: UserId, password: str) -> Person:
        person = await self._database.glance(partial(people.by_id, user))
        if person is None:
            raise TokenInvalid
        if not (await self._passwords.check(person.password_hash, password)).is_right:
            raise CurrentPasswordWrong
        return person

    async def _write(self, user: UserId, template: MailTemplate) -> None:
        await jobs.enqueue(TellOfPasskey(user_id=user, template=template, at=self._database.clock.now()))


def _about(person: Person, session: SessionId) -> str:
    """What an asking to make a passkey is bound to. With another password it is void."""
    return f"{person.id} {session} {hashlib.sha256(person.password_hash.encode()).hexdigest()}"


class PasskeyRemovedAnswer(Answer):
    """The passkey that opens nothing any more."""

    passkey_id: PasskeyId


@deed
async def remove_passkey(work: Work, command: RemovePasskey) -> PasskeyRemovedAnswer:
    user = work.own_account()
    if not await passkeys.remove(user, command.passkey_id):
        raise NoSuchThing(thing="passkey")
    await jobs.enqueue(TellOfPasskey(user_id=user, template=MailTemplate.PASSKEY_REMOVED, at=work.at))
    work.note("passkey", command.passkey_id, None, None)
    return PasskeyRemovedAnswer(passkey_id=command.passkey_id)
