"""One run: one version of the API, asked as one of those who ask, with all of schemathesis' checks.

Not its business: who asks (`stage`), and how often there is such a run (`__main__`, `test_fuzz`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import schemathesis
from schemathesis import openapi
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from tests.fuzz.findings import Finding, Findings
from tests.fuzz.stage import Asker

VERSIONS = ("v2", "v1")

UNDERSTOOD = ["2xx", "401", "403", "404", "409", "422", "423", "429"]
"""What may be said of a request that fits its schema: the rest is rules, such as how many letters go to one address.
Never that it is not understood: 400."""
REFUSED = ["400", "401", "403", "404", "405", "413"]
"""What has to be said of a request that does not fit its schema."""

MEANT_OFTEN = 0.9
"""How often an address names something that is there."""

IN_BODIES = {
    "body.sectionId": "sectionId",
    "body.station": "stationId",
    "body.backupStationId": "stationId",
    "body.tableId": "tableId",
    "body.toOrderId": "orderId",
    "body.lines[*].itemId": "itemId",
    "body.lineIds[*]": "lineId",
    "body.tickets[*].ticketId": "ticketId",
}
"""Which ids are meant by fields of bodies."""


@dataclass(frozen=True)
class Effort:
    """How much is asked in one run: requests made up for each operation, and which phases there are."""

    examples: int = 10
    phases: tuple[str, ...] = ("examples", "coverage", "fuzzing", "stateful")
    seconds_max: int | None = None


def ask(url: str, version: str, asker: Asker, seed: int, effort: Effort) -> Findings:
    """Ask all of it. Not on the hub's own loop: it waits for answers."""
    config = schemathesis.Config.from_dict(_config(url, asker, seed, effort))
    schema = openapi.from_url(f"{url}/api/{version}/openapi.json", config=config)
    if asker.token is not None:
        schema.auth(refresh_interval=None)(_carrying(asker.token))
    findings = Findings(operations={one.ok().label for one in schema.get_all_operations()})
    for event in from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                _look_at(event.recorder, f"{asker.name} ({version}, seed {seed})", findings)
            case events.NonFatalError():
                findings.troubles.append(f"{event.label}, as {asker.name}: {event.info.format()}")
            case events.FatalError():
                raise event.exception
    return findings


def _look_at(recorder: ScenarioRecorder, asker: str, findings: Findings) -> None:
    for case_id, interaction in recorder.interactions.items():
        if interaction.response is None:
            findings.troubles.append(f"No answer came to {interaction.request.method} {interaction.request.uri}.")
            continue
        findings.statuses[interaction.response.status_code] += 1
        if interaction.response.status_code < 300 and case_id in recorder.cases:
            findings.done.add(recorder.cases[case_id].value.operation.label)
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                what = f"{check.name}: {failure}"
                findings.add(Finding(asker, failure.operation or recorder.label, what, check.failure_info.code_sample))


def _carrying(token: Any) -> type:
    class Carries:
        """What schemathesis asks for before each request that is to be somebody's."""

        def get(self, case: Any, context: Any) -> str:
            return str(token())

        def set(self, case: Any, given: str, context: Any) -> None:
            case.headers["Authorization"] = f"Bearer {given}"

    return Carries


def _config(url: str, asker: Asker, seed: int, effort: Effort) -> Mapping[str, Any]:
    in_addresses = {f"path.{name}": name for name in asker.things}
    bound = {
        field: {"dictionary": name, "probability": MEANT_OFTEN} for field, name in {**in_addresses, **IN_BODIES}.items()
    }
    phases = ("examples", "coverage", "fuzzing", "stateful")
    return {
        "base-url": url,
        "seed": seed,
        "continue-on-failure": True,
        "request-timeout": 60,
        "suppress-health-check": ["all"],
        "cache": {"enabled": False},
        "output": {"sanitization": {"enabled": False}},
        "generation": {"max-examples": effort.examples, "no-shrink": True, "database": "none"},
        "dictionaries": {name: {"values": values} for name, values in asker.things.items()},
        "parameters": bound,
        "checks": {
            "positive_data_acceptance": {"expected-statuses": UNDERSTOOD},
            "negative_data_rejection": {"expected-statuses": REFUSED},
        },
        "phases": {name: {"enabled": name in effort.phases} for name in phases},
        **({} if effort.seconds_max is None else {"max-time": effort.seconds_max}),
    }
