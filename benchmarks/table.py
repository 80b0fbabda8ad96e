"""The table: its rows, what each is held to, and how long they are measured.

Not its business: measuring them (`benchmarks.run`), and what the table looks like (`benchmarks.report`).
"""

from dataclasses import dataclass

from benchmarks.rows import Goal, Row


@dataclass(frozen=True, slots=True)
class Form:
    """How long everything is measured. Seconds are of each side in each round."""

    name: str
    rounds: int
    fanout_seconds: float
    pace_seconds: float
    connections: int
    idle_connections: int
    orders_seconds: float
    menus: int
    menu_seconds: float
    limit_seconds: float


QUICK = Form("quick", 1, 1.2, 1.5, 1_000, 2_000, 2.0, 1_000, 1.0, 0.4)
WHOLE = Form("whole", 3, 4.0, 10.0, 3_000, 5_000, 5.0, 1_500, 3.0, 1.0)


def rows() -> dict[str, Row]:
    """All rows, by key, in the order of the table."""
    all_rows = (
        Row("rooms_of_5", "200 rooms of 5, one instance", "events / CPU-s", "more", _least(node=2.0, stock=9.0)),
        Row(
            "rooms_of_5_across",
            "the same across instances, both sides",
            "CPU µs / event",
            "less",
            _least(node=1.7, stock=9.0),
        ),
        Row(
            "room_of_1000",
            "room of 1,000, no joining possible",
            "deliveries / CPU-s",
            "more",
            _least(node=1.3, stock=4.5),
        ),
        Row(
            "room_of_1000_bursts",
            "room of 1,000, bursts of 4",
            "deliveries / CPU-s",
            "more",
            _least(node=4.0, stock=15.0),
        ),
        Row("p99_at_300", "cross-instance p99 at 300 ev/s", "ms", "less", _most(node=0.4, stock=0.4)),
        Row("p99_at_2000", "cross-instance p99 at 2,000 ev/s", "ms", "less", _most(node=0.4, stock=0.1)),
        Row("memory", "idle, subscribed connection", "KiB", "less", _most(node=0.5, stock=0.25)),
        Row("connections", "connections a second with token", "/ s", "more", _least(node=3.0, stock=2.0)),
        Row(
            "orders",
            "POST orders",
            "/ s",
            "more",
            _least(express_bare=1.0, express_whole=2.0),
        ),
        Row("menu", "GET menu, from the database", "/ s", "more", _least(express=1.3)),
        Row("menu_kept", "GET menu, from kept bytes", "/ s", "more", _least(express=2.5)),
        Row("glass", "commit to screen at 200/s, p99", "ms", "less", _most(node_emits=1.0)),
        Row("limit", "physical limit: send(2) to 1,000", "deliveries / CPU-s", "more"),
    )
    return {row.key: row for row in all_rows}


def _least(**times: float) -> tuple[Goal, ...]:
    return tuple(Goal(side, at_least=one) for side, one in times.items())


def _most(**parts: float) -> tuple[Goal, ...]:
    return tuple(Goal(side, at_most=part) for side, part in parts.items())
