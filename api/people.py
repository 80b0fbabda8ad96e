"""Being told who one is and who works in a restaurant, and a guest's link. What a token is made of is `hub.tokens`'
business."""

from datetime import datetime

from api.showing import Listed, Look
from hub.domain.profiles import Language, Theme
from hub.events.event import Shape
from hub.ids import OrderId, RestaurantId, SeatingId, SessionId, TableId, UserId
from hub.people import Role
from hub.store import avatars, people, profiles


class Me(Shape):
    """Whoever asks. A guest has no `userId`; what their link opens is named instead.

    Without `hasAvatar` there is no picture to ask for.
    """

    actor: str
    user_id: UserId | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: Language | None = None
    theme: Theme | None = None
    has_avatar: bool = False
    session_id: SessionId | None = None
    is_operator: bool = False
    roles: dict[RestaurantId, tuple[Role, ...]]
    table_id: TableId | None = None
    seating_id: SeatingId | None = None
    order_id: OrderId | None = None
    expires_at: datetime | None = None


class GuestLink(Shape):
    """The link that a guest was given with an order, or with a seating."""

    guest_link: str


class Colleague(Shape):
    """Somebody who works in a restaurant, or did: without `roles` they do not any more."""

    user_id: UserId
    name: str
    email: str
    roles: tuple[Role, ...]


class Colleagues(Listed):
    """People of a restaurant, by name."""

    items: tuple[Colleague, ...]


async def of_restaurant(look: Look, restaurant_id: RestaurantId) -> Colleagues:
    """Who works in the restaurant, and what as; and who did, and could be given a role again."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await people.of_restaurant(restaurant_id)
    return Colleagues(
        items=tuple(
            Colleague(user_id=one.id, name=one.name, email=one.email, roles=tuple(sorted(one.roles))) for one in found
        )
    )


async def me(look: Look) -> Me:
    """Who the token stands for, and what that is to which restaurant."""
    by, person, profile, has_avatar = look.by, None, None, False
    if by.user is not None:
        async with look.snapshot():
            person, profile = await people.by_id(by.user), await profiles.of(by.user)
            has_avatar = await avatars.is_there(by.user)
    return Me(
        actor=by.name,
        user_id=by.user,
        session_id=by.session,
        name=None if person is None else person.name,
        # Whoever has seen a colleague's PIN need not read how to write to them.
        email=None if person is None or by.device is not None else person.email,
        phone=None if profile is None or by.device is not None else profile.phone,
        language=None if profile is None else profile.preferences.language,
        theme=None if profile is None else profile.preferences.theme,
        has_avatar=has_avatar,
        is_operator=by.is_operator,
        roles={house: tuple(sorted(roles)) for house, roles in by.grants.items()},
        table_id=None if by.seat is None else by.seat.table,
        seating_id=None if by.seat is None else by.seat.seating,
        order_id=by.order,
        expires_at=by.expires_at,
    )
