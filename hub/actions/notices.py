"""What people are told beside their boards: the waiter whose food is ready; everyone, a role or one, by an operator."""

from hub.actions.answers import SaidAnswer
from hub.actions.deed import Work, deed
from hub.actions.operators import must_be_operator
from hub.actions.people import NotARole
from hub.commands.people import Announce, Notify
from hub.domain.orders import Order
from hub.domain.refusals import NoSuchThing
from hub.events import Event
from hub.events.orders import OrderStatus
from hub.events.people import NoticeKind, RealTimeNotification, SystemAnnouncement
from hub.rights import Role
from hub.store import people


def say_when_ready(before: Order, after: Order) -> tuple[Event, ...]:
    """A word to whoever took the order, once, when everything that was fired is ready to be brought."""
    if after.status is not OrderStatus.READY or before.status is OrderStatus.READY or after.placed_by is None:
        return ()
    where = after.table_name or after.customer_name or after.kind.value.replace("_", " ")
    return (
        RealTimeNotification(
            user_id=after.placed_by,
            title=f"Order {after.number} is ready",
            message=f"Order {after.number} for {where} waits at the pass.",
            type=NoticeKind.ORDER_READY,
        ),
    )


@deed
async def announce(work: Work, command: Announce) -> SaidAnswer:
    must_be_operator(work)
    if command.role is Role.SYSTEM:
        raise NotARole(role=command.role.value)
    said = SystemAnnouncement(title=command.title, message=command.message, type=command.type, role=command.role)
    work.note("announcement", work.claim.id, None, said)
    work.record(said)
    return SaidAnswer(title=command.title)


@deed
async def notify(work: Work, command: Notify) -> SaidAnswer:
    must_be_operator(work)
    if await people.by_id(command.user_id) is None:
        raise NoSuchThing(thing="person")
    work.record(
        RealTimeNotification(user_id=command.user_id, title=command.title, message=command.message, type=command.type)
    )
    return SaidAnswer(title=command.title)
