"""A short turn of the fuzzing: with a fixed seed, and as few as find most. The long one is a command: `make fuzz`."""

import asyncio
import os
from collections.abc import Callable
from itertools import product

from tests.fuzz.asking import VERSIONS, Effort, ask
from tests.fuzz.findings import Findings
from tests.fuzz.stage import ASKERS, a_stage
from tests.security.__main__ import IN_FULL

SEED = 86
IN_SHORT = (
    ("v2", "owner", Effort(examples=2, phases=("fuzzing",))),
    ("v1", "guest", Effort(examples=1, phases=("fuzzing",))),
)
"""Which version, as whom, and how much is asked."""
ALL = tuple((version, name, Effort()) for version, name in product(VERSIONS, ASKERS))
CASES_MIN = 300
DONE_MIN = 40
"""Operations that somebody is let do. Whoever is told no everywhere has tried nothing."""


async def test_whatever_is_asked_is_answered_as_the_documents_say(
    database_url: str, redis_url: str, record_property: Callable[[str, object], None]
) -> None:
    findings = Findings()
    async with a_stage(database_url, redis_url) as stage:
        for version, name, effort in ALL if os.environ.get(IN_FULL) else IN_SHORT:
            asker = await stage.asker(name)
            findings.take_in(await asyncio.to_thread(ask, stage.url, version, asker, SEED, effort))
        findings.troubles += stage.complaints
    for what, count in {"cases": findings.cases, "failures": len(findings.failures), "5xx": findings.crashes}.items():
        record_property(what, count)
    assert findings.is_clean, "\n".join([*findings.wrongs, findings.summary])
    assert findings.cases >= CASES_MIN
    assert len(findings.done) >= DONE_MIN, sorted(findings.operations - findings.done)
