"""A service from a file: one row for every line that was ordered, with the time of its order.

    t_seconds_from_midnight,order_id,item,qty,unit_price_gbp

Items are found on the hub's menu by name; prices are the menu's, and the file's are only checked to be prices. Of the
orders every third sits down where the restaurant has tables; the others are fetched and brought in turns.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random

from hub.events.orders import OrderKind
from hub.simulation.clock import DAY, HOUR
from hub.simulation.service import Dish, Evening, House, Visit, Wish, WrongService, chosen

COLUMNS = ("t_seconds_from_midnight", "order_id", "item", "qty", "unit_price_gbp")
LINES_MAX = 100_000
QUANTITY_MAX = 999
DAYS_MAX = 2
DINE_IN_EVERY = 3
UNITS_OF_COVER = 3
NAMED_MAX = 5
"""How many unknown items a sentence names."""


@dataclass(frozen=True, slots=True)
class TracedLine:
    item: str
    quantity: int


@dataclass(frozen=True, slots=True)
class TracedOrder:
    """One order of the file. `at` is in seconds since midnight."""

    at: int
    id: str
    lines: tuple[TracedLine, ...]

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class TracedService:
    """The orders of a trace, by time."""

    name: str
    orders: tuple[TracedOrder, ...]

    def evenings(self, house: House) -> Iterator[Evening]:
        """The one evening there is. Raises WrongService where the menu lacks an item."""
        dishes = {dish.name: dish for dish in house.dishes}
        _must_be_on_menu(dishes, self.orders, house)
        visits = tuple(_visit(house, dishes, order, place) for place, order in enumerate(self.orders))
        yield Evening(opens_at=self.orders[0].at, closes_at=self.orders[-1].at + HOUR, visits=visits)


def read_trace(path: Path, *, orders_max: int | None = None) -> TracedService:
    """The trace in a file, or its first `orders_max` orders. Raises WrongService with the line that is wrong."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            orders = parse(lines)
    except OSError as error:
        raise WrongService(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise WrongService(f"{path} is not text in UTF-8.") from None
    return TracedService(f"the trace {path.name}", orders[:orders_max])


def parse(lines: Iterable[str]) -> tuple[TracedOrder, ...]:
    """The orders of a trace, by time. Raises WrongService."""
    rows = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise WrongService(f"This is not a trace: it lacks the column {missing[0]}. A trace has {', '.join(COLUMNS)}.")
    times, baskets = dict[str, int](), dict[str, list[TracedLine]]()
    for row in rows:
        if rows.line_num > LINES_MAX:
            raise WrongService(f"A trace has at most {LINES_MAX:,} lines.")
        at, order, line = _row(row, rows.line_num)
        times[order] = min(at, times.get(order, at))
        baskets.setdefault(order, []).append(line)
    if not baskets:
        raise WrongService("The trace has no orders.")
    orders = (TracedOrder(times[order], order, tuple(basket)) for order, basket in baskets.items())
    return tuple(sorted(orders, key=lambda order: order.at))


def _row(row: dict[str, str | None], line: int) -> tuple[int, str, TracedLine]:
    text = {column: (row[column] or "").strip() for column in COLUMNS}
    at = _whole(text["t_seconds_from_midnight"], "t_seconds_from_midnight", 0, int(DAYS_MAX * DAY), line)
    quantity = _whole(text["qty"], "qty", 1, QUANTITY_MAX, line)
    for column in ("order_id", "item"):
        if not text[column]:
            raise WrongService(f"Line {line} of the trace: {column} is empty.")
    _must_be_price(text["unit_price_gbp"], line)
    return at, text["order_id"], TracedLine(text["item"], quantity)


def _whole(text: str, column: str, least: int, most: int, line: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise WrongService(f"Line {line} of the trace: {column} must be a whole number from {least} to {most}.")
    return value


def _must_be_price(text: str, line: int) -> None:
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal("NaN")
    if not price.is_finite() or price < 0:
        raise WrongService(f"Line {line} of the trace: unit_price_gbp must be a price such as 8.95.")


def _must_be_on_menu(dishes: dict[str, Dish], orders: Iterable[TracedOrder], house: House) -> None:
    unknown = sorted({line.item for order in orders for line in order.lines} - set(dishes))
    if unknown:
        named = ", ".join(unknown[:NAMED_MAX]) + (", …" if len(unknown) > NAMED_MAX else "")
        raise WrongService(
            f"{len(unknown)} items of the trace are not on the menu of {house.name}: {named}. Import its menu first."
        )


def _visit(house: House, dishes: dict[str, Dish], order: TracedOrder, place: int) -> Visit:
    """The order as a visit; what kind it is and who sits where follows from its place in the trace alone."""
    dice = Random(order.id)
    name = f"Order {order.id}"
    if house.tables and place % DINE_IN_EVERY == DINE_IN_EVERY - 1:
        covers = max(1, min(order.units // UNITS_OF_COVER, house.seats_max))
        wishes = tuple(
            _wish(dishes[line.item], line, dice, course=dishes[line.item].course, seat=at % covers + 1)
            for at, line in enumerate(order.lines)
        )
        orders_itself = place % (2 * DINE_IN_EVERY) == DINE_IN_EVERY - 1
        return Visit(order.at, OrderKind.DINE_IN, name, wishes, covers=covers, orders_itself=orders_itself)
    taken_away = place - (place + 1) // DINE_IN_EVERY if house.tables else place
    kind = OrderKind.DELIVERY if taken_away % 2 else OrderKind.PICKUP
    return Visit(order.at, kind, name, tuple(_wish(dishes[line.item], line, dice) for line in order.lines))


def _wish(dish: Dish, line: TracedLine, dice: Random, *, course: int = 1, seat: int | None = None) -> Wish:
    return Wish(dish.id, line.quantity, course, seat, modifiers=chosen(dish, dice))
