"""`brigade simulate` on a terminal: what is going on while a service is played, and a table of what came of it.

The command line itself is `hub.__main__`, which only parses. Not its business: playing (`play`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.table import Table

from hub.audience import RoomKind
from hub.caller import NobodyAnswers, Refusal, UnreadableAccounts, read_accounts
from hub.simulation.ear import RoomClosed
from hub.simulation.evening import DrawnService
from hub.simulation.play import OnProgress, play
from hub.simulation.report import Progress, Quantiles, Report
from hub.simulation.service import Service, WrongService
from hub.simulation.trace import read_trace

WHOLE, NOT_WHOLE, NOT_BEGUN = 0, 1, 2
SENTENCES_SHOWN_MAX = 10
GLANCES_PER_LINE = 40
"""Where there is no terminal to paint over, a line is written after so many glances: every ten seconds."""

HOW_MEASURED = (
    "Commit to screen runs from the start of the transaction, on the database's clock, to the entry's being applied in "
    "this process, on the same machine; live entries only. Ticket times are the ledger's, times the speed."
)

SCREENS = {
    RoomKind.STATION: "kitchen stations",
    RoomKind.PASS: "the pass",
    RoomKind.WAITERS: "waiters and hosts",
    RoomKind.TABLE: "guests at tables",
    RoomKind.ORDER: "guests of orders",
}


async def simulate(
    *,
    hubs: Sequence[str],
    accounts: Path,
    speed: float = 60.0,
    trace: Path | None = None,
    seed: int = 1,
    orders_max: int | None = None,
    is_endless: bool = False,
    is_quiet: bool = False,
    restaurant: str | None = None,
    console: Console | None = None,
) -> int:
    """Play a service and show it. The exit code: 0 for a whole one, 1 for any other, 2 if it never began."""
    console = console or Console(emoji=False)
    try:
        service: Service
        if trace is None:
            service = DrawnService(seed, orders_max, is_endless)
        else:
            service = read_trace(trace, orders_max=orders_max)
        known = read_accounts(accounts)
        with Watching(console, service.name, is_quiet) as on_progress:
            report = await play(
                service,
                hubs=hubs,
                accounts=known,
                speed=speed,
                on_progress=on_progress,
                restaurant=restaurant,
                seed=seed,
            )
    except Refusal as refusal:
        console.print(f"The hub says no: {refusal.sentence}", style="red", markup=False)
        return NOT_BEGUN
    except (WrongService, UnreadableAccounts, NobodyAnswers, RoomClosed) as why:
        console.print(str(why), style="red", markup=False)
        return NOT_BEGUN
    show(console, report)
    return WHOLE if report.is_whole else NOT_WHOLE


# ---------------------------------------------------------------------- while it is played


class Watching:
    """Paint the latest glance, over and over on a terminal, and line by line elsewhere.

    Elsewhere the first line begins with `under way`, however quiet: whoever started this waits for it.
    """

    def __init__(self, console: Console, service: str, is_quiet: bool) -> None:
        self._console, self._service, self._is_quiet = console, service, is_quiet
        self._live: Live | None = None
        self._glances = 0

    def __enter__(self) -> OnProgress:
        if not self._is_quiet and self._console.is_terminal:
            self._live = Live(console=self._console, auto_refresh=False, transient=True)
            self._live.start()
        return self._see

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def _see(self, progress: Progress) -> None:
        if self._glances == 0 and self._live is None:
            self._console.print(f"under way: {self._service}", markup=False, highlight=False)
        if self._live is not None:
            self._live.update(glance(self._service, progress), refresh=True)
        elif not self._is_quiet and self._glances % GLANCES_PER_LINE == 0:
            self._console.print(_line(progress), markup=False, highlight=False)
        self._glances += 1


def glance(service: str, progress: Progress) -> Table:
    """A service that is being played, at a glance."""
    table = Table(title=f"{progress.clock}  {service}", show_header=False, title_justify="left", min_width=56)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_row("visits", f"{progress.visits_done} of {progress.visits}")
    table.add_row("orders", f"{progress.orders}, {progress.open_orders} of them open")
    table.add_row("open tickets", str(progress.open_tickets))
    table.add_row("entries heard", f"{progress.heard:,}")
    table.add_row("commit to screen", _milliseconds(progress.screen_ms))
    table.add_row("reconnects, refusals", f"{progress.reconnects}, {progress.refusals}")
    table.add_row("chains broken", _count(progress.broken))
    if progress.troubles:
        table.add_row("troubles", _count(progress.troubles))
    return table


def _line(progress: Progress) -> str:
    return (
        f"{progress.clock}  {progress.visits_done} of {progress.visits} visits, {progress.open_tickets} open tickets, "
        f"{progress.heard:,} entries heard, {progress.broken} chains broken"
    )


# ---------------------------------------------------------------------- when it is over


def show(console: Console, report: Report) -> None:
    """The table at the end, and whatever went wrong in sentences."""
    console.print(summary(report))
    console.print(HOW_MEASURED, style="dim")
    for title, sentences, count in (
        ("Broken chains", report.broken, report.broken_count),
        ("Troubles", report.troubles, report.troubles_count),
    ):
        if count:
            console.print(f"{title}: {count}", style="bold red")
            for sentence in sentences[:SENTENCES_SHOWN_MAX]:
                console.print(f"  {sentence}", markup=False, emoji=False, highlight=False)


def summary(report: Report) -> Table:
    """What came of it."""
    title = f"{report.service} at ×{report.speed:g} over {report.hubs} hub{'s' if report.hubs > 1 else ''}"
    verdict = "[green]whole: nothing lost, nothing shown twice" if report.is_whole else "[bold red]not whole"
    table = Table(title=title, caption=verdict, show_header=False, title_justify="left", caption_justify="left")
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name, value in (*_deeds(report), *_heard(report), *_chains(report), *_times(report)):
        table.add_row(name, value)
    return table


Rows = list[tuple[str, str]]


def _deeds(report: Report) -> Rows:
    return [
        ("orders", f"{report.orders:,}"),
        ("lines", f"{report.lines:,}"),
        ("tickets", f"{report.tickets:,}"),
        ("seated, gone without a table", f"{report.seatings:,}, {report.turned_away:,}"),
        ("requests answered", f"{report.requests:,}"),
        ("sent again, by reason", _by_code(report.retries)),
        ("refusals, by code", _by_code(report.refusals)),
    ]


def _heard(report: Report) -> Rows:
    span = f"{report.first_entry:,} → {report.last_entry:,}"
    rows = [("entries recorded", f"{report.recorded:,} ({span})")]
    for kind, name in SCREENS.items():
        rows.append((f"heard by {name}", f"{report.heard.get(kind, 0):,}, {report.listeners.get(kind, 0)} screens"))
    return rows


def _chains(report: Report) -> Rows:
    return [
        ("  of these in replays", f"{report.replayed:,}"),
        ("  compared with the ledger", f"{report.compared:,}"),
        ("sockets lost, rooms re-entered", f"{report.reconnects:,}, {report.resubscriptions:,}"),
        ("boards for replays, room resets", f"{report.boards_instead:,}, {report.resets:,}"),
        ("gaps seen and healed", f"{report.gaps:,}"),
        ("repetitions dropped", f"{report.repetitions:,}"),
        ("chains broken", _count(report.broken_count)),
    ]


def _times(report: Report) -> Rows:
    tickets = report.ticket_minutes
    shown = "none" if tickets.half is None else f"{tickets.half:.1f}, {tickets.most or 0:.1f} simulated minutes"
    return [
        ("commit to screen, p50, p99", _milliseconds(report.screen_ms)),
        ("REST, p50, p99", _milliseconds(report.rest_ms)),
        ("ticket time, p50, p90", shown),
        ("took", f"{report.real_seconds:,.0f} s"),
    ]


def _milliseconds(samples: Quantiles) -> str:
    return "none" if samples.half is None else f"{samples.half:.1f}, {samples.most or 0:.1f} ms"


def _by_code(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in counts.items()) or "none"


def _count(number: int) -> str:
    return f"[bold red]{number}" if number else "[green]0"
