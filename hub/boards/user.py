"""What a person is told: their own notices and rights, and the announcements that everybody hears.

The ledger itself remembers notices; no table holds them a second time. Not its business: handing out rights
(`hub.actions`), and acting on their change, which every hub does by itself.
"""

from datetime import datetime

from pydantic import TypeAdapter

from hub.audience import PLATFORM, Room, Scope, user_scope
from hub.boards.board import Admission, Board, BoardKind, no_such_room, read, subject
from hub.events import Event
from hub.events.event import Shape
from hub.events.people import NoticeKind, RealTimeNotification, SystemAnnouncement, YourRightsChanged
from hub.ids import RestaurantId, UserId
from hub.moments import Moment
from hub.people import Actor, Role
from hub.store import people

NOTICES_MAX = 20


class Notice(Shape):
    """Something that was said to a person, or to everybody."""

    title: str
    message: str
    type: NoticeKind
    timestamp: Moment


class UserBoard(Board):
    """One person's own screen: the last notices, newest first, and what they are to which restaurant."""

    user_id: UserId
    notices: tuple[Notice, ...] = ()
    roles: dict[RestaurantId, tuple[Role, ...]] = {}


class AnnouncementsBoard(Board):
    """The last announcements for everybody, newest first; in the room `announcements:<role>`, those for that role."""

    announcements: tuple[Notice, ...] = ()


# ---------------------------------------------------------------------- who may enter


def own_at_sight(room: Room, by: Actor, house: RestaurantId | None) -> Admission:
    """A person's room is theirs alone."""
    if by.user is None or by.user != subject(room):
        raise no_such_room()
    return Admission(user_scope(by.user))


async def admit_to_own(room: Room, by: Actor) -> Admission:
    return own_at_sight(room, by, None)


def announcements_at_sight(room: Room, by: Actor, house: RestaurantId | None) -> Admission:
    """Anybody whom the hub knows, guests too; where they are for a role, whoever has it anywhere."""
    if room.role is not None and not by.is_somewhere(room.role):
        raise no_such_room()
    return Admission(PLATFORM)


async def admit_to_announcements(room: Room, by: Actor) -> Admission:
    return announcements_at_sight(room, by, None)


# ---------------------------------------------------------------------- read afresh

_NOTICES = TypeAdapter(tuple[Notice, ...])

_LAST_SAID = """
    select coalesce(json_agg(one.said order by one.seq desc), '[]') from (
        select l.seq, json_build_object('title', l.payload -> 'title', 'message', l.payload -> 'message',
                                        'type', l.payload -> 'type', 'timestamp', l.at) as said
        from ledger l where l.scope = $1 and l.name = $2 and l.rooms @> array[$3::text] order by l.seq desc limit $4
    ) one
"""


async def load_own(room: Room) -> UserBoard:
    user = UserId(subject(room))
    grants = await people.grants_of(user)
    board = UserBoard(user_id=user, notices=await _last_said(user_scope(user), room, RealTimeNotification))
    for restaurant, roles in grants.items():
        board = _with_roles(board, restaurant, tuple(roles))
    return board


async def load_announcements(room: Room) -> AnnouncementsBoard:
    return AnnouncementsBoard(announcements=await _last_said(PLATFORM, room, SystemAnnouncement))


async def _last_said(scope: Scope, room: Room, kind: type[Event]) -> tuple[Notice, ...]:
    return await read(_NOTICES, _LAST_SAID, scope, kind.name, str(room), NOTICES_MAX)


# ---------------------------------------------------------------------- after one more fact


def apply_to_own(board: UserBoard, event: Event, at: datetime) -> UserBoard:
    match event:
        case RealTimeNotification():
            return board.model_copy(update={"notices": _with(board.notices, event, at)})
        case YourRightsChanged():
            return _with_roles(board, event.restaurant_id, event.roles)
        case _:
            return board


def apply_to_announcements(board: AnnouncementsBoard, event: Event, at: datetime) -> AnnouncementsBoard:
    if not isinstance(event, SystemAnnouncement):
        return board
    return board.model_copy(update={"announcements": _with(board.announcements, event, at)})


def _with(
    notices: tuple[Notice, ...], event: RealTimeNotification | SystemAnnouncement, at: datetime
) -> tuple[Notice, ...]:
    said = Notice(title=event.title, message=event.message, type=event.type, timestamp=at)
    return (said, *notices)[:NOTICES_MAX]


def _with_roles(board: UserBoard, restaurant: RestaurantId, roles: tuple[Role, ...]) -> UserBoard:
    """Who has no role left in a restaurant is nothing to it any more."""
    others = {one: held for one, held in board.roles.items() if one != restaurant}
    now = {restaurant: tuple(sorted(roles))} if roles else {}
    return board.model_copy(update={"roles": dict(sorted((others | now).items()))})


USER = BoardKind(shape=UserBoard, admit=admit_to_own, at_sight=own_at_sight, load=load_own, apply=apply_to_own)
ANNOUNCEMENTS = BoardKind(
    shape=AnnouncementsBoard,
    admit=admit_to_announcements,
    at_sight=announcements_at_sight,
    load=load_announcements,
    apply=apply_to_announcements,
)
