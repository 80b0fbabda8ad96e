"""Hiring by a letter: inviting somebody, writing again, taking it back, and what whoever has the letter does with it.

That somebody is invited is a deed, and whether there is an account with their address is found out after its answer, by
a job. What the letter carries is a secret, so accepting is none: it is done once, in one transaction with the roles.
Where the address is personal, it stands with the invitation alone: no kept answer, no entry of the audit and no fact
has it. Not its business: roles that are given at the desk (`hub.actions.people`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Self

from hub.actions.deed import COLLISIONS, Answer, Work, deed, fact_of
from hub.actions.noting import note_of_account
from hub.actions.passwords import Passwords
from hub.actions.people import Held, must_be_theirs_to_give
from hub.audience import restaurant_scope
from hub.commands.invitations import InvitePerson, SendInvitationAgain, WithdrawInvitation
from hub.domain.invitations import (
    LETTERS_COUNTED,
    LETTERS_MAX,
    LETTERS_TO_ONE_COUNTED,
    LETTERS_TO_ONE_MAX,
    LIFETIME,
    HasAccountAlready,
    Invitation,
    InvitationForAnother,
    InvitationOver,
    TooManyInvitations,
    WorksHereAlready,
)
from hub.domain.passwords import LENGTH_MIN_STAFF, PasswordTooShort, must_be_good
from hub.domain.refusals import DatabaseBusy
from hub.events.event import Shape
from hub.events.people import RightsChanged, YourRightsChanged
from hub.ids import InvitationId, RestaurantId, UserId, new_id
from hub.jobs.invitations import SendInvitation
from hub.moments import Moment
from hub.proxies import Address
from hub.rights import Role
from hub.store import accounts, audit, jobs, ledger, people, restaurants
from hub.store import invitations as store
from hub.store.audit import Noted
from hub.store.database import Database
from hub.tokens import Tokens, hash_of

ACCEPTING = "accept_invitation"
INVITATION = "invitation"


class InvitationNoted(Shape):
    """An invitation as the audit has it: never to whom, since nobody could take that out of it again."""

    roles: tuple[Role, ...]
    invited_by: UserId
    expires_at: Moment

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        return cls(
            roles=tuple(sorted(invitation.roles)), invited_by=invitation.invited_by, expires_at=invitation.expires_at
        )


class InvitationAnswer(Answer):
    """An invitation as it is now, or was. To whom it is, is no part of an answer that is kept."""

    invitation_id: InvitationId
    restaurant_id: RestaurantId
    roles: tuple[Role, ...]
    invited_by: UserId
    invited_at: Moment
    expires_at: Moment

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        return cls(
            invitation_id=invitation.id,
            restaurant_id=invitation.restaurant_id,
            roles=tuple(sorted(invitation.roles)),
            invited_by=invitation.invited_by,
            invited_at=invitation.invited_at,
            expires_at=invitation.expires_at,
        )


# ------------------------------------------------------------------ deeds


@deed
async def invite_person(work: Work, command: InvitePerson) -> InvitationAnswer:
    work.enter(command.restaurant_id)
    restaurant, email, roles = command.restaurant_id, command.email.lower(), frozenset(command.roles)
    must_be_theirs_to_give(work.by, restaurant, roles)
    await store.hold(restaurant)
    if await store.works_here(email, restaurant):
        raise WorksHereAlready
    before = await store.lock_of(email, restaurant)
    if before is not None:
        # Who may not take an owner's invitation back must not do it by inviting a cook in its place.
        must_be_theirs_to_give(work.by, restaurant, before.roles)
    invitation = Invitation(
        id=InvitationId(new_id()),
        restaurant_id=restaurant,
        email=email,
        roles=roles,
        language=command.language.value,
        invited_by=_inviter(work),
        invited_at=work.at,
        expires_at=work.at + LIFETIME,
    )
    await store.add(invitation)
    if before is not None:
        work.note(INVITATION, before.id, InvitationNoted.of(before), None)
    work.note(INVITATION, invitation.id, None, InvitationNoted.of(invitation))
    return await _written(invitation)


@deed
async def send_invitation_again(work: Work, command: SendInvitationAgain) -> InvitationAnswer:
    before = await _theirs(work, command.invitation_id)
    after = before.again(_inviter(work), work.at)
    await store.save(after)
    work.note(INVITATION, after.id, InvitationNoted.of(before), InvitationNoted.of(after), known_by=("roles",))
    return await _written(after)


@deed
async def withdraw_invitation(work: Work, command: WithdrawInvitation) -> InvitationAnswer:
    invitation = await _theirs(work, command.invitation_id)
    await store.forget(invitation.id)
    work.note(INVITATION, invitation.id, InvitationNoted.of(invitation), None)
    return InvitationAnswer.of(invitation)


def _inviter(work: Work) -> UserId:
    assert work.by.user is not None, "No program hires anybody."
    return work.by.user


async def _theirs(work: Work, wanted: InvitationId) -> Invitation:
    """The invitation, locked, if this actor could have made it."""
    invitation = work.admitted(await store.lock(wanted, by=work.by), INVITATION)
    must_be_theirs_to_give(work.by, invitation.restaurant_id, invitation.roles)
    return invitation


async def _written(invitation: Invitation) -> InvitationAnswer:
    """Have the letter sent, where so many have not been by now. Raises TooManyInvitations."""
    wait = await store.seconds_to_wait(
        invitation.restaurant_id,
        invitation.email,
        of_all=(LETTERS_MAX, LETTERS_COUNTED),
        to_one=(LETTERS_TO_ONE_MAX, LETTERS_TO_ONE_COUNTED),
    )
    if wait > 0:
        raise TooManyInvitations(retry_after_seconds=int(wait) + 1)
    await jobs.enqueue(SendInvitation(invitation_id=invitation.id))
    return InvitationAnswer.of(invitation)


# ------------------------------------------------------------------ with the letter


class InvitationRead(Shape):
    """What a letter invites to: where, and as what; to which address, and whether there is an account with it.

    Whoever has none chooses a password of at least so many characters. Nothing is accepted by reading it.
    """

    restaurant_id: RestaurantId
    restaurant: str
    roles: tuple[Role, ...]
    email: str
    has_account: bool
    password_length_min: int
    expires_at: Moment


@dataclass(frozen=True, slots=True)
class HasJoined:
    """Who has an account from now on, and what their device keeps (`hub.tokens`)."""

    email: str
    device_token: str = field(repr=False)
    restaurant: RestaurantId
    roles: tuple[Role, ...]


class Invitations:
    """What is done with what a letter carries. One per hub.

    All of it raises InvitationOver where the invitation was accepted, taken back or replaced, is too old, or is one
    that whoever made it could not make any more.
    """

    def __init__(
        self, database: Database, tokens: Tokens, passwords: Passwords, *, length_min: int = LENGTH_MIN_STAFF
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._passwords = passwords
        self._length_min = length_min

    async def open_letter(self, token: str) -> InvitationRead:
        """What the letter with this token invites to. Whoever has it has the address, and may know what is there."""
        async with self._database.snapshot():
            invitation = await store.by_token(hash_of(token))
            if invitation is None:
                raise InvitationOver
            held = (await people.grants_of(invitation.invited_by)).get(invitation.restaurant_id, frozenset())
            if not invitation.is_answered_for(held):
                raise InvitationOver
            restaurant = await restaurants.by_id(invitation.restaurant_id)
            assert restaurant is not None, "A restaurant that invites is there."
            return InvitationRead(
                restaurant_id=restaurant.id,
                restaurant=restaurant.name,
                roles=tuple(sorted(invitation.roles)),
                email=invitation.email,
                has_account=await people.by_email(invitation.email) is not None,
                password_length_min=self._length_min,
                expires_at=invitation.expires_at,
            )

    async def accept(self, token: str, user: UserId, address: Address | None) -> tuple[RestaurantId, tuple[Role, ...]]:
        """Hire somebody who has an account: where, and what they are there from now on.

        Raises InvitationForAnother where the letter came to another address than this account's; it is as good then
        as it was.
        """
        try:
            async with self._database.transaction():
                invitation = await _used_up(token)
                # Roles before people, as everywhere; whoever leaves in the same moment leaves with these as well.
                await people.lock_roles_to_add(user, invitation.restaurant_id)
                person = await people.hold(user)
                if person is None or person.email != invitation.email:
                    raise InvitationForAnother
                roles, recorded = await _hire(invitation, user, self._database.clock.now(), address)
        except COLLISIONS as collision:
            raise DatabaseBusy from collision
        self._database.tell(recorded)
        return invitation.restaurant_id, roles

    async def join_by_letter(
        self, token: str, password: str, name: str, language: str, address: Address | None
    ) -> HasJoined:
        """Begin the account of whoever got the letter, and hire them, in one: reading it has proven their address.

        Raises HasAccountAlready, what `must_be_good` raises, and TooManySignIns; the letter is as good then as it was.
        """
        invited = await self.open_letter(token)
        if invited.has_account:
            raise HasAccountAlready
        # Nobody has a second factor yet, which is what lets colleagues have a shorter one.
        if len(password) < self._length_min:
            raise PasswordTooShort(length_min=self._length_min)
        must_be_good(password, email=invited.email)
        password_hash = await self._passwords.make(password)
        try:
            async with self._database.transaction():
                invitation, at = await _used_up(token), self._database.clock.now()
                user = await accounts.begin(invitation.email, name, password_hash, language)
                if user is None:
                    raise HasAccountAlready
                roles, recorded = await _hire(invitation, user, at, address, is_new=True)
        except COLLISIONS as collision:
            raise DatabaseBusy from collision
        self._database.tell(recorded)
        return HasJoined(
            invitation.email, self._tokens.device_token(invitation.email, at), invitation.restaurant_id, roles
        )


async def _used_up(token: str) -> Invitation:
    """What the letter invites to, which nobody accepts any more unless what follows is refused. Raises InvitationOver.

    Whoever made it keeps their roles until then: dismissing them comes before, or after.
    """
    invitation = await store.use_up(hash_of(token))
    if invitation is None or not invitation.is_answered_for(
        await people.hold_roles(invitation.invited_by, invitation.restaurant_id)
    ):
        raise InvitationOver
    return invitation


async def _hire(
    invitation: Invitation, user: UserId, at: datetime, address: Address | None, *, is_new: bool = False
) -> tuple[tuple[Role, ...], Sequence[ledger.Recorded]]:
    """Give them the roles, note it, and state it. What they are to the restaurant then, and what is to be told."""
    restaurant = invitation.restaurant_id
    held = await people.lock_roles_to_add(user, restaurant)
    roles = tuple(sorted(held | invitation.roles))
    await people.set_roles(user, restaurant, frozenset(roles))
    noted = partial(Noted, restaurant_scope(restaurant), at, f"user:{user}", ACCEPTING, address=address)
    await audit.append(noted(INVITATION, str(invitation.id), old=_json(InvitationNoted.of(invitation))))
    before, after = Held(roles=tuple(sorted(held))), Held(roles=roles)
    await audit.append(noted("roles", str(user), old=_json(before), new=_json(after)))
    if is_new:
        await note_of_account("join", user, at, address)
    facts = (
        RightsChanged(user_id=user, restaurant_id=restaurant, roles=roles),
        YourRightsChanged(user_id=user, restaurant_id=restaurant, roles=roles),
    )
    recorded = await ledger.append([fact_of(one) for one in facts], actor=f"user:{user}", at=at, command_id="")
    return roles, recorded


def _json(shape: Shape) -> dict[str, object]:
    return shape.model_dump(mode="json", by_alias=True)
