"""Money: whole minor units and an ISO 4217 code. Nothing here is a float, and nothing guesses a currency."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` counts the currency's minor units: 895 and GBP are £8.95, 895 and JPY are ¥895."""

    amount: int
    currency: str
