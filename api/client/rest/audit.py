"""What can be asked of a hub at its addresses: audit.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.audit import Audit, Wholeness


class OfAudit:
    """Who changed what about the house."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_audit_of_restaurant(
        self,
        restaurant_id: str,
        *,
        actor: str | None = None,
        action: str | None = None,
        entity: str | None = None,
        entity_id: str | None = None,
        since: str | None = None,
        until: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> Audit:
        """Who changed what in the restaurant: its people, its menu, its keys, and what was thrown away."""
        answer: Audit = await self._door.send(
            "GET",
            "/restaurants/{restaurantId}/audit",
            {"restaurantId": restaurant_id},
            query={
                "actor": actor,
                "action": action,
                "entity": entity,
                "entityId": entity_id,
                "since": since,
                "until": until,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    async def show_audit_wholeness(
        self, restaurant_id: str, *, after: int | None = None, limit: int | None = None
    ) -> Wholeness:
        """Whether anybody has changed what the restaurant's audit says, some entries at a time."""
        answer: Wholeness = await self._door.send(
            "GET",
            "/restaurants/{restaurantId}/audit/wholeness",
            {"restaurantId": restaurant_id},
            query={"after": after, "limit": limit},
        )
        return answer

    async def show_audit_of_platform(
        self,
        *,
        actor: str | None = None,
        action: str | None = None,
        entity: str | None = None,
        entity_id: str | None = None,
        since: str | None = None,
        until: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> Audit:
        """What people did about their accounts, who was locked out, and what operators did."""
        answer: Audit = await self._door.send(
            "GET",
            "/audit",
            query={
                "actor": actor,
                "action": action,
                "entity": entity,
                "entityId": entity_id,
                "since": since,
                "until": until,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    async def show_audit_wholeness_of_platform(
        self, *, after: int | None = None, limit: int | None = None
    ) -> Wholeness:
        """Whether anybody has changed what the platform's audit says of accounts and announcements, some at a time."""
        answer: Wholeness = await self._door.send("GET", "/audit/wholeness", query={"after": after, "limit": limit})
        return answer
