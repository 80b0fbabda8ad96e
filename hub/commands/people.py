"""What can be asked about people, and what an operator may tell everyone."""

from typing import ClassVar

from hub.commands.command import Command, Name, Note
from hub.events.people import NoticeKind
from hub.ids import RestaurantId, UserId
from hub.people import HEADS, Role


class GiveRole(Command):
    """Let a person do one more job in a restaurant."""

    asked_by: ClassVar = HEADS

    restaurant_id: RestaurantId
    user_id: UserId
    role: Role


class TakeRole(Command):
    """A person does not do this job here any more. Their screens close at once."""

    asked_by: ClassVar = HEADS

    restaurant_id: RestaurantId
    user_id: UserId
    role: Role


class Announce(Command):
    """Tell everyone something. For operators of the hub."""

    asked_by: ClassVar = frozenset({Role.SYSTEM})

    title: Name
    message: Note
    type: NoticeKind = NoticeKind.INFO
