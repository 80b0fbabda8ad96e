"""What must hold of deeds: one key has one effect, and what there are fifty of is sold fifty times."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from uuid import uuid4

import aiohttp
import asyncpg
import orjson

from hub.embedded import Servers
from hub.people import Role
from hub.store.database import Database
from tests.chaos.crew import API, token_of
from tests.chaos.devices import Json
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import Stage, a_stage
from tests.support.houses import House, a_house

AT_ONCE = 200
PORTIONS = 50
KILLS = 5
ORDERS_UNDER = "select count(*) from ledger where command_id = $1 and name = 'order_placed'"


async def one_key(servers: Servers) -> Outcome:
    """Two hundred at once with one key at two hubs, and then another body with the same."""
    async with a_stage(servers) as stage:
        house, key = await _house(stage), str(uuid4())
        order = _order(house, "Burger")
        answers = await _all_at_once(stage, house, [order] * AT_ONCE, lambda _: key)
        other = await _place(stage, house, _order(house, "Soup"), key, hub=0)
        orders = await _count(stage, "select count(*) from customer_order")
        entries = await _count(
            stage, "select count(*) from ledger where command_id = $1 and name = 'order_placed'", key
        )
    bodies = {body for status, body in answers if status == 201}
    return Outcome(
        "200 requests at once with one key, two hubs; another body",
        (
            Figure("effects beside the one", abs(orders - 1) + abs(entries - 1), 0),
            Figure("answers beside the one", len(bodies) - 1, 0),
            Figure("not acknowledged", sum(status != 201 for status, _ in answers), 0),
            Figure("another body, not 422", other[0] != 422, 0),
        ),
    )


async def killed_before_answering(servers: Servers) -> Outcome:
    """kill -9 of a hub between commit and answer: whoever asks again hears the first answer."""
    unlike, effects = 0, 0
    async with a_stage(servers) as stage:
        house = await _house(stage)
        for _ in range(KILLS):
            key, order = str(uuid4()), _order(house, "Burger")
            await _commit_without_answer(stage, house, order, key)
            again = [await _place(stage, house, order, key, hub=1) for _ in range(2)]
            unlike += any(status != 201 for status, _ in again) or len({body for _, body in again}) != 1
            effects += await _count(stage, ORDERS_UNDER, key)
            await stage.hubs[0].start()
    return Outcome(
        "kill -9 between commit and answer",
        (Figure("effects beside the one", abs(effects - KILLS), 0), Figure("retries not answered alike", unlike, 0)),
    )


async def racers(servers: Servers) -> Outcome:
    """Two hundred racers for fifty portions, and for one table."""
    async with a_stage(servers) as stage:
        house = await _house(stage)
        sold = await _all_at_once(stage, house, [_order(house, "Special")] * AT_ONCE, lambda _: str(uuid4()))
        left = await _count(stage, "select portions_left from menu_item where name = 'Special'")
        table = house.tables["1"]
        seated = await _all_at_once(
            stage,
            house,
            [{"covers": 2}] * AT_ONCE,
            lambda _: str(uuid4()),
            role=Role.HOST,
            path=f"/tables/{table}/seatings",
        )
        deadlocks = await _count(stage, "select deadlocks from pg_stat_database where datname = current_database()")
    refused = Counter(orjson.loads(body)["code"] for status, body in (*sold, *seated) if status not in (201, 503))
    return Outcome(
        "200 racers for 50 portions, and for one table",
        (
            Figure("portions sold beside 50", abs(sum(status == 201 for status, _ in sold) - PORTIONS), 0),
            Figure("portions left", left, 0),
            Figure("parties at the table beside one", abs(sum(status == 201 for status, _ in seated) - 1), 0),
            Figure("deadlocks", deadlocks, 0),
            Figure("answers of another kind", sum(status >= 500 for status, _ in (*sold, *seated)), 0),
        ),
        () if refused else ("nobody was refused",),
    )


# ---------------------------------------------------------------------- asking

Answer = tuple[int, bytes]


async def _house(stage: Stage) -> House:
    database = await Database.open(stage.database_url)
    try:
        return await a_house(database)
    finally:
        await database.close()


def _order(house: House, item: str) -> Json:
    return {
        "kind": "pickup",
        "customerName": "Ada",
        "lines": [{"itemId": str(house.items[item].id), "quantity": 1}],
    }


async def _all_at_once(
    stage: Stage,
    house: House,
    bodies: Sequence[Json],
    key_of: Callable[[int], str],
    *,
    role: Role = Role.WAITER,
    path: str | None = None,
) -> list[Answer]:
    path = path or f"/restaurants/{house.id}/orders"
    asking = (
        _ask(stage, house, role, path, body, key_of(number), hub=number % 2) for number, body in enumerate(bodies)
    )
    return list(await asyncio.gather(*asking))


async def _place(stage: Stage, house: House, order: Json, key: str, *, hub: int) -> Answer:
    return await _ask(stage, house, Role.WAITER, f"/restaurants/{house.id}/orders", order, key, hub=hub)


async def _ask(stage: Stage, house: House, role: Role, path: str, body: Json, key: str, *, hub: int) -> Answer:
    """Ask until it is not merely busy."""
    headers = {"Authorization": f"Bearer {token_of(house, role)}", "Idempotency-Key": key}
    dice = Random(key)
    while True:
        async with stage.web.post(stage.hubs[hub].url + API + path, json=body, headers=headers) as answer:
            data = await answer.read()
            is_busy = answer.status == 503 or b'"in_progress"' in data
            if not is_busy:
                return answer.status, data
        await asyncio.sleep(dice.uniform(0.05, 0.2))


async def _commit_without_answer(stage: Stage, house: House, order: Json, key: str) -> None:
    """Ask the first hub, whose words do not get out any more, and kill it once the order is in the ledger."""
    hub = stage.hubs[0]
    asking = asyncio.create_task(_place(stage, house, order, key, hub=0))
    # What is asked gets in, for the cable is read; what is answered does not get out.
    hub.door.say_nothing_back()
    while not await _count(stage, ORDERS_UNDER, key):  # noqa: ASYNC110  # only PostgreSQL knows
        await asyncio.sleep(0.01)
    await hub.kill()
    hub.door.mend()
    hub.door.hang_up()
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError, aiohttp.ClientError, OSError):
        await asking


async def _count(stage: Stage, sql: str, *arguments: object) -> int:
    line = await asyncpg.connect(stage.database_url)
    try:
        return int(await line.fetchval(sql, *arguments))
    finally:
        await line.close()
