"""What travels between a hub and its clients: bills.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import Literal

Rounding = Literal["per_order", "per_line"]
