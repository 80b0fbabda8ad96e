"""Money: whole minor units, and rounding that anybody can check on paper."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.bills import Bill, Rounding, TaxRule, bill_of, half_up, tax_in
from hub.events.orders import OrderKind

DINE_IN, PICKUP, DELIVERY = OrderKind
AMOUNTS = st.lists(st.integers(0, 10_000_000), max_size=30)
RATES = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"), [(1, 2, 1), (1, 3, 0), (2, 3, 1), (5, 2, 3), (0, 7, 0)]
)
def test_half_a_minor_unit_goes_up(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@pytest.mark.parametrize(
    ("amounts", "rule", "bill"),
    [
        # 20 % that is in the price: 12.00 contains 2.00.
        ([1200], TaxRule({DINE_IN: 2000}), Bill(1200, 200, 1200)),
        # 8.25 % on top of it: 10.01 × 0.0825 is 0.825825.
        ([1001], TaxRule({DINE_IN: 825}, is_included=False), Bill(1001, 83, 1084)),
        # Three coffees of 0.99 at 5 % on top: once over 2.97 is 0.15, line by line 3 × 0.05.
        ([99, 99, 99], TaxRule({DINE_IN: 500}, is_included=False), Bill(297, 15, 312)),
        ([99, 99, 99], TaxRule({DINE_IN: 500}, False, Rounding.PER_LINE), Bill(297, 15, 312)),
        # The same of 0.90: once over 2.70 is 0.135 → 0.14, line by line 3 × 0.045 → 3 × 0.05.
        ([90, 90, 90], TaxRule({DINE_IN: 500}, is_included=False), Bill(270, 14, 284)),
        ([90, 90, 90], TaxRule({DINE_IN: 500}, False, Rounding.PER_LINE), Bill(270, 15, 285)),
        ([1200], TaxRule({PICKUP: 2000}), Bill(1200, 0, 1200)),
        ([], TaxRule({DINE_IN: 2000}), Bill(0, 0, 0)),
    ],
)
def test_a_bill_is_what_the_rule_says(amounts: list[int], rule: TaxRule, bill: Bill) -> None:
    assert bill_of(amounts, rule, DINE_IN) == bill


@given(AMOUNTS, RATES, st.booleans(), st.sampled_from(Rounding))
def test_a_bill_adds_up(amounts: list[int], rate: int, is_included: bool, rounding: Rounding) -> None:
    bill = bill_of(amounts, TaxRule({DINE_IN: rate}, is_included, rounding), DINE_IN)
    assert bill.subtotal == sum(amounts)
    assert bill.total == bill.subtotal + (0 if is_included else bill.tax)
    assert 0 <= bill.tax <= bill.total


@given(st.integers(0, 10**9), RATES)
def test_tax_is_rounded_as_on_paper(amount: int, rate: int) -> None:
    on_top = Decimal(amount) * rate / 10_000
    within = Decimal(amount) * rate / (10_000 + rate)
    assert tax_in(amount, rate, is_included=False) == int(on_top.quantize(Decimal(1), ROUND_HALF_UP))
    assert tax_in(amount, rate, is_included=True) == int(within.quantize(Decimal(1), ROUND_HALF_UP))
