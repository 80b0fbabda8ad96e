"""What came of a service: the figures, and whether anything was lost. Pure; `command` shows it."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from hub.simulation.tally import Tally, percentile

RECENT = 1_000
"""How many samples a glance in between is made of."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Where half and where nearly all of the samples lie; None where there were none."""

    half: float | None
    most: float | None
    samples: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A glance at a service that is being played."""

    clock: str
    evening: int
    visits: int
    visits_done: int
    orders: int
    open_orders: int
    open_tickets: int
    heard: int
    screen_ms: Quantiles
    reconnects: int
    refusals: int
    broken: int
    troubles: int


@dataclass(frozen=True, slots=True)
class Report:
    """A service that has been played. `recorded` counts the entries of the restaurant's ledger meanwhile."""

    service: str
    speed: float
    hubs: int
    real_seconds: float
    orders: int
    lines: int
    tickets: int
    seatings: int
    turned_away: int
    first_entry: int
    last_entry: int
    heard: Mapping[str, int]
    listeners: Mapping[str, int]
    replayed: int
    repetitions: int
    gaps: int
    resubscriptions: int
    boards_instead: int
    reconnects: int
    resets: int
    compared: int
    broken: tuple[str, ...]
    broken_count: int
    troubles: tuple[str, ...]
    troubles_count: int
    requests: int
    retries: Mapping[str, int]
    refusals: Mapping[str, int]
    screen_ms: Quantiles
    rest_ms: Quantiles
    ticket_minutes: Quantiles

    @property
    def recorded(self) -> int:
        return self.last_entry - self.first_entry

    @property
    def is_whole(self) -> bool:
        """Nothing was lost, nothing was shown twice, and everybody was served to the end."""
        return self.broken_count == 0 and self.troubles_count == 0


def report_of(
    tally: Tally, *, service: str, speed: float, hubs: int, real_seconds: float, first_entry: int, last_entry: int
) -> Report:
    """The figures of a tally."""
    return Report(
        service=service,
        speed=speed,
        hubs=hubs,
        real_seconds=real_seconds,
        orders=tally.orders,
        lines=tally.lines,
        tickets=tally.tickets,
        seatings=tally.seatings,
        turned_away=tally.turned_away,
        first_entry=first_entry,
        last_entry=last_entry,
        heard=dict(tally.heard),
        listeners=dict(tally.listeners),
        replayed=tally.replayed,
        repetitions=tally.repetitions,
        gaps=tally.gaps,
        resubscriptions=tally.resubscriptions,
        boards_instead=tally.boards_instead,
        reconnects=tally.reconnects,
        resets=tally.resets,
        compared=tally.compared,
        broken=tuple(tally.broken),
        broken_count=tally.broken_count,
        troubles=tuple(tally.troubles),
        troubles_count=tally.troubles_count,
        requests=tally.calls.requests,
        retries=dict(tally.calls.retries.most_common()),
        refusals=dict(tally.refusals.most_common()),
        screen_ms=quantiles(tally.screen_ms, 99),
        rest_ms=quantiles(tally.calls.rest_ms, 99),
        # The hub measures in its own seconds, of which a simulated minute has fewer.
        ticket_minutes=quantiles([seconds * speed / 60 for seconds in tally.ticket_seconds], 90),
    )


def quantiles(samples: list[float] | deque[float], most: float) -> Quantiles:
    return Quantiles(percentile(samples, 50), percentile(samples, most), len(samples))


def recent(samples: deque[float]) -> Quantiles:
    """Of the latest samples only: cheap enough to be asked for all the time."""
    latest = [samples[at] for at in range(-min(RECENT, len(samples)), 0)]
    return quantiles(latest, 99)
