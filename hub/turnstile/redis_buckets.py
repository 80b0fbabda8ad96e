"""The house's buckets, in Redis: one script takes, or gives back, whatever is to be counted together.

Time is Redis's own, so that hubs need not agree about it; every bucket goes by itself once it is whole; names of
people and addresses are sealed with the house's key. What several requests ask in one turn of the loop is one write.

Redis may be away, be killed, or freeze. Nobody waits for it longer than SILENCE_SECONDS_MAX, times its patience, and
while it is known to be silent nobody waits at all. Not its business: what is done then (`hub.turnstile.turnstile`).
"""

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from hub.follow.redis_line import CONNECT_SECONDS_MAX, Line, dialling
from hub.follow.redis_wire import ANSWER_SECONDS_MAX, Wire
from hub.limits import Charge, Tier, Verdict

SILENCE_SECONDS_MAX = 0.008
"""A Redis that has answered nothing for so long, though asked, is left alone until it has."""
LATE_SECONDS = 0.002
"""A look that comes so much later than it should says that this hub was busy, and nothing about Redis."""
EXCUSES_MAX = 5
QUESTIONS_MAX = 10_000
"""Questions that may wait for an answer. Who comes when there are more is not counted here."""
FIRST_TRY_SECONDS_MAX = CONNECT_SECONDS_MAX + ANSWER_SECONDS_MAX
PREFIX = b"limit:"
MICRO = 1_000_000

SCRIPT = b"""\
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local wanted = tonumber(ARGV[1])
local before, after, is_mended, told, is_allowed = {}, {}, {}, {1}, true
for i, key in ipairs(KEYS) do
  local interval, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local whole_at = tonumber(redis.pcall('GET', key) or now) or now
  before[i] = math.min(math.max(whole_at, now), now + window)
  is_mended[i] = whole_at > now + window
  after[i] = before[i] + interval * wanted
  if wanted > 0 and after[i] > now + window then
    is_allowed = false
  end
end
if not is_allowed then
  told[1] = 0
end
for i, key in ipairs(KEYS) do
  local interval, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local over = math.max(0, after[i] - now - window)
  local whole_at = is_allowed and after[i] or before[i]
  if is_allowed or is_mended[i] then
    if whole_at > now then
      redis.call('SET', key, string.format('%.0f', whole_at), 'PX', math.ceil((whole_at - now) / 1000))
    else
      redis.call('DEL', key)
    end
  end
  told[#told + 1] = math.floor((now + window - whole_at) / interval)
  told[#told + 1] = math.max(0, whole_at - now)
  told[#told + 1] = over
end
return told
"""
DIGEST = hashlib.sha1(SCRIPT, usedforsecurity=False).hexdigest().encode()


@dataclass(slots=True)
class _Question:
    """Something to be counted together. Who gives back waits for no answer."""

    charges: Sequence[Charge]
    wanted: int
    answer: asyncio.Future[list[Verdict] | None] | None


class RedisBuckets:
    """Hubs with the same Redis and the same key count together. Raises ValueError for a bad address."""

    def __init__(self, url: str, *, key: bytes, silence_seconds_max: float = SILENCE_SECONDS_MAX) -> None:
        self._line = Line(dialling(url), lambda: None)
        self._key = key
        self._silence_seconds_max = silence_seconds_max
        self._wire: Wire | None = None
        self._is_silent = False
        self._must_load = True
        self._waiting: deque[_Question] = deque()
        self._asked: deque[_Question] = deque()
        self._heard_at = 0.0
        self._excuses = 0
        self._look: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Count inside this context, whenever there is a way. Entering waits until Redis was tried once."""
        keeping = asyncio.create_task(self._line.keep(self), name="turnstile")
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_TRY_SECONDS_MAX):
                    await self._line.was_tried.wait()
            yield
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    @property
    def is_answering(self) -> bool:
        """Whether it is worth asking."""
        return self._wire is not None and bool(self._line.is_up) and not self._is_silent

    async def take(self, charges: Sequence[Charge]) -> list[Verdict] | None:
        """Take one out of each of these, or none out of any. None where Redis does not answer."""
        if not self.is_answering or len(self._asked) + len(self._waiting) >= QUESTIONS_MAX:
            return None
        answer: asyncio.Future[list[Verdict] | None] = asyncio.get_running_loop().create_future()
        self._ask(_Question(charges, 1, answer))
        return await answer

    def give_back(self, charges: Sequence[Charge]) -> None:
        """Put back what was taken, if Redis is there to hear it. Returns at once."""
        if self.is_answering:
            self._ask(_Question(charges, -1, None))

    def _ask(self, question: _Question) -> None:
        assert self._wire is not None
        loop = asyncio.get_running_loop()
        if not self._asked and not self._waiting:
            # Until now there was nothing to answer.
            self._heard_at, self._excuses = loop.time(), 0
        self._waiting.append(question)
        self._wire.wake()
        if self._look is None:
            self._look = loop.call_later(self._silence_seconds_max, self._look_for_answers)

    # The line's operator

    def connected(self, wire: Wire) -> None:
        self._wire, self._must_load, self._is_silent = wire, True, False

    def disconnected(self) -> None:
        self._wire = None
        self._give_up()
        self._waiting.clear()
        self._asked.clear()

    def say(self, wire: Wire) -> None:
        if self._must_load:
            self._must_load = False
            wire.say(b"SCRIPT", b"LOAD", SCRIPT)
        while self._waiting and wire.has_room:
            question = self._waiting.popleft()
            wire.say(*self._words(question))
            self._asked.append(question)

    def answered(self, answer: Any) -> None:
        if type(answer) is not list:
            # Of a ping, or of the script that is there now.
            self._line.proven()
            return
        self._heard_at, self._excuses = asyncio.get_running_loop().time(), 0
        question = self._asked.popleft()
        if question.answer is not None and not question.answer.done():
            question.answer.set_result(_verdicts(question.charges, answer))
        if not self._asked:
            # All that it was asked while it was silent is answered.
            self._is_silent = False

    def heard(self, channel: bytes, message: object) -> None:
        raise AssertionError("This line subscribes to nothing.")

    def _words(self, question: _Question) -> list[bytes]:
        charges = question.charges
        words = [b"EVALSHA", DIGEST, b"%d" % len(charges)]
        words += [self._sealed(one) for one in charges]
        words.append(b"%d" % question.wanted)
        for one in charges:
            words += _figures(one.tier)
        return words

    def _sealed(self, charge: Charge) -> bytes:
        """The bucket's name: nobody can tell from it whose it is."""
        said = f"{charge.tier.name} {charge.who}".encode()
        return PREFIX + hashlib.blake2b(said, key=self._key, digest_size=16).hexdigest().encode()

    # Silence

    def _look_for_answers(self) -> None:
        """One timer for everybody who waits: it looks when something was heard last, and sleeps again."""
        self._look = None
        if not self._asked and not self._waiting:
            return
        loop = asyncio.get_running_loop()
        now, due_at = loop.time(), self._heard_at + self._silence_seconds_max
        if now >= due_at + LATE_SECONDS and self._excuses < EXCUSES_MAX:
            # What Redis said meanwhile may lie unread.
            self._excuses += 1
            self._look = loop.call_later(LATE_SECONDS / 2, self._look_for_answers)
        elif now < due_at:
            self._look = loop.call_at(due_at, self._look_for_answers)
        else:
            self._is_silent = True
            self._give_up()

    def _give_up(self) -> None:
        """Let nobody wait any longer. What was asked may be counted all the same, when Redis comes to it."""
        for question in (*self._asked, *self._waiting):
            if question.answer is not None and not question.answer.done():
                question.answer.set_result(None)


def _figures(tier: Tier) -> tuple[bytes, bytes]:
    interval = tier.window_seconds * MICRO // tier.limit
    # As many as the limit fit into the window, whatever is lost in whole microseconds.
    return b"%d" % interval, b"%d" % (interval * tier.limit)


def _verdicts(charges: Sequence[Charge], told: list[int]) -> list[Verdict]:
    is_allowed = told[0] == 1
    return [
        Verdict(
            one.tier,
            is_allowed or told[3 * n + 3] == 0,
            told[3 * n + 1],
            told[3 * n + 2] / MICRO,
            told[3 * n + 3] / MICRO,
        )
        for n, one in enumerate(charges)
    ]
