"""Alerts ask of metrics that there are, and say to whoever is woken what to do."""

import re

import pytest
import yaml

from hub.telemetry import Metrics
from tests.whole.project import ROOT

FILES = sorted((ROOT / "dashboards" / "prometheus").glob("*.yaml"))
RULES = [
    rule for file in FILES for group in yaml.safe_load(file.read_text("utf-8"))["groups"] for rule in group["rules"]
]


def test_there_are_alerts_to_look_at() -> None:
    assert len(RULES) >= 2
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_of_metrics_that_there_are_and_says_what_to_do(rule: dict[str, dict[str, str]]) -> None:
    known = {sample.name for family in Metrics().registry.collect() for sample in family.samples}
    asked = set(re.findall(r"brigade_\w+", str(rule["expr"])))
    assert asked
    assert asked <= known
    assert rule["annotations"]["summary"].endswith(".")
    assert len(rule["annotations"]["description"]) > len(rule["annotations"]["summary"])
