"""Alerts: the hub says who waits too long, and takes it back when somebody has taken care."""

from collections.abc import Collection

from hub.actions.answers import AlertsAnswer
from hub.actions.deed import Work, deed
from hub.commands.house import RaiseAlerts
from hub.events.floor import AlertCleared, AlertKind, AlertRaised
from hub.ids import AlertId, new_id
from hub.store import alerts


def calm(work: Work, over: Collection[AlertId]) -> list[AlertCleared]:
    """Take away these alerts, about tickets or tables that the deed has taken."""
    assert work.restaurant is not None
    work.keep(*alerts.over(over))
    return [AlertCleared(restaurant_id=work.restaurant, alert_id=alert) for alert in over]


@deed
async def raise_alerts(work: Work, command: RaiseAlerts) -> AlertsAnswer:
    """Every hub watches; the locks and the alert's uniqueness see to it that only one of them says it."""
    house = command.restaurant_id
    work.enter(house)
    for table in await alerts.lock_waiting_tables(house):
        alert = AlertId(new_id())
        if await alerts.add_to_table(alert, house, table, work.at):
            work.record(AlertRaised(restaurant_id=house, alert_id=alert, kind=AlertKind.TABLE_WAITING, table_id=table))
    for late in await alerts.lock_late_tickets(house):
        alert = AlertId(new_id())
        if await alerts.add_to_ticket(alert, house, late, work.at):
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
