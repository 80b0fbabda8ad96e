"""What is done about tickets: each deed locks the ticket's order, asks the domain, saves, and records."""

from hub.actions.alerts import calm
from hub.actions.answers import TicketAnswer
from hub.actions.deed import Work, deed
from hub.actions.notices import say_when_ready
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.store import orders


@deed
async def start(work: Work, command: StartTicket) -> TicketAnswer:
    before = work.admitted(await orders.lock_of_ticket(command.ticket_id, by=work.by), "ticket")
    order, events = before.start(command.ticket_id, work.at)
    await orders.save(order, before=before)
    work.record(*events, *await calm(work, [command.ticket_id]))
    return TicketAnswer.of(order, command.ticket_id)


@deed
async def bump(work: Work, command: BumpTicket) -> TicketAnswer:
    before = work.admitted(await orders.lock_of_ticket(command.ticket_id, by=work.by), "ticket")
    order, events = before.bump(command.ticket_id, work.at)
    await orders.save(order, before=before)
    work.record(*events, *await calm(work, [command.ticket_id]), *say_when_ready(before, order))
    return TicketAnswer.of(order, command.ticket_id)


@deed
async def recall(work: Work, command: RecallTicket) -> TicketAnswer:
    before = work.admitted(await orders.lock_of_ticket(command.ticket_id, by=work.by), "ticket")
    order, events = before.recall(command.ticket_id, work.at)
    await orders.save(order, before=before)
    work.record(*events)
    return TicketAnswer.of(order, command.ticket_id)


@deed
async def rush(work: Work, command: RushTicket) -> TicketAnswer:
    before = work.admitted(await orders.lock_of_ticket(command.ticket_id, by=work.by), "ticket")
    order, events = before.rush(command.ticket_id)
    await orders.save(order, before=before)
    work.record(*events)
    return TicketAnswer.of(order, command.ticket_id)


@deed
async def clear(work: Work, command: ClearTicket) -> TicketAnswer:
    before = work.admitted(await orders.lock_of_ticket(command.ticket_id, by=work.by), "ticket")
    order, events = before.clear(command.ticket_id)
    await orders.save(order, before=before)
    work.record(*events)
    return TicketAnswer.of(order, command.ticket_id)
