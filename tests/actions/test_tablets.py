"""What tablets ask that were away, as deeds: merged where it can be, decided at the pass where it cannot be."""

from typing import Any

import pytest

from hub.audience import restaurant_scope
from hub.commands.command import Seen
from hub.commands.house import RaiseAlerts
from hub.commands.orders import (
    AddLines,
    CancelOrder,
    CloseOrder,
    DecideVoid,
    FireCourse,
    ReadyTicket,
    ServeOrder,
    VoidLine,
)
from hub.commands.tickets import BumpTicket, RecallTicket, RushTicket, StartTicket
from hub.domain.orders import AlreadyServed, NeedsManager, OrderIsOver
from hub.domain.refusals import NoSuchThing, NotYourJob, OtherLedger
from hub.domain.tickets import NotAsSeen
from hub.domain.voids import NotDisputed, VoidUndecided
from hub.events.orders import LineStatus
from hub.events.tickets import TicketStatus, VoidCrossed
from hub.ids import TicketId, new_id
from hub.people import Role, the_house
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Head
from tests.support.houses import House, a_house, pass_time


@pytest.fixture
async def house(database: Database) -> House:
    return await a_house(database)


async def head_of(house: House) -> Head:
    async with house.database.transaction():
        return await ledger.open_head(restaurant_scope(house.id))


def bump(order: Any, *, recalls: int = 0, but: int | None = None) -> BumpTicket:
    """A bump of the order's one ticket by a cook to whom all of its lines were wanted, `but` perhaps one."""
    lines = tuple(line.line_id for number, line in enumerate(order.lines) if number != but)
    return BumpTicket(ticket_id=order.tickets[0].ticket_id, recalls=recalls, line_ids=lines)


def void(order: Any, *, bumps: int = 0, restores: int = 0, line: int = 0) -> VoidLine:
    return VoidLine(order_id=order.order_id, line_id=order.lines[line].line_id, bumps=bumps, restores=restores)


def decide(order: Any, *, stands: bool, restores: int | None = 0) -> DecideVoid:
    return DecideVoid(order_id=order.order_id, line_id=order.lines[0].line_id, stands=stands, restores=restores)


# ------------------------------------------------------------------ merged


async def test_a_bump_by_two_cooks_is_one_bump(house: House) -> None:
    order = await house.fires("1")
    await house.does(bump(order), by=house.cook)
    assert house.names()[0] == "ticket_bumped"
    again = await house.does(bump(order), by=house.cook)
    assert again.status is TicketStatus.BUMPED
    assert house.names() == []


async def test_a_recall_beats_an_older_bump(house: House) -> None:
    order = await house.fires("1")
    ticket = order.tickets[0].ticket_id
    await house.does(bump(order), by=house.cook)
    recalled = await house.does(RecallTicket(ticket_id=ticket, recalls=0), by=house.cook)
    assert (recalled.status, recalled.recalls) == (TicketStatus.STARTED, 1)
    late = await house.does(bump(order), by=house.cook)
    assert late.status is TicketStatus.STARTED
    assert house.names() == []
    assert (await house.does(bump(order, recalls=1), by=house.cook)).status is TicketStatus.BUMPED
    assert (await house.does(RecallTicket(ticket_id=ticket, recalls=0), by=house.cook)).recalls == 1


async def test_what_is_served_stays_so_though_it_was_recalled_meanwhile(house: House) -> None:
    order = await house.fires("1")
    ticket = order.tickets[0].ticket_id
    await house.does(bump(order), by=house.cook)
    await house.does(RecallTicket(ticket_id=ticket, recalls=0), by=house.cook)
    ready = ReadyTicket(ticket_id=ticket, recalls=0, line_ids=(order.lines[0].line_id,))
    served = await house.does(ServeOrder(order_id=order.order_id, tickets=(ready,)), by=house.waiter)
    assert served.tickets[0].status is TicketStatus.SERVED
    assert (await house.does(RecallTicket(ticket_id=ticket, recalls=1), by=house.cook)).status is TicketStatus.SERVED
    assert house.names() == []


async def test_whoever_names_lines_fires_those_that_are_held_still_and_no_others(house: House) -> None:
    order = await house.orders_at("1", house.line("Soup"), house.line("Burger"))
    named = FireCourse(order_id=order.order_id, course=1, line_ids=tuple(line.line_id for line in order.lines))
    await house.does(void(order, line=1), by=house.waiter)
    await house.does(AddLines(order_id=order.order_id, lines=(house.line("Wine"),)), by=house.waiter)
    fired = await house.does(named, by=house.waiter)
    assert [line.status for line in fired.lines] == [LineStatus.FIRED, LineStatus.VOIDED, LineStatus.HELD]
    assert len((await house.does(named, by=house.waiter)).tickets) == 1
    assert house.names() == []


async def test_what_is_rushed_or_started_twice_is_so_once(house: House) -> None:
    order = await house.fires("1")
    ticket = order.tickets[0].ticket_id
    for command in (RushTicket(ticket_id=ticket, recalls=0), StartTicket(ticket_id=ticket, recalls=0)):
        await house.does(command, by=house.cook)
        assert len(house.names()) == 1
        await house.does(command, by=house.cook)
        assert house.names() == []


async def test_nobody_can_have_seen_what_never_was(house: House) -> None:
    order = await house.fires("1")
    for command in (bump(order, recalls=1), RecallTicket(ticket_id=order.tickets[0].ticket_id, recalls=3)):
        with pytest.raises(NotAsSeen):
            await house.does(command, by=house.cook)
    with pytest.raises(NotAsSeen):
        await house.does(void(order, restores=1), by=house.manager)


async def test_a_void_that_comes_again_takes_back_nobodys_alert(house: House) -> None:
    order = await house.fires("1", house.line("Soup"), house.line("Burger"))
    await house.does(void(order), by=house.manager)
    await pass_time(house, 1000)
    await house.does(RaiseAlerts(restaurant_id=house.id), by=the_house(house.id))
    assert house.names() == ["alert_raised"]
    await house.does(void(order), by=house.manager)
    assert house.names() == []


# ------------------------------------------------------------------ crossed


@pytest.mark.parametrize("is_void_first", [True, False])
async def test_a_void_that_crosses_a_bump_is_the_expos_to_decide(house: House, is_void_first: bool) -> None:
    order = await house.fires("1", house.line("Burger"), house.line("Burger", 2))
    asked = [(void(order), house.manager), (bump(order), house.cook)]
    for command, by in asked if is_void_first else asked[::-1]:
        await house.does(command, by=by)
    (crossed,) = (VoidCrossed.read(one.payload, one.scope) for one in house.heard if one.name == "void_crossed")
    assert (crossed.status, crossed.station_name, crossed.line_id) == (
        TicketStatus.BUMPED, "Grill", order.lines[0].line_id,
    )  # fmt: skip
    assert [(line.is_voided, line.is_disputed) for line in crossed.lines] == [(True, True), (False, False)]
    with pytest.raises(NotYourJob):
        await house.does(decide(order, stands=True), by=house.waiter)
    decided = await house.does(decide(order, stands=False), by=house.actors[Role.EXPO])
    assert [(line.status, line.restores) for line in decided.lines] == [(LineStatus.FIRED, 1), (LineStatus.FIRED, 0)]
    assert decided.subtotal.amount == 3 * 1450
    assert house.names() == ["void_decided", "order_status_update"]


async def test_a_void_by_somebody_who_knew_of_the_bump_needs_nobody_else(house: House) -> None:
    order = await house.fires("1")
    await house.does(bump(order), by=house.cook)
    voided = await house.does(void(order, bumps=1), by=house.manager)
    assert not voided.lines[0].is_disputed
    assert voided.tickets[0].status is TicketStatus.VOIDED


async def test_a_bump_by_somebody_who_knew_of_the_void_needs_nobody_else(house: House) -> None:
    order = await house.fires("1", house.line("Burger"), house.line("Burger"))
    await house.does(void(order), by=house.manager)
    await house.does(bump(order, but=0), by=house.cook)
    assert "void_crossed" not in house.names()


async def test_a_late_bump_does_not_reopen_what_was_settled(house: House) -> None:
    order = await house.fires("1")
    await house.does(void(order), by=house.manager)
    await house.does(bump(order), by=house.cook)
    settled = await house.does(decide(order, stands=True), by=house.manager)
    assert settled.tickets[0].status is TicketStatus.VOIDED
    assert house.names()[:2] == ["void_decided", "ticket_voided"]
    again = await house.does(bump(order), by=house.cook)
    assert again.status is TicketStatus.VOIDED
    assert house.names() == []


@pytest.mark.parametrize("says", [(True, False), (False, True)])
async def test_of_two_decisions_it_is_the_guests_holds_whichever_comes_first(
    house: House, says: tuple[bool, bool]
) -> None:
    order = await house.fires("1")
    await house.does(void(order), by=house.manager)
    await house.does(bump(order), by=house.cook)
    for stands in says:
        after = await house.does(decide(order, stands=stands), by=house.manager)
    assert after.lines[0].status is LineStatus.FIRED
    assert after.tickets[0].status is TicketStatus.BUMPED
    late = await house.does(void(order), by=house.manager)
    assert late.lines[0].status is LineStatus.FIRED, "The void is older than the decision."
    with pytest.raises(NotDisputed):
        await house.does(decide(order, stands=True, restores=None), by=house.manager)


async def test_a_void_that_crosses_a_serving_is_decided_before_the_order_closes(house: House) -> None:
    order = await house.fires("1")
    await house.does(bump(order), by=house.cook)
    await house.does(ServeOrder(order_id=order.order_id), by=house.waiter)
    with pytest.raises(AlreadyServed):
        await house.does(VoidLine(order_id=order.order_id, line_id=order.lines[0].line_id), by=house.manager)
    with pytest.raises(NeedsManager):
        await house.does(void(order, bumps=1), by=house.waiter)
    disputed = await house.does(void(order, bumps=1), by=house.manager)
    assert disputed.lines[0].is_disputed
    assert disputed.tickets[0].status is TicketStatus.SERVED
    assert disputed.total.amount == 0
    with pytest.raises(VoidUndecided):
        await house.does(CloseOrder(order_id=order.order_id), by=house.waiter)
    await house.does(decide(order, stands=True), by=house.manager)
    assert house.names() == ["void_decided"]
    await house.does(CloseOrder(order_id=order.order_id), by=house.waiter)


async def test_what_comes_after_an_order_was_cancelled_is_told_so(house: House) -> None:
    order = await house.fires("1")
    await house.does(void(order), by=house.manager)
    await house.does(bump(order), by=house.cook)
    cancelled = await house.does(CancelOrder(order_id=order.order_id), by=house.manager)
    assert not cancelled.lines[0].is_disputed
    with pytest.raises(OrderIsOver):
        await house.does(decide(order, stands=False), by=house.manager)
    other = await house.fires("1")
    await house.does(CancelOrder(order_id=other.order_id), by=house.manager)
    with pytest.raises(OrderIsOver):
        await house.does(bump(other), by=house.cook)


# ------------------------------------------------------------------ another life of the ledger


async def test_what_was_asked_in_another_life_of_the_ledger_changes_nothing(house: House) -> None:
    order = await house.fires("1")
    head = await head_of(house)
    for seen in (Seen(epoch="another", seq=1), Seen(epoch=head.epoch, seq=head.seq + 1)):
        with pytest.raises(OtherLedger):
            await house.deeds.do(bump(order).model_copy(update={"seen": seen}), by=house.cook, command_id="once")
    assert (await head_of(house)).seq == head.seq
    gone = BumpTicket(ticket_id=TicketId(new_id()), seen=Seen(epoch="another", seq=1))
    with pytest.raises(OtherLedger):
        await house.deeds.do(gone, by=house.cook)
    with pytest.raises(NoSuchThing):
        await house.deeds.do(gone.model_copy(update={"seen": Seen(epoch=head.epoch, seq=1)}), by=house.cook)
    here = bump(order).model_copy(update={"seen": Seen(epoch=head.epoch, seq=head.seq)})
    assert not (await house.deeds.do(here, by=house.cook, command_id="once")).is_repeated
    again = bump(order).model_copy(update={"seen": Seen(epoch="another", seq=0)})
    assert (await house.deeds.do(again, by=house.cook, command_id="once")).is_repeated, "It is done."
    with pytest.raises(OtherLedger):
        await house.deeds.do(again, by=house.cook)
