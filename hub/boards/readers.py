"""Readers: whoever asks for something now and then, and listens to nothing, as guests ask for the menu.

Where a restaurant is asked about again and again its ledger is followed for that, and answers come from the larder. A
follower has a memory and reads a thousand entries when it opens, so nobody is followed for a single question, and at
most so many restaurants at once; the others' questions go to PostgreSQL, as they would without a larder. Restaurants
that are followed anyway, since somebody listens, cost nothing and are not counted.

Not its business: what is asked, by whom, and what it is good for (`hub.boards.larder`).
"""

import asyncio
from collections import OrderedDict

from hub.audience import Scope
from hub.boards.larder import Label, Larder, Made, Make
from hub.follow import Follower, Followers
from hub.follow.followers import LINGER_SECONDS

FOLLOWED_MAX = 100
"""Ledgers that are followed for readers alone. Each may remember up to 4 MiB, and about 1 MiB is usual."""
ASKED_ONCE_MAX = 1_000
"""Ledgers of which it is remembered that somebody has asked."""
RENEW_SECONDS = LINGER_SECONDS / 4
"""How often it is said again that somebody still reads."""


class Readers:
    """Answers readers. One per larder."""

    def __init__(self, followers: Followers, larder: Larder[bytes]) -> None:
        self._followers = followers
        self._larder = larder
        self._asked_once: OrderedDict[Scope, None] = OrderedDict()
        self._followed: OrderedDict[Scope, float] = OrderedDict()
        """Since when each was last followed for readers; the oldest first."""

    def at_hand(self, label: Label) -> Made[bytes] | None:
        """What `read` would give, where it has not to wait for it."""
        followed_at = self._followed.get(label.scope)
        if followed_at is not None and asyncio.get_running_loop().time() >= followed_at + RENEW_SECONDS:
            return None
        kept = self._larder.fresh(label.name)
        return None if kept is None else kept.made

    async def read(self, label: Label, make: Make[bytes]) -> Made[bytes]:
        """What is labelled so, as new as anything of its ledger that was heard of here before the question.

        So whoever did something at this hub reads what came of it. Raises what `make` does, and DatabaseUnavailable or
        DatabaseBusy.
        """
        follower = await self._follower(label.scope)
        if follower is None:
            return await make()
        # A making under way may be older than the asker's own deed, whose entry may still wait for an earlier one.
        heard_of = follower.head + follower.entries_behind
        return (await self._larder.get(label, follower, make, not_before=heard_of)).made

    async def _follower(self, scope: Scope) -> Follower | None:
        """The open follower of this scope, if there is one, or if it is worth it."""
        now = asyncio.get_running_loop().time()
        follower = self._followers.get(scope)
        followed_at = self._followed.get(scope)
        if follower is not None and follower.is_open and (followed_at is None or now < followed_at + RENEW_SECONDS):
            return follower
        if not self._is_worth_it(scope, now):
            return None
        self._followed[scope] = now
        self._followed.move_to_end(scope)
        follower = await self._followers.follow(scope)
        # It stays for as long as a follower lingers: longer than until this is renewed.
        self._followers.leave(scope)
        return follower

    def _is_worth_it(self, scope: Scope, now: float) -> bool:
        while self._followed and now > next(iter(self._followed.values())) + LINGER_SECONDS:
            self._followed.popitem(last=False)
        if scope in self._followed:
            return True
        if scope not in self._asked_once:
            self._asked_once[scope] = None
            if len(self._asked_once) > ASKED_ONCE_MAX:
                self._asked_once.popitem(last=False)
            return False
        if len(self._followed) >= FOLLOWED_MAX:
            return False
        del self._asked_once[scope]
        return True
