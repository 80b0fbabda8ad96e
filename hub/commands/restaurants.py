"""What can be asked about restaurants themselves."""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import Command, Email, Int, Name, Text
from hub.commands.profiles import Currency
from hub.domain.bills import BASIS_POINTS, Rounding
from hub.events.orders import OrderKind
from hub.rights import Permission

TIME_ZONE_LENGTH_MAX = 64
WAIT_SECONDS_MAX = 86_400

Rate = Annotated[Int, Field(ge=0, le=BASIS_POINTS)]
Wait = Annotated[Int, Field(ge=1, le=WAIT_SECONDS_MAX)]


class OpenRestaurant(Command):
    """Open a restaurant for somebody who has an account: they are its owner, and hire everybody else. For operators.

    `timeZone` is one of the IANA's, such as `Europe/Madrid`. `taxRates` are basis points by kind of order: 2000 is
    20 %; a kind that is not named pays none. After so many seconds somebody is told of a ticket that nobody has
    started, and of a table that waits.
    """

    needs: ClassVar = Permission.RESTAURANTS_OPEN

    name: Name
    currency: Currency
    time_zone: Annotated[Text, Field(min_length=1, max_length=TIME_ZONE_LENGTH_MAX)]
    owner_email: Annotated[Email, Field(repr=False)]
    tax_rates: dict[OrderKind, Rate] = {}
    is_tax_included: bool = True
    tax_rounding: Rounding = Rounding.PER_ORDER
    ticket_not_started_seconds: Wait = 300
    table_waiting_seconds: Wait = 600
