"""What travels between a hub and its clients: money.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TypedDict


class Money(TypedDict):
    """`amount` counts the currency's minor units: 895 and GBP are £8.95, 895 and JPY are ¥895."""

    amount: int
    currency: str
