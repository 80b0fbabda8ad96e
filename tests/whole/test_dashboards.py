"""Grafana's dashboards ask of metrics that there are, and each panel says to whoever looks what it means."""

import json
import re
from typing import Any

import pytest

from hub.telemetry import Metrics
from tests.whole.project import ROOT

COLUMNS = 24
SAMPLES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
FILES = sorted((ROOT / "dashboards" / "grafana").glob("*.json"))
DASHBOARDS = [json.loads(file.read_text("utf-8")) for file in FILES]
PANELS = [one for dashboard in DASHBOARDS for one in dashboard["panels"] if one["type"] != "row"]

Panel = dict[str, Any]


def known() -> set[str]:
    """What Prometheus has of a hub, whether it was counted already or not."""
    families = Metrics().registry.collect()
    return {family.name + ending for family in families for ending in SAMPLES.get(family.type, ())}


def test_there_are_dashboards_to_look_at() -> None:
    assert len({one["uid"] for one in DASHBOARDS}) == len(FILES) > 0
    assert {one["title"] for one in PANELS} >= {"Waiting", "Failed", "Overdue for", "How long they take"}


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
def test_a_panel_asks_of_metrics_that_there_are_and_says_what_it_means(panel: Panel) -> None:
    asked = [set(re.findall(r"brigade_\w+", one["expr"])) for one in panel["targets"]]
    assert all(asked)
    assert set().union(*asked) <= known()
    assert panel["description"].endswith(".")
    # Whoever imports it chooses where it asks.
    assert {one["datasource"]["uid"] for one in (panel, *panel["targets"])} == {"${source}"}


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda dashboard: dashboard["uid"])
def test_no_panel_lies_over_another(dashboard: Panel) -> None:
    assert len({one["id"] for one in dashboard["panels"]}) == len(dashboard["panels"])
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= COLUMNS
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not cells & taken
        taken |= cells
