"""What is done about people: giving and taking roles. Whoever loses one loses its rooms at once."""

from collections.abc import Collection

from hub.actions.answers import RolesAnswer
from hub.actions.deed import Work, deed
from hub.commands.people import GiveRole, TakeRole
from hub.domain.invitations import needs_to_give
from hub.domain.refusals import Kind, NoSuchThing, NotYourJob, Refused
from hub.events.event import Shape
from hub.events.people import RightsChanged, YourRightsChanged
from hub.ids import RestaurantId, UserId
from hub.people import Actor
from hub.rights import STAFF, Role
from hub.store import people


class NotARole(Refused):
    """Nobody can be given the role {role}."""

    code = "not_a_role"
    kind = Kind.UNFIT


class LastOwner(Refused):
    """A restaurant must keep an owner. Give the role to somebody else first."""

    code = "last_owner"


class Held(Shape):
    """What somebody is to the restaurant, as the audit has it."""

    roles: tuple[Role, ...]


@deed
async def give_role(work: Work, command: GiveRole) -> RolesAnswer:
    _must_be_theirs(work, command)
    held = await people.lock_roles_to_add(command.user_id, command.restaurant_id)
    await _must_be_there(command.user_id)
    return await _set(work, command.user_id, command.restaurant_id, held, held | {command.role})


@deed
async def take_role(work: Work, command: TakeRole) -> RolesAnswer:
    _must_be_theirs(work, command)
    held = await people.lock_roles(command.user_id, command.restaurant_id)
    await _must_be_there(command.user_id)
    if command.role is Role.OWNER and held and await people.owners_of(command.restaurant_id) <= {command.user_id}:
        raise LastOwner(restaurant_id=command.restaurant_id)
    return await _set(work, command.user_id, command.restaurant_id, held, held - {command.role})


def _must_be_theirs(work: Work, command: GiveRole | TakeRole) -> None:
    """Raise what keeps this actor from changing such a role."""
    work.enter(command.restaurant_id)
    must_be_theirs_to_give(work.by, command.restaurant_id, {command.role})


async def _must_be_there(user: UserId) -> None:
    """Raise NoSuchThing for who is nobody, or has left.

    They are held until the end: whoever leaves in the same moment leaves with this role as well.
    """
    person = await people.hold(user)
    if person is None or person.has_left:
        raise NoSuchThing(thing="person")


def must_be_theirs_to_give(by: Actor, restaurant: RestaurantId, roles: Collection[Role]) -> None:
    """Raise NotARole for what nobody is in a restaurant, and NotYourJob where this actor makes nobody all of that."""
    for role in roles:
        if role not in STAFF:
            raise NotARole(role=role.value)
    for permission in needs_to_give(roles):
        if not by.may(permission, restaurant):
            raise NotYourJob.without(permission)


async def _set(
    work: Work, user: UserId, restaurant: RestaurantId, before: frozenset[Role], after: frozenset[Role]
) -> RolesAnswer:
    roles = tuple(sorted(after))
    if after != before:
        await people.set_roles(user, restaurant, after)
        work.note("roles", user, Held(roles=tuple(sorted(before))), Held(roles=roles))
        work.record(
            RightsChanged(user_id=user, restaurant_id=restaurant, roles=roles),
            YourRightsChanged(user_id=user, restaurant_id=restaurant, roles=roles),
        )
    return RolesAnswer(user_id=user, restaurant_id=restaurant, roles=roles)
