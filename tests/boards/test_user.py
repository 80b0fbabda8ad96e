"""What one person is told, and what everybody is."""

from datetime import timedelta

from hub import boards
from hub.audience import RoomKind
from hub.boards.user import NOTICES_MAX, AnnouncementsBoard, UserBoard
from hub.events import people
from hub.events.people import NoticeKind, RealTimeNotification, SystemAnnouncement, YourRightsChanged
from hub.ids import RestaurantId
from hub.people import Role
from tests.boards.examples import BOARDS, EXAMPLES, HOUSE, NOW, USER, numbered

MINE, EVERYBODYS = BOARDS[RoomKind.USER], BOARDS[RoomKind.ANNOUNCEMENTS]
assert isinstance(MINE, UserBoard)
assert isinstance(EVERYBODYS, AnnouncementsBoard)


def test_the_newest_notice_stands_first() -> None:
    board = boards.apply(MINE, EXAMPLES[people.RealTimeNotification], NOW)

    assert [(one.title, one.timestamp) for one in board.notices] == [
        ("Ready", NOW),
        ("Hello", MINE.notices[0].timestamp),
    ]


def test_only_the_last_notices_are_shown() -> None:
    board, all_said = MINE, EVERYBODYS
    for number in range(NOTICES_MAX + 5):
        at = NOW + timedelta(seconds=number)
        mine = RealTimeNotification(user_id=USER, title=str(number), message="!", type=NoticeKind.INFO)
        board = boards.apply(board, mine, at)
        said = SystemAnnouncement(title=str(number), message="!", type=NoticeKind.INFO)
        all_said = boards.apply(all_said, said, at)

    last = [str(number) for number in reversed(range(5, NOTICES_MAX + 5))]
    assert [one.title for one in board.notices] == last
    assert [one.title for one in all_said.announcements] == last


def test_rights_are_those_that_were_told_last() -> None:
    elsewhere = RestaurantId(numbered(2))

    def told(restaurant: RestaurantId, *roles: Role) -> UserBoard:
        event = YourRightsChanged(user_id=USER, restaurant_id=restaurant, roles=roles)
        return boards.apply(MINE, event, NOW)

    assert told(HOUSE, Role.MANAGER, Role.EXPO).roles == {HOUSE: (Role.EXPO, Role.MANAGER)}
    assert told(elsewhere, Role.HOST).roles == {HOUSE: (Role.COOK,), elsewhere: (Role.HOST,)}
    assert told(HOUSE).roles == {}
