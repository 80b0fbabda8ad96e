"""What an order comes to: lines, tax and total, in whole minor units.

Rounding is commercial: half a minor unit goes up. A restaurant says whether tax is rounded once for the order or
line by line, and whether its prices already contain it; the rule is part of the order, as prices are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from hub.events.orders import OrderKind

BASIS_POINTS = 10_000
"""Tax rates count hundredths of a per cent: 2000 is 20 %."""


class Rounding(StrEnum):
    PER_ORDER = "per_order"
    PER_LINE = "per_line"


@dataclass(frozen=True, slots=True)
class TaxRule:
    """`rates` by kind of order, in basis points; a kind that is not named pays none."""

    rates: Mapping[OrderKind, int] = field(default_factory=lambda: MappingProxyType({}))
    is_included: bool = True
    rounding: Rounding = Rounding.PER_ORDER


@dataclass(frozen=True, slots=True)
class Bill:
    """Minor units. `total` is what the guest pays; `tax` is the part of it that is tax."""

    subtotal: int
    tax: int
    total: int


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, the numerator not negative, with halves rounded up."""
    return (2 * numerator + denominator) // (2 * denominator)


def tax_in(amount: int, rate: int, *, is_included: bool) -> int:
    """The tax on `amount`, or, where it is included, the tax inside it."""
    return half_up(amount * rate, BASIS_POINTS + rate) if is_included else half_up(amount * rate, BASIS_POINTS)


def bill_of(amounts: Iterable[int], rule: TaxRule, kind: OrderKind) -> Bill:
    """The bill over the line amounts. With no lines it is nothing."""
    lines = tuple(amounts)
    subtotal = sum(lines)
    taxed = lines if rule.rounding is Rounding.PER_LINE else (subtotal,)
    tax = sum(tax_in(amount, rule.rates.get(kind, 0), is_included=rule.is_included) for amount in taxed)
    return Bill(subtotal=subtotal, tax=tax, total=subtotal if rule.is_included else subtotal + tax)
