"""What an event is: one frozen fact in the past tense, who may hear it, and who may cause it.

From the class come its wire name and shape, the rooms it goes to, its documents and its metrics. Nothing about
an event is written in a second place. Not its business: numbers, epochs and times, which the ledger gives.
"""

import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from hub.audience import Room, Scope, restaurant_of, restaurant_scope
from hub.ids import RestaurantId
from hub.rights import Role


def snake_case(name: str) -> str:
    """`TicketBumped` is `ticket_bumped` on the wire."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Shape(BaseModel):
    """Anything that travels: camelCase on the wire, frozen, and lenient about fields it does not know yet."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Event(Shape):
    """A fact the hub states. `name` is its wire name; `caused_by` the roles whose deeds may record it."""

    name: ClassVar[str]
    caused_by: ClassVar[frozenset[Role]]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.name = snake_case(cls.__name__)

    @property
    def scope(self) -> Scope:
        """Whose ledger keeps this fact."""
        raise NotImplementedError

    @property
    def audience(self) -> tuple[Room, ...]:
        """The rooms that hear it. Every member of each may read the whole payload."""
        raise NotImplementedError

    def payload(self) -> bytes:
        """The fact as JSON, without what the ledger adds (`room seq prev timestamp`)."""
        return self.model_dump_json(by_alias=True).encode()

    @classmethod
    def read(cls, payload: bytes, scope: Scope) -> Self:
        """The fact as it was recorded; fields added since then have their defaults."""
        return cls.model_validate_json(payload)


class RestaurantEvent(Event):
    """A fact of one restaurant. The restaurant is in the ledger's scope and in the room's name, not in the payload."""

    restaurant_id: Annotated[RestaurantId, Field(exclude=True)]

    @property
    def scope(self) -> Scope:
        return restaurant_scope(self.restaurant_id)

    @classmethod
    def read(cls, payload: bytes, scope: Scope) -> Self:
        return cls.model_validate_json(b'{"restaurantId":"' + str(restaurant_of(scope)).encode() + b'",' + payload[1:])
