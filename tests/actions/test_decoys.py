"""Whether an account was brought along by an older system is no sign that there is one."""

import re

from hub.actions.decoys import Decoys
from hub.actions.passwords import HASHER, Passwords
from hub.ids import UserId, new_id
from hub.store import people
from hub.store.database import Database, connection
from hub.store.people import OlderHashes, Person
from hub.tokens import Tokens
from tests.support.houses import SECRET

OLDER = "$2b$11$" + "a" * 53
ADDRESSES = [f"nobody-{n}@example.test" for n in range(2_000)]


async def accounts(database: Database, *hashes: str) -> None:
    async with database.transaction():
        for one in hashes:
            user = UserId(new_id())
            await people.add(Person(user, f"{user}@example.test", "Ann", one, is_operator=False))


async def older(among: Decoys) -> set[str]:
    return {one for one in ADDRESSES if (await among.hash_for(one)).startswith("$2b$11$")}


async def test_as_many_of_nobodys_addresses_have_an_older_hash_as_of_all_accounts(database: Database) -> None:
    ours, passwords, tokens = HASHER.hash("her own password"), Passwords(), Tokens(SECRET)
    assert await older(Decoys(database, tokens, passwords)) == set(), "where nobody has one nobody seems to"
    await accounts(database, OLDER, ours, OLDER, ours)
    among = Decoys(database, tokens, passwords)
    half = await older(among)
    assert 900 < len(half) < 1_100
    assert await older(Decoys(database, tokens, passwords)) == half, "every hub draws the same"
    async with database.transaction():
        one = "select id from person where password_hash = $2 limit 1"
        await connection().execute(f"update person set password_hash = $1 where id = ({one})", ours, OLDER)
    assert await older(among) == half, "they are not counted each time"
    quarter = await older(Decoys(database, tokens, passwords))
    assert 400 < len(quarter) < 600
    assert quarter < half, "who has one of ours never seems to go back"
    passwords.close()


async def test_a_decoy_is_looked_at_for_as_long_as_a_hash_of_its_kind(database: Database) -> None:
    await accounts(database, OLDER)
    async with database.snapshot():
        assert await people.older_hashes() == OlderHashes(1.0, 11)
    passwords = Passwords()
    decoy = await Decoys(database, Tokens(SECRET), passwords).hash_for("nobody@example.test")
    assert re.fullmatch(r"\$2b\$11\$[./A-Za-z0-9]{53}", decoy)
    assert not (await passwords.check(decoy, "any")).is_right
    passwords.close()
