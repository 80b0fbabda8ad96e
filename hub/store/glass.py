"""What the devices of stations have shown, in PostgreSQL: up to which number of the ledger, and when they last said so.

A number is worth something in its own epoch alone. Rows are written beside the deeds, never within one, so nobody's
deed waits for them. Not its business: when they are written (`hub.actions.glass`), and which tickets nobody has shown
(`hub.store.alerts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.ids import RestaurantId, StationId
from hub.store.connections import epoch_digested
from hub.store.database import connection

DEVICE_KNOWN_DAYS = 7
"""A station without a word from any device for so long has none: it works by paper, or by the pass."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One device at one station: everything up to `seq`, in the ledger's life `epoch`, has reached its glass."""

    restaurant_id: RestaurantId
    station_id: StationId
    device: str
    epoch: str
    seq: int


async def keep(shown: Sequence[Shown]) -> None:
    """Keep what devices have shown, each device of a station once. An earlier number takes nothing back."""
    await connection().execute(
        """
        insert into glass as g (restaurant_id, station_id, device, epoch, seq, at)
        select restaurant_id, station_id, device, epoch, seq, now()
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])
             as shown (restaurant_id, station_id, device, epoch, seq)
        order by station_id, device
        on conflict (station_id, device) do update set
            seq = case when g.epoch = excluded.epoch then greatest(g.seq, excluded.seq) else excluded.seq end,
            epoch = excluded.epoch,
            at = excluded.at
        """,
        [one.restaurant_id for one in shown],
        [one.station_id for one in shown],
        [one.device for one in shown],
        [one.epoch for one in shown],
        [one.seq for one in shown],
    )


async def forget_old() -> None:
    """Forget the devices that nobody has heard of for `DEVICE_KNOWN_DAYS`."""
    await connection().execute("delete from glass where at < now() - make_interval(days => $1)", DEVICE_KNOWN_DAYS)


def has_device(station: str) -> str:
    """A condition: the station has a device, as far as anybody knows."""
    return f"""exists (
        select from glass g where g.station_id = {station} and g.at > now() - make_interval(days => {DEVICE_KNOWN_DAYS})
    )"""


def has_shown(station: str, entry: str, identity: str) -> str:
    """A condition: a device of the station has shown this entry of its ledger, in the ledger's present life."""
    return f"""exists (
        select from glass g join ledger_head h on h.scope = {entry}.scope
        where g.station_id = {station} and g.seq >= {entry}.seq and g.epoch = {epoch_digested("h.epoch", identity)}
    )"""
