"""A connection without a wire: what is written with one turn, what waits, who is listened to, and when time is up."""

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from rooms import frames
from rooms.attention import AT_ONCE, Attention
from rooms.deadlines import Deadlines
from rooms.frames import Code, Opcode
from rooms.link import QUEUE_BYTES_MAX, Clocks, Link
from rooms.turn import Turn
from tests.follow.stand_ins import in_no_time, time_passes
from tests.rooms.test_frames import masked

SECONDS_MAX = 10.0

# ------------------------------------------------------------------ one write for a turn


class Wire(asyncio.Transport):
    """What a link was given to send. `is_full` is a client that takes nothing any more."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.is_full = False
        self.is_cut = False
        self.is_read = True
        self.link: Link | None = None

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))
        if self.is_full and self.link is not None:
            self.link.pause_writing()

    def pause_reading(self) -> None:
        self.is_read = False

    def resume_reading(self) -> None:
        self.is_read = True

    def is_closing(self) -> bool:
        return self.is_cut

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        assert high == 0

    def abort(self) -> None:
        self.is_cut = True


class Deaf:
    """Nobody who hears what links tell."""

    def __init__(self) -> None:
        self.turn = Turn()
        self.attention = Attention()
        self.gone: list[str] = []
        self.said: list[tuple[Link, str]] = []

    def hear(self, link: Link, packet: str) -> None:
        self.said.append((link, packet))

    def evicted(self, link: Link, why: str) -> None:
        self.gone.append(why)

    def ended(self, link: Link) -> None: ...


def a_wire(ear: Deaf) -> tuple[Link, Wire]:
    link, wire = Link("somebody", ear, Clocks()), Wire()
    wire.link = link
    link.connection_made(wire)
    return link, wire


async def test_what_is_said_within_a_turn_is_one_write() -> None:
    ear = Deaf()
    (link, wire), (other, others_wire) = a_wire(ear), a_wire(ear)
    for frame in (b"one", b"two", b"three"):
        link.push(frame)
        other.push(frame)
    link.answer(b"four")
    assert wire.written == []
    await turn_is_over()
    assert wire.written == [b"onetwothreefour"]
    assert others_wire.written == [b"onetwothree"]


async def test_a_crowd_that_speaks_at_once_is_heard_a_few_in_a_turn_and_each_in_its_order() -> None:
    ear = Deaf()
    links = [a_wire(ear)[0] for _ in range(3 * AT_ONCE)]
    for word in (b"4first", b"4second"):
        for link in links:
            link.data_received(masked(Opcode.TEXT, word))
    heard = [len(ear.said)]
    while len(ear.said) < 2 * len(links):
        await asyncio.sleep(0)
        heard.append(len(ear.said))
    assert heard[0] == AT_ONCE
    assert max(later - before for before, later in pairwise(heard)) <= 2 * AT_ONCE
    assert [packet for link, packet in ear.said if link is links[-1]] == ["first", "second"]
    assert [link for link, packet in ear.said if packet == "first"] == links


async def test_who_goes_while_waiting_to_be_heard_takes_nobodys_place() -> None:
    attention = Attention()
    for _ in range(AT_ONCE):
        assert attention.ask() is None
    waiting = [attention.ask() for _ in range(AT_ONCE + 1)]
    assert all(waiting)
    assert waiting[0] is not None
    waiting[0].cancel()
    await turn_is_over()
    assert all(turn is not None and turn.done() for turn in waiting)


async def test_who_has_a_last_word_is_heard_in_the_same_write() -> None:
    ear = Deaf()
    link, wire = a_wire(ear)
    link.push(b"one")
    ear.turn.before_end(lambda: link.push(b"last"))
    await turn_is_over()
    assert wire.written == [b"onelast"]


async def test_a_last_word_that_fails_keeps_nobody_from_being_sent_to() -> None:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    ear = Deaf()
    link, wire = a_wire(ear)
    link.push(b"one")
    ear.turn.before_end(lambda: wire.written[0].decode().index("never"))
    await turn_is_over()
    link.push(b"two")
    await turn_is_over()
    assert wire.written == [b"one", b"two"]


async def test_what_a_client_does_not_take_waits_and_is_sent_when_it_does() -> None:
    link, wire = a_wire(Deaf())
    wire.is_full = True
    link.push(b"one")
    await turn_is_over()
    link.push(b"two")
    link.push(b"three")
    await turn_is_over()
    assert wire.written == [b"one"]
    wire.is_full = False
    link.resume_writing()
    assert wire.written == [b"one", b"twothree"]


async def test_events_that_wait_are_bounded_and_answers_are_apart() -> None:
    ear = Deaf()
    link, wire = a_wire(ear)
    wire.is_full = True
    link.answer(b"x" * 3 * QUEUE_BYTES_MAX)
    await turn_is_over()
    link.push(b"x" * QUEUE_BYTES_MAX)
    assert not ear.gone
    link.push(b"x")
    assert ear.gone == ["slow"]
    assert wire.is_cut
    assert link.frames == []


async def test_what_the_transport_holds_counts_as_waiting_until_it_is_taken() -> None:
    ear = Deaf()
    link, wire = a_wire(ear)
    for _ in range(10):
        wire.is_full = True
        link.push(b"x" * (QUEUE_BYTES_MAX - 1))
        await turn_is_over()
        wire.is_full = False
        link.resume_writing()
    assert not ear.gone
    wire.is_full = True
    link.push(b"x" * (QUEUE_BYTES_MAX - 1))
    await turn_is_over()
    link.push(b"xx")
    assert ear.gone == ["slow"]


async def test_what_is_handed_at_a_turns_end_goes_behind_what_was_said_in_it() -> None:
    ear = Deaf()
    (link, wire), (other, others_wire) = a_wire(ear), a_wire(ear)
    link.answer(b"one")
    for one in (link, other):
        ear.turn.before_end(partial(one.hand, b"two"))
    await turn_is_over()
    assert (wire.written, others_wire.written) == ([b"onetwo"], [b"two"])


async def test_what_is_handed_to_a_client_that_does_not_read_waits_and_is_bounded() -> None:
    ear = Deaf()
    link, wire = a_wire(ear)
    wire.is_full = True
    link.hand(b"one")
    link.hand(b"two")
    assert wire.written == [b"one"]
    wire.is_full = False
    link.resume_writing()
    assert wire.written == [b"one", b"two"]
    wire.is_full = True
    link.hand(b"x" * (QUEUE_BYTES_MAX - 2))
    link.hand(b"xx")
    assert not ear.gone
    link.hand(b"x")
    assert ear.gone == ["slow"]


async def test_who_does_not_take_more_than_may_wait_handed_at_once_is_cut_off() -> None:
    ear = Deaf()
    link, wire = a_wire(ear)
    link.hand(b"x" * (QUEUE_BYTES_MAX + 1))
    assert not ear.gone
    wire.is_full = True
    link.hand(b"x" * (QUEUE_BYTES_MAX + 1))
    assert ear.gone == ["slow"]
    link.hand(b"nothing more")
    assert len(wire.written) == 2


async def test_nothing_is_said_after_a_close_and_the_close_comes_last() -> None:
    link, wire = a_wire(Deaf())
    link.push(b"one")
    link.close("enough")
    link.push(b"two")
    link.answer(b"three")
    await turn_is_over()
    assert wire.written == [b"one" + frames.close(Code.GOING_AWAY)]


async def turn_is_over() -> None:
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(done.set_result, None)
    await done


# ------------------------------------------------------------------ deadlines


async def test_a_pong_that_nobody_asked_for_begins_nothing() -> None:
    clocks = Clocks()
    link = Link("somebody", Deaf(), clocks)
    link.connection_made(Wire())
    link.has_connected()
    link.data_received(masked(Opcode.TEXT, b"3") * 100)
    assert len(clocks.ping) == 1
    link.ping()
    link.data_received(masked(Opcode.TEXT, b"3") * 2)
    assert (len(clocks.pong), len(clocks.ping)) == (1, 2)


def test_whoever_begins_again_when_their_time_comes_keeps_nobody_from_theirs() -> None:
    async def story() -> list[tuple[str, float]]:
        rung, over = list[tuple[str, float]](), asyncio.Event()

        def again(who: str) -> None:
            rung.append((who, round(asyncio.get_running_loop().time() - began, 3)))
            deadlines.begin(who, 1.0)
            if len(rung) == 9:
                over.set()

        deadlines, began = Deadlines(again), asyncio.get_running_loop().time()
        for who in "abc":
            deadlines.begin(who, 1.0)
            await time_passes(0.25)
        await over.wait()
        return rung

    rung = in_no_time(story())
    assert rung == [(who, turn + 0.25 * n) for turn in (1, 2, 3) for n, who in enumerate("abc")]


async def fallen_due(begin: Callable[[Deadlines[str]], None], count: int) -> list[str]:
    late: list[str] = []
    all_late = asyncio.Event()

    def then(who: str) -> None:
        late.append(who)
        if len(late) == count:
            all_late.set()
        if who == "broken":
            raise RuntimeError(who)

    deadlines = Deadlines(then)
    begin(deadlines)
    async with asyncio.timeout(SECONDS_MAX):
        await all_late.wait()
    return late


async def test_deadlines_fall_due_in_the_order_in_which_they_began() -> None:
    def begin(deadlines: Deadlines[str]) -> None:
        for who in ("one", "two", "three"):
            deadlines.begin(who, 0.01)

    assert await fallen_due(begin, 3) == ["one", "two", "three"]


async def test_what_was_called_off_does_not_fall_due() -> None:
    def begin(deadlines: Deadlines[str]) -> None:
        first = deadlines.begin("one", 0.01)
        deadlines.begin("two", 0.01)
        first.call_off()

    assert await fallen_due(begin, 1) == ["two"]


async def test_one_that_fails_keeps_no_other_from_its_time() -> None:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)

    def begin(deadlines: Deadlines[str]) -> None:
        deadlines.begin("broken", 0.01)
        deadlines.begin("two", 0.01)

    assert await fallen_due(begin, 2) == ["broken", "two"]
