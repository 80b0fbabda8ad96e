"""The figures at the end: right at the edges, and whole only when nothing is missing."""

import random
from io import StringIO

import pytest
from rich.console import Console

from hub.audience import RoomKind
from hub.simulation.command import GLANCES_PER_LINE, Watching, show
from hub.simulation.report import Progress, Quantiles, Report, quantiles, recent, report_of
from hub.simulation.tally import SAMPLES_MAX, SENTENCES_MAX, Tally, percentile


def a_report(tally: Tally) -> Report:
    return report_of(tally, service="a test", speed=60, hubs=2, real_seconds=10, first_entry=100, last_entry=350)


def shown(report: Report) -> str:
    console = Console(width=120, record=True, file=StringIO())
    show(console, report)
    return console.export_text()


def test_percentiles_are_samples_that_occurred() -> None:
    samples = [float(number) for number in range(1, 101)]
    random.Random(1).shuffle(samples)
    assert percentile(samples, 50) == 50
    assert percentile(samples, 99) == 99
    assert percentile(samples, 100) == 100
    assert percentile([7.0], 50) == percentile([7.0], 99) == 7
    assert percentile([1.0, 2.0], 50) == 1
    assert percentile([], 50) is None


def test_ticket_times_are_in_simulated_minutes() -> None:
    tally = Tally()
    tally.ticket_seconds.extend([1.0, 2.0, 3.0])
    assert a_report(tally).ticket_minutes == Quantiles(2.0, 3.0, 3)


def test_samples_are_bounded_and_a_glance_is_of_the_latest() -> None:
    tally = Tally()
    tally.screen_ms.extend([1.0] * SAMPLES_MAX)
    tally.screen_ms.extend([9.0] * 2_000)
    assert len(tally.screen_ms) == SAMPLES_MAX
    assert recent(tally.screen_ms) == Quantiles(9.0, 9.0, 1_000)
    assert quantiles(tally.screen_ms, 99) == Quantiles(1.0, 9.0, SAMPLES_MAX)
    assert recent(Tally().screen_ms) == Quantiles(None, None, 0)


def test_a_service_is_whole_until_something_is_broken_or_somebody_is_not_served() -> None:
    assert a_report(Tally()).is_whole
    broken, troubled = Tally(), Tally()
    broken.breaks("waiters:x", "never heard: 3")
    troubled.is_troubled("Order 7 was left.")
    assert not a_report(broken).is_whole
    assert not a_report(troubled).is_whole
    refused = Tally()
    refused.refusals["nothing_ready"] += 3
    assert a_report(refused).is_whole


def test_sentences_are_bounded_and_their_number_is_not() -> None:
    tally = Tally()
    for number in range(SENTENCES_MAX + 50):
        tally.breaks("room", str(number))
    report = a_report(tally)
    assert (len(report.broken), report.broken_count) == (SENTENCES_MAX, SENTENCES_MAX + 50)


def test_the_table_says_what_was_recorded_heard_and_broken() -> None:
    tally = Tally(orders=193, lines=1159)
    tally.heard[RoomKind.STATION] = 1234
    tally.listeners[RoomKind.STATION] = 6
    text = shown(a_report(tally))
    assert "250 (100 → 350)" in text
    assert "1,234, 6 screens" in text
    assert "whole: nothing lost" in text
    tally.breaks("waiters:x", "never heard: [3]")
    text = shown(a_report(tally))
    assert "not whole" in text
    assert "waiters:x: never heard: [3]" in text


@pytest.mark.parametrize("share", [50, 90, 99])
def test_a_percentile_is_at_least_as_large_as_so_many_samples(share: int) -> None:
    samples = [random.Random(share).random() for _ in range(997)]
    found = percentile(samples, share)
    assert found is not None
    assert sum(sample <= found for sample in samples) >= share / 100 * len(samples)


def a_glance(**other: int) -> Progress:
    figures = dict.fromkeys(("open_orders", "open_tickets", "heard", "reconnects", "refusals", "broken", "troubles"), 0)
    return Progress(
        clock="19:05",
        evening=1,
        visits=20,
        visits_done=3,
        orders=4,
        screen_ms=Quantiles(5.0, 40.0, 100),
        **(figures | other),
    )


def test_a_terminal_is_painted_over_and_anything_else_gets_lines() -> None:
    terminal, pipe = StringIO(), StringIO()
    with Watching(Console(file=terminal, force_terminal=True, width=100), "an evening", False) as see:
        see(a_glance(troubles=2, heard=12345))
    assert "3 of 20" in terminal.getvalue()
    assert "12,345" in terminal.getvalue()
    assert "5.0, 40.0 ms" in terminal.getvalue()
    assert "troubles" in terminal.getvalue()
    with Watching(Console(file=pipe, width=200), "an evening", False) as see:
        for _ in range(GLANCES_PER_LINE + 1):
            see(a_glance())
    first, *lines = pipe.getvalue().splitlines()
    assert first == "under way: an evening"
    assert len(lines) == 2
    assert lines[0].startswith("19:05  3 of 20 visits")


def test_whoever_is_to_be_quiet_says_only_that_it_has_begun() -> None:
    said = StringIO()
    with Watching(Console(file=said, width=200), "an evening", True) as see:
        for _ in range(3 * GLANCES_PER_LINE):
            see(a_glance())
    assert said.getvalue() == "under way: an evening\n"
