"""A short turn of the fault harness, and that it sees what is lost. The long one is a command: `make chaos`."""

from collections.abc import Iterator
from random import SystemRandom

import pytest

from hub.embedded import Servers
from tests.chaos.guarantees import GUARANTEES
from tests.chaos.seeds import play_seed
from tests.chaos.stage import some_servers

A_SEED_NOBODY_HAS_SEEN = "another"


@pytest.fixture(scope="module")
def own_servers() -> Iterator[Servers]:
    """Servers that may be killed and frozen."""
    with some_servers() as servers:
        yield servers


@pytest.mark.parametrize("seed", ["1", A_SEED_NOBODY_HAS_SEEN])
async def test_whatever_happens_nothing_is_lost_and_nothing_comes_twice(own_servers: Servers, seed: str) -> None:
    number = SystemRandom().randrange(1_000_000) if seed == A_SEED_NOBODY_HAS_SEEN else int(seed)
    outcome = await play_seed(own_servers, number)
    assert outcome.holds, f"python -m tests.chaos seeds --seeds 1 --first {number}\n" + "\n".join(outcome.wrongs)


@pytest.mark.parametrize("row", ["control", "forgers", "one_key"])
async def test_a_row_of_the_table_holds(own_servers: Servers, row: str) -> None:
    outcome = await GUARANTEES[row](own_servers)
    assert outcome.holds, [*outcome.wrongs, *map(str, outcome.figures)]
