"""People's addresses in PostgreSQL. That one of somebody's addresses is the default, the database itself insists on.

Whoever changes one locks its book first. Not its business: what an address may say (`hub.commands.addresses`).
"""

from collections.abc import Sequence

from hub.domain.addresses import PostalAddress
from hub.ids import AddressId, UserId
from hub.store.connections import connection

_ADDRESS = """
    select a.id, a.label, a.lines, a.id = book.default_id as is_default
    from address_book book join postal_address a using (person_id) where book.person_id = $1
"""


async def of(user: UserId) -> list[PostalAddress]:
    """The person's addresses, the default one first, then in the order in which they were added."""
    rows = await connection().fetch(f"{_ADDRESS} order by is_default desc, a.id", user)
    return [PostalAddress(address_id=row[0], label=row[1], lines=tuple(row[2]), is_default=row[3]) for row in rows]


async def lock(user: UserId) -> dict[AddressId, PostalAddress]:
    """The person's addresses, and nobody else adds, changes or removes any until the transaction ends."""
    # A statement that waits for a row sees what was below it before: so first the lock, then the look.
    await connection().execute("select from address_book where person_id = $1 for no key update", user)
    return {one.address_id: one for one in await of(user)}


async def add(user: UserId, address: AddressId, label: str, lines: Sequence[str], *, is_default: bool) -> None:
    """One more address. It is the default where it is the first one, and where that is wished.

    From here on the person's addresses are locked.
    """
    await connection().execute(
        """
        with book as (
            insert into address_book as book (person_id, default_id) values ($1, $2)
            on conflict (person_id) do update set default_id = case when $5 then $2 else book.default_id end
        )
        insert into postal_address (id, person_id, label, lines) values ($2, $1, $3, $4)
        """,
        user,
        address,
        label,
        list(lines),
        is_default,
    )


async def save(user: UserId, changed: PostalAddress) -> None:
    """Keep a locked address as it is now. Where it is the default, no other is any more."""
    await connection().execute(
        """
        with chosen as (
            update address_book set default_id = $2 where person_id = $1 and $5 and default_id <> $2
        )
        update postal_address set label = $3, lines = $4 where person_id = $1 and id = $2
        """,
        user,
        changed.address_id,
        changed.label,
        list(changed.lines),
        changed.is_default,
    )


async def remove(user: UserId, address: AddressId) -> None:
    """Forget a locked address. The default one stays: the database raises ForeignKeyViolationError."""
    await connection().execute("delete from postal_address where person_id = $1 and id = $2", user, address)
