"""Guessing passwords: at one account, from one address, from five hundred; and who gets in all the same."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable

from hub.domain.locks import FAILURES_MAX
from hub.limits import AUTH_ACCOUNT, AUTH_ADDRESS, Tier
from tests.security.__main__ import IN_FULL
from tests.security.signing_in import PASSWORD, Crowd

GUESSES, ADDRESSES = (1_000, 500) if IN_FULL in os.environ else (100, 50)
AT_ONCE = 40
Record = Callable[[str, object], None]

TRIED, LOCKED, LIMITED = "wrong_credentials", "account_locked", "auth_rate_limited"


async def guessed(crowd: Crowd, guesses: Iterable[tuple[str, str]]) -> Counter[str]:
    """What came of guesses at accounts from addresses, so many at once."""
    codes, waiting = Counter[str](), asyncio.Semaphore(AT_ONCE)

    async def guess(n: int, email: str, at: str) -> None:
        async with waiting:
            codes[(await crowd.tries(email, f"guess {n}", at)).code] += 1

    await asyncio.gather(*(guess(n, email, at) for n, (email, at) in enumerate(guesses)))
    return codes


def may_be_tried(tier: Tier, since: float) -> int:
    """How many a limit lets through from a moment until now."""
    return tier.limit + int((time.monotonic() - since) / tier.interval_seconds) + 1


async def test_five_guesses_at_an_account_from_an_address_are_tried(crowd: Crowd, record_property: Record) -> None:
    (email,) = await crowd.accounts()
    codes = await guessed(crowd, [(email, crowd.address(1))] * GUESSES)
    assert codes[TRIED] == FAILURES_MAX
    assert codes.keys() <= {TRIED, LOCKED, LIMITED}
    record_property(f"of {GUESSES:,} at one account from one address tried", codes[TRIED])


async def test_who_knows_the_password_is_not_told_so_where_it_was_guessed_at(crowd: Crowd) -> None:
    (email,) = await crowd.accounts()
    await guessed(crowd, [(email, crowd.address(1))] * FAILURES_MAX)
    for password in (PASSWORD, "another guess"):
        assert (await crowd.tries(email, password, crowd.address(1))).code == LOCKED


async def test_fifty_guesses_from_an_address_are_tried_at_however_many_accounts(
    crowd: Crowd, record_property: Record
) -> None:
    emails, began = await crowd.accounts(GUESSES), time.monotonic()
    codes = await guessed(crowd, [(email, crowd.address(2)) for email in emails])
    assert AUTH_ADDRESS.limit <= codes[TRIED] <= may_be_tried(AUTH_ADDRESS, began)
    assert codes.keys() == {TRIED, LIMITED}
    record_property(f"of {GUESSES:,} from one address tried", codes[TRIED])


async def test_from_many_addresses_a_handful_is_tried_each_minute_and_a_known_device_gets_in(
    crowd: Crowd, record_property: Record
) -> None:
    (email,) = await crowd.accounts()
    device_token = (await crowd.tries(email, PASSWORD, crowd.address(1))).body["deviceToken"]
    began = time.monotonic()
    codes = await guessed(crowd, [(email, crowd.address(10 + n % ADDRESSES)) for n in range(GUESSES)])
    assert AUTH_ACCOUNT.limit <= codes[TRIED] <= may_be_tried(AUTH_ACCOUNT, began)
    assert (await crowd.tries(email, PASSWORD, crowd.address(1), device_token)).status == 200
    record_property(f"of {GUESSES:,} from {ADDRESSES} addresses tried", codes[TRIED])
