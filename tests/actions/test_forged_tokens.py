"""Tokens that somebody made up: every way to dress one up that has ever worked somewhere, and none works here."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.domain.refusals import TokenExpired, TokenInvalid
from hub.ids import RestaurantId, SeatingId, SessionId, TableId, UserId, new_id
from hub.tokens import ALGORITHM, EARLY_MAX, Tokens, refresh_token
from tests.support.houses import SECRET

Json = dict[str, Any]

NOW = datetime.now(UTC)
TOKENS = Tokens(SECRET, lambda: NOW)
GOOD = TOKENS.staff_token(UserId(new_id()), SessionId(new_id()), NOW)[0]
HEADER, PAYLOAD, SIGNATURE = GOOD.split(".")
CLAIMS: Json = jwt.decode(GOOD, options={"verify_signature": False})
STAFF = {"typ": "staff+jwt"}
SOMEBODYS = Ed25519PrivateKey.generate()
PUBLIC_PEM = TOKENS._public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
PUBLIC_RAW = TOKENS._public.public_bytes(Encoding.Raw, PublicFormat.Raw)
SOMEBODYS_JWK = {
    "kty": "OKP",
    "crv": "Ed25519",
    "x": base64.urlsafe_b64encode(SOMEBODYS.public_key().public_bytes_raw()).rstrip(b"=").decode(),
}


def encoded(value: object) -> str:
    text = value if isinstance(value, bytes) else orjson.dumps(value)
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def unsigned(algorithm: str, signature: str = "") -> str:
    return f"{encoded({'alg': algorithm, **STAFF})}.{PAYLOAD}.{signature}"


def hashed(key: bytes, algorithm: str = "HS256") -> str:
    """Signed with a secret, in the hope that a public key passes for one. PyJWT would not do so."""
    head = f"{encoded({'alg': algorithm, **STAFF})}.{PAYLOAD}"
    return f"{head}.{encoded(jwt.algorithms.get_default_algorithms()[algorithm].sign(head.encode(), key))}"


def strangers(**headers: object) -> str:
    """Signed with a key that the header itself recommends."""
    return jwt.encode(CLAIMS, SOMEBODYS, algorithm=ALGORITHM, headers={**STAFF, **headers})


def ours(claims: Json | None = None, headers: Json | None = None, *, without: str | None = None) -> str:
    """Signed with our own key, as if somebody had talked a hub into it; and yet not one of ours."""
    said = {name: value for name, value in {**CLAIMS, **(claims or {})}.items() if name != without}
    head = f"{encoded({'alg': ALGORITHM, **STAFF, **(headers or {})})}.{encoded(said)}"
    return f"{head}.{encoded(TOKENS._private.sign(head.encode()))}"


def seconds(offset: timedelta) -> int:
    return int((NOW + offset).timestamp())


FORGED: dict[str, Callable[[], str]] = {
    "alg none": lambda: unsigned("none"),
    "alg None": lambda: unsigned("None"),
    "alg NONE": lambda: unsigned("NONE"),
    "alg nOnE with the old signature": lambda: unsigned("nOnE", SIGNATURE),
    "no signature": lambda: f"{HEADER}.{PAYLOAD}.",
    "no dot either": lambda: f"{HEADER}.{PAYLOAD}",
    "HS256 with the public key as PEM": lambda: hashed(PUBLIC_PEM),
    "HS256 with the public key's bytes": lambda: hashed(PUBLIC_RAW),
    "HS256 with an empty key": lambda: hashed(b""),
    "HS256 with the hub's secret": lambda: hashed(SECRET.encode()),
    "HS384": lambda: hashed(PUBLIC_PEM, "HS384"),
    "HS512": lambda: hashed(PUBLIC_PEM, "HS512"),
    "RS256": lambda: jwt.encode(CLAIMS, generate_rsa_key(65537, 2048), algorithm="RS256", headers=STAFF),
    "ES256": lambda: jwt.encode(CLAIMS, generate_private_key(SECP256R1()), algorithm="ES256", headers=STAFF),
    "somebody's key": strangers,
    "somebody's key as jwk": lambda: strangers(jwk=SOMEBODYS_JWK),
    "somebody's key by jku": lambda: strangers(jku="https://evil.example/keys.json"),
    "somebody's key by x5u": lambda: strangers(x5u="https://evil.example/key.pem"),
    "somebody's key as x5c": lambda: strangers(x5c=["MIIB"]),
    "kid leads to a file": lambda: strangers(kid="../../../../dev/null"),
    "kid is SQL": lambda: strangers(kid="' union select 'key' --"),
    "a critical extension": lambda: ours(headers={"crit": ["exp"], "exp": 1}),
    "an unknown critical extension": lambda: ours(headers={"crit": ["b64"], "b64": False}),
    "a kid, though we have none": lambda: ours(headers={"kid": "1"}),
    "no typ": lambda: jwt.encode(CLAIMS, TOKENS._private, algorithm=ALGORITHM),
    "typ JWT": lambda: ours(headers={"typ": "JWT"}),
    "typ in capitals": lambda: ours(headers={"typ": "STAFF+JWT"}),
    "typ of an order's link": lambda: ours(headers={"typ": "order+jwt"}),
    "typ of a seating's link": lambda: ours(headers={"typ": "seating+jwt"}),
    "typ is a list": lambda: ours(headers={"typ": ["staff+jwt"]}),
    "aud of an order's link": lambda: ours({"aud": "brigade:order"}),
    "aud of everybody": lambda: ours({"aud": ["brigade:staff", "brigade:order"]}),
    "no aud": lambda: ours(without="aud"),
    "another iss": lambda: ours({"iss": "https://evil.example"}),
    "no iss": lambda: ours(without="iss"),
    "no exp": lambda: ours(without="exp"),
    "exp is text": lambda: ours({"exp": "tomorrow"}),
    "exp is null": lambda: ours({"exp": None}),
    "exp is beyond all years": lambda: ours({"exp": 10**18}),
    "over for a second": lambda: ours({"exp": seconds(timedelta(seconds=-1))}),
    "no iat": lambda: ours(without="iat"),
    "31 seconds early": lambda: ours({"iat": seconds(EARLY_MAX + timedelta(seconds=1))}),
    "no sub": lambda: ours(without="sub"),
    "sub is nobody": lambda: ours({"sub": "admin"}),
    "sub is a list": lambda: ours({"sub": [CLAIMS["sub"]]}),
    "no sid": lambda: ours(without="sid"),
    "sid is null": lambda: ours({"sid": None}),
    "sid is text": lambda: ours({"sid": "all"}),
    "a refresh token": refresh_token,
    "a link's claims in staff's clothes": lambda: ours(
        jwt.decode(
            TOKENS.seating_link(RestaurantId(new_id()), TableId(new_id()), SeatingId(new_id()), NOW),
            options={"verify_signature": False},
        ),
        without="sid",
    ),
    "other claims under the same signature": lambda: (
        f"{HEADER}.{encoded({**CLAIMS, 'sub': str(new_id())})}.{SIGNATURE}"
    ),
    "another header over the same signature": lambda: (
        f"{encoded({'typ': 'staff+jwt', 'alg': ALGORITHM})}.{PAYLOAD}.{SIGNATURE}"
    ),
    "half a signature": lambda: f"{HEADER}.{PAYLOAD}.{SIGNATURE[:43]}",
    "a signature of zeros": lambda: f"{HEADER}.{PAYLOAD}.{encoded(bytes(64))}",
    "five parts, as if encrypted": lambda: f"{GOOD}.{PAYLOAD}.{SIGNATURE}",
    "JSON serialization": lambda: json.dumps({"protected": HEADER, "payload": PAYLOAD, "signature": SIGNATURE}),
    "a header that is no object": lambda: f"{encoded([1])}.{PAYLOAD}.{SIGNATURE}",
    "a header that is no JSON": lambda: f"{encoded(b'{')}.{PAYLOAD}.{SIGNATURE}",
    "a blank before": lambda: f" {GOOD}",
    "a line end behind": lambda: f"{GOOD}\n",
    "a NUL behind": lambda: f"{GOOD}\0",
    "nothing": lambda: "",
    "dots": lambda: "..",
    "no ASCII": lambda: "ä.ö.ü",
    "a megabyte": lambda: "x" * 2**20,
}


def test_the_token_that_is_dressed_up_here_is_good() -> None:
    assert TOKENS.read(GOOD)
    assert TOKENS.read(ours())
    assert len(FORGED) >= 30


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_is_refused(how: str) -> None:
    token = FORGED[how]()
    assert token != GOOD
    with pytest.raises((TokenInvalid, TokenExpired)):
        TOKENS.read(token)
