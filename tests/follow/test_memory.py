"""What a follower remembers, and what it claims about rooms it knows nothing of."""

from collections.abc import Iterable

from hub.follow import Limits
from hub.follow.memory import Memory
from hub.store.ledger import Entry
from tests.follow.stand_ins import LedgerInMemory


def some_entries(rooms: Iterable[tuple[str, ...]], *, payload: bytes = b"{}") -> list[Entry]:
    ledger = LedgerInMemory()
    ledger.commit(*rooms, payload=payload)
    return ledger.entries


def filled(entries: list[Entry], limits: Limits) -> Memory:
    memory = Memory([], head=0, limits=limits)
    for entry in entries:
        memory.remember(entry)
    return memory


def test_a_rooms_entries_come_with_their_chain_from_the_number_asked_for() -> None:
    entries = some_entries([("grill",), ("pass",), ("grill", "pass"), ("grill",)])
    memory = Memory(entries, head=4)
    assert memory.entries_after("grill", 0) == [(entries[0], 0), (entries[2], 1), (entries[3], 3)]
    assert memory.entries_after("grill", 2) == [(entries[2], 2), (entries[3], 3)]
    assert memory.entries_after("pass", 3) == []
    assert memory.entries_after("cellar", 0) == []
    assert (memory.chain("grill"), memory.chain("pass"), memory.chain("cellar")) == (4, 3, 0)


def test_memory_that_does_not_reach_back_says_so() -> None:
    entries = some_entries([("grill",)] * 10)[4:]
    memory = Memory(entries, head=10)
    assert memory.begins_after == 4
    assert memory.entries_after("grill", 3) is None
    assert len(memory.entries_after("grill", 4) or []) == 6


def test_the_oldest_entries_are_forgotten_by_count() -> None:
    memory = filled(some_entries([("grill",)] * 30), Limits(entries_max=10))
    assert len(memory) == 10
    assert (memory.head, memory.begins_after) == (30, 20)


def test_the_oldest_entries_are_forgotten_by_size() -> None:
    memory = filled(some_entries([("grill",)] * 30, payload=b"x" * 10_000), Limits(bytes_max=100_000))
    assert len(memory) == 9
    assert memory.begins_after == 21


def test_a_quiet_rooms_chain_outlives_the_memory_of_its_entries() -> None:
    memory = filled(some_entries([("cellar",), *[("grill",)] * 30]), Limits(entries_max=10))
    assert memory.chain("cellar") == 1
    assert memory.chain("never heard of") == 0, "whoever was in it from the start still holds 0"


def test_a_room_that_was_quiet_for_long_is_forgotten_and_what_is_claimed_stays_true() -> None:
    entries = some_entries([(f"order:{number}", "pass") for number in range(1, 31)])
    memory = filled(entries, Limits(quiet_entries_max=10))
    assert len(memory._room_last) == 11, "ten orders, and the pass, which was never quiet"
    assert memory.chain("order:30") == memory.chain("pass") == 30
    for number in range(1, 31):
        assert memory.chain(f"order:{number}") >= number
    assert memory.chain("order:1") == memory.chain("never heard of") == 20
