"""Histories, tried: each arrives in some orders, and one that ends differently is told as short as it can be made."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from uuid import UUID

from hub.domain.orders import Order
from hub.domain.refusals import Refused
from hub.ids import TicketId
from tests.away import oracle
from tests.away.arrivals import Wrong, arrival, ends, every_arrival, name, state
from tests.away.histories import Asked, drawn

ORDERS = 2
"""In how many orders each history arrives, besides the one in which it did."""
ORDERS_OF_A_FAILURE = 60
"""While a failing one is made shorter it may have to fail in an order of which there are few."""


def tried(seed: int) -> str | None:
    """What is wrong with the history of this seed, and the shortest that shows it; None if nothing is."""
    try:
        asked = drawn(seed)
    except Refused as refusal:
        return f"seed {seed}: somebody was refused who asked from what they saw: {refusal.sentence}"
    wrong = _wrong(asked, seed, ORDERS)
    if wrong is None:
        return None
    shortest = _shortened(asked, seed)
    return "\n".join([f"seed {seed}: {_wrong(shortest, seed, ORDERS_OF_A_FAILURE) or wrong}", *_told(shortest)])


def failures(seeds: Iterable[int]) -> Iterator[str]:
    return (failure for seed in seeds if (failure := tried(seed)) is not None)


def tried_in_every_order(seed: int, *, most: int) -> int:
    """How many orders there are for a history of so few commands. Raises Wrong where one ends differently."""
    asked = drawn(seed, most=most)
    known, first, count = _known(asked), ends(asked), 0
    for arrived in every_arrival(asked):
        _must_be_the_same(first, ends(arrived), known, arrived)
        count += 1
    return count


def _wrong(asked: Sequence[Asked], seed: int, orders: int) -> str | None:
    dice = Random(seed)
    known = _known(asked)
    try:
        first = ends(asked)
        said = oracle.wrongs(asked, first)
        if said:
            raise Wrong("; ".join(said))
        for _ in range(orders):
            arrived = arrival(asked, dice)
            _must_be_the_same(first, ends(arrived, dice=dice), known, arrived)
    except Wrong as wrong:
        return str(wrong)
    return None


def _known(asked: Iterable[Asked]) -> frozenset[TicketId]:
    return frozenset[TicketId]().union(*(one.knows for one in asked))


def _must_be_the_same(first: Order, other: Order, known: frozenset[TicketId], arrived: Sequence[Asked]) -> None:
    one, two = state(first, known), state(other, known)
    if one != two:
        keys = [key for key in sorted({*one, *two}) if one.get(key) != two.get(key)]
        differs = [f"{key}: {one.get(key)} or {two.get(key)}" for key in keys]
        raise Wrong(f"arrived as {[asked.at for asked in arrived]}: {'; '.join(differs)}")


def _shortened(asked: Sequence[Asked], seed: int) -> Sequence[Asked]:
    """Without whatever can be left out, one by one, while it goes on ending differently."""
    at = len(asked)
    while at > 0:
        at -= 1
        shorter = [*asked[:at], *asked[at + 1 :]]
        wrong = _wrong(shorter, seed, ORDERS_OF_A_FAILURE)
        # Whoever names what is not there any more is refused, which is no failure of the rules.
        if wrong is not None and "refused" not in wrong:
            asked = shorter
    return asked


def _told(asked: Sequence[Asked]) -> Iterator[str]:
    for one in asked:
        words = _named(one.command.model_dump(exclude_none=True, exclude={"order_id"}))
        yield f"  {one.at}: device {one.device}, who had seen {one.seen}: {one.command.verb} {words}"


def _named(value: object) -> object:
    """The same with names that can be read in place of ids."""
    if isinstance(value, dict):
        return {key: _named(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_named(one) for one in value]
    return name(value) if isinstance(value, UUID) else value
