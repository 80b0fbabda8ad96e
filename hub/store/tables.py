"""The restaurant's tables in PostgreSQL, declared for Piccolo: migrations are generated from here.

Classes end in `Row`, since a *table* is furniture. The ledger, the kept commands, what devices have shown, jobs,
programs' keys, the audit, and what people say of themselves are not here: only SQL touches them (`hub.store.ledger`,
`hub.store.asked`, `hub.store.glass`, `hub.store.jobs`, `hub.store.keys`, `hub.store.audit`, `hub.store.profiles`,
`hub.store.addresses`, `hub.store.avatars`).
"""

from typing import Any

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.constraints import Check, Unique
from piccolo.table import Table

# Named, so that Piccolo need not look for it: its looking imports half of Piccolo in the middle of the first request.
from hub.store.connections import ENGINE

KEEP = OnDelete.restrict
"""Nothing that an order once named is ever deleted from under it."""


class UserRow(Table, tablename="person", db=ENGINE):
    """Somebody who can sign in. `email` is kept in lower case."""

    id = UUID(primary_key=True, default=None)
    email = Varchar(length=254, unique=True)
    name = Varchar(length=120)
    password_hash = Text()
    is_operator = Boolean(default=False)


class RestaurantRow(Table, tablename="restaurant", db=ENGINE):
    """A restaurant and its rules. Tax rates are basis points by kind of order."""

    id = UUID(primary_key=True, default=None)
    name = Varchar(length=120)
    currency = Varchar(length=3)
    time_zone = Varchar(length=64, default="UTC")
    tax_rates = JSONB(default="{}")
    is_tax_included = Boolean(default=True)
    tax_rounding = Varchar(length=16, default="per_order")
    ticket_not_started_seconds = Integer(default=300)
    table_waiting_seconds = Integer(default=600)
    ticket_unseen_seconds = Integer(default=5)


class GrantRow(Table, tablename="role_grant", db=ENGINE):
    """What one person is to one restaurant."""

    id = UUID(primary_key=True, default=None)
    person_id = ForeignKey(UserRow, on_delete=KEEP, null=False)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    roles = Array(base_column=Varchar(length=16))

    one_grant_per_person = Unique([person_id, restaurant_id])


class StationRow(Table, tablename="station", db=ENGINE):
    """Where things are cooked: grill, fry, cold, bar; and who shows its tickets when its own screen does not."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    name = Varchar(length=120)
    backup_station_id: ForeignKey[Any] = ForeignKey("self", on_delete=KEEP, null=True, default=None)

    station_name_once = Unique([restaurant_id, name])


class MenuSectionRow(Table, tablename="menu_section", db=ENGINE):
    """A heading of the menu."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    name = Varchar(length=120)

    menu_section_name_once = Unique([restaurant_id, name])


class ItemRow(Table, tablename="menu_item", db=ENGINE):
    """Something that can be ordered. Its modifier groups are a value of it, so one row says all a line needs."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False, index=True)
    section_id = ForeignKey(MenuSectionRow, on_delete=KEEP, null=False)
    name = Varchar(length=120)
    description = Text(null=True, default=None)
    price = Integer()
    station_id = ForeignKey(StationRow, on_delete=KEEP, null=False)
    stations_by_kind = JSONB(default="{}")
    prep_seconds = Integer(default=600)
    allergens = Array(base_column=Varchar(length=120))
    diet_tags = Array(base_column=Varchar(length=120))
    portions_left = Integer(null=True, default=None)
    is_eighty_sixed = Boolean(default=False)
    modifier_groups = JSONB(default="[]")
    removed_at = Timestamptz(null=True, default=None)

    portions_not_negative = Check("portions_left >= 0")


class SectionRow(Table, tablename="section", db=ENGINE):
    """One waiter's tables."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    name = Varchar(length=120)

    section_name_once = Unique([restaurant_id, name])


class TableRow(Table, tablename="dining_table", db=ENGINE):
    """Furniture: where it stands, and how its evening is going."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False, index=True)
    section_id = ForeignKey(SectionRow, on_delete=KEEP, null=False)
    name = Varchar(length=120)
    seats = SmallInt()
    x = Integer(default=0)
    y = Integer(default=0)
    status = Varchar(length=16, default="free")
    status_since = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)


class SeatingRow(Table, tablename="seating", db=ENGINE):
    """One party's stay at a table. `command_id` finds the entry with which it began."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    table_id = ForeignKey(TableRow, on_delete=KEEP, null=False, index=True)
    covers = SmallInt()
    seated_at = Timestamptz()
    left_at = Timestamptz(null=True, default=None)
    seated_by = Text()
    command_id = Text()


class OrderNumberRow(Table, tablename="order_number", db=ENGINE):
    """The last number a restaurant called out, and on which of its days."""

    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False, primary_key=True)
    day = Date(default=None, null=False)
    last = Integer(default=0)


class OrderRow(Table, tablename="customer_order", db=ENGINE):
    """An order, with the currency and tax rule of the moment it was placed."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    number = Integer()
    kind = Varchar(length=16)
    status = Varchar(length=16)
    currency = Varchar(length=3)
    tax_rates = JSONB(default="{}")
    is_tax_included = Boolean()
    tax_rounding = Varchar(length=16)
    placed_at = Timestamptz()
    placed_by = UUID(null=True, default=None)
    table_id = ForeignKey(TableRow, on_delete=KEEP, null=True, default=None)
    table_name = Varchar(length=120, null=True, default=None)
    seating_id = ForeignKey(SeatingRow, on_delete=KEEP, null=True, default=None, index=True)
    customer_name = Varchar(length=120, null=True, default=None)


class LineRow(Table, tablename="order_line", db=ENGINE):
    """A line of an order, as it was at that moment. `position` keeps the order in which lines were asked for."""

    id = UUID(primary_key=True, default=None)
    order_id = ForeignKey(OrderRow, on_delete=KEEP, null=False, index=True)
    position = BigInt()
    item_id = ForeignKey(ItemRow, on_delete=KEEP, null=False)
    name = Varchar(length=120)
    quantity = Integer()
    unit_price = Integer()
    course = SmallInt()
    station_id = ForeignKey(StationRow, on_delete=KEEP, null=False)
    prep_seconds = Integer()
    status = Varchar(length=16)
    modifiers = JSONB(default="[]")
    allergens = Array(base_column=Varchar(length=120))
    note = Text(null=True, default=None)
    seat = SmallInt(null=True, default=None)
    ticket_id = UUID(null=True, default=None)
    restores = Integer(default=0)
    void_saw = Integer(default=0)
    plated = Integer(default=0)
    is_settled = Boolean(default=False)

    quantity_positive = Check("quantity > 0")


class TicketRow(Table, tablename="ticket", db=ENGINE):
    """One station's share of a fired course."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False)
    order_id = ForeignKey(OrderRow, on_delete=KEEP, null=False, index=True)
    station_id = ForeignKey(StationRow, on_delete=KEEP, null=False)
    course = SmallInt()
    status = Varchar(length=16)
    fired_at = Timestamptz()
    started_at = Timestamptz(null=True, default=None)
    bumped_at = Timestamptz(null=True, default=None)
    is_rushed = Boolean(default=False)
    backup_station_id = ForeignKey(StationRow, on_delete=KEEP, null=True, default=None)
    recalls = Integer(default=0)
    cleared_restores = Integer(null=True, default=None)


class AlertRow(Table, tablename="alert", db=ENGINE):
    """Somebody waits too long. `subject` is the ticket or table; it can be alerted once at a time."""

    id = UUID(primary_key=True, default=None)
    restaurant_id = ForeignKey(RestaurantRow, on_delete=KEEP, null=False, index=True)
    kind = Varchar(length=32)
    subject = UUID(default=None, null=False)
    raised_at = Timestamptz()

    alert_once_at_a_time = Unique([kind, subject])
