"""A provider for tests: vouches for whom it is told, over HTTP, and signs that. What it gets wrong can be chosen.

It speaks OpenID Connect as Google does, and Facebook's way of asking who somebody is. Where a browser is sent to it, it
sends back whoever sits there, without asking them anything.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from pydantic import SecretStr
from yarl import URL

from hub.actions.passwords import Passwords
from hub.actions.vouching import Handles, Vouching
from hub.domain.vouching import ProviderName
from hub.keys import Hub
from hub.outside.providers.asking import Telephone
from hub.outside.providers.facebook import Endpoints as FacebooksEndpoints
from hub.outside.providers.facebook import Facebook
from hub.outside.providers.openid import Endpoints, OpenId
from tests.support.houses import SECRET as HOUSES_SECRET

CLIENT, SECRET = "this-house", "a secret between the two"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHERS_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KID = "the-key"


@dataclass
class Granted:
    """What stands behind a code: how somebody was sent, and what will be said of them."""

    asked: dict[str, str]
    claims: dict[str, Any]


@dataclass
class Provider:
    """What was asked of it is in `asked`. `instead` is answered to whatever is asked at a path."""

    base: str = ""
    granted: dict[str, Granted] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    instead: dict[str, web.Response] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = KEY
    header: dict[str, Any] = field(default_factory=lambda: {"kid": KID})
    algorithm: str = "RS256"
    sitting: dict[str, Any] | None = None
    """Who sits before a browser that is sent here: a `sub`, and more claims. None goes back at once."""

    def grants(self, url: str, subject: str, **claims: Any) -> tuple[str, str]:
        """What somebody comes back with who was sent to this address: a code, and the state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = secrets.token_urlsafe()
        self.granted[code] = Granted(asked, {"sub": subject, **claims})
        return code, asked["state"]

    def signed(self, claims: dict[str, Any]) -> str:
        """A token that says this."""
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers=self.header)
        if self.algorithm == "HS256":
            # By hand: a library would not sign with a public key.
            parts = [_packed(orjson.dumps({"alg": "HS256", **self.header})), _packed(orjson.dumps(claims))]
            public = orjson.dumps(_public(self.key))
            return ".".join([*parts, _packed(hmac.digest(public, ".".join(parts).encode(), hashlib.sha256))])
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers=self.header)

    async def authorize(self, request: web.Request) -> web.Response:
        said = {"state": request.query["state"], "iss": self.base}
        if self.sitting is None:
            said["error"] = "access_denied"
        else:
            claims = dict(self.sitting)
            said["code"], _ = self.grants(str(request.url), claims.pop("sub"), **claims)
        raise web.HTTPFound(URL(request.query["redirect_uri"]).with_query(said))

    async def exchange(self, request: web.Request) -> web.Response:
        form = await request.post()
        granted = self.granted.pop(str(form["code"]), None)
        if granted is None or not _fits(granted.asked, {name: str(value) for name, value in form.items()}):
            return web.json_response({"error": "invalid_grant"}, status=400)
        token, now = secrets.token_urlsafe(), int(time.time())
        self.tokens[token] = granted.claims
        said = {
            "iss": self.base,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": granted.asked.get("nonce"),
            **granted.claims,
        }
        return web.json_response({"access_token": token, "id_token": self.signed(said)})

    async def keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": [{**_public(KEY), "kid": KID, "alg": "RS256", "use": "sig"}]})

    async def me(self, request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        proof = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        if token not in self.tokens or request.query["appsecret_proof"] != proof:
            return web.json_response({"error": {"code": 190}}, status=400)
        claims = self.tokens[token]
        return web.json_response({"id": claims["sub"], **{name: claims[name] for name in claims if name != "sub"}})


@asynccontextmanager
async def a_provider() -> AsyncIterator[Provider]:
    """One on a port of this machine."""
    provider, app = Provider(), web.Application()

    @web.middleware
    async def note(request: web.Request, handler: Any) -> web.StreamResponse:
        provider.asked.append(request.path)
        return provider.instead.get(request.path) or await handler(request)

    app.middlewares.append(note)
    app.router.add_get("/authorize", provider.authorize)
    app.router.add_post("/exchange", provider.exchange)
    app.router.add_get("/keys", provider.keys)
    app.router.add_get("/me", provider.me)
    async with TestServer(app) as server:
        provider.base = str(server.make_url("/")).rstrip("/")
        yield provider


@asynccontextmanager
async def vouching_for(hub: Hub, front_door: str) -> AsyncIterator[Provider]:
    """A provider that is Google and Facebook to this hub, and sends people back to its front door."""
    telephone, passwords = Telephone(), Passwords()
    async with a_provider() as provider, telephone.working():
        base, secret = provider.base, SecretStr(SECRET)
        google = Endpoints(base, f"{base}/authorize", f"{base}/exchange", f"{base}/keys")
        facebook = FacebooksEndpoints("https://www.facebook.example", f"{base}/fb", f"{base}/exchange", f"{base}/me")
        hub.vouching = Vouching(
            hub.database,
            hub.sessions,
            passwords,
            Handles(HOUSES_SECRET),
            {
                ProviderName.GOOGLE: OpenId(ProviderName.GOOGLE, google, CLIENT, secret, telephone),
                ProviderName.FACEBOOK: Facebook(facebook, CLIENT, secret, telephone),
            },
            front_door,
        )
        yield provider
    passwords.close()


def _fits(asked: dict[str, str], form: dict[str, str]) -> bool:
    """Whether whoever exchanges a code is who was sent: their secret, redirect address and verifier."""
    challenge = _packed(hashlib.sha256(form["code_verifier"].encode()).digest())
    return (
        (form["client_id"], form["client_secret"], form["grant_type"]) == (CLIENT, SECRET, "authorization_code")
        and form["redirect_uri"] == asked["redirect_uri"]
        and (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256")
    )


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _public(key: rsa.RSAPrivateKey) -> dict[str, Any]:
    return RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
