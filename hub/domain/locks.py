"""Locks: after five sign-ins that failed, an account cannot be tried for a while from where they failed.

Where that is, is an address, or a device from which somebody has signed in to this account before. So a stranger
locks themselves out, and never whoever the account belongs to. Not its business: how often anybody may ask at all
(`hub.limits`), and whether there is such an account: it is locked, and told so, all the same.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hub.domain.refusals import Kind, Refused

FAILURES_MAX = 5
FAILURES_WITHIN = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=15)
FAILURES_KEPT = FAILURES_MAX + 1
"""One more than lock, to know whether it was the last one that did."""


class AccountLocked(Refused):
    """Signing in to this account failed too often from here. Try again in {retry_after_seconds} seconds."""

    code = "account_locked"
    kind = Kind.LOCKED


def locked_until(failed_at: Sequence[datetime]) -> datetime | None:
    """When the lock opens that these failures closed, the latest first; None where they did not close it."""
    if len(failed_at) < FAILURES_MAX or failed_at[0] - failed_at[FAILURES_MAX - 1] > FAILURES_WITHIN:
        return None
    return failed_at[0] + LOCKED_FOR


def locks(failed_at: Sequence[datetime]) -> bool:
    """Whether it is the latest of these failures that closes it."""
    return locked_until(failed_at) is not None and locked_until(failed_at[1:]) is None
