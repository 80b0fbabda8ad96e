"""A device for tests that makes passkeys and shows them, as WebAuthn Level 3 has it; and wrongly, where told so."""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any, Protocol

import cbor2
import orjson
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

Json = dict[str, Any]

PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
THERE = PRESENT | VERIFIED
ES256, EDDSA, RS256, ES512 = -7, -8, -257, -36
AAGUID = bytes(16)
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
"""Making one takes long, and no test is about who else has it."""


class Pair(Protocol):
    """A key pair that a passkey is."""

    @property
    def cose(self) -> Json: ...

    def signs(self, said: bytes) -> bytes: ...


class Es256:
    def __init__(self, curve: ec.EllipticCurve | None = None) -> None:
        self._key = ec.generate_private_key(curve or ec.SECP256R1())

    @property
    def cose(self) -> Json:
        numbers = self._key.public_key().public_numbers()
        size = (self._key.curve.key_size + 7) // 8
        crv = {"secp256r1": 1, "secp384r1": 2}[self._key.curve.name]
        return {1: 2, 3: ES256, -1: crv, -2: numbers.x.to_bytes(size, "big"), -3: numbers.y.to_bytes(size, "big")}

    def signs(self, said: bytes) -> bytes:
        return self._key.sign(said, ec.ECDSA(SHA256()))


class Ed25519:
    def __init__(self) -> None:
        self._key = ed25519.Ed25519PrivateKey.generate()

    @property
    def cose(self) -> Json:
        return {1: 1, 3: EDDSA, -1: 6, -2: self._key.public_key().public_bytes_raw()}

    def signs(self, said: bytes) -> bytes:
        return self._key.sign(said)


class Rs256:
    @property
    def cose(self) -> Json:
        numbers = RSA_KEY.public_key().public_numbers()
        return {1: 3, 3: RS256, -1: numbers.n.to_bytes(256, "big"), -2: numbers.e.to_bytes(3, "big")}

    def signs(self, said: bytes) -> bytes:
        return RSA_KEY.sign(said, padding.PKCS1v15(), SHA256())


@dataclass
class Held:
    """A passkey on the device."""

    pair: Pair
    handle: str
    id: str = field(default_factory=lambda: packed(secrets.token_bytes(16)))
    count: int = 0


@dataclass
class Authenticator:
    """Somebody's device, before a page of this origin. One that `counts` is no synced one."""

    origin: str
    rp_id: str
    counts: bool = False
    held: list[Held] = field(default_factory=list)

    def makes(
        self,
        asked: Json,
        pair: Pair | None = None,
        *,
        flags: int = THERE,
        cose: Json | None = None,
        attestation: Json | None = None,
        credential_id: str | None = None,
        **said: Any,
    ) -> Json:
        """What a page sends of a new passkey. `said` is said by the browser instead of the truth."""
        options = asked["publicKey"]
        held = Held(pair or Es256(), options["user"]["id"])
        if credential_id is not None:
            held.id = credential_id
        self.held.append(held)
        key_id = unpacked(held.id)
        attested = AAGUID + len(key_id).to_bytes(2, "big") + key_id + cbor2.dumps(cose or held.pair.cose)
        data = self._data(held, flags | ATTESTED, said.pop("rp_id", None)) + attested
        about = attestation or {"fmt": "none", "attStmt": {}}
        return {
            "credentialId": held.id,
            "clientData": packed(self._client_data("webauthn.create", options, said)),
            "attestation": packed(cbor2.dumps({**about, "authData": data})),
        }

    def shows(
        self, asked: Json, held: Held | None = None, *, flags: int = THERE, pair: Pair | None = None, **said: Any
    ) -> Json:
        """What a page sends of a passkey that is shown: the newest, where none is chosen."""
        held = held or self.held[-1]
        if self.counts:
            held.count += 1
        data = self._data(held, flags, said.pop("rp_id", None))
        client_data = self._client_data("webauthn.get", asked["publicKey"], said)
        return {
            "credentialId": held.id,
            "clientData": packed(client_data),
            "authenticatorData": packed(data),
            "signature": packed((pair or held.pair).signs(data + hashlib.sha256(client_data).digest())),
            "userHandle": held.handle,
        }

    def _data(self, held: Held, flags: int, rp_id: str | None) -> bytes:
        about = hashlib.sha256((rp_id or self.rp_id).encode()).digest()
        return about + bytes([flags]) + held.count.to_bytes(4, "big")

    def _client_data(self, kind: str, options: Json, said: Json) -> bytes:
        truth = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return orjson.dumps(truth | said)


def packed(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
