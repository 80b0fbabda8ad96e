"""The command line against a server of its own: each command does its one thing, and says so in a sentence."""

import json
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from hub import demo
from hub.audience import PLATFORM
from hub.menus.command import import_file
from hub.store import audit, ledger
from hub.store.audit import Noted
from hub.store.database import Database
from tests.support.databases import a_database, open_database, run_as_owner
from tests.support.hubs import a_hub
from tests.support.processes import OPEN_SECONDS_MAX, brigade

MENU = "item,price\nPlain Naan,2.60\nPilau Rice,2.95\n"


@pytest.fixture
async def empty_url(postgres_url: str) -> AsyncIterator[str]:
    """A database with nothing in it."""
    async with a_database(postgres_url, template=None) as url:
        yield url


async def _says(*arguments: str, status: int = 0, **environment: str) -> str:
    async with brigade(*arguments, environment=environment) as running:
        # It opens, works and ends by itself.
        assert await running.ends(seconds=OPEN_SECONDS_MAX) == status, running.everything()
        said = running.everything()
    assert "Traceback" not in said
    return said


async def test_a_database_is_migrated_seeded_and_left_alone_the_second_time(empty_url: str, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    seed = ("seed", "--accounts", str(accounts))
    assert "brigade migrate" in await _says(*seed, status=1, DATABASE_URL=empty_url)
    assert "Applied: " in await _says("migrate", DATABASE_URL=empty_url)
    assert "Nothing to do." in await _says("migrate", DATABASE_URL=empty_url)
    assert "Seeded" in await _says(*seed, DATABASE_URL=empty_url)
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    before = json.loads(accounts.read_text())
    assert "Nothing to do" in await _says(*seed, DATABASE_URL=empty_url)
    assert json.loads(accounts.read_text()) == before
    # A lost file gets new passwords; the people are the same.
    accounts.unlink()
    database = await open_database(empty_url, pool_size_max=2)
    assert await demo.seed(database, accounts)
    await database.close()
    after = json.loads(accounts.read_text())
    cook = next(one["email"] for one in after["accounts"] if one["role"] == "cook")
    assert f"{cook} is an operator." in await _says("operators", "appoint", cook, DATABASE_URL=empty_url)
    assert [one["email"] for one in after["accounts"]] == [one["email"] for one in before["accounts"]]
    assert after != before
    assert "Undone: " in await _says("migrate", "--back-to", "nothing", DATABASE_URL=empty_url)


async def test_a_new_epoch_is_given_to_every_ledger(database_url: str, database: Database) -> None:
    async with database.transaction():
        before = await ledger.open_head(ledger.Scope("platform"))
    assert "1 ledgers have a new epoch." in await _says("new-epoch", DATABASE_URL=database_url)
    async with database.transaction():
        assert (await ledger.open_head(ledger.Scope("platform"))).epoch != before.epoch


async def test_a_chain_of_the_audit_is_whole_until_somebody_changes_it(database: Database, database_url: str) -> None:
    async with database.transaction():
        await audit.append(Noted(PLATFORM, datetime.now(UTC), "user:1", "signed_in", "session", "1"))
    said = await _says("audit", "verify", DATABASE_URL=database_url)
    assert "platform: 1 entries, whole, " in said
    assert "1 chains are whole." in said
    await run_as_owner(database_url, "update audit set actor = 'user:2'")
    said = await _says("audit", "verify", status=1, DATABASE_URL=database_url)
    assert "The audit of platform is broken at entry 1." in said


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (("migrate",), {"DATABASE_URL": ""}, "DATABASE_URL is not set."),
        (("migrate",), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "Is DATABASE_URL right?"),
        (("serve", "--beside", "/nowhere/at/all"), {}, "No restaurant is open in /nowhere/at/all."),
        (("serve", "--workers", "0"), {}, "--workers must be at least 1."),
        (("up", "--data", "/proc/nothing"), {}, "/proc/nothing cannot be used"),
    ],
)
async def test_what_is_wrong_is_one_sentence(
    arguments: tuple[str, ...], environment: dict[str, str], sentence: str
) -> None:
    said = await _says(*arguments, status=1, **environment)
    assert sentence in said.replace("\n", " ")


async def test_a_menu_is_brought_along_through_the_door(
    database: Database, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    menu, accounts = tmp_path / "menu.csv", tmp_path / "accounts.json"
    menu.write_text(MENU)
    await demo.seed(database, accounts)
    async with a_hub(database_url, redis_url) as hub:
        words = ("import-menu", str(menu), "--hub", hub.url, "--accounts", str(accounts))
        assert "2 items: 2 added, 0 changed, 0 as they were" in await _says(*words)
        assert "2 items: 0 added, 0 changed, 2 as they were" in await _shown(menu, hub.url, accounts)
        assert "Say which restaurant it is" in await _says(*words, "--restaurant", "Another", status=1)
        menu.write_text(MENU + "Nothing,free\n")
        assert "line 4" in (await _shown(menu, hub.url, accounts, code=1)).lower()
        menu.write_text(MENU)
        assert "cannot be read" in await _shown(menu, hub.url, tmp_path / "nobody.json", code=1)


async def _shown(menu: Path, url: str, accounts: Path, *, code: int = 0) -> str:
    """What the command shows whoever has only typed other words: here, without a process for each."""
    shown = StringIO()
    console = Console(file=shown, width=200)
    done = await import_file(file=menu, rules=None, hub=url, accounts=accounts, restaurant=None, console=console)
    assert done == code, shown.getvalue()
    return shown.getvalue()
