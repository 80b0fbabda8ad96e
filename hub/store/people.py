"""People who can sign in, and what each is to which restaurant."""

from dataclasses import dataclass

from hub.ids import RestaurantId, UserId, new_id
from hub.people import Role
from hub.store.connections import connection
from hub.store.tables import GrantRow, UserRow


@dataclass(frozen=True, slots=True)
class Person:
    id: UserId
    email: str
    name: str
    password_hash: str
    is_operator: bool


_PERSON = "select id, email, name, password_hash, is_operator from person"


async def by_email(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    row = await connection().fetchrow(f"{_PERSON} where email = $1", email.strip().lower())
    return None if row is None else Person(*row)


async def by_id(user: UserId) -> Person | None:
    row = await connection().fetchrow(f"{_PERSON} where id = $1", user)
    return None if row is None else Person(*row)


async def grants_of(user: UserId) -> dict[RestaurantId, frozenset[Role]]:
    """The roles this person holds, by restaurant. Roles a newer hub knows and this one does not are left out."""
    rows = await connection().fetch("select restaurant_id, roles from role_grant where person_id = $1", user)
    known = frozenset(Role)
    return {row["restaurant_id"]: frozenset(Role(one) for one in row["roles"] if one in known) for row in rows}


async def add(person: Person) -> None:
    await UserRow.insert(
        UserRow(
            id=person.id,
            email=person.email.strip().lower(),
            name=person.name,
            password_hash=person.password_hash,
            is_operator=person.is_operator,
        )
    )


async def set_password(user: UserId, password_hash: str) -> None:
    await UserRow.update({UserRow.password_hash: password_hash}).where(UserRow.id == user)


async def lock_roles(user: UserId, restaurant: RestaurantId) -> frozenset[Role]:
    """The roles as they are, and nobody else changes them until the transaction ends."""
    row = (
        await GrantRow.select(GrantRow.roles)
        .where((GrantRow.person_id == user) & (GrantRow.restaurant_id == restaurant))
        .lock_rows("UPDATE")
        .first()
    )
    return frozenset() if row is None else frozenset(Role(one) for one in row["roles"])


async def set_roles(user: UserId, restaurant: RestaurantId, roles: frozenset[Role]) -> None:
    """From now on this person is that to this restaurant, and nothing else."""
    await GrantRow.insert(
        GrantRow(id=new_id(), person_id=user, restaurant_id=restaurant, roles=sorted(roles))
    ).on_conflict(target=(GrantRow.person_id, GrantRow.restaurant_id), action="DO UPDATE", values=[GrantRow.roles])


async def owners_of(restaurant: RestaurantId) -> set[UserId]:
    """Who owns the restaurant; nobody else changes that until the transaction ends."""
    rows = (
        await GrantRow.select(GrantRow.person_id)
        .where((GrantRow.restaurant_id == restaurant) & GrantRow.roles.any(Role.OWNER.value))
        .order_by(GrantRow.id)
        .lock_rows("UPDATE")
    )
    return {row["person_id"] for row in rows}
