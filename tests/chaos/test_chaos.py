"""A short turn of the fault harness, and that it sees what is lost. The long one is a command: `make chaos`."""

from collections.abc import Iterator
from random import SystemRandom

import pytest

from hub.embedded import Servers
from tests.chaos.guarantees import GUARANTEES
from tests.chaos.seeds import play_seed
from tests.chaos.stage import some_servers


@pytest.fixture(scope="module")
def own_servers() -> Iterator[Servers]:
    """Servers that may be killed and frozen."""
    with some_servers() as servers:
        yield servers


async def test_whatever_happens_nothing_is_lost_and_nothing_comes_twice(own_servers: Servers) -> None:
    a_seed_nobody_has_seen = SystemRandom().randrange(1_000_000)
    outcome = await play_seed(own_servers, a_seed_nobody_has_seen)
    again = f"make chaos ROWS=seeds SEEDS=1 FIRST={a_seed_nobody_has_seen}"
    assert outcome.holds, "\n".join([again, *outcome.wrongs])


@pytest.mark.parametrize("row", ["control", "forgers", "one_key"])
async def test_a_row_of_the_table_holds(own_servers: Servers, row: str) -> None:
    outcome = await GUARANTEES[row](own_servers)
    assert outcome.holds, [*outcome.wrongs, *map(str, outcome.figures)]
