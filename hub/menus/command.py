"""`brigade import-menu` on a terminal. The command line itself is `hub.__main__`, which only parses."""

from pathlib import Path

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from hub.caller import Account, Badge, Calls, Door, Hubs, NobodyAnswers, Refusal, UnreadableAccounts, read_accounts
from hub.menus.importing import Imported, WhichRestaurant, existing_menu, import_menu, restaurant_of
from hub.menus.reading import ImportedMenu, read_menu
from hub.menus.rules import DEFAULT_RULES, WrongMenu, read_rules

MAY_WRITE_MENUS = ("owner", "manager")
KNOCKING_SECONDS = 10.0


async def import_file(
    *,
    file: Path,
    rules: Path | None,
    hub: str,
    accounts: Path,
    restaurant: str | None,
    console: Console,
) -> int:
    """Import a menu and show what came of it. The exit code: 0, or 1 after one sentence that says why not."""
    try:
        menu = read_menu(file, read_rules(rules or DEFAULT_RULES))
        account = _writer(read_accounts(accounts))
        done = await _import(menu, hub, account, restaurant, console)
    except Refusal as refusal:
        console.print(f"The hub says no: {refusal.sentence}", style="red", markup=False)
        return 1
    except (WrongMenu, WhichRestaurant, UnreadableAccounts, NobodyAnswers) as why:
        console.print(str(why), style="red", markup=False)
        return 1
    console.print(
        f"{len(menu.items)} items: {done.items_added} added, {done.items_changed} changed, {done.items_left} as they "
        f"were; {done.stations_added} stations and {done.sections_added} sections are new.",
        highlight=False,
    )
    return 0


async def _import(menu: ImportedMenu, hub: str, account: Account, restaurant: str | None, console: Console) -> Imported:
    columns = (TextColumn("Writing the menu"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(menu.items))
        async with aiohttp.ClientSession() as web:
            door = Door(web, Hubs((hub,)).one(), Badge(account), Calls(), KNOCKING_SECONDS)
            house = await restaurant_of(door, restaurant)
            existing = await existing_menu(door, house)
            return await import_menu(
                door, house, menu, existing, lambda done, of: progress.update(task, completed=done)
            )


def _writer(accounts: list[Account]) -> Account:
    for role in MAY_WRITE_MENUS:
        for account in accounts:
            if account.role == role:
                return account
    raise UnreadableAccounts("There is no account of an owner or a manager, and nobody else may write the menu.")
