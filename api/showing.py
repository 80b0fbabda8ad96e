"""Routes that show something: a short function looks, and what it returns is the answer.

    async def menu(look: Look, restaurant_id: RestaurantId) -> Menu: ...

Its parameters are the parts of the address by name, besides `look` and, where there are any, `query`. What it returns
is the answer's shape; a look that has its JSON already says `Annotated[bytes, Shape]`. Who may look is the route's to
say, and `Look` insists on it. Two kinds of routes are for people who have no token: those that greet, and those that
sign in.
"""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeVar, get_args, get_origin, get_type_hints

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from multidict import MultiDict, MultiMapping
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from api import limiting, paths
from api.bodies import as_model, read_object
from api.callers import caller
from hub.actions.deed import Belongs, must_hold, own_account
from hub.commands.wording import invalid_fields
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events.event import Shape
from hub.ids import RestaurantId, UserId
from hub.keys import HUB, Hub
from hub.limits import AUTH, GENERAL, Charge, Tier, charge
from hub.people import Actor
from hub.proxies import Address, address_of
from hub.rights import Permission

JSON = "application/json"
PAGE, PAGE_MAX, PAGES_MAX = 50, 200, 1_000_000
"""How many of a list are on a page where nobody says, and at most; and the last page one may ask for by its number."""
AT_TABLETS = "/devices/me/"
"""What only a kitchen tablet asks begins so."""
VERSION_QUERY = "version"
ASKED_QUERY = web.RequestKey("query", MultiDict[str])
"""What is asked behind the question mark, where another version says it in other words."""
DIALECT: web.RequestKey[str] = web.RequestKey("dialect", str)
"""In which words it will be answered, where those are not the hub's own."""


class Query(BaseModel):
    """What may stand behind the question mark. Lenient about types, since all of it is text; strict about names."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, extra="forbid")


class Paged(Query):
    """Which page, counted from 1, and how many are on one."""

    page: Annotated[int, Field(ge=1, le=PAGES_MAX)] = 1
    limit: Annotated[int, Field(ge=1, le=PAGE_MAX)] = PAGE


def several(value: object) -> object:
    """For a name that may be given more than once: given once it is a list too."""
    return [value] if isinstance(value, str) else value


class Listed(Shape):
    """A list. Where `nextCursor` is not null there is more: ask again with it as `cursor`."""

    next_cursor: str | None = None


class NotModified(Exception):
    """Whoever looks has it already."""


Thing = TypeVar("Thing", bound=Belongs)


@dataclass(slots=True)
class Look:
    """One look at something: who looks, and what one must be allowed to. Lives as long as its request.

    In another `dialect` the same is said in other words, which are another version of it.
    """

    hub: Hub
    by: Actor
    needs: Permission | None
    has_tags: str = ""
    tag: str | None = None
    may_be_stored: bool = False
    dialect: str = ""

    def snapshot(self) -> AbstractAsyncContextManager[Any]:
        """Everything read inside is of one moment."""
        return self.hub.database.snapshot()

    def enter(self, restaurant: RestaurantId, name: str = "restaurant") -> None:
        """Raise NoSuchThing for a stranger to the restaurant, NotYourJob for somebody who may not look there."""
        assert self.needs is not None, "What everybody who is known may see is no restaurant's."
        must_hold(self.by, restaurant, self.needs, name)

    def watch(self) -> None:
        """Raise NotYourJob for whoever may not look at what is the platform's."""
        assert self.needs is not None, "What everybody who is known may see is not the platform's."
        if not self.by.may(self.needs, None):
            raise NotYourJob.without(self.needs)

    def own_account(self) -> UserId:
        """Whose account is looked at: one's own. Raises NotYourJob for whoever has none, and NotAtDevice."""
        assert self.needs is not None, "Whoever has no account has nothing to see here."
        return own_account(self.by, self.needs)

    def admitted(self, thing: Thing | None, name: str) -> Thing:
        """The thing, if it is there and may be looked at. Raises as `enter` does."""
        if thing is None:
            raise NoSuchThing(thing=name)
        self.enter(thing.restaurant_id, name)
        return thing

    def tagged(self, tag: str, *, may_be_stored: bool) -> None:
        """Say which version this is, before more is made of it. Raises NotModified where that is known already.

        Browsers may only store what is nobody's secret, even if they ask each time whether it is still good.
        """
        self.tag, self.may_be_stored = f'W/"{tag}{self.dialect}"', may_be_stored
        if self.tag in (one.strip() for one in self.has_tags.split(",")):
            raise NotModified


Reading = Callable[..., Awaitable[BaseModel | bytes]]


@dataclass(frozen=True, slots=True)
class Shows:
    """A route that shows something to whoever may do what it needs; to everybody who is known, where that is None.

    Without a `tier` it is not counted: counting would take longer than answering.
    """

    path: str
    look: Reading
    needs: Permission | None = None
    tier: Tier | None = GENERAL
    method = "GET"
    status = 200

    @property
    def shape(self) -> Any:
        return shape_of(self.look)

    @property
    def is_at_tablets(self) -> bool:
        """Whether nobody but a kitchen tablet asks this."""
        return self.path.startswith(AT_TABLETS)

    @property
    def query(self) -> type[Query] | None:
        query: type[Query] | None = get_type_hints(self.look).get("query")
        return query

    def parts(self) -> dict[str, TypeAdapter[Any]]:
        hints = get_type_hints(self.look, include_extras=True)
        parameters = {to_camel(name): name for name in inspect.signature(self.look).parameters}
        return {name: TypeAdapter(hints[parameters[name]]) for name in paths.names_in(self.path)}

    def handler(self) -> Handler:
        parts, query = self.parts(), self.query
        names = {to_camel(name): name for name in inspect.signature(self.look).parameters}

        async def show(request: web.Request) -> web.Response:
            by = await caller(request)
            if self.tier is not None:
                await limiting.count(request, charge(self.tier, by))
            wanted: dict[str, Any] = {names[name]: value for name, value in paths.read(request, parts).items()}
            if query is not None:
                wanted["query"] = read_query(query, asked_query(request))
            has_tags, dialect = request.headers.get("If-None-Match", ""), request.get(DIALECT, "")
            look = Look(request.app[HUB], by, self.needs, has_tags, dialect=dialect)
            try:
                answer = answer_json(await self.look(look, **wanted))
            except NotModified:
                answer = web.Response(status=304)
            if look.tag is not None:
                answer.headers["ETag"] = look.tag
            if look.may_be_stored:
                answer.headers["Cache-Control"] = "private, no-cache"
            return answer

        return show


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door who is nobody known: at which hub, by which `Host` they say they came, and from where."""

    hub: Hub
    host: str
    address: Address | None

    @classmethod
    def of(cls, request: web.Request) -> Self:
        hub, headers = request.app[HUB], request.headers
        return cls(hub, headers.get(hdrs.HOST, ""), address_of(headers, request.remote, hub.settings.trusted_proxies))


@dataclass(frozen=True, slots=True)
class Greets:
    """A route that shows something to everybody, known or not. It asks nobody, so it answers whatever is away, and is
    not counted: a whole restaurant knocks from one address."""

    path: str
    greet: Callable[[Knock], BaseModel]
    tier = None
    method = "GET"
    status = 200

    @property
    def shape(self) -> Any:
        return shape_of(self.greet)

    def handler(self) -> Handler:
        async def greet(request: web.Request) -> web.Response:
            return answer_json(self.greet(Knock.of(request)))

        return greet


@dataclass(frozen=True, slots=True)
class SignsIn:
    """A route for nobody known, that makes somebody of them: it takes what says who they are.

    One that is not `everywhere` is, at some hubs, answered as what is not there. `tried` says as what it counts where
    it is refused, and may refuse it at once.
    """

    path: str
    sign_in: Callable[[Knock, Any], Awaitable[BaseModel]]
    tried: Callable[[Knock, Any], Awaitable[Sequence[Charge]]] | None = None
    everywhere: bool = True
    method = "POST"
    status = 200

    @property
    def tier(self) -> Tier | None:
        return None if self.tried is None else AUTH

    @property
    def body(self) -> type[BaseModel]:
        body: type[BaseModel] = get_type_hints(self.sign_in)["credentials"]
        return body

    @property
    def shape(self) -> Any:
        return shape_of(self.sign_in)

    def handler(self) -> Handler:
        body, tried = self.body, self.tried

        async def let_in(request: web.Request) -> web.Response:
            knock, credentials = Knock.of(request), as_model(body, await read_object(request), {})
            if tried is None:
                return answer_json(await self.sign_in(knock, credentials))
            async with limiting.counting_wrong_ones(request, *await tried(knock, credentials)):
                return answer_json(await self.sign_in(knock, credentials))

        return let_in


def asked_query(request: web.Request) -> MultiMapping[str]:
    """What stands behind the question mark, without what says in which version it is asked."""
    given = request.get(ASKED_QUERY, request.query)
    return given if VERSION_QUERY not in given else MultiDict(one for one in given.items() if one[0] != VERSION_QUERY)


def read_query(query: type[Query], given: MultiMapping[str]) -> Query:
    """The query; a name given several times is a list. Raises BadInput."""
    try:
        return query.model_validate({name: _one_or_all(given.getall(name)) for name in set(given)})
    except ValidationError as error:
        raise invalid_fields(error) from None


def answer_json(answer: BaseModel | bytes) -> web.Response:
    body = answer if isinstance(answer, bytes) else answer.model_dump_json(by_alias=True).encode()
    return web.Response(body=body, content_type=JSON)


def shape_of(function: Callable[..., Any]) -> Any:
    """The model a reading answers with, whether it makes one or has its bytes."""
    returned = get_type_hints(function, include_extras=True)["return"]
    return get_args(returned)[1] if get_origin(returned) is Annotated else returned


def _one_or_all(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
