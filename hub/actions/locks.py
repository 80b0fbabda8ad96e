"""Locks on accounts: closed by sign-ins that fail, from where they fail, and opened by time or by the right password.

They are kept in PostgreSQL, so that they hold over all hubs, to the last try, and while Redis is away; with the letter
that tells of one, in one transaction. Not its business: the rule (`hub.domain.locks`), and counting (`hub.turnstile`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import ceil

from hub.domain.locks import AccountLocked, locked_until, locks
from hub.jobs import TellOfLock
from hub.limits import Charge, sign_in
from hub.proxies import Address
from hub.store import jobs, sign_ins
from hub.store.database import Database
from hub.tokens import Tokens, hash_of


@dataclass(frozen=True, slots=True)
class Trying:
    """Somebody who tries to sign in to an account, whether there is one or not: from an address, or at a device.

    `device` is one that the account knows, by its id.
    """

    account: str
    address: Address | None = None
    device: str | None = None

    @property
    def charges(self) -> tuple[Charge, ...]:
        """As what it counts where it fails."""
        return sign_in(self.account, self.address, self.device)

    @property
    def who(self) -> bytes:
        """A digest of the account and from where it is tried."""
        return hash_of(self.charges[0].who)


class Locks:
    """The locks of the house. One per hub."""

    def __init__(self, database: Database, tokens: Tokens) -> None:
        self._database = database
        self._tokens = tokens

    def trying(self, account: str, address: Address | None, device_token: str | None) -> Trying:
        """Who tries this account. A token that is none of ours, or another account's, is as good as none."""
        device = None if device_token is None else self._tokens.device_of(device_token, account)
        return Trying(account, address, device)

    async def must_be_open(self, trying: Trying) -> None:
        """Raise AccountLocked while it is locked for whoever tries."""
        failures = await self._database.glance(partial(sign_ins.failures, trying.who))
        if failures is not None:
            _must_be_open(failures.at, failures.now)

    async def failed(self, trying: Trying) -> None:
        """It was not them, as far as anybody knows. The last time that this may be closes the lock.

        Raises AccountLocked where others had closed it meanwhile: however many try at once, no more than so many are
        told that they were wrong.
        """
        async with self._database.transaction():
            at = await sign_ins.fail(trying.who)
            _must_be_open(at[1:], at[0])
            if locks(at):
                address = None if trying.address is None else str(trying.address)
                await jobs.enqueue(TellOfLock(email=trying.account, address=address))

    async def forgive(self, trying: Trying) -> None:
        """It was them. Asked in the transaction that lets them in; raises AccountLocked as `failed` does."""
        failures = await sign_ins.forgive(trying.who)
        if failures is not None:
            _must_be_open(failures.at, failures.now)


def _must_be_open(failed_at: Sequence[datetime], now: datetime) -> None:
    until = locked_until(failed_at)
    if until is not None and until > now:
        raise AccountLocked(retry_after_seconds=ceil((until - now).total_seconds()))
