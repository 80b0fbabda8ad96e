"""Signing in with an account elsewhere: who is let in, whose account it is, and every way in which somebody is not."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from hub.actions.passwords import HASHER
from hub.actions.sessions import WrongCredentials
from hub.domain.vouching import ProviderName
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.outside.providers import Begun, Vouched
from hub.store import people
from hub.store.connections import connection
from hub.store.people import Person
from tests.api.conftest import PASSWORD, Answer, Caller
from tests.support.porters import Letters
from tests.support.providers import ANOTHERS_KEY, CLIENT, SECRET, Provider, vouching_for

ADA = {"email": "ada@example.test", "email_verified": True, "name": "Ada Lovelace"}
FRONT_DOOR = "https://brigade.example"


@pytest.fixture
async def elsewhere(hub: Hub) -> AsyncIterator[Provider]:
    """A provider that is Google and Facebook to the hub."""
    async with vouching_for(hub, FRONT_DOOR) as provider:
        yield provider


async def begins(nobody: Caller, provider: str = "google") -> dict[str, Any]:
    answer = await nobody.posts(f"/auth/{provider}/begin", {})
    assert answer.status == 200, answer.body
    begun: dict[str, Any] = answer.json
    return begun


async def finishes(nobody: Caller, provider: str = "google", **said: Any) -> Answer:
    return await nobody.posts(f"/auth/{provider}/finish", said)


async def signs_in(
    nobody: Caller, elsewhere: Provider, subject: str, provider: str = "google", token: str | None = None, **claims: Any
) -> Answer:
    """Somebody goes there, is vouched for, and comes back."""
    begun = await begins(nobody, provider)
    code, state = elsewhere.grants(begun["url"], subject, **claims)
    more = {} if token is None else {"accessToken": token}
    return await finishes(nobody, provider, code=code, state=state, handle=begun["handle"], **more)


async def an_account(hub: Hub, email: str = ADA["email"], *, is_verified: bool = True) -> UserId:
    user = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(user, email, "Ada", HASHER.hash(PASSWORD), is_operator=False))
        if is_verified:
            await connection().execute("update person set email_verified_at = now() where id = $1", user)
    return user


def with_token(nobody: Caller, answer: Answer) -> Caller:
    assert answer.status == 200, answer.body
    return Caller(nobody.client, answer.json["accessToken"])


# ------------------------------------------------------------------ who is let in


async def test_whom_nobody_knew_has_an_account_from_now_on(nobody: Caller, elsewhere: Provider) -> None:
    me = (await with_token(nobody, await signs_in(nobody, elsewhere, "ada-1", **ADA)).gets("/me")).json
    assert (me["email"], me["name"], me["roles"]) == (ADA["email"], ADA["name"], {})
    again = await with_token(nobody, await signs_in(nobody, elsewhere, "ada-1")).gets("/me")
    assert again.json["userId"] == me["userId"]
    wrong = await nobody.posts("/auth/login", {"email": ADA["email"], "password": "guess"})
    assert wrong.code == "wrong_credentials"


async def test_the_audit_has_from_where_somebody_came_in_whom_a_provider_vouched_for(
    nobody: Caller, elsewhere: Provider, hub: Hub
) -> None:
    user = (await signs_in(nobody, elsewhere, "ada-1", **ADA)).json["userId"]
    async with hub.database.snapshot():
        noted = await connection().fetch(
            "select action, address from audit where actor = $1 order by seq", f"user:{user}"
        )
    assert [tuple(one) for one in noted] == [("link", "127.0.0.1"), ("sign_in", "127.0.0.1")]


async def test_an_address_that_both_sides_have_verified_finds_its_account_once(
    nobody: Caller, elsewhere: Provider, hub: Hub
) -> None:
    user = await an_account(hub)
    here = with_token(nobody, await signs_in(nobody, elsewhere, "ada-1", **ADA | {"email": "ADA@example.test"}))
    assert (await here.gets("/me")).json["userId"] == str(user)
    assert [one["provider"] for one in (await here.gets("/me/links")).json["items"]] == ["google"]
    # Known by whom the provider means: the address may become anybody's there.
    moved = with_token(nobody, await signs_in(nobody, elsewhere, "ada-1", email="new@example.test"))
    assert (await moved.gets("/me")).json["userId"] == str(user)
    another = await signs_in(nobody, elsewhere, "another-2", **ADA)
    assert (another.status, another.code) == (409, "link_first")


async def test_an_address_that_one_side_has_not_verified_opens_nothing(
    nobody: Caller, elsewhere: Provider, hub: Hub
) -> None:
    await an_account(hub)
    await an_account(hub, "bob@example.test", is_verified=False)
    for claims in (
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": 1.5},
        {"email_verified": "yes"},
        {"email": None},
    ):
        assert (await signs_in(nobody, elsewhere, "ada-1", **ADA | claims)).code == "email_not_verified", claims
    assert (await signs_in(nobody, elsewhere, "bob-1", **ADA | {"email": "bob@example.test"})).code == "link_first"
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from linked_account") == 0


async def test_by_facebook_one_is_let_in_once_one_has_linked_it(nobody: Caller, elsewhere: Provider, hub: Hub) -> None:
    user = await an_account(hub)
    # It does not say whose an address is, whatever stands in its answer.
    assert (await signs_in(nobody, elsewhere, "fb-1", "facebook", **ADA)).code == "email_not_verified"
    signed_in = await nobody.posts("/auth/login", {"email": ADA["email"], "password": PASSWORD})
    token = signed_in.json["accessToken"]
    linked = await signs_in(nobody, elsewhere, "fb-1", "facebook", token, **ADA)
    assert linked.json["userId"] == str(user)
    assert (await signs_in(nobody, elsewhere, "fb-1", "facebook")).json["userId"] == str(user)


async def test_an_account_there_opens_one_here_and_one_here_is_opened_by_one_there(
    nobody: Caller, elsewhere: Provider, stranger: Caller, waiter: Caller
) -> None:
    await signs_in(nobody, elsewhere, "fb-1", "facebook", stranger.token)
    assert (await signs_in(nobody, elsewhere, "fb-1", "facebook", waiter.token)).code == "linked_elsewhere"
    assert (await signs_in(nobody, elsewhere, "fb-2", "facebook", stranger.token)).code == "linked_already"
    assert (await stranger.asks("DELETE", "/me/links/facebook")).json == {"provider": "facebook"}
    assert (await stranger.gets("/me/links")).json["items"] == []
    assert (await stranger.asks("DELETE", "/me/links/facebook")).code == "not_found"
    assert (await signs_in(nobody, elsewhere, "fb-1", "facebook")).code == "email_not_verified"


async def test_who_has_a_second_factor_comes_in_by_their_password_and_not_by_somebodys_word(
    nobody: Caller, elsewhere: Provider, hub: Hub
) -> None:
    user = await an_account(hub)
    assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).status == 200
    async with hub.database.transaction():
        await connection().execute(
            "insert into second_factor (person_id, secret, is_on_since) values ($1, 'locked', now())", user
        )
    answer = await signs_in(nobody, elsewhere, "ada-1", **ADA)
    assert (answer.status, answer.code) == (401, "second_factor_needed")


async def test_nothing_is_linked_for_whom_the_hub_does_not_know(
    nobody: Caller, elsewhere: Provider, waiter: Caller, hub: Hub
) -> None:
    assert (await signs_in(nobody, elsewhere, "ada-1", token="made up", **ADA)).code == "token_invalid"
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from linked_account") == 0


async def test_a_hub_says_who_can_vouch_and_knows_nobody_else(nobody: Caller, hub: Hub) -> None:
    assert (await nobody.gets("/auth/providers")).json["items"] == []
    refused = await nobody.posts("/auth/google/begin", {})
    assert (refused.status, refused.code) == (404, "not_found")
    assert (await nobody.posts("/auth/myspace/begin", {})).code == "no_such_route"


async def test_one_is_sent_to_the_provider_with_all_that_it_takes(nobody: Caller, elsewhere: Provider) -> None:
    listed = (await nobody.gets("/auth/providers")).json["items"]
    assert listed == [{"provider": "facebook"}, {"provider": "google"}]
    begun = await begins(nobody)
    code, _ = elsewhere.grants(begun["url"], "ada-1")
    asked = elsewhere.granted[code].asked
    assert asked["redirect_uri"] == f"{FRONT_DOOR}/signed-in/google"
    assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
    assert SECRET not in begun["url"]
    other = elsewhere.granted[elsewhere.grants((await begins(nobody))["url"], "ada-1")[0]].asked
    assert not {asked[one] for one in ("state", "nonce", "code_challenge")} & set(other.values())


async def test_an_account_that_was_deleted_is_opened_by_nobody_elsewhere(
    nobody: Caller, elsewhere: Provider, hub: Hub
) -> None:
    user = await an_account(hub)
    here = with_token(nobody, await signs_in(nobody, elsewhere, "ada-1", **ADA))
    assert (await here.asks("DELETE", "/me", {"password": PASSWORD})).status == 200
    assert (await signs_in(nobody, elsewhere, "ada-1")).code == "email_not_verified"
    anew = await signs_in(nobody, elsewhere, "ada-1", **ADA)
    assert anew.json["userId"] != str(user)


async def test_a_letter_tells_of_what_opens_an_account_besides_and_a_new_password_shuts_that_out(
    nobody: Caller, elsewhere: Provider, hub: Hub
) -> None:
    letters, user = Letters(hub.database, FRONT_DOOR), await an_account(hub)
    await signs_in(nobody, elsewhere, "bob-1", **ADA | {"email": "bob@example.test"})
    assert await letters.come() == [], "whose account is new knows of it"
    signed_in = await nobody.posts("/auth/login", {"email": ADA["email"], "password": PASSWORD})
    await signs_in(nobody, elsewhere, "fb-thief", "facebook", signed_in.json["accessToken"])
    (letter,) = await letters.come()
    assert (letter.to, letter.template, letter.facts["device"]) == (ADA["email"], "new_device", "Facebook")
    await signs_in(nobody, elsewhere, "ada-1", **ADA)
    assert [one.facts["device"] for one in await letters.come()] == ["Google"]
    await signs_in(nobody, elsewhere, "ada-1", **ADA)
    await nobody.posts("/auth/forgot", {"email": ADA["email"]})
    (reset,) = await letters.come()
    changed = await nobody.posts("/auth/reset", {"token": reset.token, "password": "seven tubas at noon"})
    assert changed.status == 200
    assert (await signs_in(nobody, elsewhere, "fb-thief", "facebook")).code == "email_not_verified"
    assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).json["userId"] == str(user)


async def test_whoever_shuts_everybody_out_is_believed_before_who_vouched_a_moment_ago(hub: Hub) -> None:
    user = await an_account(hub)
    async with hub.database.transaction():
        recognised = await people.by_id(user)
        assert recognised is not None
        await people.set_password(user, HASHER.hash("another"))
    with pytest.raises(WrongCredentials):
        await hub.sessions.sign_in_vouched(recognised)


@pytest.mark.parametrize("leaves", ["signs out everywhere", "deletes the account"])
async def test_who_is_signed_out_while_the_provider_is_asked_links_nothing(
    nobody: Caller, elsewhere: Provider, hub: Hub, monkeypatch: pytest.MonkeyPatch, leaves: str
) -> None:
    user = await an_account(hub)
    signed_in = await nobody.posts("/auth/login", {"email": ADA["email"], "password": PASSWORD})
    ada = with_token(nobody, signed_in)
    asked = hub.vouching._providers[ProviderName.GOOGLE].vouched

    async def slowly(code: str, begun: Begun) -> Vouched:
        vouched = await asked(code, begun)
        method, path, body = ("DELETE", "/me", {"password": PASSWORD})
        if leaves == "signs out everywhere":
            method, path, body = ("POST", "/auth/logout-everywhere", {})
        assert (await ada.asks(method, path, body)).status == 200
        return vouched

    monkeypatch.setattr(hub.vouching._providers[ProviderName.GOOGLE], "vouched", slowly)
    thief = await signs_in(nobody, elsewhere, "thief-1", token=ada.token)
    assert (thief.status, thief.code) == (401, "session_over")
    async with hub.database.snapshot():
        assert not await connection().fetchval("select count(*) from linked_account where person_id = $1", user)


# ------------------------------------------------------------------ who is not


async def test_what_one_did_not_begin_oneself_is_not_finished(nobody: Caller, elsewhere: Provider) -> None:
    mine, anothers, facebooks = await begins(nobody), await begins(nobody), await begins(nobody, "facebook")
    code, state = elsewhere.grants(mine["url"], "ada-1", **ADA)
    handle = mine["handle"]
    for said in (
        {"state": "made up", "handle": handle},
        {"state": state, "handle": anothers["handle"]},
        {"state": state, "handle": facebooks["handle"]},
        {"state": state, "handle": "made up"},
        {"state": state, "handle": handle[:-1] + ("A" if handle[-1] != "A" else "B")},
        {"state": state, "handle": handle.replace("google", "facebook")},
        {"state": state, "handle": handle, "iss": "https://another.example"},
    ):
        answer = await finishes(nobody, code=code, **said)
        assert (answer.status, answer.code) == (401, "sign_in_not_begun"), said
    facebook = await finishes(nobody, "facebook", code=code, state=state, handle=handle)
    assert facebook.code == "sign_in_not_begun"
    assert elsewhere.asked == []
    finished = await finishes(nobody, code=code, state=state, handle=handle, iss=elsewhere.base)
    assert finished.status == 200


async def test_a_sign_in_is_finished_once(nobody: Caller, elsewhere: Provider) -> None:
    begun = await begins(nobody)
    code, state = elsewhere.grants(begun["url"], "ada-1", **ADA)
    said = {"code": code, "state": state, "handle": begun["handle"]}
    assert (await finishes(nobody, **said)).status == 200
    again, asked = await finishes(nobody, **said), len(elsewhere.asked)
    assert again.code == "sign_in_not_begun"
    # A code that was used opens nothing under another handle either.
    other = await begins(nobody)
    _, state = elsewhere.grants(other["url"], "ada-1")
    answer = await finishes(nobody, code=code, state=state, handle=other["handle"])
    assert (answer.code, len(elsewhere.asked)) == ("not_vouched", asked + 1)


async def test_a_code_that_was_given_for_another_sign_in_opens_nothing(nobody: Caller, elsewhere: Provider) -> None:
    """A code that was stolen on its way, put into a sign-in of the thief's own: PKCE and the nonce tell."""
    victims, thiefs = await begins(nobody), await begins(nobody)
    code, _ = elsewhere.grants(victims["url"], "ada-1", **ADA)
    _, state = elsewhere.grants(thiefs["url"], "thief")
    answer = await finishes(nobody, code=code, state=state, handle=thiefs["handle"])
    assert (answer.status, answer.code) == (401, "not_vouched")


async def test_a_sign_in_ends_after_ten_minutes(
    nobody: Caller, elsewhere: Provider, monkeypatch: pytest.MonkeyPatch, hub: Hub
) -> None:
    begun = await begins(nobody)
    code, state = elsewhere.grants(begun["url"], "ada-1", **ADA)
    later = hub.database.clock.now() + timedelta(minutes=10)
    monkeypatch.setattr(hub.database.clock, "now", lambda: later)
    assert (await finishes(nobody, code=code, state=state, handle=begun["handle"])).code == "sign_in_not_begun"


BENT: tuple[dict[str, Any], ...] = (
    {"nonce": "another"},
    {"nonce": None},
    {"aud": "another-house"},
    {"aud": [CLIENT, "another-house"]},
    {"azp": "another-house"},
    {"iss": "https://accounts.google.example"},
    {"exp": 1},
    {"iat": 99_999_999_999},
    {"sub": ""},
    {"sub": "x" * 300},
    {"sub": None},
)
FORGED: tuple[tuple[str, Any], ...] = (
    ("algorithm", "none"),
    ("algorithm", "HS256"),
    ("algorithm", "PS256"),
    ("key", ANOTHERS_KEY),
    ("header", {}),
    ("header", {"kid": "another"}),
)
BAD_ANSWERS: tuple[tuple[web.Response, str], ...] = (
    (web.Response(status=500), "provider_unavailable"),
    (web.Response(status=429), "provider_unavailable"),
    (web.Response(text="hello"), "not_vouched"),
    (web.json_response([]), "not_vouched"),
    (web.json_response({}), "not_vouched"),
    (web.json_response({"id_token": 7}), "not_vouched"),
    (web.Response(body=b'{"id_token": "' + b"x" * 100_000 + b'"}'), "not_vouched"),
)
BAD_KEYS: tuple[tuple[web.Response, str], ...] = (
    (web.Response(status=503), "provider_unavailable"),
    (web.json_response({"keys": []}), "not_vouched"),
    (web.json_response({"keys": [7]}), "not_vouched"),
)


async def test_a_token_that_was_not_signed_for_this_sign_in_opens_nothing(
    nobody: Caller, elsewhere: Provider, record_property: Callable[[str, object], None]
) -> None:
    for bent in BENT:
        answer = await signs_in(nobody, elsewhere, **{"subject": "ada-1"} | _said(bent))
        assert (answer.status, answer.code) == (401, "not_vouched"), bent
    record_property("tokens", len(BENT))
    assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).status == 200


def _said(bent: dict[str, Any]) -> dict[str, Any]:
    return ADA | {"subject" if name == "sub" else name: value for name, value in bent.items()}


async def test_a_token_that_somebody_else_signed_opens_nothing(
    nobody: Caller, elsewhere: Provider, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    for how, value in FORGED:
        with monkeypatch.context() as bent:
            bent.setattr(elsewhere, how, value)
            answer = await signs_in(nobody, elsewhere, "ada-1", **ADA)
        assert (answer.status, answer.code) == (401, "not_vouched"), (how, value)
    record_property("tokens", len(FORGED))
    assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).status == 200


async def test_a_provider_that_answers_badly_lets_nobody_in(nobody: Caller, elsewhere: Provider) -> None:
    for answer, code in BAD_ANSWERS:
        elsewhere.instead["/exchange"] = answer
        assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).code == code


@pytest.mark.parametrize(("keys", "code"), BAD_KEYS)
async def test_keys_that_a_provider_does_not_tell_open_nothing(
    nobody: Caller, elsewhere: Provider, keys: web.Response, code: str
) -> None:
    elsewhere.instead["/keys"] = keys
    assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).code == code


async def test_a_provider_cannot_send_the_hub_anywhere(nobody: Caller, elsewhere: Provider) -> None:
    elsewhere.instead["/exchange"] = web.Response(status=307, headers={"Location": f"{elsewhere.base}/keys"})
    assert (await signs_in(nobody, elsewhere, "ada-1", **ADA)).code == "not_vouched"
    assert elsewhere.asked == ["/exchange"]
