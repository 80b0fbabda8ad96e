"""Rows, goals and the report: a ratio is of one round, and nobody is told that something is met which is not."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from benchmarks import growth, plots, report, table
from benchmarks.growth import Slope
from benchmarks.npm import PEERS, Node
from benchmarks.rows import Goal, Measure, Row, percentile
from benchmarks.table import QUICK, WHOLE
from hub.events.menu import InventoryUpdate


def a_row(better: str, goal: Goal, *rounds: tuple[float, float], busy: float = 0.0) -> Row:
    """A row of which Brigade and Node are known, round by round."""
    row = Row("a_row", "a row", "things", "more" if better == "more" else "less", (goal,))
    row.rounds = [{"ours": Measure(ours, busy), "node": Measure(node)} for ours, node in rounds]
    return row


def test_a_ratio_is_of_one_round_and_the_median_is_of_ratios() -> None:
    row = a_row("more", Goal("node", at_least=2.0), (20, 10), (300, 100), (40, 40))
    ratio = row.ratio(row.goals[0])
    assert (ratio.median, ratio.least, ratio.most) == (2.0, 1.0, 3.0)
    assert row.is_met(row.goals[0])


def test_times_less_are_met_by_less_and_not_by_more() -> None:
    goal = Goal("node", at_least=1.7)
    assert a_row("less", goal, (10, 20)).is_met(goal)
    assert not a_row("less", goal, (20, 10)).is_met(goal)


def test_a_part_at_most_is_met_by_a_smaller_part() -> None:
    goal = Goal("node", at_most=0.4)
    assert a_row("less", goal, (3, 10)).is_met(goal)
    assert not a_row("less", goal, (5, 10)).is_met(goal)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 3.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.99) == 4.0


# ---------------------------------------------------------------- what is said


def test_the_table_says_what_is_met_and_what_is_not() -> None:
    goal = Goal("node", at_least=2.0)
    assert report.table([a_row("more", goal, (30, 10))]).rstrip().endswith("| ≥ 2 × | met |")
    assert "**not met**" in report.table([a_row("more", goal, (10, 10))])


def test_the_table_says_where_the_generator_may_have_been_the_limit() -> None:
    goal = Goal("node", at_least=2.0)
    assert "generator was busy with Brigade" in report.table([a_row("more", goal, (30, 10), busy=0.9)])
    assert "generator" not in report.table([a_row("more", goal, (30, 10), busy=0.8)])


def test_a_row_that_was_not_measured_stays_in_the_table_and_says_why() -> None:
    row = Row("a_row", "a row", "things", "more", (Goal("node", at_least=2.0),), remark="ours: it fell over")
    assert "| not measured | | ours: it fell over |" in report.table([row])


def test_the_report_says_when_the_machine_had_other_things_to_do() -> None:
    row = a_row("more", Goal("node", at_least=2.0), (30, 10))
    assert "Not to be relied on" in report.markdown([row], QUICK, "a machine", 60.0, 0.5)
    assert "Not to be relied on" not in report.markdown([row], QUICK, "a machine", 60.0, 0.01)


def test_a_plot_is_drawn_of_every_side(tmp_path: Path) -> None:
    row = a_row("more", Goal("node", at_least=2.0), (30, 10), (20, 10))
    plots.write(tmp_path / "a.svg", row, report.NAMES)
    words = "".join(ElementTree.parse(tmp_path / "a.svg").getroot().itertext())
    assert "Brigade" in words
    assert "socket.io on Node" in words


def test_a_slope_is_written_as_far_as_it_was_measured(tmp_path: Path) -> None:
    costs = {20: [30.0], 200: [30.5, 36.0, 31.0]}
    slope = Slope("growth_rooms", "An event, by rooms", "rooms", "CPU µs", costs, "at 2,000: no")
    page = growth.write(tmp_path, [slope], "a machine").read_text(encoding="utf-8")
    assert "| 20 | 30.0 |  |" in page
    assert "| 200 | 31.0 | 30.5–36.0 |" in page
    assert "Not measured to the end, at 2,000: no" in page
    assert (tmp_path / "growth_rooms.svg").is_file()


def test_a_row_that_broke_is_never_met_whatever_was_measured_before() -> None:
    row = a_row("more", Goal("node", at_least=2.0), (30, 10))
    assert "| met |" in report.table([row])
    row.remark = "ours: of 5 deliveries 4 came."
    assert "met |" not in report.table([row])
    assert "of 5 deliveries 4 came" in report.table([row])


def test_the_table_leaves_the_plots_of_growth_alone(tmp_path: Path) -> None:
    (tmp_path / "growth_rooms.svg").write_text("a plot", encoding="utf-8")
    (tmp_path / "limit.svg").write_text("of an earlier run", encoding="utf-8")
    report.write(tmp_path, [], QUICK, Node(sys.executable, PEERS), 0.0, 0.0)
    assert [one.name for one in tmp_path.glob("*.svg")] == ["growth_rooms.svg"]


# ---------------------------------------------------------------- the table itself


@pytest.mark.parametrize("row", table.rows().values(), ids=lambda row: row.key)
def test_whoever_a_row_is_held_against_has_a_name(row: Row) -> None:
    assert {goal.against for goal in row.goals} <= set(report.NAMES)


def test_the_quick_form_is_shorter_in_everything() -> None:
    for name in ("rounds", "fanout_seconds", "pace_seconds", "idle_connections", "orders_seconds", "menus"):
        assert getattr(QUICK, name) < getattr(WHOLE, name), name


def test_the_peers_emit_the_same_event_as_the_hub() -> None:
    fields = {field.alias or name for name, field in InventoryUpdate.model_fields.items()} - {"restaurantId"}
    for peer in ("rooms.js", "stock.py"):
        source = (PEERS / peer).read_text(encoding="utf-8")
        assert InventoryUpdate.name in source
        for one in fields | {"room", "seq", "prev", "timestamp"}:
            assert one in source, f"{peer} does not know {one}."
