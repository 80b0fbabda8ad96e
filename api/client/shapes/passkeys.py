"""What travels between a hub and its clients: passkeys.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen


class PasskeyRemovedAnswer(TypedDict):
    """The passkey that opens nothing any more."""

    passkeyId: str


class RemovePasskey(TypedDict):
    """Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost."""

    seen: NotRequired[Seen | None]
    passkeyId: str


class AskedToMake(TypedDict):
    """What a page gives to `navigator.credentials.create`, until `expiresAt`."""

    publicKey: CreationOptions
    expiresAt: str


class AskedToShow(TypedDict):
    """What a page gives to `navigator.credentials.get`, until `expiresAt`. It says nothing of anybody."""

    publicKey: RequestOptions
    expiresAt: str


class CreationOptions(TypedDict):
    """With what a page has a passkey made: `PublicKeyCredentialCreationOptionsJSON`."""

    rp: PartyNamed
    user: OwnerNamed
    challenge: str
    pubKeyCredParams: list[Signing]
    timeout: int
    excludeCredentials: list[KnownCredential]
    authenticatorSelection: Selecting
    attestation: Literal["none"]


class Knocking(TypedDict):
    """Nothing has to be said."""


class KnownCredential(TypedDict):
    """A passkey, as devices know it."""

    type: Literal["public-key"]
    id: str


class MadePasskey(TypedDict):
    """What a device has made, and how one calls it: `credentialId` is its `rawId`, the rest of its `response`."""

    name: str
    credentialId: str
    clientData: str
    attestation: str


class OwnerNamed(TypedDict):
    """Whose it will be: by random bytes, which devices keep, and as they show them."""

    id: str
    name: str
    displayName: str


class PartyNamed(TypedDict):
    """For whom a passkey is made."""

    id: str
    name: str


class Passkey(TypedDict):
    """One of somebody's passkeys."""

    passkeyId: str
    name: str
    addedAt: str
    usedAt: str | None


class Passkeys(TypedDict):
    """Somebody's passkeys."""

    nextCursor: str | None
    items: list[Passkey]


class PasskeysHere(TypedDict):
    """For whom passkeys are made here, and the one origin whose pages can. Null where nobody can make any."""

    rpId: str | None
    origin: str | None


class ProvenFor(TypedDict):
    """One's password, and a code where a second factor is on: a session that was left open adds nothing."""

    password: str
    code: NotRequired[str | None]


class RestRemovePasskey(TypedDict):
    """Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost."""

    seen: NotRequired[Seen | None]


class RequestOptions(TypedDict):
    """With what a page has a passkey shown: `PublicKeyCredentialRequestOptionsJSON`."""

    challenge: str
    rpId: str
    timeout: int
    userVerification: Literal["required"]
    allowCredentials: list[KnownCredential]


class Selecting(TypedDict):
    """It is found without a name, and proves who holds it."""

    residentKey: Literal["required"]
    requireResidentKey: bool
    userVerification: Literal["required"]


class ShownPasskey(TypedDict):
    """What a device has answered: `credentialId` is its `rawId`, and the rest its `response`."""

    credentialId: str
    clientData: str
    authenticatorData: str
    signature: str
    userHandle: str
    device: NotRequired[str | None]


class Signing(TypedDict):
    """With what it may sign."""

    type: Literal["public-key"]
    alg: int
