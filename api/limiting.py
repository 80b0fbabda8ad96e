"""Counting requests, and telling whoever asks how much they have left.

The headers are those of the IETF's draft (draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy`, `RateLimit`), and
the three that older clients know; `Retry-After` comes with the refusal (`api.errors`). Not its business: figures, and
who is counted under which (`hub.limits`), and where it is counted (`hub.turnstile`).
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from math import ceil
from types import MappingProxyType

from aiohttp import web

from hub.domain.passwords import UNFIT_PASSWORDS
from hub.domain.refusals import Kind, Refused
from hub.domain.second_factors import SecondFactorNeeded
from hub.keys import HUB
from hub.limits import Charge, Verdict, must_be_allowed

VERDICTS: web.RequestKey[Sequence[Verdict]] = web.RequestKey("verdicts", Sequence)

POLICY, LEFT = "RateLimit-Policy", "RateLimit"
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        POLICY: 'Which limits this was counted under: `"staff";q=3000;w=300` is 3,000 in 300 seconds.',
        LEFT: 'What is left of each: `"staff";r=2990;t=1` is 2,990, and all of it again in a second.',
        "RateLimit-Limit": "Of the limit with the least left: how many it is.",
        "RateLimit-Remaining": "Of the same: how many are left.",
        "RateLimit-Reset": "Of the same: after how many seconds all of it is left again.",
    }
)
"""What each header says, by its name."""


async def count(request: web.Request, *charges: Charge) -> None:
    """Count a request. Raises the limit's refusal."""
    request[VERDICTS] = verdicts = await request.app[HUB].turnstile.take(*charges)
    must_be_allowed(verdicts)


@asynccontextmanager
async def counting_wrong_ones(request: web.Request, *charges: Charge) -> AsyncIterator[None]:
    """Count what is done inside where it ends with somebody not being who they say they are, and only then.

    It is counted before it is tried: so however many try at once, no more get through. Raises the limit's refusal.
    """
    async with _counting(request, charges, _is_wrong):
        yield


@asynccontextmanager
async def counting_but_passwords(request: web.Request, *charges: Charge) -> AsyncIterator[None]:
    """Count what is done inside, but for what ends with a password that nobody should choose: they choose another.

    Raises the limit's refusal.
    """
    async with _counting(request, charges, lambda refusal: not isinstance(refusal, UNFIT_PASSWORDS)):
        yield


def _is_wrong(refusal: Refused | None) -> bool:
    # Whoever is asked for a second factor has shown the right password.
    return refusal is not None and refusal.kind is Kind.UNAUTHORIZED and not isinstance(refusal, SecondFactorNeeded)


@asynccontextmanager
async def _counting(
    request: web.Request, charges: Sequence[Charge], is_counted: Callable[[Refused | None], bool]
) -> AsyncIterator[None]:
    """Count it, and put back what was taken where what came of it is not counted."""
    await count(request, *charges)
    came: Refused | None = None
    try:
        yield
    except Refused as refusal:
        came = refusal
        raise
    finally:
        if not is_counted(came):
            verdicts = request[VERDICTS]
            request.app[HUB].turnstile.give_back(verdicts, *charges)
            request[VERDICTS] = [one.given_back() for one in verdicts]


def tell(request: web.Request, answer: web.StreamResponse) -> None:
    """Say in an answer's headers what is left, where the request was counted."""
    verdicts = request.get(VERDICTS)
    if not verdicts:
        return
    headers, least = answer.headers, min(verdicts, key=lambda one: one.remaining)
    headers[POLICY] = ", ".join(f'"{one.tier.name}";q={one.tier.limit};w={one.tier.window_seconds}' for one in verdicts)
    headers[LEFT] = ", ".join(f'"{one.tier.name}";r={one.remaining};t={ceil(one.whole_in_seconds)}' for one in verdicts)
    headers["RateLimit-Limit"] = str(least.tier.limit)
    headers["RateLimit-Remaining"] = str(least.remaining)
    headers["RateLimit-Reset"] = str(ceil(least.whole_in_seconds))
