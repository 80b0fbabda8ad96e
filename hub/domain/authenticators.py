"""What a device says of a passkey, read and believed or not: the checks of WebAuthn Level 3, 7.1 and 7.2.

Whatever is wrong, and wherever, is one answer: whoever sends it is not told how far they got. The library that reads
it is imported when somebody first comes with a passkey: a hub that starts has no time for it. Not its business: whose
passkey it is, how far it has counted before, and whether a challenge was used (`hub.actions.passkeys`).
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from hub.domain.passkeys import PasskeyHouse, PasskeyUnusable, WrongPasskey

if TYPE_CHECKING:
    from webauthn.helpers.structs import AttestationObject

ES256, EDDSA, RS256 = -7, -8, -257
ALGORITHMS = (EDDSA, ES256, RS256)
"""What a passkey may sign with (IANA COSE Algorithms), the best first: Ed25519, P-256, and RSA for older Windows."""
P256 = 1
RSA_BITS_MIN = 2048


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey, as a device describes it: everything is base64url."""

    credential_id: str
    client_data: str = field(repr=False)
    attestation: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a device says to whoever asks for a passkey: everything is base64url."""

    credential_id: str
    client_data: str = field(repr=False)
    authenticator_data: str = field(repr=False)
    signature: str = field(repr=False)
    user_handle: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is kept of a new passkey."""

    credential_id: bytes
    public_key: bytes = field(repr=False)
    sign_count: int


def as_bytes(text: str) -> bytes:
    """What was written as base64url without its padding. Raises ValueError, also where another text says the same."""
    said = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if as_text(said) != text:
        raise ValueError("must be base64url")
    return said


def as_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def challenge_in(client_data: str) -> bytes | None:
    """What the device was asked to sign, as it says. None where that cannot be read."""
    try:
        said: Any = orjson.loads(as_bytes(client_data))
        return as_bytes(said["challenge"])
    except (ValueError, TypeError, KeyError):
        return None


def added(made: Made, challenge: bytes, house: PasskeyHouse) -> NewKey:
    """The passkey that a device has made for this house, when it was asked so. Raises PasskeyUnusable."""
    try:
        return _added(made, challenge, house)
    except Exception:
        # The library raises whatever it stumbles over, and what it reads was sent by anybody.
        raise PasskeyUnusable from None


def sign_count_of(shown: Shown, public_key: bytes, challenge: bytes, house: PasskeyHouse) -> int:
    """How far the device has counted whose passkey this is, and who signed for this house that they were asked so.

    Raises WrongPasskey where anything of that is not so, or nobody was there and proved who they are.
    """
    try:
        return _sign_count_of(shown, public_key, challenge, house)
    except Exception:
        raise WrongPasskey from None


def _added(made: Made, challenge: bytes, house: PasskeyHouse) -> NewKey:
    from webauthn import verify_registration_response
    from webauthn.helpers import parse_attestation_object
    from webauthn.helpers.cose import COSEAlgorithmIdentifier

    _must_be_own_page(made.client_data)
    _must_vouch_for_itself(parse_attestation_object(as_bytes(made.attestation)))
    verified = verify_registration_response(
        credential={
            "id": made.credential_id,
            "rawId": made.credential_id,
            "type": "public-key",
            "response": {"clientDataJSON": made.client_data, "attestationObject": made.attestation},
        },
        expected_challenge=challenge,
        expected_rp_id=house.rp_id,
        expected_origin=house.origin,
        require_user_verification=True,
        supported_pub_key_algs=[COSEAlgorithmIdentifier(one) for one in ALGORITHMS],
    )
    # The library takes the id from what was signed, and looks at no other.
    if verified.credential_id != as_bytes(made.credential_id):
        raise ValueError("two ids")
    _must_be_sound(verified.credential_public_key)
    return NewKey(verified.credential_id, verified.credential_public_key, verified.sign_count)


def _sign_count_of(shown: Shown, public_key: bytes, challenge: bytes, house: PasskeyHouse) -> int:
    from webauthn import verify_authentication_response

    _must_be_own_page(shown.client_data)
    verified = verify_authentication_response(
        credential={
            "id": shown.credential_id,
            "rawId": shown.credential_id,
            "type": "public-key",
            "response": {
                "clientDataJSON": shown.client_data,
                "authenticatorData": shown.authenticator_data,
                "signature": shown.signature,
                "userHandle": shown.user_handle,
            },
        },
        expected_challenge=challenge,
        expected_rp_id=house.rp_id,
        expected_origin=house.origin,
        credential_public_key=public_key,
        # It would compare before it has looked at the signature: anybody could say that a device counts backwards.
        credential_current_sign_count=0,
        require_user_verification=True,
    )
    return verified.new_sign_count


def _must_be_own_page(client_data: str) -> None:
    """The page that asked stood in no other's frame, which the library does not look at."""
    said: Any = orjson.loads(as_bytes(client_data))
    if said.get("crossOrigin", False) is not False or "topOrigin" in said:
        raise ValueError("a page within another one")


def _must_vouch_for_itself(attestation: "AttestationObject") -> None:
    """Nobody was asked by whom the device is made, and certificates that come unasked are not even read."""
    is_none = attestation.fmt == "none"
    is_its_own = attestation.fmt == "packed" and attestation.att_stmt.x5c is None
    if not is_none and not is_its_own:
        raise ValueError("an attestation")


def _must_be_sound(public_key: bytes) -> None:
    """The key is one, and of the kind that its algorithm wants (WebAuthn Level 3, 5.8.5)."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography

    decoded = decode_credential_public_key(public_key)
    key = decoded_public_key_to_cryptography(decoded)
    if decoded.alg == ES256 and getattr(decoded, "crv", None) != P256:
        raise ValueError("another curve")
    if isinstance(key, RSAPublicKey) is not (decoded.alg == RS256):
        raise ValueError("another kind of key")
    if isinstance(key, RSAPublicKey) and key.key_size < RSA_BITS_MIN:
        raise ValueError("too short a key")


def digest_of(challenge: bytes) -> bytes:
    """By what a challenge that was used is known."""
    return hashlib.sha256(challenge).digest()
