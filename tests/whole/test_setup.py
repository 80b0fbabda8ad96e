"""How the project is set up: locks, settings, and the ways to run it say the same thing."""

import re
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from hub.config import Settings
from tests.whole.project import ROOT, pyproject

ALL, RUNTIME, NODE = "requirements.lock", "requirements-runtime.lock", "requirements-node.lock"
SETTINGS = {name.upper() for name in Settings.model_fields}
SECRETS = re.compile(r"\$\{(\w*(?:SECRET|PASSWORD)(?!_LENGTH)\w*)([^}]*)\}")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked(name: str) -> dict[str, tuple[Version, frozenset[str]]]:
    """What a lock holds: each package's version and the hashes it may have."""
    pins: dict[str, tuple[Version, frozenset[str]]] = {}
    for block in re.split(r"\n(?=\w)", text(name)):
        pin, *hashes = [line.strip().rstrip("\\").strip() for line in block.strip().splitlines()]
        package, _, version = pin.split(";")[0].strip().partition("==")
        pins[canonicalize_name(package)] = (Version(version), frozenset(hashes))
    return pins


def compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(text("compose.yaml"))["services"]
    return services


# ------------------------------------------------------------------ locks


def test_every_dependency_is_locked_in_a_version_that_fits() -> None:
    project = pyproject()["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    node = pyproject()["dependency-groups"]["node"]
    for name, wanted in ((ALL, [*project["dependencies"], *extras]), (RUNTIME, project["dependencies"]), (NODE, node)):
        pins = locked(name)
        for requirement in map(Requirement, wanted):
            version, _ = pins[canonicalize_name(requirement.name)]
            assert version in requirement.specifier, f"{name} has {requirement.name} {version}. Run `make lock`."


def test_what_builds_the_checkout_is_locked_in_the_same_version() -> None:
    (builder,) = map(Requirement, pyproject()["build-system"]["requires"])
    for name in (ALL, RUNTIME):
        assert locked(name)[builder.name][0] in builder.specifier


def test_the_hub_runs_on_exactly_what_it_was_tested_with() -> None:
    tested = locked(ALL)

    assert {name: pin for name, pin in locked(RUNTIME).items() if tested.get(name) != pin} == {}


def test_locks_say_hashes_and_no_addresses() -> None:
    for name in (ALL, RUNTIME, NODE):
        assert all(hashes for _, hashes in locked(name).values())
        assert re.search(r"://|file:|^--?(index|extra|find|trusted|i|f)\b", text(name), flags=re.MULTILINE) is None


def test_locks_of_other_languages_say_no_addresses_either() -> None:
    for lock in ROOT.glob("**/package-lock.json"):
        if "node_modules" not in lock.parts:
            assert '"resolved": "http' not in lock.read_text(encoding="utf-8"), f"Mend {lock.parent / '.npmrc'}."


# ------------------------------------------------------------------ settings


def test_the_example_of_the_environment_names_exactly_the_settings() -> None:
    lines = re.findall(r"^([A-Z_]+)=(.*)$", text(".env.example"), flags=re.MULTILINE)

    assert {name for name, _ in lines} == SETTINGS
    assert len(lines) == len(SETTINGS)


def test_the_example_of_the_environment_shows_the_true_defaults() -> None:
    for name, shown in re.findall(r"^([A-Z_]+)=(.*)$", text(".env.example"), flags=re.MULTILINE):
        field = Settings.model_fields[name.lower()]
        is_said = not field.is_required() and field.default not in (None, ())
        assert shown == (str(field.default) if is_said else ""), name


def test_the_containers_are_told_nothing_that_no_hub_reads() -> None:
    hubs = {name: service for name, service in compose().items() if name.startswith("hub-")}

    assert len(hubs) == 2
    for name, hub in hubs.items():
        assert set(hub["environment"]) <= SETTINGS, name
        assert {"DATABASE_URL", "REDIS_URL", "BRIGADE_SECRET"} <= set(hub["environment"]), name


def test_no_secret_has_a_default() -> None:
    found = SECRETS.findall(text("compose.yaml"))

    assert found
    # What a provider gave is nothing where there is no provider.
    optional = [name for name, otherwise in found if name.endswith("_CLIENT_SECRET") and otherwise == ":-"]
    assert [name for name, otherwise in found if not otherwise.startswith(":?")] == optional
    assert re.search(r"(?i)^(ENV|ARG)\s.*(secret|password)", text("Dockerfile"), flags=re.MULTILINE) is None


# ------------------------------------------------------------------ ways to run it


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    final = text("Dockerfile").rpartition("\nFROM ")[2]

    assert re.search(r"^USER (\d{4,})", final, flags=re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*", final, flags=re.MULTILINE)
    assert "/health/live" in final


def test_the_image_is_made_of_nothing_but_the_code_and_its_lock() -> None:
    ignored = text(".dockerignore").splitlines()

    assert ignored[0] == "*", "What is not named does not get in."
    allowed = {line.removeprefix("!").rstrip("/") for line in ignored if line.startswith("!")}
    wheel = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]
    packed = {name.partition("/")[0] for name in wheel["only-include"]}
    assert packed | {RUNTIME, NODE, "pyproject.toml", "README.md", "LICENSE"} == allowed
    # What a machine made for itself is of no use to another.
    assert {"dashboards/screens/node_modules", "dashboards/screens/built*"} <= set(ignored)


def test_no_node_is_in_the_image_that_runs() -> None:
    built, _, final = text("Dockerfile").rpartition("\nFROM ")

    assert re.search(rf"--require-hashes .*{NODE}", built)
    assert re.search(r"pip uninstall --yes .*\bnodejs-wheel-binaries\b", built)
    assert "node" not in final.lower()


def test_whoever_runs_or_tries_it_sees_the_screens_as_they_are_now() -> None:
    recipes = dict(re.findall(r"^(run|test):.*\n((?:\t.*\n)+)", text("Makefile"), flags=re.MULTILINE))

    assert {name for name, recipe in recipes.items() if "$(build_screens)" in recipe} == {"run", "test"}


def test_ci_can_be_run() -> None:
    ci = Path(ROOT / ".ci" / "run")

    assert ci.stat().st_mode & 0o111
    assert "make test" in ci.read_text(encoding="utf-8")
    assert ci.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
