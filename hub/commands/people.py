"""What can be asked about people, and what an operator may tell everyone."""

from typing import ClassVar

from hub.commands.command import Command, Name, Note
from hub.events.people import NoticeKind
from hub.ids import RestaurantId, UserId
from hub.people import Role
from hub.rights import Permission


class GiveRole(Command):
    """Let a person do one more job in a restaurant."""

    needs: ClassVar = Permission.PEOPLE_MANAGE

    restaurant_id: RestaurantId
    user_id: UserId
    role: Role


class TakeRole(Command):
    """A person does not do this job here any more. Their screens close at once."""

    needs: ClassVar = Permission.PEOPLE_MANAGE

    restaurant_id: RestaurantId
    user_id: UserId
    role: Role


class Announce(Command):
    """Tell everyone something, or everyone who has this role in some restaurant or on the platform: `guest` is whoever
    holds a table's or an order's link, `customer` whoever has an account. For operators of the hub."""

    needs: ClassVar = Permission.ANNOUNCEMENTS_MAKE

    title: Name
    message: Note
    type: NoticeKind = NoticeKind.INFO
    role: Role | None = None


class Notify(Command):
    """Tell one person something, such as to see whether it reaches them. For operators of the hub."""

    needs: ClassVar = Permission.ANNOUNCEMENTS_MAKE

    user_id: UserId
    title: Name
    message: Note
    type: NoticeKind = NoticeKind.INFO
