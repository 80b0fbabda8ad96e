"""People who can sign in, and what each is to which restaurant."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.ids import RestaurantId, UserId, new_id
from hub.people import Role
from hub.store.connections import connection
from hub.store.tables import GrantRow, UserRow

LEFT = "deleted:"
"""With this, which is no address, begins what stands for that of whoever has deleted their account."""


@dataclass(frozen=True, slots=True)
class Person:
    id: UserId
    email: str
    name: str
    password_hash: str
    is_operator: bool
    language: str = "en"

    @property
    def has_left(self) -> bool:
        """Whether they have deleted their account. What they did stays, and nobody is this person any more."""
        return self.email.startswith(LEFT)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in a restaurant, or did: then there are no roles any more."""

    id: UserId
    name: str
    email: str
    roles: frozenset[Role]


_PERSON = "select id, email, name, password_hash, is_operator, language from person"


async def by_email(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    row = await connection().fetchrow(f"{_PERSON} where email = $1", email.strip().lower())
    return None if row is None else Person(*row)


async def by_id(user: UserId) -> Person | None:
    row = await connection().fetchrow(f"{_PERSON} where id = $1", user)
    return None if row is None else Person(*row)


async def hold(user: UserId) -> Person | None:
    """The person, of whom nothing is changed by anybody else until the transaction ends."""
    row = await connection().fetchrow(f"{_PERSON} where id = $1 for share", user)
    return None if row is None else Person(*row)


@dataclass(frozen=True, slots=True)
class OlderHashes:
    """Which share of all accounts has a hash of bcrypt's, from 0 to 1, and which cost most of those have."""

    share: float
    cost: int


async def older_hashes() -> OlderHashes:
    row = await connection().fetchrow(
        """
        select coalesce((count(*) filter (where is_older))::float8 / nullif(count(*), 0), 0),
               coalesce(mode() within group (order by cost) filter (where is_older), 0)
        from (
            select password_hash ~ '^[$]2[aby][$][0-9]{2}[$]' as is_older,
                   substring(password_hash from '^[$]2[aby][$]([0-9]{2})')::int as cost
            from person where email not like $1
        ) as accounts
        """,
        f"{LEFT}%",
    )
    assert row is not None, "Counting has an answer."
    return OlderHashes(*row)


async def emails_of_operators() -> list[str]:
    """The addresses of everybody who keeps the hubs."""
    rows = await connection().fetch("select email from person where is_operator order by email")
    return [row["email"] for row in rows]


async def set_operator(user: UserId, *, is_operator: bool) -> bool:
    """Make this person an operator, or none; whether they were not."""
    outcome = await connection().execute(
        "update person set is_operator = $2 where id = $1 and is_operator <> $2", user, is_operator
    )
    return outcome == "UPDATE 1"


async def grants_of(user: UserId) -> dict[RestaurantId, frozenset[Role]]:
    """The roles this person holds, by restaurant."""
    rows = await connection().fetch("select restaurant_id, roles from role_grant where person_id = $1", user)
    return {row["restaurant_id"]: _known(row["roles"]) for row in rows}


async def of_restaurant(restaurant: RestaurantId) -> list[Colleague]:
    """Everybody who has, or had, a role in the restaurant, by name."""
    rows = await connection().fetch(
        """
        select p.id, p.name, p.email, g.roles from role_grant g join person p on p.id = g.person_id
        where g.restaurant_id = $1 order by p.name, p.id
        """,
        restaurant,
    )
    return [Colleague(row["id"], row["name"], row["email"], _known(row["roles"])) for row in rows]


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


async def replace_hash(person: Person, password_hash: str) -> None:
    """Keep the same password in a better way, unless it has been changed since the person was read."""
    await UserRow.update({UserRow.password_hash: password_hash}).where(
        (UserRow.id == person.id) & (UserRow.password_hash == person.password_hash)
    )


async def lock_roles(user: UserId, restaurant: RestaurantId) -> frozenset[Role]:
    """The roles as they are, and nobody else changes them until the transaction ends."""
    row = (
        await GrantRow.select(GrantRow.roles)
        .where((GrantRow.person_id == user) & (GrantRow.restaurant_id == restaurant))
        .lock_rows("UPDATE")
        .first()
    )
    return frozenset() if row is None else frozenset(Role(one) for one in row["roles"])


async def lock_roles_to_add(user: UserId, restaurant: RestaurantId) -> frozenset[Role]:
    """The same, also of somebody who has none so far: of two who give them their first ones, one waits."""
    roles = await connection().fetchval(
        """
        insert into role_grant (id, person_id, restaurant_id, roles)
        select $1, id, $3, '{}' from person where id = $2
        on conflict (person_id, restaurant_id) do update set roles = role_grant.roles returning roles
        """,
        new_id(),
        user,
        restaurant,
    )
    return _known(roles or ())


async def hold_roles(user: UserId, restaurant: RestaurantId) -> frozenset[Role]:
    """The roles as they are, of which nobody takes one until the transaction ends."""
    roles = await connection().fetchval(
        "select roles from role_grant where person_id = $1 and restaurant_id = $2 for share", user, restaurant
    )
    return _known(roles or ())


async def set_roles(user: UserId, restaurant: RestaurantId, roles: frozenset[Role]) -> None:
    """From now on this person is that to this restaurant, and nothing else."""
    await GrantRow.insert(
        GrantRow(id=new_id(), person_id=user, restaurant_id=restaurant, roles=sorted(roles))
    ).on_conflict(target=(GrantRow.person_id, GrantRow.restaurant_id), action="DO UPDATE", values=[GrantRow.roles])


async def take_all_roles(user: UserId) -> dict[RestaurantId, frozenset[Role]]:
    """From now on this person is nothing to any restaurant; what they were to which."""
    rows = await connection().fetch("delete from role_grant where person_id = $1 returning restaurant_id, roles", user)
    return {row["restaurant_id"]: _known(row["roles"]) for row in rows}


async def with_roles(restaurant: RestaurantId, roles: Iterable[Role]) -> list[UserId]:
    """Who has one of these roles in the restaurant."""
    rows = await connection().fetch(
        "select person_id from role_grant where restaurant_id = $1 and roles && $2::varchar[] order by person_id",
        restaurant,
        sorted(roles),
    )
    return [UserId(row["person_id"]) for row in rows]


async def owners_of(restaurant: RestaurantId) -> set[UserId]:
    """Who owns the restaurant; nobody else changes that until the transaction ends."""
    rows = (
        await GrantRow.select(GrantRow.person_id)
        .where((GrantRow.restaurant_id == restaurant) & GrantRow.roles.any(Role.OWNER.value))
        .order_by(GrantRow.id)
        .lock_rows("UPDATE")
    )
    return {row["person_id"] for row in rows}


def _known(roles: Iterable[str]) -> frozenset[Role]:
    """A newer hub may know roles that this one does not; here they open nothing."""
    known = frozenset(Role)
    return frozenset(Role(one) for one in roles if one in known)
