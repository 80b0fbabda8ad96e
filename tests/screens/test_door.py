"""Coming in: through the form, by a tap in a demo, by keyboard, in another language, and out again."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import expect

from hub import demo
from hub.commands.sessions import LogOutEverywhere
from hub.ids import SessionId
from hub.people import Actor, Role
from hub.store import sessions
from rooms.sockets import Socket
from tests.screens.conftest import Arrives, Restaurant
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import LEFT, PATIENCE_MS, PHONE, Cook, Glass, Guest, Operator, Owner, Passerby, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

STAFF = (Cook, Waiter, Operator, Owner)
PUBLIC = re.compile(
    r"^GET \S+(/|/kitchen|/floor|/ops|/office|/account|/assets/[\w.-]+|/favicon\.ico"
    r"|/api/v2/welcome|/api/v2/auth/(?:providers|passkeys))$"
)
"""What is asked for by a page before anybody signed in."""
ANSWERED = """(path) => new Promise((answered) => {
  const look = (list) => list.getEntries().some(({ name }) => name.endsWith(path)) && answered();
  new PerformanceObserver(look).observe({ type: "resource", buffered: true });
})"""
"""Until this was asked for and has come."""


async def test_somebody_signs_in_through_the_form_and_out_again(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    for who in STAFF:
        person = await arrives(who, hub)
        account = restaurant.accounts[who.role]
        await person.signs_in(account.email, account.password)
        if who is Cook:
            await person.goes_to("Grill")
        await person.is_live()
        await person.signs_out()
        await person.is_asked_to_sign_in()
        await person.reloads()
        await person.is_asked_to_sign_in()


async def test_signed_out_nothing_is_asked_but_the_welcome_and_how_to_come_in_and_nobody_is_offered_by_a_tap(
    hub: RunningHub, arrives: Arrives
) -> None:
    for who in (Passerby, *STAFF):
        person: Glass = await arrives(who, hub)
        await person.is_asked_to_sign_in()
        for way in ("/auth/providers", "/auth/passkeys"):
            await person.page.evaluate(ANSWERED, way)
        await person.page.wait_for_load_state("networkidle")
        assert [one for one in person.asked if not PUBLIC.search(one)] == [], who.screen
        for once in ("/api/v2/welcome", "/api/v2/auth/providers", "/api/v2/auth/passkeys"):
            assert sum(once in one for one in person.asked) == 1, (who.screen, once)
        assert person.lines == [], who.screen
        # A hub in production is no demo.
        await person.reads_nowhere("This is a demo.")


async def test_a_wrong_password_is_said_in_words(hub: RunningHub, restaurant: Restaurant, arrives: Arrives) -> None:
    cook = await arrives(Cook, hub)
    cook.expects(r"\b401\b")
    await cook.signs_in(restaurant.accounts[Role.COOK].email, "not this one")
    await expect(cook.page.get_by_role("alert")).to_have_text("The email or the password is wrong.")


async def test_a_cook_works_on_from_one_token_to_the_next_and_notices_nothing(
    hub: RunningHub, dinner: Dinner, arrives: Arrives, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = dinner.shift(Role.COOK, lasts=timedelta(minutes=2)) | {"renewAtMs": 0}
    goes_on, believe = asyncio.Event(), hub.rooms.rights._believe

    def believes(socket: Socket, token: str, actor: Actor) -> None:
        if socket.token not in (None, token):
            goes_on.set()
        believe(socket, token, actor)

    monkeypatch.setattr(hub.rooms.rights, "_believe", believes)
    cook: Cook = await arrives(Cook, hub, shift=shift, address="/kitchen?pass")
    await cook.is_live()
    (socket,) = hub.rooms.sockets.of_user(dinner.people[Role.COOK].id)
    await asyncio.wait_for(goes_on.wait(), PATIENCE_MS / 1_000)
    await dinner.orders("7", "Ladle burger")
    await cook.sees_ticket("Table 7")
    assert socket.is_open
    assert cook.loads == 1


async def test_a_tablet_whose_token_ran_out_while_it_was_away_works_on_by_itself(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    shift = {**dinner.shift(Role.COOK, lasts=timedelta(hours=-3)), "renewAtMs": 10**15}
    cook: Cook = await arrives(Cook, hub, shift=shift, address="/kitchen?pass")
    cook.expects(r"\b401\b")
    await dinner.orders("7", "Ladle burger")
    await cook.sees_ticket("Table 7")
    await cook.is_live()
    assert cook.loads == 1


async def test_a_session_that_was_ended_elsewhere_shows_the_sign_in_and_why(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
    await cook.is_live()
    person = replace(dinner.actor(Role.COOK), session=SessionId(dinner.people[Role.COOK].id))
    await hub.hub.deeds.do(LogOutEverywhere(), by=person)
    await cook.is_asked_to_sign_in()
    await expect(cook.page.get_by_role("alert")).to_have_text("You were signed out. Please sign in again.")
    assert cook.loads == 1


async def test_who_signs_out_leaves_no_session_behind(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    account = restaurant.accounts[Role.COOK]
    cook: Cook = await arrives(Cook, hub)
    await cook.signs_in(account.email, account.password)
    await cook.goes_to("Grill")
    await cook.is_live()
    user = dinner.people[Role.COOK].id
    async with hub.hub.database.snapshot():
        before = {one.id: one.device for one in await sessions.of_person(user)}
    (begun,) = (one for one, device in before.items() if device is not None and device.startswith("kitchen, "))
    async with cook.page.expect_response("**/auth/logout"):
        await cook.signs_out()
    async with hub.hub.database.snapshot():
        assert begun not in {one.id for one in await sessions.of_person(user)}


async def test_whoever_has_no_job_at_a_screen_is_told_so(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    host: Cook = await arrives(Cook, hub, dinner, role=Role.HOST)
    await expect(host.page.get_by_role("alert")).to_contain_text("Hollis Grey has no job at this screen.")
    manager: Operator = await arrives(Operator, hub, dinner, role=Role.MANAGER)
    await manager.reads("This screen is for operators of the hub")


async def test_a_screen_changes_its_language_at_once_and_keeps_it(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.orders("7", "Ladle burger")
    cook: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Grill']}")
    await cook.sees_ticket("Table 7")
    await cook.speaks("es")
    await cook.sees_ticket("Mesa 7")
    await expect(cook.page.locator("html")).to_have_attribute("lang", "es")
    await cook.reloads()
    await cook.sees_ticket("Mesa 7")
    assert cook.loads == 2


async def test_a_device_that_speaks_spanish_is_answered_in_spanish(hub: RunningHub, arrives: Arrives) -> None:
    for who in (Passerby, *STAFF, Guest):
        address = "/track/nothing" if who is Guest else None
        person: Glass = await arrives(who, hub, language="es-MX", address=address, size=PHONE)
        await expect(person.page.locator("html")).to_have_attribute("lang", re.compile("^es"))
        await expect(person.page.locator("body")).to_contain_text(re.compile("contraseña|enlace", re.IGNORECASE))


async def test_a_cook_signs_in_and_bumps_by_keyboard_alone(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    await dinner.orders("7", "Ladle burger")
    account = restaurant.accounts[Role.COOK]
    cook: Cook = await arrives(Cook, hub)
    await cook.is_asked_to_sign_in()
    await cook.tabs_to(re.compile("Email"))
    await cook.types(account.email)
    await cook.presses("Tab")
    await cook.types(account.password)
    await cook.presses("Enter")
    await cook.reads("Where does this screen hang?")
    await cook.tabs_to(re.compile("^Grill"))
    await cook.presses("Enter")
    await cook.sees_ticket("Table 7")
    await cook.presses("1")
    await cook.sees_no_ticket("Table 7")


# ------------------------------------------------------------------ a demo


async def _as_demo(hub: RunningHub, *, speed: int = 1) -> None:
    hub.hub.demo = await demo.find(hub.hub.database, speed=speed)


async def test_in_a_demo_one_tap_signs_in(hub: RunningHub, arrives: Arrives) -> None:
    await _as_demo(hub)
    names = {
        Cook: "Cora Bell, cook",
        Waiter: "Wren Hall, waiter",
        Operator: "Olive Marsh, owner",
        Owner: "Max Field, manager",
    }
    for who, name in names.items():
        person: Glass = await arrives(who, hub)
        await person.taps(name)
        if isinstance(person, Cook):
            await person.goes_to("Grill")
        await person.is_live()


async def test_a_demo_shows_its_pulse_at_the_front_door(
    hub: RunningHub, other_hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await _as_demo(other_hub)
    passerby: Passerby = await arrives(Passerby, other_hub)
    await expect(passerby.heading("The Copper Ladle, right now")).to_be_visible()
    await passerby.is_live()
    fired = await dinner.orders("7", "Ladle burger")
    await passerby.reads("Table 7: ticket fired to Grill")
    await dinner.bumps(fired.tickets[0].ticket_id)
    await passerby.reads(re.compile(r"Table 7: ticket for Grill bumped after 0:\d\d"))
    await passerby.reads(re.compile(r"Nothing missed\."))
    # Whoever looks in is nobody's shift.
    assert await passerby.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('shift'))") == []


async def test_every_door_of_a_demo_is_one_tap(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    await _as_demo(hub)
    await dinner.orders("7", "Fish and chips")
    passerby: Passerby = await arrives(Passerby, hub)
    passerby.expects(LEFT)
    for door in ("Kitchen", "Floor", "Ops"):
        await passerby.is_live()
        await passerby.page.get_by_role("link", name=re.compile(f"^{door}")).click()
        await passerby.page.wait_for_url(re.compile(f"/{door.lower()}"))
        await expect(passerby.page.get_by_label("Password")).to_have_count(0)
        await passerby.goes("/")
    await passerby.is_live()
    # The guest's door follows somebody's order.
    await passerby.taps(re.compile("^A guest’s order"))
    await passerby.reads("The kitchen is cooking")


async def test_a_device_that_was_lost_is_signed_out_from_any_screens_menu(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    account = restaurant.accounts[Role.COOK]
    lost: Cook = await arrives(Cook, hub, address="/kitchen?pass")
    await lost.signs_in(account.email, account.password)
    await lost.is_live()
    cook: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
    await cook.opens_account()
    await cook.reads("This device")
    await cook.taps("Sign out there")
    await cook.taps("Really? Touch again")
    await lost.is_asked_to_sign_in()
    await expect(cook.page.get_by_role("button", name="Sign out there")).to_have_count(0)
    await cook.is_live()
