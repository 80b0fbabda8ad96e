"""People who can sign in, and what each is to which restaurant."""

from dataclasses import dataclass

from piccolo.columns.combination import Where

from hub.ids import RestaurantId, UserId, new_id
from hub.people import Role
from hub.store.tables import GrantRow, UserRow


@dataclass(frozen=True, slots=True)
class Person:
    id: UserId
    email: str
    name: str
    password_hash: str
    is_operator: bool


async def by_email(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    return await _one(UserRow.email == email.strip().lower())


async def by_id(user: UserId) -> Person | None:
    return await _one(UserRow.id == user)


async def _one(condition: Where) -> Person | None:
    row = await UserRow.select().where(condition).first()
    if row is None:
        return None
    return Person(row["id"], row["email"], row["name"], row["password_hash"], row["is_operator"])


async def grants_of(user: UserId) -> dict[RestaurantId, frozenset[Role]]:
    """The roles this person holds, by restaurant. Roles a newer hub knows and this one does not are left out."""
    rows = await GrantRow.select(GrantRow.restaurant_id, GrantRow.roles).where(GrantRow.person_id == user)
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
