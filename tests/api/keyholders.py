"""People with an account, a session and a device that holds a passkey of theirs."""

from dataclasses import dataclass

from hub.actions.passwords import HASHER
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.store import people
from hub.store.people import Person
from tests.api.conftest import PASSWORD, Answer, Caller
from tests.support.authenticators import Authenticator, Json

ORIGIN, RP_ID = "https://b.example", "b.example"


@dataclass
class Somebody:
    """With an account, a session, and a device that holds a passkey of it."""

    nobody: Caller
    here: Caller
    user: UserId
    email: str
    device: Authenticator

    async def begins(self) -> Json:
        """To sign in."""
        begun: Json = (await self.nobody.posts("/auth/passkeys/begin", {})).json
        return begun

    async def comes(self, shown: Json) -> Answer:
        return await self.nobody.posts("/auth/passkeys/finish", shown)

    async def signs_in(self) -> Answer:
        return await self.comes(self.device.shows(await self.begins()))

    async def is_asked_to_make(self) -> Json:
        begun = await self.here.posts("/me/new-passkey", {"password": PASSWORD})
        assert begun.status == 200, begun.body
        asked: Json = begun.json
        return asked

    async def adds(self, made: Json) -> Answer:
        return await self.here.posts("/me/passkeys", {"name": "Mine", **made})


async def somebody(nobody: Caller, hub: Hub, name: str, *, counts: bool = False) -> Somebody:
    user, email = UserId(new_id()), f"{name}@example.test"
    async with hub.database.transaction():
        await people.add(Person(user, email, name, HASHER.hash(PASSWORD), is_operator=False))
    signed_in = await nobody.posts("/auth/login", {"email": email, "password": PASSWORD})
    here = Caller(nobody.client, signed_in.json["accessToken"])
    one = Somebody(nobody, here, user, email, Authenticator(ORIGIN, RP_ID, counts=counts))
    added = await one.adds(one.device.makes(await one.is_asked_to_make()))
    assert added.status == 201, added.body
    return one
