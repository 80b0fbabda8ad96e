"""What travels between a hub and its clients: people.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.profiles import Language, Theme
    from api.client.shapes.rights import Role

NoticeKind = Literal["info", "order_ready", "warning"]


class Announce(TypedDict):
    """Tell everyone something, or everyone who has this role in some restaurant or on the platform: `guest` is whoever
    holds a table's or an order's link, `customer` whoever has an account. For operators of the hub.
    """

    seen: NotRequired[Seen | None]
    title: str
    message: str
    type: NotRequired[NoticeKind]
    role: NotRequired[Role | None]


class GiveRole(TypedDict):
    """Let a person do one more job in a restaurant."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    userId: str
    role: Role


class Notify(TypedDict):
    """Tell one person something, such as to see whether it reaches them. For operators of the hub."""

    seen: NotRequired[Seen | None]
    userId: str
    title: str
    message: str
    type: NotRequired[NoticeKind]


class RealTimeNotification(TypedDict):
    """Something for one person: `{title, message, type, timestamp}`, a shape whose clients exist."""

    title: str
    message: str
    type: NoticeKind


class RightsChanged(TypedDict):
    """A person's roles in a restaurant, or on the platform where that is none, are not what they were. Every hub
    forgets what it knew of them.
    """

    userId: str
    restaurantId: str | None
    roles: list[Role]


class SystemAnnouncement(TypedDict):
    """Something for everyone, or for a role: `{title, message, type, timestamp}`, a shape whose clients exist."""

    title: str
    message: str
    type: NoticeKind
    role: Role | None


class TakeRole(TypedDict):
    """A person does not do this job here any more. Their screens close at once."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    userId: str
    role: Role


class YourRightsChanged(TypedDict):
    """You may do other things in a restaurant than before."""

    userId: str
    restaurantId: str
    roles: list[Role]


class Colleague(TypedDict):
    """Somebody who works in a restaurant, or did: without `roles` they do not any more."""

    userId: str
    name: str
    email: str
    roles: list[Role]


class Colleagues(TypedDict):
    """People of a restaurant, by name."""

    nextCursor: str | None
    items: list[Colleague]


class RestGiveRole(TypedDict):
    """Let a person do one more job in a restaurant."""

    seen: NotRequired[Seen | None]


class GuestLink(TypedDict):
    """The link that a guest was given with an order, or with a seating."""

    guestLink: str


class Me(TypedDict):
    """Whoever asks. A guest has no `userId`; what their link opens is named instead.

    Without `hasAvatar` there is no picture to ask for.
    """

    actor: str
    userId: str | None
    name: str | None
    email: str | None
    phone: str | None
    language: Language | None
    theme: Theme | None
    hasAvatar: bool
    sessionId: str | None
    isOperator: bool
    roles: dict[str, list[Role]]
    tableId: str | None
    seatingId: str | None
    orderId: str | None
    expiresAt: str | None


class RestNotify(TypedDict):
    """Tell one person something, such as to see whether it reaches them. For operators of the hub."""

    seen: NotRequired[Seen | None]
    title: str
    message: str
    type: NotRequired[NoticeKind]


class RestTakeRole(TypedDict):
    """A person does not do this job here any more. Their screens close at once."""

    seen: NotRequired[Seen | None]
