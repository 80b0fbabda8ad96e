"""The tables of the lifecycles, every cell of them: no edge, no change."""

from datetime import UTC, datetime

import pytest

from hub.domain.floor import OCCUPIED, IllegalTableStep, Seating, SeatWithCovers, Table
from hub.domain.floor import STEPS as TABLE_STEPS
from hub.domain.refusals import Refused
from hub.domain.tickets import GONE, IllegalTicketStep, Ticket, status_after
from hub.domain.tickets import STEPS as TICKET_STEPS
from hub.events.floor import PartyLeft, TableStatus, TableStatusChanged
from hub.events.tickets import TicketEvent, TicketStatus
from hub.ids import RestaurantId, SeatingId, StationId, TableId, TicketId, new_id

NOW = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)


def a_ticket(status: TicketStatus) -> Ticket:
    return Ticket(TicketId(new_id()), StationId(new_id()), 1, status, NOW)


def a_table(status: TableStatus) -> Table:
    seating = Seating(SeatingId(new_id()), 2, NOW) if status in OCCUPIED else None
    return Table(TableId(new_id()), RestaurantId(new_id()), "7", status, NOW, seating)


@pytest.mark.parametrize("event", TICKET_STEPS, ids=lambda event: event.name)
@pytest.mark.parametrize("status", TicketStatus)
def test_a_ticket_moves_along_its_edges_only(event: type[TicketEvent], status: TicketStatus) -> None:
    after = TICKET_STEPS[event].get(status)
    if after is not None:
        assert status_after(a_ticket(status), event) is after
    else:
        with pytest.raises(IllegalTicketStep, match=f"is {status}"):
            status_after(a_ticket(status), event)


def test_a_ticket_that_is_gone_never_comes_back() -> None:
    assert not any(status in edges for edges in TICKET_STEPS.values() for status in GONE)


def test_every_state_of_a_ticket_can_be_reached_and_left_for_good() -> None:
    reached = {TicketStatus.FIRED} | {after for edges in TICKET_STEPS.values() for after in edges.values()}
    assert reached == set(TicketStatus)


@pytest.mark.parametrize("after", TableStatus)
@pytest.mark.parametrize("before", TableStatus)
def test_a_table_moves_along_its_edges_only(before: TableStatus, after: TableStatus) -> None:
    table = a_table(before)
    if after not in TABLE_STEPS[before] or (after is TableStatus.SEATED and table.seating is None):
        with pytest.raises((IllegalTableStep, SeatWithCovers)):
            table.set_status(after, NOW, has_open_orders=False)
        return
    moved, events = table.set_status(after, NOW, has_open_orders=False)
    assert (moved.status, moved.status_since) == (after, NOW)
    assert isinstance(events[-1], TableStatusChanged)
    left = before in OCCUPIED and after not in OCCUPIED
    assert any(isinstance(event, PartyLeft) for event in events) is left
    assert (moved.seating is None) is (after not in OCCUPIED)


@pytest.mark.parametrize("before", sorted(OCCUPIED))
def test_no_party_leaves_open_orders_behind(before: TableStatus) -> None:
    with pytest.raises(Refused):
        a_table(before).set_status(TableStatus.DIRTY, NOW, has_open_orders=True)


def test_a_refused_step_says_what_the_table_is() -> None:
    with pytest.raises(IllegalTableStep, match="Table 7 is free, so it cannot become eating"):
        a_table(TableStatus.FREE).set_status(TableStatus.EATING, NOW, has_open_orders=False)
