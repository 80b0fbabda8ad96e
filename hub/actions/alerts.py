"""Alerts: the hub says who waits too long, and takes it back when somebody has taken care."""

from collections.abc import Collection
from uuid import UUID

from hub.actions.answers import AlertsAnswer
from hub.actions.deed import Work, deed
from hub.commands.house import RaiseAlerts
from hub.events.floor import AlertCleared, AlertKind, AlertRaised
from hub.ids import AlertId, new_id
from hub.store import alerts


async def calm(work: Work, subjects: Collection[UUID]) -> list[AlertCleared]:
    """Take away the alerts about these tickets or tables, whose locks the deed holds."""
    assert work.restaurant is not None
    return [AlertCleared(restaurant_id=work.restaurant, alert_id=alert) for alert in await alerts.take_away(subjects)]


@deed
async def raise_alerts(work: Work, command: RaiseAlerts) -> AlertsAnswer:
    """Every hub watches; the locks and the alert's uniqueness see to it that only one of them says it."""
    house = command.restaurant_id
    work.enter(house)
    for table in await alerts.lock_waiting_tables(house):
        alert = AlertId(new_id())
        if await alerts.add(alert, house, AlertKind.TABLE_WAITING, table, work.at):
            work.record(AlertRaised(restaurant_id=house, alert_id=alert, kind=AlertKind.TABLE_WAITING, table_id=table))
    for late in await alerts.lock_late_tickets(house):
        alert = AlertId(new_id())
        if await alerts.add(alert, house, AlertKind.TICKET_NOT_STARTED, late.ticket_id, work.at):
            work.record(
                AlertRaised(
                    restaurant_id=house,
                    alert_id=alert,
                    kind=AlertKind.TICKET_NOT_STARTED,
                    ticket_id=late.ticket_id,
                    order_id=late.order_id,
                    station_id=late.station_id,
                )
            )
    return AlertsAnswer(raised=len(work.facts))
