"""What can be asked of a hub at its addresses: invitations.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.accounts import LetterRead
    from api.client.shapes.invitations import (
        Hired,
        InvitationAnswer,
        InvitationRead,
        Joined,
        Joining,
        PendingInvitations,
        RestInvitePerson,
        RestSendInvitationAgain,
        RestWithdrawInvitation,
    )


class OfInvitations:
    """Hiring somebody by a letter: inviting, and what whoever reads the letter does."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_invitations_of_restaurant(self, restaurant_id: str) -> PendingInvitations:
        """Who was invited to work in the restaurant and has not answered, and what as."""
        answer: PendingInvitations = await self._door.send(
            "GET", "/restaurants/{restaurantId}/invitations", {"restaurantId": restaurant_id}
        )
        return answer

    async def invite_person(
        self, restaurant_id: str, body: RestInvitePerson, *, key: str | None = None
    ) -> InvitationAnswer:
        """Write to somebody that they may work here, as all of this. Another invitation of this address is over by
        that.
        """
        answer: InvitationAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/invitations", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def send_invitation_again(
        self, invitation_id: str, body: RestSendInvitationAgain | None = None, *, key: str | None = None
    ) -> InvitationAnswer:
        """Write to them once more. It is good for as long as a new one, and whoever sends it answers for it."""
        answer: InvitationAnswer = await self._door.send(
            "POST", "/invitations/{invitationId}/send", {"invitationId": invitation_id}, body=body, key=key
        )
        return answer

    async def withdraw_invitation(
        self, invitation_id: str, body: RestWithdrawInvitation | None = None, *, key: str | None = None
    ) -> InvitationAnswer:
        """What the letter says does not count any more."""
        answer: InvitationAnswer = await self._door.send(
            "DELETE", "/invitations/{invitationId}", {"invitationId": invitation_id}, body=body, key=key
        )
        return answer

    async def read_invitation(self, body: LetterRead) -> InvitationRead:
        """Have shown what the letter invites to. It is as good afterwards as before."""
        answer: InvitationRead = await self._door.send("POST", "/auth/invitation", body=body)
        return answer

    async def join_team(self, body: Joining) -> Joined:
        """Begin an account and work there, with what the link in the letter carries."""
        answer: Joined = await self._door.send("POST", "/auth/join", body=body)
        return answer

    async def accept_invitation(self, body: LetterRead) -> Hired:
        """Work there, with the account that has the letter's address."""
        answer: Hired = await self._door.send("POST", "/me/invitations", body=body)
        return answer
