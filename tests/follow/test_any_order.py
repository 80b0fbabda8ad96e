"""Whatever happens to rings, a screen's chain never breaks: the promise of following, tried with random evenings."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.refusals import DatabaseUnavailable
from hub.follow import Follower, Limits, Nudge
from hub.store.ledger import Entry, Recorded
from hub.telemetry import Metrics
from tests.follow.stand_ins import KITCHEN, LedgerInMemory, in_no_time, time_passes

ROOMS = ("pass", "grill", "order:1")
some_rooms = st.lists(st.sampled_from(ROOMS), max_size=3, unique=True).map(tuple)

steps = st.lists(
    st.one_of(
        st.tuples(st.just("commit"), st.lists(some_rooms, min_size=1, max_size=4)),
        st.tuples(st.just("commit_and_ring"), st.lists(some_rooms, min_size=1, max_size=4)),
        st.tuples(st.just("ring"), st.integers(0, 1_000)),
        st.tuples(st.just("nudge"), st.integers(0, 1_000)),
        st.tuples(st.just("wait"), st.sampled_from([0.0005, 0.015, 0.3])),
        st.tuples(st.just("enter"), st.tuples(st.sampled_from(ROOMS), st.integers(0, 1_000))),
        st.tuples(st.just("catch_up"), st.none()),
        # In the middle of a reading is where it is dangerous.
        st.tuples(st.just("commit_and_ring_while_reading"), st.lists(some_rooms, min_size=1, max_size=4)),
        st.tuples(st.just("away"), st.booleans()),
        st.tuples(st.just("travel"), st.sampled_from([0.0, 0.001, 0.03])),
        st.tuples(st.just("restore"), st.integers(0, 5)),
    ),
    max_size=40,
)


@dataclass
class Screen:
    """A client's arithmetic, exactly as ARCHITECTURE says it."""

    room: str
    held: int
    heard: list[int]

    def applies(self, seq: int, prev: int) -> None:
        assert prev <= self.held < seq, f"{self.room}: {prev} ≤ {self.held} < {seq} is not so"
        self.held = seq
        self.heard.append(seq)


class Evening:
    def __init__(self) -> None:
        self.ledger = LedgerInMemory()
        self.follower = Follower(KITCHEN, self.ledger, self, Metrics(), limits=Limits(entries_max=6, bytes_max=1 << 20))
        self.rung: list[Recorded] = []
        self.screens: list[tuple[Screen, int]] = []
        self.delivered_seqs: list[int] = []
        self.epochs = 1
        self.resets = 0
        self.asking: set[asyncio.Task[None]] = set()

    # As a listener

    def delivered(self, follower: Follower, entry: Entry, prevs: object) -> None:
        assert isinstance(prevs, dict)
        assert self.ledger.epoch != follower.epoch or entry == self.ledger.entries[entry.seq - 1]
        if self.delivered_seqs:
            assert entry.seq == self.delivered_seqs[-1] + 1
        self.delivered_seqs.append(entry.seq)
        for screen, _ in self.screens:
            if screen.room in entry.rooms:
                screen.applies(entry.seq, prevs[screen.room])

    def reset(self, follower: Follower) -> None:
        self.resets += 1
        assert self.resets < self.epochs, "nobody is reset without a reason"
        self.delivered_seqs.clear()
        # Everyone takes a fresh board, which is of the new head.
        self.screens = [self.screen(screen.room, follower.head) for screen, _ in self.screens]

    def screen(self, room: str, held: int) -> tuple[Screen, int]:
        return Screen(room, held, []), held

    # What happens

    def commit(self, rooms_of_each: list[tuple[str, ...]]) -> None:
        self.rung.append(self.ledger.commit(*rooms_of_each))

    def commit_and_ring(self, rooms_of_each: list[tuple[str, ...]]) -> None:
        self.commit(rooms_of_each)
        self.follower.hear(self.rung[-1])

    async def commit_and_ring_while_reading(self, rooms_of_each: list[tuple[str, ...]]) -> None:
        self.catch_up(None)
        await self.wait(0.0005)
        self.commit_and_ring(rooms_of_each)

    def ring(self, which: int) -> None:
        if self.rung:
            self.follower.hear(self.rung[which % len(self.rung)])

    def nudge(self, which: int) -> None:
        if self.rung:
            ring = self.rung[which % len(self.rung)]
            self.follower.hear(Nudge(ring.scope, ring.epoch, ring.entries[0].seq, ring.entries[-1].seq))

    async def wait(self, seconds: float) -> None:
        await time_passes(seconds)

    def enter(self, wish: tuple[str, int]) -> None:
        """Answer and enter in one step: the entries after `since` from memory, or else a board of the head."""
        room, back = wish
        if not self.follower.is_open:
            return
        head = self.follower.head
        since = max(0, head - back % 10)
        entries = self.follower.entries_after(room, since)
        assert (entries is None) == (since < self.follower.memory_begins_after)
        screen, since = self.screen(room, head if entries is None else since)
        for entry, prev in entries or []:
            screen.applies(entry.seq, prev)
        screen.held = head
        self.screens.append((screen, since))

    def catch_up(self, _: None) -> None:
        task = asyncio.create_task(self._catch_up())
        self.asking.add(task)

    async def _catch_up(self) -> None:
        try:
            await self.follower.catch_up()
        except DatabaseUnavailable:
            assert self.ledger.has_been_read.is_set()

    def away(self, is_away: bool) -> None:
        self.ledger.is_away = is_away

    def travel(self, seconds: float) -> None:
        self.ledger.travel_seconds = seconds

    def restore(self, losing: int) -> None:
        self.epochs += 1
        self.ledger.restore(f"epoch {self.epochs}", losing=losing)

    async def ends(self) -> None:
        """Everything works again, and there is one look at the ledger."""
        self.ledger.is_away = False
        await asyncio.gather(*self.asking)
        await self.follower.catch_up()
        assert (self.follower.epoch, self.follower.head) == (self.ledger.epoch, self.ledger.seq)
        assert self.ledger.readers_most == 1
        for screen, since in self.screens:
            assert screen.heard == self.ledger.after_of_room(screen.room, since, self.ledger.seq)
        await self.follower.stop()


@settings(max_examples=400, deadline=None)
@given(steps=steps)
def test_any_order_duplication_and_loss_of_rings_gives_every_screen_each_entry_once_in_order(
    steps: list[tuple[str, object]],
) -> None:
    async def story() -> None:
        evening = Evening()
        await evening.follower.open()
        for name, argument in steps:
            happens: Callable[[object], object] = getattr(evening, name)
            waiting = happens(argument)
            if asyncio.iscoroutine(waiting):
                await waiting
        await evening.ends()

    in_no_time(story())
