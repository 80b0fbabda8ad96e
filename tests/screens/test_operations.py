"""The screen of whoever runs the house: one sentence that is true within seconds, whatever happens to a hub."""

import re

import pytest
from playwright.async_api import expect

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
