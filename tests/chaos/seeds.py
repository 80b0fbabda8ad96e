"""Evenings whose faults are drawn from a seed. A failure says its seed, and the seed plays it again."""

from collections.abc import Iterable
from random import Random

from hub.embedded import Servers
from tests.chaos.evening import SMALL, Evening, an_evening
from tests.chaos.faults import Happening, Scene, drawn, happen
from tests.chaos.report import EVENING, Figure, Outcome, Table
from tests.chaos.stage import a_stage

EVENING_SECONDS = 12.0
FAULTS_MIN, FAULTS_MAX = 2, 6
HUBS = (2, 3)


async def play_seeds(servers: Servers, seeds: Iterable[int], table: Table) -> None:
    """One evening for each seed."""
    for seed in seeds:
        table.add(f"{EVENING}{seed}", await play_seed(servers, seed))


async def play_seed(servers: Servers, seed: int) -> Outcome:
    """The evening of this seed, and what the oracle says of it."""
    dice = Random(seed)
    happenings = drawn(dice, evening_seconds=EVENING_SECONDS, count=dice.randint(FAULTS_MIN, FAULTS_MAX))
    try:
        async with (
            a_stage(servers, hubs=dice.choice(HUBS)) as stage,
            an_evening(stage, seed=seed, size=SMALL) as evening,
        ):
            await happen(Scene(stage, evening.devices, dice), happenings)
    except (TimeoutError, ExceptionGroup, AssertionError) as failure:
        return Outcome(_title(seed, happenings), (), (f"it came to no end: {failure!r}",))
    return _outcome(seed, happenings, evening)


def _outcome(seed: int, happenings: list[Happening], evening: Evening) -> Outcome:
    verdict = evening.verdict
    wrongs = () if verdict.is_clean else (f"{_title(seed, happenings)}: {verdict}",)
    figures = (Figure("lost", verdict.lost, 0), Figure("twice", verdict.doubled, 0))
    return Outcome(_title(seed, happenings), figures, wrongs)


def _title(seed: int, happenings: list[Happening]) -> str:
    return f"seed {seed}: " + ", ".join(map(str, happenings))
