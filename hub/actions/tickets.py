"""What is done about tickets: each deed locks the ticket's order, asks the domain, saves, and records."""

from hub.actions.alerts import calm
from hub.actions.answers import TicketAnswer
from hub.actions.crossings import say_what_crossed
from hub.actions.deed import Work, claiming_deed
from hub.actions.notices import say_when_ready
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket, TicketCommand
from hub.store import orders
from hub.store.orders import TakenOrder


@claiming_deed
async def start(work: Work, command: StartTicket) -> TicketAnswer:
    taken = await _take(work, command)
    order, events = taken.order.start(command.ticket_id, work.at, recalls=command.recalls)
    work.keep(*orders.changed(order, before=taken.order))
    work.record(*events, *calm(work, taken.alerts_of(command.ticket_id)))
    return TicketAnswer.of(order, command.ticket_id)


@claiming_deed
async def bump(work: Work, command: BumpTicket) -> TicketAnswer:
    taken = await _take(work, command)
    order, events = taken.order.bump(command.ticket_id, work.at, recalls=command.recalls, named=command.line_ids)
    work.keep(*orders.changed(order, before=taken.order))
    calmed = calm(work, taken.alerts_of(command.ticket_id))
    crossed = await say_what_crossed(taken.order, order)
    work.record(*events, *crossed, *calmed, *say_when_ready(taken.order, order))
    return TicketAnswer.of(order, command.ticket_id)


@claiming_deed
async def recall(work: Work, command: RecallTicket) -> TicketAnswer:
    before = (await _take(work, command)).order
    order, events = before.recall(command.ticket_id, work.at, recalls=command.recalls)
    work.keep(*orders.changed(order, before=before))
    work.record(*events)
    return TicketAnswer.of(order, command.ticket_id)


@claiming_deed
async def rush(work: Work, command: RushTicket) -> TicketAnswer:
    before = (await _take(work, command)).order
    order, events = before.rush(command.ticket_id, recalls=command.recalls)
    work.keep(*orders.changed(order, before=before))
    work.record(*events)
    return TicketAnswer.of(order, command.ticket_id)


@claiming_deed
async def clear(work: Work, command: ClearTicket) -> TicketAnswer:
    before = (await _take(work, command)).order
    order, events = before.clear(command.ticket_id, restores=command.restores)
    work.keep(*orders.changed(order, before=before))
    work.record(*events)
    return TicketAnswer.of(order, command.ticket_id)


async def _take(work: Work, command: TicketCommand) -> TakenOrder:
    return work.admitted(await orders.take_of_ticket(work.claim, command.ticket_id, by=work.by), "ticket")
