"""A menu from a CSV file: names and prices, given their stations and sections by the rules.

    item,price              or     item,price_gbp_mode,…
    Pilau Rice,2.95

Pure but for reading the file. Not its business: the hub's own menu (`importing`).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hub.commands.command import NAME_LENGTH_MAX, PRICE_MAX
from hub.menus.rules import Rule, Rules, WrongMenu

PRICE_COLUMNS = ("price", "price_gbp_mode")
WRONG_SHOWN_MAX = 20
ITEMS_MAX = 5_000
MINOR_UNITS = 100
"""Pence to the pound: what CSV files write with two decimals. A currency without them needs another reader."""


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """An item as it is to stand on the menu. `price` is in minor units."""

    name: str
    price: int
    station: str
    section: str
    prep_seconds: int


@dataclass(frozen=True, slots=True)
class ImportedMenu:
    """Stations in the order of the rules, sections in the order of their courses, items as in the file."""

    stations: tuple[str, ...]
    sections: tuple[str, ...]
    items: tuple[ImportedItem, ...]


def read_menu(path: Path, rules: Rules) -> ImportedMenu:
    """The menu in a file. Raises WrongMenu with the lines that are wrong."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            return parse(lines, rules)
    except OSError as error:
        raise WrongMenu(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise WrongMenu(f"{path} is not text in UTF-8.") from None


def parse(lines: Iterable[str], rules: Rules) -> ImportedMenu:
    """The menu in these lines. Raises WrongMenu with everything that is wrong, so that it can be mended at once."""
    rows = csv.DictReader(lines)
    columns = rows.fieldnames or ()
    price_column = next((column for column in PRICE_COLUMNS if column in columns), None)
    if "item" not in columns or price_column is None:
        raise WrongMenu("This is not a menu: it needs the columns item and price (or price_gbp_mode).")
    items, wrong, seen = list[ImportedItem](), list[str](), dict[str, int]()
    used = set[Rule]()
    for row in rows:
        try:
            item, rule = _item(row["item"], row[price_column], rules, seen, rows.line_num)
        except WrongMenu as why:
            wrong.append(str(why))
        else:
            items.append(item)
            used.add(rule)
    if wrong:
        more = [f"So are {len(wrong) - WRONG_SHOWN_MAX} more."] if len(wrong) > WRONG_SHOWN_MAX else []
        raise WrongMenu("\n".join(wrong[:WRONG_SHOWN_MAX] + more))
    if not items:
        raise WrongMenu("The menu has no items.")
    if len(items) > ITEMS_MAX:
        raise WrongMenu(f"The menu has {len(items):,} items; {ITEMS_MAX:,} are allowed.")
    in_use = [rule for rule in rules.rules if rule in used]
    return ImportedMenu(
        stations=tuple(dict.fromkeys(rule.station for rule in in_use)),
        sections=tuple(dict.fromkeys(rule.section for rule in sorted(in_use, key=lambda rule: rule.course))),
        items=tuple(items),
    )


def _item(
    text: str | None, price: str | None, rules: Rules, seen: dict[str, int], line: int
) -> tuple[ImportedItem, Rule]:
    name = _name(text, seen, line)
    rule = rules.rule_for(name)
    if rule is None:
        raise WrongMenu(f"Line {line} of the menu: no rule fits {name}. Add one that does, such as the pattern '.'.")
    return ImportedItem(name, _price(price, line), rule.station, rule.section, rule.prep_seconds), rule


def _name(text: str | None, seen: dict[str, int], line: int) -> str:
    name = " ".join((text or "").split())
    if not name:
        raise WrongMenu(f"Line {line} of the menu: the item has no name.")
    if len(name) > NAME_LENGTH_MAX or not name.isprintable():
        raise WrongMenu(
            f"Line {line} of the menu: a name has at most {NAME_LENGTH_MAX} characters that can be printed."
        )
    if name in seen:
        raise WrongMenu(f"Line {line} of the menu: {name} stands on line {seen[name]} already.")
    seen[name] = line
    return name


def _price(text: str | None, line: int) -> int:
    """In minor units, exactly: 2.95 is 295, and 2.955 is nothing."""
    try:
        minor = Decimal((text or "").strip()) * MINOR_UNITS
    except InvalidOperation:
        minor = Decimal("NaN")
    if not minor.is_finite() or minor != minor.to_integral_value() or not 0 <= minor <= PRICE_MAX:
        raise WrongMenu(f"Line {line} of the menu: the price must be an amount such as 2.95, and not {text!r}.")
    return int(minor)
