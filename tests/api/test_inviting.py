"""Hiring by a letter: who may invite whom, what the letter opens and for how long, and that it hires once."""

import asyncio
from typing import Any

import pytest

from hub.actions.passwords import HASHER
from hub.audience import PLATFORM, restaurant_scope, user_scope
from hub.commands.people import TakeRole
from hub.domain.invitations import LETTERS_MAX, LETTERS_TO_ONE_MAX
from hub.ids import UserId, new_id
from hub.jobs import ForgetInvitations
from hub.keys import Hub
from hub.people import Role
from hub.porter import ERRANDS, Errand, Means
from hub.store import people
from hub.store.connections import connection
from hub.store.people import Person
from tests.api.conftest import Answer, Caller, Calls
from tests.support.houses import House, begins_shift, token_of
from tests.support.porters import Got, Letters
from tests.support.waiting import in_the_middle, until_somebody_waits

ANN, BEN = "ann@example.test", "ben@example.test"
GOOD = "seven tubas at noon"
FRONT_DOOR = "https://brigade.example"


@pytest.fixture
def letters(hub: Hub) -> Letters:
    return Letters(hub.database, FRONT_DOOR)


@pytest.fixture
async def ann(hub: Hub, nobody: Caller) -> Caller:
    """Somebody who has an account, works nowhere, and reads Spanish."""
    user = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(user, ANN, "Ann", HASHER.hash("her own password"), is_operator=False))
        await connection().execute("update person set language = 'es' where id = $1", user)
        await begins_shift(user)
    return Caller(nobody.client, token_of(user))


async def invites(caller: Caller, house: House, email: str = BEN, *roles: str) -> Answer:
    body = {"email": email, "roles": roles or ["cook"]}
    return await caller.posts(f"/restaurants/{house.id}/invitations", body)


async def pending(caller: Caller, house: House) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await caller.gets(f"/restaurants/{house.id}/invitations")).json["items"]
    return items


async def opens(nobody: Caller, letter: Got) -> Answer:
    return await nobody.posts("/auth/invitation", {"token": letter.token})


async def joins(nobody: Caller, letter: Got, password: str = GOOD) -> Answer:
    return await nobody.posts("/auth/join", {"token": letter.token, "name": "Ben", "password": password})


async def accepts(caller: Caller, letter: Got) -> Answer:
    return await caller.posts("/me/invitations", {"token": letter.token})


async def roles_of(hub: Hub, house: House, email: str) -> frozenset[Role] | None:
    """What somebody is to the house; None where nobody has this address."""
    async with hub.database.snapshot():
        person = await people.by_email(email)
        return None if person is None else (await people.grants_of(person.id)).get(house.id, frozenset())


async def test_whoever_has_no_account_is_registered_verified_and_hired_in_one(
    nobody: Caller, manager: Caller, house: House, hub: Hub, letters: Letters
) -> None:
    invited = await invites(manager, house, " Ben@Example.test ", "expo", "cook")
    assert (invited.status, "email" in invited.json) == (201, False)
    (letter,) = await letters.come()
    assert (letter.to, letter.template, letter.language) == (BEN, "invitation", "en")
    assert (letter.facts["restaurant"], letter.facts["days"]) == ("The Test Kitchen", "7")
    assert letter.facts["link"].startswith(f"{FRONT_DOOR}/#invitation=")
    said = (await opens(nobody, letter)).json
    assert (said["restaurant"], said["roles"], said["email"]) == ("The Test Kitchen", ["cook", "expo"], BEN)
    assert (said["hasAccount"], said["passwordLengthMin"]) == (False, 15)
    short = await joins(nobody, letter, "tubas@noon")
    assert (short.status, short.code, short.json["lengthMin"]) == (422, "password_too_short", 15)
    assert (await joins(nobody, letter, "passwordpassword")).code == "password_too_obvious"
    joined = await joins(nobody, letter)
    assert (joined.status, joined.json["email"], joined.json["roles"]) == (200, BEN, ["cook", "expo"])
    signed_in = await nobody.posts("/auth/login", {"email": BEN, "password": GOOD})
    assert signed_in.json["roles"] == {str(house.id): ["cook", "expo"]}
    new = Caller(nobody.client, signed_in.json["accessToken"])
    assert (await new.gets(f"/rooms/kitchen:{house.id}")).status == 200
    assert await pending(manager, house) == []
    assert (await opens(nobody, letter)).code == (await joins(nobody, letter)).code == "invitation_over"


async def test_whoever_has_an_account_accepts_with_it_alone_and_nobody_elses_is_hired(
    nobody: Caller, manager: Caller, house: House, hub: Hub, letters: Letters, ann: Caller, stranger: Caller
) -> None:
    known, unknown = await invites(manager, house, ANN), await invites(manager, house, BEN)
    assert (known.status, known.json.keys()) == (unknown.status, unknown.json.keys())
    to_ann, to_ben = sorted(await letters.come(), key=lambda one: one.to)
    assert (to_ann.language, to_ben.language) == ("es", "en")
    assert (await opens(nobody, to_ann)).json["hasAccount"] is True
    assert (await joins(nobody, to_ann)).code == "has_account_already"
    assert (await accepts(nobody, to_ann)).code == "not_signed_in"
    wrong = await accepts(stranger, to_ann)
    assert (wrong.status, wrong.code) == (403, "invitation_for_another")
    assert ANN.encode() not in wrong.body
    assert await roles_of(hub, house, "stranger@example.test") == frozenset()
    hired = await accepts(ann, to_ann)
    assert (hired.status, hired.json) == (200, {"restaurantId": str(house.id), "roles": ["cook"]})
    assert (await ann.gets(f"/rooms/kitchen:{house.id}")).status == 200
    assert (await accepts(ann, to_ann)).code == "invitation_over"
    again = await invites(manager, house, ANN, "waiter")
    assert (again.status, again.code) == (409, "works_here_already")


async def test_of_however_many_tabs_one_is_hired(
    nobody: Caller, manager: Caller, house: House, hub: Hub, letters: Letters, ann: Caller
) -> None:
    for email in (ANN, BEN):
        await invites(manager, house, email)
    to_ann, to_ben = sorted(await letters.come(), key=lambda one: one.to)
    tabs = await asyncio.gather(*(accepts(ann, to_ann) for _ in range(4)), *(joins(nobody, to_ben) for _ in range(4)))
    assert sorted(one.status for one in tabs[:4]) == [200] + [422] * 3
    assert [one.status for one in tabs[4:]].count(200) == 1
    codes = {one.code for one in tabs if one.status != 200}
    assert codes <= {"invitation_over", "has_account_already"}
    async with hub.database.snapshot():
        told = await connection().fetch("select scope from ledger where name = 'your_rights_changed'")
    assert len(told) == len({row["scope"] for row in told}) == 2


async def test_a_role_that_is_given_at_the_desk_meanwhile_is_not_lost(
    manager: Caller, house: House, hub: Hub, letters: Letters, ann: Caller
) -> None:
    await invites(manager, house, ANN)
    (letter,) = await letters.come()
    user = (await ann.gets("/me")).json["userId"]
    given = manager.asks("PUT", f"/restaurants/{house.id}/people/{user}/roles/waiter", {})
    assert [one.status for one in await asyncio.gather(accepts(ann, letter), given)] == [200, 200]
    assert await roles_of(hub, house, ANN) == {Role.COOK, Role.WAITER}


async def test_only_an_owner_invites_an_owner_and_takes_that_back(
    manager: Caller, calls: Calls, house: House, letters: Letters
) -> None:
    owner = calls(Role.OWNER)
    assert (await invites(manager, house, BEN, "owner", "cook")).code == "not_your_job"
    assert (await invites(owner, house, BEN, "guest")).code == "not_a_role"
    invitation = f"/invitations/{(await invites(owner, house, BEN, 'owner')).json['invitationId']}"
    # Nor by inviting the same address as something smaller.
    refused = [
        await manager.asks("DELETE", invitation),
        await manager.posts(f"{invitation}/send"),
        await invites(manager, house, BEN, "cook"),
    ]
    assert {one.code for one in refused} == {"not_your_job"}
    assert [one["roles"] for one in await pending(manager, house)] == [["owner"]]
    assert (await owner.asks("DELETE", invitation)).status == 200
    assert await letters.come() == []


async def test_an_invitation_that_was_taken_back_replaced_or_forgotten_opens_nothing(
    nobody: Caller, manager: Caller, house: House, hub: Hub, letters: Letters
) -> None:
    first = (await invites(manager, house)).json
    (withdrawn,) = await letters.come()
    assert (await manager.asks("DELETE", f"/invitations/{first['invitationId']}")).status == 200
    assert (await manager.asks("DELETE", f"/invitations/{first['invitationId']}")).code == "not_found"
    await invites(manager, house, BEN, "cook")
    (replaced,) = await letters.come()
    last = (await invites(manager, house, BEN, "waiter")).json
    (good,) = await letters.come()
    assert [one["invitationId"] for one in await pending(manager, house)] == [last["invitationId"]]
    assert {(await opens(nobody, one)).code for one in (withdrawn, replaced)} == {"invitation_over"}
    assert (await opens(nobody, good)).json["roles"] == ["waiter"]
    async with hub.database.transaction():
        await connection().execute("update invitation set expires_at = now()")
    assert await pending(manager, house) == []
    assert (await joins(nobody, good)).code == "invitation_over"
    assert (await manager.posts(f"/invitations/{last['invitationId']}/send")).code == "not_found"
    await ERRANDS[ForgetInvitations](ForgetInvitations(), Errand("1", Means(hub.database)))
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from invitation") == 0
        assert await connection().fetchval("select count(*) from one_time_token") == 0


async def test_another_letter_is_as_good_as_the_first_one(
    nobody: Caller, manager: Caller, calls: Calls, house: House, letters: Letters
) -> None:
    invited = (await invites(manager, house)).json
    (first,) = await letters.come()
    again = await calls(Role.OWNER).posts(f"/invitations/{invited['invitationId']}/send")
    assert again.json["invitationId"] == invited["invitationId"]
    assert again.json["invitedBy"] == str(house.user(Role.OWNER))
    assert again.json["expiresAt"] > invited["expiresAt"]
    (second,) = await letters.come()
    assert (second.to, second.token != first.token) == (BEN, True)
    assert (await opens(nobody, first)).status == (await joins(nobody, second)).status == 200
    assert (await opens(nobody, first)).code == "invitation_over"


async def test_whoever_is_dismissed_lets_nobody_in_behind_them_until_another_head_sends_it_again(
    nobody: Caller, manager: Caller, calls: Calls, house: House, letters: Letters, ann: Caller
) -> None:
    invited = (await invites(manager, house, ANN, "manager")).json
    (letter,) = await letters.come()
    user = house.user(Role.MANAGER)
    await house.does(TakeRole(restaurant_id=house.id, user_id=user, role=Role.MANAGER), by=house.owner)
    assert (await opens(nobody, letter)).code == (await accepts(ann, letter)).code == "invitation_over"
    owner = calls(Role.OWNER)
    assert [(one["invitedBy"], one["isGood"]) for one in await pending(owner, house)] == [(str(user), False)]
    await owner.posts(f"/invitations/{invited['invitationId']}/send")
    assert [one["isGood"] for one in await pending(owner, house)] == [True]
    assert (await accepts(ann, letter)).status == 200


async def test_dismissing_whoever_invited_and_accepting_happen_one_after_the_other(
    manager: Caller, house: House, hub: Hub, letters: Letters, ann: Caller
) -> None:
    """Nobody is hired by somebody whose dismissal was done when they accepted."""
    await invites(manager, house, ANN)
    (letter,) = await letters.come()
    dismissal = TakeRole(restaurant_id=house.id, user_id=house.user(Role.MANAGER), role=Role.MANAGER)
    async with in_the_middle(house, dismissal, by=house.owner) as middle:
        accepting = asyncio.create_task(accepts(ann, letter))
        await until_somebody_waits(hub.database)
        middle.go_on()
    assert (await accepting).code == "invitation_over"
    assert await roles_of(hub, house, ANN) == frozenset()


async def test_a_restaurant_writes_to_fifty_a_day_and_to_one_three_times_an_hour(
    manager: Caller, calls: Calls, house: House, hub: Hub
) -> None:
    for _ in range(LETTERS_TO_ONE_MAX):
        assert (await invites(manager, house)).status == 201
    too_often = await invites(manager, house)
    assert (too_often.status, too_often.code) == (429, "too_many_invitations")
    assert 3_500 < int(too_often.headers["Retry-After"]) <= 3_601
    async with hub.database.transaction():
        await connection().execute(
            """
            insert into invitation_letter (restaurant_id, address, at)
            select $1, sha256(n::text::bytea), now() - interval '2 hours' from generate_series(4, $2) n
            """,
            house.id,
            LETTERS_MAX,
        )
    for caller in (manager, calls(Role.OWNER)):
        assert (await invites(caller, house, ANN)).code == "too_many_invitations"
    assert [one["email"] for one in await pending(manager, house)] == [BEN]
    async with hub.database.transaction():
        await connection().execute("update invitation_letter set at = at - interval '23 hours'")
    assert (await invites(manager, house, ANN)).status == 201


async def test_the_audit_says_what_became_of_an_invitation_and_nothing_but_its_row_says_for_whom(
    nobody: Caller, manager: Caller, calls: Calls, house: House, hub: Hub, letters: Letters
) -> None:
    first = (await invites(manager, house)).json["invitationId"]
    second = (await invites(manager, house, BEN, "waiter")).json["invitationId"]
    await manager.posts(f"/invitations/{second}/send")
    *_, letter = await letters.come()
    await joins(nobody, letter)
    async with hub.database.snapshot():
        ben = await people.by_email(BEN)
    assert ben is not None
    entries = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]

    def noted(roles: dict[str, Any] | None) -> list[str] | None:
        return None if roles is None else roles["roles"]

    assert [
        (one["action"], one["entity"], one["entityId"], noted(one["old"]), noted(one["new"])) for one in entries[::-1]
    ] == [
        ("invite_person", "invitation", first, None, ["cook"]),
        ("invite_person", "invitation", first, ["cook"], None),
        ("invite_person", "invitation", second, None, ["waiter"]),
        ("send_invitation_again", "invitation", second, ["waiter"], ["waiter"]),
        ("accept_invitation", "invitation", second, ["waiter"], None),
        ("accept_invitation", "roles", str(ben.id), [], ["waiter"]),
    ]
    assert [one["actor"] for one in entries[:2]] == [f"user:{ben.id}"] * 2
    async with hub.database.snapshot():
        scopes = [PLATFORM, restaurant_scope(house.id), user_scope(ben.id)]
        kept = await connection().fetchval(
            """
            select concat(
                (select string_agg(l::text, ' ') from ledger l
                 where l.scope = any($1::text[])),
                (select string_agg(c::text, ' ') from command c),
                (select string_agg(a::text, ' ') from audit a),
                (select string_agg(i::text, ' ') from invitation_letter i)
            )
            """,
            scopes,
        )
    assert "your_rights_changed" in kept
    assert BEN not in kept.lower()
    assert letter.token not in kept


async def test_whoever_deletes_their_account_is_waited_for_nowhere(
    nobody: Caller, manager: Caller, house: House, letters: Letters, ann: Caller
) -> None:
    await invites(manager, house, ANN)
    (letter,) = await letters.come()
    assert (await ann.asks("DELETE", "/me", {"password": "her own password"})).status == 200
    assert await pending(manager, house) == []
    assert (await joins(nobody, letter)).code == "invitation_over"


async def test_a_letter_to_choose_a_password_is_no_invitation(
    nobody: Caller, manager: Caller, house: House, letters: Letters, ann: Caller
) -> None:
    await nobody.posts("/auth/forgot", {"email": ANN})
    await invites(manager, house, ANN)
    reset, invitation = sorted(await letters.come(), key=lambda one: one.template != "reset")
    assert (await accepts(ann, reset)).code == "invitation_over"
    assert (await nobody.posts("/auth/reset", {"token": invitation.token, "password": GOOD})).code == "letter_over"
