"""Some histories as real deeds, on PostgreSQL, at two hubs: they end as the domain alone has them."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.store.database import Database
from hub.telemetry import Metrics
from tests.away.arrivals import arrival, ends, state
from tests.away.deeds import VOIDS_CROSS_AND_ARE_DECIDED, Tablets
from tests.away.histories import drawn
from tests.away.plates import portions
from tests.support.databases import open_database
from tests.support.houses import a_house

PLAIN = range(20)


@pytest.fixture
async def tablets(database: Database, database_url: str) -> AsyncIterator[Tablets]:
    house = await a_house(database)
    elsewhere = await open_database(database_url)
    yield await Tablets.of(house, Deeds(DEEDS, elsewhere, Metrics(), house.tokens))
    await elsewhere.close()


async def test_the_deeds_end_as_the_domain_does_in_whatever_order_they_arrive(tablets: Tablets) -> None:
    for seed in PLAIN:
        asked = drawn(seed)
        known = frozenset().union(*(one.knows for one in asked))
        for number, arrived in enumerate((asked, arrival(asked, Random(seed)))):
            before = await tablets.portions_left()
            order = await tablets.play(arrived, f"{seed}:{number}")
            assert state(order, known) == state(ends(asked), known), f"seed {seed}"
            assert before - await tablets.portions_left() == portions(order), f"seed {seed}"
    assert tablets.repeated > len(PLAIN)


async def test_every_board_obeys_the_law_through_what_tablets_ask_when_they_are_back(tablets: Tablets) -> None:
    crossed = restored = 0
    for seed in VOIDS_CROSS_AND_ARE_DECIDED:
        order = await tablets.play(arrival(drawn(seed), Random(seed)), f"law {seed}", under_the_law=True)
        crossed += sum(line.is_crossed for line in order.lines)
        restored += sum(line.restores for line in order.lines)
    assert crossed
    assert restored
