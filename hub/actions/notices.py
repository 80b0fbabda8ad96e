"""What people are told beside their boards: the waiter whose food is ready, and everyone, by an operator."""

from hub.actions.answers import SaidAnswer
from hub.actions.deed import Work, deed
from hub.commands.people import Announce
from hub.domain.orders import Order
from hub.domain.refusals import NotYourJob
from hub.events import Event
from hub.events.orders import OrderStatus
from hub.events.people import NoticeKind, RealTimeNotification, SystemAnnouncement


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
    if not work.by.is_operator:
        raise NotYourJob(roles="operators of the hub")
    work.record(SystemAnnouncement(title=command.title, message=command.message, type=command.type))
    return SaidAnswer(title=command.title)
