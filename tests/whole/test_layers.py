"""Which way the arrows point: the contracts of pyproject.toml hold, and no module stands outside of them."""

import logging.config
import re

import pytest
from importlinter import cli

from tests.whole.project import CODE, ROOT, named, pyproject, python_files

CONTRACTS = {one["id"]: one for one in pyproject()["tool"]["importlinter"]["contracts"]}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_imports_keep_the_contract(
    contract: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    # It sets logging up for itself, which would silence ours for every test that comes after.
    monkeypatch.setattr(logging.config, "dictConfig", lambda config: None)

    status = cli.lint_imports(
        config_filename="pyproject.toml", limit_to_contracts=(contract,), no_logo=True, cache_dir=None
    )

    assert status == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_module_has_its_layer() -> None:
    placed = {name for layer in CONTRACTS["layers"]["layers"] for name in re.split(r"[\s|:()]+", layer) if name}
    modules = {_module(named(path)) for path in python_files(*CODE)}

    assert modules - {"hub"} == placed, "The layers in pyproject.toml name exactly the modules there are."


def test_every_module_but_the_store_is_kept_from_piccolo() -> None:
    kept = set(CONTRACTS["piccolo"]["source_modules"]) | set(CONTRACTS["pure"]["source_modules"])
    modules = {_module(named(path)) for path in python_files(*CODE)}

    assert modules - {"hub", "hub.store"} == kept


def _module(name: str) -> str:
    """What a file belongs to, as the contracts name it: a door, or the hub's module or package."""
    parts = name.removesuffix(".py").removesuffix("/__init__").split("/")
    return parts[0] if parts[0] != "hub" else ".".join(parts[:2])
