"""Alerts: the hub says what waits too long, and takes it back when somebody has taken care."""

from collections.abc import Collection, Sequence

from hub.actions.answers import AlertsAnswer
from hub.actions.deed import Work, deed
from hub.commands.house import CalmAlerts, RaiseAlerts
from hub.domain.tickets import Ticket
from hub.events import RestaurantEvent
from hub.events.floor import AlertCleared, AlertKind, AlertRaised
from hub.ids import AlertId, RestaurantId, new_id
from hub.store import alerts, orders
from hub.store.alerts import LateTicket


def calm(work: Work, over: Collection[AlertId]) -> list[AlertCleared]:
    """Take away these alerts, about tickets or tables that the deed has taken."""
    assert work.restaurant is not None
    work.keep(*alerts.over(over))
    return [AlertCleared(restaurant_id=work.restaurant, alert_id=alert) for alert in over]


@deed
async def raise_alerts(work: Work, command: RaiseAlerts) -> AlertsAnswer:
    """Every hub watches; the locks see to it that only one of them says it."""
    house = command.restaurant_id
    work.enter(house)
    for table in await alerts.lock_waiting_tables(house):
        alert = AlertId(new_id())
        if await alerts.add_to_table(alert, house, table, work.at):
            work.record(AlertRaised(restaurant_id=house, alert_id=alert, kind=AlertKind.TABLE_WAITING, table_id=table))
    late = [(AlertId(new_id()), one) for one in await alerts.lock_late_tickets(house)]
    await alerts.add_to_tickets(late, house, work.at)
    work.record(*(_raised(house, alert, one) for alert, one in late))
    raised = len(work.facts)
    await _back_up(work, [one for _, one in late if one.kind is AlertKind.TICKET_NOT_SEEN])
    return AlertsAnswer(raised=raised)


@deed
async def calm_alerts(work: Work, command: CalmAlerts) -> AlertsAnswer:
    work.enter(command.restaurant_id)
    over = await alerts.lock_seen(command.restaurant_id)
    work.record(*calm(work, over))
    return AlertsAnswer(cleared=len(over))


def _raised(house: RestaurantId, alert: AlertId, late: LateTicket) -> AlertRaised:
    return AlertRaised(
        restaurant_id=house,
        alert_id=alert,
        kind=late.kind,
        ticket_id=late.ticket_id,
        order_id=late.order_id,
        station_id=late.station_id,
    )


async def _back_up(work: Work, unseen: Sequence[LateTicket]) -> None:
    """Hang these tickets at their stations' backups as well, where there are any. Their orders are locked."""
    backed = [(one, one.backup_station_id) for one in unseen if one.backup_station_id is not None]
    if not backed:
        return
    taken = await orders.locked({one.order_id for one, _ in backed})
    tickets, events = list[Ticket](), list[RestaurantEvent]()
    for one, backup in backed:
        taken[one.order_id], said = taken[one.order_id].back_up(one.ticket_id, one.station_name, backup)
        if said:
            tickets.append(taken[one.order_id].ticket(one.ticket_id))
            events += said
    work.keep(*orders.backed_up(tickets))
    work.record(*events)
