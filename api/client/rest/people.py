"""What can be asked of a hub at its addresses: people.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.answers import RolesAnswer, SaidAnswer
    from api.client.shapes.people import Announce, Colleagues, Me, RestGiveRole, RestNotify, RestTakeRole
    from api.client.shapes.rights import Role
    from api.client.shapes.welcome import Welcome


class OfPeople:
    """Who one is, who does which job, and what operators tell people."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_people_me(self) -> Me:
        """Who the token stands for, and what that is to which restaurant."""
        answer: Me = await self._door.send("GET", "/me")
        return answer

    async def welcome(self) -> Welcome:
        """Which hub this is, for everybody."""
        answer: Welcome = await self._door.send("GET", "/welcome")
        return answer

    async def show_people_of_restaurant(self, restaurant_id: str) -> Colleagues:
        """Who works in the restaurant, and what as; and who did, and could be given a role again."""
        answer: Colleagues = await self._door.send(
            "GET", "/restaurants/{restaurantId}/people", {"restaurantId": restaurant_id}
        )
        return answer

    async def give_role(
        self, restaurant_id: str, user_id: str, role: Role, body: RestGiveRole | None = None, *, key: str | None = None
    ) -> RolesAnswer:
        """Let a person do one more job in a restaurant."""
        answer: RolesAnswer = await self._door.send(
            "PUT",
            "/restaurants/{restaurantId}/people/{userId}/roles/{role}",
            {"restaurantId": restaurant_id, "userId": user_id, "role": role},
            body=body,
            key=key,
        )
        return answer

    async def take_role(
        self, restaurant_id: str, user_id: str, role: Role, body: RestTakeRole | None = None, *, key: str | None = None
    ) -> RolesAnswer:
        """A person does not do this job here any more. Their screens close at once."""
        answer: RolesAnswer = await self._door.send(
            "DELETE",
            "/restaurants/{restaurantId}/people/{userId}/roles/{role}",
            {"restaurantId": restaurant_id, "userId": user_id, "role": role},
            body=body,
            key=key,
        )
        return answer

    async def announce(self, body: Announce, *, key: str | None = None) -> SaidAnswer:
        """Tell everyone something, or everyone who has this role in some restaurant or on the platform: `guest` is
        whoever holds a table's or an order's link, `customer` whoever has an account. For operators of the hub.
        """
        answer: SaidAnswer = await self._door.send("POST", "/announcements", body=body, key=key)
        return answer

    async def notify(self, user_id: str, body: RestNotify, *, key: str | None = None) -> SaidAnswer:
        """Tell one person something, such as to see whether it reaches them. For operators of the hub."""
        answer: SaidAnswer = await self._door.send(
            "POST", "/people/{userId}/notices", {"userId": user_id}, body=body, key=key
        )
        return answer
