"""Two hundred who sign in at once: fifty wait to be hashed, the others are told to come again, and the hub goes on."""

import asyncio
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from hub.actions import passwords
from hub.actions.passwords import Checked, Passwords
from tests.security.__main__ import IN_FULL
from tests.security.signing_in import PASSWORD, Crowd, a_crowd
from tests.support import hashing
from tests.support.hubs import RunningHub

FLOOD, WAITING = 30, 10
FLOOD_IN_FULL = 200
LOOK_EVERY_SECONDS, LATE_SECONDS_MAX = 0.001, 0.02


async def test_so_many_wait_for_their_password_to_be_looked_at_and_the_rest_is_told_to_come_again(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, check = threading.Event(), passwords._check

    def check_late(password_hash: str, password: str) -> Checked:
        may_go_on.wait()
        return check(password_hash, password)

    monkeypatch.setattr(passwords, "_check", check_late)
    monkeypatch.setattr(passwords, "HASHINGS_WAITING_MAX", WAITING)
    try:
        codes = await flood(crowd, await crowd.accounts(FLOOD), then=may_go_on.set, after=FLOOD - WAITING)
    finally:
        may_go_on.set()
    assert codes == {(429, "too_many_sign_ins"): FLOOD - WAITING, (200, ""): WAITING}


def test_fifty_wait_on_two_threads() -> None:
    assert (passwords.HASHINGS_WAITING_MAX, passwords.HASHING_THREADS) == (50, 2)


def test_passwords_are_hashed_as_owasp_asks() -> None:
    assert hashing.EARNEST.hash(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere a thread has no niceness of its own.")
async def test_hashing_steps_aside_for_the_loop() -> None:
    before, hashing = niceness(), Passwords()
    try:
        assert await hashing._in_turn(niceness) == min(before + passwords.HASHING_NICENESS, 19)
    finally:
        hashing.close()
    assert niceness() == before


async def flood(
    crowd: Crowd, emails: Sequence[str], *, then: Callable[[], object] = lambda: None, after: int = 0
) -> Counter[tuple[int, str]]:
    """What they are answered who sign in at once, each to their own account; `then` is called `after` some were."""
    codes = Counter[tuple[int, str]]()
    trying = [crowd.tries(email, PASSWORD, crowd.address(n)) for n, email in enumerate(emails)]
    for answered, answer in enumerate(asyncio.as_completed(trying), 1):
        said = await answer
        codes[said.status, said.code] += 1
        if answered == after:
            then()
    return codes


async def test_while_they_sign_in_the_hub_goes_on(
    crowd: Crowd, hub: RunningHub, record_property: Callable[[str, object], None]
) -> None:
    """The crowd has a loop of its own, so that what is late is the hub's."""

    async def flood_from_elsewhere() -> Counter[tuple[int, str]]:
        async with a_crowd(hub) as elsewhere:
            return await flood(elsewhere, emails)

    emails, late = await crowd.accounts(FLOOD_IN_FULL if IN_FULL in os.environ else FLOOD), list[float]()
    looking = asyncio.create_task(look(late))
    codes = await asyncio.to_thread(asyncio.run, flood_from_elsewhere())
    looking.cancel()
    assert codes.keys() <= {(200, ""), (429, "too_many_sign_ins")}
    assert codes[200, ""]
    late.sort()
    late_seconds = late[int(0.99 * len(late))]
    record_property("sign-ins at once", len(emails))
    record_property("let in", codes[200, ""])
    record_property("milliseconds that the loop was late, at 99 of 100 looks", 1e3 * late_seconds)
    if IN_FULL in os.environ:
        assert late_seconds <= LATE_SECONDS_MAX


async def look(late: list[float]) -> None:
    """Note by how much every look comes late."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOK_EVERY_SECONDS
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        late.append(loop.time() - due)
