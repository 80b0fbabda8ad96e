"""The audit finds what it is there to find: an audit that could pass hollow would prove nothing."""

from typing import Any

import pytest

from hub.caller import Refusal
from hub.simulation import audit
from hub.simulation.audit import Auditor
from hub.simulation.ear import Listening
from hub.simulation.screens import OrderScreen
from hub.simulation.tally import Tally

ROOM = "order:01890000-0000-7000-8000-000000000001"
NAME = "order_status_update"
STATUSES = ("placed", "in_kitchen", "ready", "served", "closed")


def entry(seq: int, prev: int, status: str) -> dict[str, Any]:
    place = {"room": ROOM, "seq": seq, "prev": prev, "timestamp": "2026-11-20T10:00:00.000000Z"}
    return {"event": NAME, "status": status, **place}


class Ledger:
    """A hub's answers about one room, from the entries that it has. Two to a page."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.entries = entries
        self.is_forgotten = False

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        head = self.entries[-1]["seq"]
        board = {
            "room": ROOM,
            "epoch": "one",
            "seq": head,
            "board": {"status": self.entries[-1]["status"]},
            "entries": [],
        }
        if "since" not in query or self.is_forgotten:
            return {**board, "more": False}
        missed = [one for one in self.entries if one["seq"] > query["since"]]
        page, more = missed[:2], len(missed) > 2
        seq = page[-1]["seq"] if more else head
        return {"room": ROOM, "epoch": "one", "seq": seq, "recovered": True, "entries": page, "more": more}


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "SETTLE_SECONDS", 0.01)


def the_ledger() -> Ledger:
    seqs = [3, 5, 6, 9, 12]
    return Ledger([entry(seq, prev, status) for seq, prev, status in zip(seqs, [0, *seqs], STATUSES, strict=False)])


def a_listener(tally: Tally) -> Listening[OrderScreen]:
    listening = Listening(ROOM, OrderScreen, tally)
    opened = {"room": ROOM, "epoch": "one", "seq": 0, "board": {"status": "placed"}, "entries": [], "more": False}
    listening.answered({"ok": True, **opened})
    return listening


async def finished(tally: Tally, listening: Listening[OrderScreen], ledger: Any) -> None:
    await Auditor(lambda kind: ledger, tally).finish(listening)


async def test_whoever_heard_everything_is_found_whole() -> None:
    tally, ledger = Tally(), the_ledger()
    listening = a_listener(tally)
    for one in ledger.entries:
        listening.hears(NAME, one)
    await finished(tally, listening, ledger)
    assert (tally.broken_count, tally.troubles_count, tally.compared) == (0, 0, 5)


async def test_an_entry_that_never_came_is_found_though_the_chain_looked_right() -> None:
    tally, ledger = Tally(), the_ledger()
    listening = a_listener(tally)
    for one in ledger.entries:
        if one["seq"] != 6:
            # A hub that lies: it left an entry out and chained the next one over the hole.
            listening.hears(NAME, {**one, "prev": 0})
    await finished(tally, listening, ledger)
    assert tally.broken == [f"{ROOM}: never heard: 6"]


async def test_the_last_entry_may_be_late_and_must_not_be_lost() -> None:
    tally, ledger = Tally(), the_ledger()
    listening = a_listener(tally)
    for one in ledger.entries[:-1]:
        listening.hears(NAME, one)
    await finished(tally, listening, ledger)
    assert tally.broken[0] == f"{ROOM}: never heard: 12"
    assert "the screen is not what a fresh one shows" in tally.broken[1]


async def test_an_entry_that_no_ledger_has_is_found() -> None:
    tally, ledger = Tally(), the_ledger()
    listening = a_listener(tally)
    for one in (*ledger.entries[:2], entry(7, 5, "ready"), *ledger.entries[2:]):
        listening.hears(NAME, {**one, "prev": 0})
    await finished(tally, listening, ledger)
    assert tally.broken == [f"{ROOM}: never heard: 6; not in the ledger: 7"]


async def test_a_screen_that_shows_something_else_is_found() -> None:
    tally, ledger = Tally(), the_ledger()
    listening = a_listener(tally)
    for one in ledger.entries:
        listening.hears(NAME, {**one, "status": "ready"})
    await finished(tally, listening, ledger)
    assert tally.broken == [f"{ROOM}: the screen is not what a fresh one shows"]


async def test_who_was_shown_out_need_not_have_heard_what_came_after() -> None:
    tally, ledger = Tally(), the_ledger()
    listening = a_listener(tally)
    for one in ledger.entries[:3]:
        listening.hears(NAME, one)
    listening.closes("party_left")
    await finished(tally, listening, ledger)
    assert (tally.broken_count, tally.compared) == (0, 3)


async def test_what_could_not_be_compared_is_said() -> None:
    class Shut:
        async def get(self, path: str, **query: Any) -> dict[str, Any]:
            raise Refusal(404, "not_found", "There is no such room.", {})

    tally, ledger = Tally(), the_ledger()
    await finished(tally, a_listener(tally), Shut())
    assert "could not be compared with its ledger" in tally.troubles[0]
    tally, ledger.is_forgotten = Tally(), True
    await finished(tally, a_listener(tally), ledger)
    assert "had too much to read" in tally.troubles[0]
