"""Signing in with an account elsewhere: somebody is sent to a provider, comes back with a code, and is let in.

What a sign-in rests on is kept by whoever began it, as a handle, and nowhere else: state, nonce and verifier are
computed from it with a key that only hubs have. So a code that somebody else was given, in an address that anybody may
have made up, opens nothing without the handle of the browser that began (RFC 9700, 4.7). A handle is good once.

Not its business: how a provider is asked (`hub.outside.providers`), and whose account it is (`hub.domain.vouching`).
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asyncpg.exceptions import UniqueViolationError

from hub.actions.deed import Answer, Work, deed
from hub.actions.passwords import Passwords
from hub.actions.profiles import Fields
from hub.actions.sessions import Sessions, SignedIn, WrongCredentials
from hub.actions.strangers import tell_of_new_device
from hub.audience import PLATFORM
from hub.commands.profiles import PERSON_NAME_LENGTH_MAX, PERSON_NAME_LENGTH_MIN
from hub.commands.vouching import UnlinkAccount
from hub.domain.refusals import DatabaseBusy, NoSuchThing
from hub.domain.sessions import SessionOver
from hub.domain.vouching import (
    BEGUN_LIFETIME,
    LinkedAlready,
    LinkedElsewhere,
    NotBegun,
    Outcome,
    ProviderName,
    outcome,
)
from hub.ids import UserId, new_id
from hub.outside.providers import Begun, Provider, Vouched
from hub.people import Actor
from hub.proxies import Address
from hub.store import audit, people, sessions, vouching
from hub.store.audit import Noted
from hub.store.database import Database, connection
from hub.store.people import Person
from hub.tokens import derived_key, hash_of

LINK = "link"
PURPOSE = "sign-ins elsewhere"
"""The purpose for which the key is derived that handles are sealed with, and all that they stand for is computed."""
HANDLE_BYTES = 16
SIGNED_IN = "/signed-in"
"""Where providers send people back to: each to an address of its own below this one."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """With what somebody came back: what the provider gave them, and the handle that their browser kept.

    `issuer` is as what the provider named itself, where it did (RFC 9207).
    """

    code: str = field(repr=False)
    state: str = field(repr=False)
    handle: str = field(repr=False)
    issuer: str | None = None


class Handles:
    """Makes and reads handles. All hubs of a house share the secret, so whichever began one, any may finish it."""

    def __init__(self, secret: str) -> None:
        self._key = derived_key(secret, PURPOSE)

    def make(self, provider: ProviderName, expires_at: datetime) -> str:
        said = f"{provider}.{int(expires_at.timestamp())}.{secrets.token_urlsafe(HANDLE_BYTES)}"
        return f"{said}.{self._derived('seal', said)}"

    def begun(self, handle: str, provider: ProviderName, redirect_uri: str, now: datetime) -> Begun:
        """What the sign-in rests on. Raises NotBegun where the handle is another provider's, too old, or none."""
        said, _, seal = handle.rpartition(".")
        if not hmac.compare_digest(self._derived("seal", said).encode(), seal.encode()):
            raise NotBegun
        its_provider, expires_at, _ = said.split(".")
        if its_provider != provider or datetime.fromtimestamp(int(expires_at), UTC) <= now:
            raise NotBegun
        return Begun(redirect_uri, *(self._derived(one, said) for one in ("state", "nonce", "verifier")))

    def _derived(self, what: str, said: str) -> str:
        mac = hmac.digest(self._key, f"{what} {said}".encode(), hashlib.sha256)
        return urlsafe_b64encode(mac).rstrip(b"=").decode()


class Vouching:
    """Lets people in for whom a provider vouches. One per hub."""

    def __init__(
        self,
        database: Database,
        sessions: Sessions,
        passwords: Passwords,
        handles: Handles,
        providers: Mapping[ProviderName, Provider],
        front_door: str,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._passwords = passwords
        self._handles = handles
        self._providers = providers
        self._front_door = front_door

    @property
    def providers(self) -> tuple[ProviderName, ...]:
        """Who can be asked here."""
        return tuple(sorted(self._providers))

    def begin(self, name: ProviderName) -> tuple[str, str, datetime]:
        """Where to send somebody, the handle to finish with, and until when. Raises NoSuchThing."""
        provider = self._provider(name)
        now = self._database.clock.now()
        expires_at = now.replace(microsecond=0) + BEGUN_LIFETIME
        handle = self._handles.make(name, expires_at)
        return provider.address(self._begun(handle, name)), handle, expires_at

    async def finish(
        self,
        name: ProviderName,
        back: CameBack,
        *,
        device: str | None = None,
        by: Actor | None = None,
        address: Address | None = None,
    ) -> SignedIn:
        """Begin a session of whoever came back. Is it asked `by` somebody in a session of theirs, the account there is
        linked to their account.

        Raises NotBegun, NotVouched, ProviderAway, NoSuchThing, what `hub.domain.vouching` refuses, and SessionOver
        where they were signed out while the provider was asked.
        """
        provider, begun = self._provider(name), self._begun(back.handle, name)
        # Somebody who was sent to one provider and comes back from another is led by somebody else (RFC 9207, 2.4).
        is_theirs = back.issuer is None or back.issuer == provider.issuer
        if not is_theirs or not hmac.compare_digest(back.state.encode(), begun.state.encode()):
            raise NotBegun
        async with self._database.transaction():
            if not await vouching.finish(hash_of(back.handle), BEGUN_LIFETIME):
                raise NotBegun
        vouched = await provider.vouched(back.code, begun)
        person = await self._whose(name, vouched, by, address)
        try:
            return await self._sessions.sign_in_vouched(person, device, address)
        except WrongCredentials:
            # They have shut everybody out meanwhile.
            raise NotBegun from None

    def _provider(self, name: ProviderName) -> Provider:
        provider = self._providers.get(name)
        if provider is None:
            raise NoSuchThing(thing="provider")
        return provider

    def _begun(self, handle: str, name: ProviderName) -> Begun:
        redirect_uri = f"{self._front_door}{SIGNED_IN}/{name}"
        return self._handles.begun(handle, name, redirect_uri, self._database.clock.now())

    async def _whose(self, name: ProviderName, vouched: Vouched, by: Actor | None, address: Address | None) -> Person:
        """Whose account opens, linked or made where it must be."""
        try:
            async with self._database.transaction():
                user = None if by is None else await _still_there(by)
                known = await vouching.person_of(name, vouched.subject)
                if known is None:
                    known = await self._linked(name, vouched, user, address)
                elif user is not None and user != known:
                    raise LinkedElsewhere(provider=name.title())
                person = await people.by_id(known)
        except UniqueViolationError:
            # Somebody has made an account with this address in the same moment.
            raise DatabaseBusy from None
        assert person is not None, "What is linked is somebody's."
        return person

    async def _linked(
        self, name: ProviderName, vouched: Vouched, user: UserId | None, address: Address | None
    ) -> UserId:
        is_new = False
        if user is None:
            user, is_new = await self._found_or_made(name, vouched)
        if not await vouching.link(name, vouched.subject, user):
            raise LinkedAlready(provider=name.title())
        at = await connection().fetchval("select now()")
        if not is_new:
            await self._tell(name, user, at, address)
        new = Fields(fields=(name.value,)).model_dump(mode="json", by_alias=True)
        await audit.append(Noted(PLATFORM, at, f"user:{user}", LINK, LINK, str(user), new=new, address=address))
        return user

    async def _tell(self, name: ProviderName, user: UserId, at: datetime, address: Address | None) -> None:
        """Write to whoever has the account that something more opens it. If it was not them they shut everybody out."""
        person = await people.by_id(user)
        assert person is not None, "Whoever is linked is there."
        await tell_of_new_device(person, name.title(), address, at, self._front_door)

    async def _found_or_made(self, name: ProviderName, vouched: Vouched) -> tuple[UserId, bool]:
        """Who it is, and whether they are new."""
        email = vouched.email or ""
        found = await vouching.find(name, email) if email else None
        is_verified = vouched.is_email_verified and bool(email)
        what = outcome(name.title(), is_email_verified=is_verified, found=None if found is None else found[1])
        if what is Outcome.LINK:
            assert found is not None, "There is an account to be linked."
            return found[0], False
        user = UserId(new_id())
        await people.add(Person(user, email, _name(vouched.name, email), self._passwords.nobodys_hash, False))
        await vouching.email_is_verified(user)
        return user, True


async def _still_there(by: Actor) -> UserId:
    """Who asks, and whom nobody shuts out until the transaction ends. Raises SessionOver."""
    assert by.user is not None, "Nobody else has an account."
    person = await people.hold(by.user)
    if person is None or by.session is None or await sessions.under_way(by.session, by.user) is None:
        raise SessionOver
    return by.user


def _name(name: str | None, email: str) -> str:
    """How somebody is called: as they are there, and where that is no name here, as their address begins."""
    for one in (name or "", email.partition("@")[0]):
        said = " ".join("".join(mark if mark.isprintable() else " " for mark in one).split())
        if len(said) >= PERSON_NAME_LENGTH_MIN:
            return said[:PERSON_NAME_LENGTH_MAX]
    return email[:PERSON_NAME_LENGTH_MAX]


class UnlinkedAnswer(Answer):
    """Whose account opens this one no longer."""

    provider: ProviderName


@deed
async def unlink_account(work: Work, command: UnlinkAccount) -> UnlinkedAnswer:
    user = work.own_account()
    if not await vouching.unlink(user, command.provider):
        raise NoSuchThing(thing="link")
    work.note(LINK, user, Fields(fields=(command.provider.value,)), None)
    return UnlinkedAnswer(provider=command.provider)
