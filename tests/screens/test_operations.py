"""The screen of whoever runs the house: one sentence that is true within seconds, whatever happens to a hub."""

import re

import pytest
from playwright.async_api import expect

from hub import boards
from hub.audience import announcements_room
from hub.boards.user import AnnouncementsBoard
from hub.people import Role
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.houses import SECRET
from tests.support.hubs import RunningHub
from tests.support.processes import brigade
from tests.support.screens import Cook, Operator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_sentence_says_that_all_is_well(
    hub: RunningHub, other_hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    operator: Operator = await arrives(Operator, hub, dinner)
    await operator.is_told(re.compile(r"2 hubs, 1 socket\b"))
    cook: Cook = await arrives(Cook, other_hub, dinner, address="/kitchen?pass")
    await cook.is_live()
    # Who listens at one hub is counted at the other.
    await operator.is_told(re.compile(r"2 hubs, 2 sockets\b"))


async def test_a_hub_that_is_killed_is_silent_within_seconds_and_said_first(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    settings = hub.hub.settings
    environment = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url, "BRIGADE_SECRET": SECRET}
    operator: Operator = await arrives(Operator, hub, dinner)
    async with brigade("serve", environment={**environment, "PORT": "0"}) as doomed:
        await doomed.url()
        await operator.is_told(re.compile("2 hubs"))
        doomed.kill()
        await operator.is_told(re.compile("silent"))
        await expect(
            operator.page.get_by_role("region", name=re.compile("Something is wrong|Keep an eye"))
        ).to_be_visible()


async def test_what_is_refused_anywhere_is_listed(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    cook: Cook = await arrives(Cook, hub)
    cook.expects(r"\b401\b")
    operator: Operator = await arrives(Operator, hub, dinner)
    await operator.reads("Nothing was refused since the hubs started.")
    await cook.signs_in("nobody@example.test", "not this one")
    await operator.reads(re.compile("wrong_credentials"))


async def test_an_operator_speaks_to_a_role_and_sees_that_it_was_said(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    operator: Operator = await arrives(Operator, hub, dinner)
    panel = operator.page.get_by_role("region", name="Say something")
    await panel.get_by_label("To").select_option("cook")
    await panel.get_by_label("Title").fill("A shorter menu")
    await panel.get_by_label("Message").fill("From tomorrow on.")
    await panel.get_by_role("button", name="Say it").click()
    await expect(panel.get_by_role("status")).to_have_text("“A shorter menu” was said.")
    await expect(panel.get_by_label("Title")).to_have_value("")
    async with hub.hub.database.snapshot():
        board = await boards.load(announcements_room(Role.COOK))
    assert isinstance(board, AnnouncementsBoard)
    assert [one.title for one in board.announcements] == ["A shorter menu"]
