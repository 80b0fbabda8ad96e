"""What is done about restaurants themselves: opening one, for somebody who is to own it."""

from types import MappingProxyType

from hub.actions.answers import RestaurantAnswer
from hub.actions.deed import Work, deed
from hub.actions.operators import must_be_operator
from hub.actions.people import Held
from hub.audience import restaurant_scope
from hub.commands.restaurants import OpenRestaurant
from hub.domain.bills import TaxRule
from hub.domain.refusals import Kind, NoSuchThing, Refused
from hub.events.event import Shape
from hub.events.people import RightsChanged, YourRightsChanged
from hub.ids import RestaurantId, UserId, new_id
from hub.rights import Role
from hub.store import audit, people, restaurants
from hub.store.audit import Noted
from hub.store.restaurants import Restaurant


class NotATimeZone(Refused):
    """There is no time zone {zone}. Name it as Europe/Madrid."""

    code = "not_a_time_zone"
    kind = Kind.UNFIT


class Opened(Shape):
    """A restaurant as the audit has it."""

    name: str
    currency: str
    time_zone: str
    owner_id: UserId


@deed
async def open_restaurant(work: Work, command: OpenRestaurant) -> RestaurantAnswer:
    must_be_operator(work)
    if not await restaurants.is_time_zone(command.time_zone):
        raise NotATimeZone(zone=command.time_zone)
    owner = await people.by_email(command.owner_email)
    if owner is None:
        raise NoSuchThing(thing="person")
    restaurant, roles = RestaurantId(new_id()), (Role.OWNER,)
    tax = TaxRule(MappingProxyType(dict(command.tax_rates)), command.is_tax_included, command.tax_rounding)
    opened = Restaurant(
        id=restaurant,
        name=command.name,
        currency=command.currency,
        time_zone=command.time_zone,
        tax=tax,
        ticket_not_started_seconds=command.ticket_not_started_seconds,
        table_waiting_seconds=command.table_waiting_seconds,
    )
    await restaurants.add(opened)
    await people.set_roles(owner.id, restaurant, frozenset(roles))
    said = Opened(name=opened.name, currency=opened.currency, time_zone=opened.time_zone, owner_id=owner.id)
    work.note("restaurant", restaurant, None, said)
    await _note_owner(work, restaurant, owner.id, Held(roles=roles))
    work.record(
        RightsChanged(user_id=owner.id, restaurant_id=restaurant, roles=roles),
        YourRightsChanged(user_id=owner.id, restaurant_id=restaurant, roles=roles),
    )
    return RestaurantAnswer(restaurant_id=restaurant, name=opened.name, owner_id=owner.id)


async def _note_owner(work: Work, restaurant: RestaurantId, owner: UserId, held: Held) -> None:
    """With this the restaurant's own audit begins. The deed itself is the platform's: who opens it is nobody there."""
    await audit.append(
        Noted(
            scope=restaurant_scope(restaurant),
            at=work.at,
            actor=work.by.name,
            action=work.claim.name,
            entity="roles",
            entity_id=str(owner),
            old={"roles": []},
            new=held.model_dump(mode="json", by_alias=True),
            address=work.address,
        )
    )
