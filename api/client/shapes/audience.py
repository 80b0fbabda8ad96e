"""What travels between a hub and its clients: audience.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import Literal

RoomKind = Literal["pass", "station", "waiters", "table", "order", "item", "user", "announcements", "ops"]
