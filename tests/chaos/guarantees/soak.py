"""What must hold after half an hour of everything: nothing grows."""

import asyncio
import os
import time
from dataclasses import dataclass
from statistics import linear_regression, median

from hub.embedded import Servers
from tests.chaos.guarantees.beside import memory_bytes
from tests.chaos.guarantees.measuring import loaded, outcome
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import HubProcess

SOAK_SECONDS = 30 * 60.0
WARM_SECONDS = 5 * 60.0
"""Until every connection, statement and house has been in use, what a hub has grows as it should."""
LOOK_EVERY_SECONDS = 5.0
MIB_IN_TEN_MINUTES_MAX = 1.0
FILES_MORE_MAX = 5


@dataclass(frozen=True, slots=True)
class Look:
    """What one hub had at one moment."""

    seconds: float
    memory_mib: float
    files: int


async def soak(servers: Servers) -> Outcome:
    """Half an hour of the mixed load."""
    async with loaded(servers, is_cabled=False) as (stage, evening):
        looks = {hub.name: list[Look]() for hub in stage.hubs}
        began = time.monotonic()
        while (seconds := time.monotonic() - began) < SOAK_SECONDS:
            for hub in stage.hubs:
                looks[hub.name].append(Look(seconds, memory_bytes(hub) / 2**20, _files(hub)))
            await asyncio.sleep(LOOK_EVERY_SECONDS)
    warm = [[one for one in of_hub if one.seconds > WARM_SECONDS] for of_hub in looks.values()]
    return outcome(
        "30 min mixed load",
        evening,
        Figure("memory in 10 min", max(map(_slope_mib, warm)), MIB_IN_TEN_MINUTES_MAX, "MiB more"),
        Figure("open files", max(map(_files_more, warm)), FILES_MORE_MAX, "more"),
    )


def _slope_mib(looks: list[Look]) -> float:
    """By how much the memory grows in ten minutes."""
    return linear_regression([one.seconds for one in looks], [one.memory_mib for one in looks]).slope * 600


def _files_more(looks: list[Look]) -> float:
    """How many more files are open in the last third than in the first."""
    third = len(looks) // 3
    return median(one.files for one in looks[-third:]) - median(one.files for one in looks[:third])


def _files(hub: HubProcess) -> int:
    return len(os.listdir(f"/proc/{hub.pid}/fd"))
