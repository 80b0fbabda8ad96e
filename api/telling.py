"""Routes that are told something which is no command: by nobody known, or because it is a secret.

A command is kept with its answer, so that asking twice is asking once, and it may come over a socket. What is told here
is kept nowhere. Not its business: signing in (`api.showing.SignsIn`), after which somebody is known.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel

from api import limiting
from api.bodies import as_model, read_object
from api.callers import address, caller, caller_with
from api.showing import Knock, answer_json, shape_of
from hub.actions.deed import own_account
from hub.domain.refusals import WITH_ACCOUNT, NotYourJob
from hub.ids import SessionId, UserId
from hub.keys import HUB, Hub
from hub.limits import SENSITIVE, Charge, Tier, charge, of_account, of_address
from hub.people import Actor
from hub.proxies import Address
from hub.rights import Permission

SAID = "said"
"""How the parameter is called that is told."""


@dataclass(frozen=True, slots=True)
class ByAccount:
    """A tier in which is counted whose account something is about, and where that stands in what is told."""

    tier: Tier
    account: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Tells:
    """A route for nobody known, who is nobody afterwards either: `hear(knock, said)` answers everybody the same.

    All of it is counted, by address in the `tier`, and by account where it is about one; but for a password that nobody
    should choose.
    """

    path: str
    hear: Callable[[Knock, Any], Awaitable[BaseModel]]
    tier: Tier
    by_account: ByAccount | None = None
    status: int = 200
    method = "POST"

    @property
    def body(self) -> type[BaseModel]:
        return body_of(self.hear)

    @property
    def shape(self) -> Any:
        return shape_of(self.hear)

    def handler(self) -> Handler:
        body = self.body

        async def hear(request: web.Request) -> web.Response:
            knock, said = Knock.of(request), as_model(body, await read_object(request), {})
            async with limiting.counting_but_passwords(request, *self._charges(knock, said)):
                answer = answer_json(await self.hear(knock, said))
            answer.set_status(self.status)
            return answer

        return hear

    def _charges(self, knock: Knock, said: BaseModel) -> list[Charge]:
        charges = [of_address(self.tier, knock.address)]
        if self.by_account is not None:
            charges.append(of_account(self.by_account.tier, self.by_account.account(said)))
        return charges


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with an account, in a session of theirs, at a hub; and from where they ask."""

    hub: Hub
    by: Actor
    user: UserId
    session: SessionId
    address: Address | None


@dataclass(frozen=True, slots=True)
class Confides:
    """A route where somebody who is known says a secret of their own: `hear(known, said)` does what is asked.

    It is for whoever may keep an account, and did not come in with a PIN. All of it is counted in the `tier`, by
    person.
    """

    method: str
    path: str
    hear: Callable[[Known, Any], Awaitable[BaseModel]]
    tier: Tier = SENSITIVE
    needs: Permission = Permission.ACCOUNT_KEEP
    status: int = 200

    @property
    def body(self) -> type[BaseModel]:
        return body_of(self.hear)

    @property
    def shape(self) -> Any:
        return shape_of(self.hear)

    def handler(self) -> Handler:
        body = self.body

        async def hear(request: web.Request) -> web.Response:
            by = await caller(request)
            await limiting.count(request, charge(self.tier, by))
            # Whoever may not say anything here is not listened to first.
            own_account(by, self.needs)
            by, said = await caller_with(request, by, read_object)
            user = own_account(by, self.needs)
            if by.session is None:
                raise NotYourJob(roles=WITH_ACCOUNT)
            known = Known(request.app[HUB], by, user, by.session, address(request))
            answer = answer_json(await self.hear(known, as_model(body, said, {})))
            answer.set_status(self.status)
            return answer

        return hear


def body_of(function: Callable[..., Any]) -> type[BaseModel]:
    """The model of what a function is told."""
    body: type[BaseModel] = get_type_hints(function)[SAID]
    return body
