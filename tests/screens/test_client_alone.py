"""The screens' client without any screen: the example of its README, run in Node against a hub."""

import asyncio

from hub.people import Role
from hub.store.database import Database
from tests.support.houses import a_house
from tests.support.hubs import a_hub
from tests.support.node import runs_vitest


async def test_another_team_can_watch_a_kitchen_and_bump_with_the_client_alone(
    database: Database, database_url: str, redis_url: str
) -> None:
    house = await a_house(database)
    await house.fires("1")
    async with a_hub(database_url, redis_url) as hub:
        environment = {
            "HUB_URL": hub.url,
            "HUB_TOKEN": house.token(Role.COOK),
            "HUB_RESTAURANT": str(house.id),
        }
        ran = await asyncio.to_thread(runs_vitest, "src/hub/example.live.test.ts", environment=environment)

    assert ran.returncode == 0, ran.stdout
    assert "2 passed" in ran.stdout
