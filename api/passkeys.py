"""Passkeys: coming in by one, and adding, seeing and removing one's own.

What a browser is told has the form in which browsers take it (WebAuthn Level 3, 5.4 and 5.5, as JSON), and every
sequence of bytes is base64url, as it is there. Not its business: what is believed (`hub.actions.passkeys`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from api.sessions import Code, Device, Password
from api.showing import Knock, Listed, Look
from api.telling import Known
from hub.actions.sessions import SignedIn
from hub.commands.command import Asked, Text
from hub.domain.authenticators import ALGORITHMS, Made, Shown, as_text
from hub.domain.passkeys import BEGUN_LIFETIME, HOUSE_NAME, NAME_LENGTH_MAX
from hub.events.event import Shape
from hub.ids import PasskeyId
from hub.limits import Charge
from hub.moments import Moment
from hub.store import passkeys

BASE64URL = r"^[A-Za-z0-9_\-]+$"
CREDENTIAL_ID_LENGTH_MAX = 1364
"""Of 1,023 bytes, as WebAuthn Level 3, 4 has it."""
SAID_LENGTH_MAX = 8_192
TIMEOUT_MS = BEGUN_LIFETIME // timedelta(milliseconds=1)
SIGNED_EXAMPLE = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0"

CredentialId = Annotated[
    str,
    Field(min_length=1, max_length=CREDENTIAL_ID_LENGTH_MAX, pattern=BASE64URL, examples=["5Zr0qN3vT1mYbK7xWc2LpA"]),
]
Said = Annotated[
    str, Field(min_length=1, max_length=SAID_LENGTH_MAX, pattern=BASE64URL, repr=False, examples=[SIGNED_EXAMPLE])
]
PasskeyName = Annotated[Text, Field(min_length=1, max_length=NAME_LENGTH_MAX, examples=["My telephone"])]
PublicKey = Literal["public-key"]


class PasskeysHere(Shape):
    """For whom passkeys are made here, and the one origin whose pages can. Null where nobody can make any."""

    rp_id: str | None
    origin: str | None


class KnownCredential(Shape):
    """A passkey, as devices know it."""

    type: PublicKey = "public-key"
    id: str


class RequestOptions(Shape):
    """With what a page has a passkey shown: `PublicKeyCredentialRequestOptionsJSON`."""

    challenge: str
    rp_id: str
    timeout: int = TIMEOUT_MS
    user_verification: Literal["required"] = "required"
    allow_credentials: tuple[KnownCredential, ...] = ()


class AskedToShow(Shape):
    """What a page gives to `navigator.credentials.get`, until `expiresAt`. It says nothing of anybody."""

    public_key: RequestOptions
    expires_at: datetime


class ShownPasskey(Asked):
    """What a device has answered: `credentialId` is its `rawId`, and the rest its `response`."""

    credential_id: CredentialId
    client_data: Said
    authenticator_data: Said
    signature: Said
    user_handle: Said
    device: Device | None = None


class Knocking(Asked):
    """Nothing has to be said."""


class PartyNamed(Shape):
    """For whom a passkey is made."""

    id: str
    name: str = HOUSE_NAME


class OwnerNamed(Shape):
    """Whose it will be: by random bytes, which devices keep, and as they show them."""

    id: str
    name: str
    display_name: str


class Signing(Shape):
    """With what it may sign."""

    type: PublicKey = "public-key"
    alg: int


class Selecting(Shape):
    """It is found without a name, and proves who holds it."""

    resident_key: Literal["required"] = "required"
    require_resident_key: bool = True
    user_verification: Literal["required"] = "required"


class CreationOptions(Shape):
    """With what a page has a passkey made: `PublicKeyCredentialCreationOptionsJSON`."""

    rp: PartyNamed
    user: OwnerNamed
    challenge: str
    pub_key_cred_params: tuple[Signing, ...] = tuple(Signing(alg=one) for one in ALGORITHMS)
    timeout: int = TIMEOUT_MS
    exclude_credentials: tuple[KnownCredential, ...]
    authenticator_selection: Selecting = Selecting()
    attestation: Literal["none"] = "none"


class AskedToMake(Shape):
    """What a page gives to `navigator.credentials.create`, until `expiresAt`."""

    public_key: CreationOptions
    expires_at: datetime


class ProvenFor(Asked):
    """One's password, and a code where a second factor is on: a session that was left open adds nothing."""

    password: Password
    code: Annotated[Code | None, Field(repr=False)] = None


class MadePasskey(Asked):
    """What a device has made, and how one calls it: `credentialId` is its `rawId`, the rest of its `response`."""

    name: PasskeyName
    credential_id: CredentialId
    client_data: Said
    attestation: Said


class Passkey(Shape):
    """One of somebody's passkeys."""

    passkey_id: PasskeyId
    name: str
    added_at: Moment
    used_at: Moment | None


class Passkeys(Listed):
    """Somebody's passkeys."""

    items: tuple[Passkey, ...]


def passkeys_here(knock: Knock) -> PasskeysHere:
    """Where passkeys can be made and shown for this hub."""
    house = knock.hub.passkeys.house
    return PasskeysHere(rp_id=house and house.rp_id, origin=house and house.origin)


async def begin_with_passkey(knock: Knock, credentials: Knocking) -> AskedToShow:
    """Begin to sign in with a passkey."""
    house, challenge, expires_at = knock.hub.passkeys.ask_to_show()
    return AskedToShow(
        public_key=RequestOptions(challenge=as_text(challenge), rp_id=house.rp_id), expires_at=expires_at
    )


async def tried(knock: Knock, credentials: ShownPasskey) -> Sequence[Charge]:
    """As what it counts where it fails."""
    return await knock.hub.passkeys.tried_with(credentials.credential_id, knock.address)


async def finish_with_passkey(knock: Knock, credentials: ShownPasskey) -> SignedIn:
    """Begin a session with a passkey, which is both factors."""
    said = credentials
    shown = Shown(said.credential_id, said.client_data, said.authenticator_data, said.signature, said.user_handle)
    return await knock.hub.passkeys.let_in(shown, said.device, address=knock.address)


async def mine(look: Look) -> Passkeys:
    """One's own passkeys."""
    user = look.own_account()
    async with look.snapshot():
        kept = await passkeys.of_person(user)
    return Passkeys(items=tuple(map(_seen, kept)))


async def begin_passkey(known: Known, said: ProvenFor) -> AskedToMake:
    """Begin with a new passkey: what to have it made with."""
    begun = await known.hub.passkeys.ask_to_make(known.user, known.session, said.password, said.code)
    options = CreationOptions(
        rp=PartyNamed(id=begun.house.rp_id),
        user=OwnerNamed(id=as_text(begun.handle), name=begun.person.email, display_name=begun.person.name),
        challenge=as_text(begun.challenge),
        exclude_credentials=tuple(KnownCredential(id=as_text(one)) for one in begun.known),
    )
    return AskedToMake(public_key=options, expires_at=begun.expires_at)


async def add_passkey(known: Known, said: MadePasskey) -> Passkey:
    """Add a passkey that a device has made."""
    made = Made(said.credential_id, said.client_data, said.attestation)
    return _seen(await known.hub.passkeys.add_made(known.user, known.session, said.name, made, known.address))


def _seen(kept: passkeys.Passkey) -> Passkey:
    return Passkey(passkey_id=kept.id, name=kept.name, added_at=kept.added_at, used_at=kept.used_at)
