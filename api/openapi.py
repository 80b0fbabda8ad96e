"""The OpenAPI 3.1 document, made from the routes and the models they name. Nothing in it is written twice.

Not its business: serving it (`api.documents`), and the rooms' document, which is AsyncAPI's.
"""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from api import limiting, paths, refused, watching
from api.asking import REPLAYED, Asks
from api.callers import API_KEY, IDEMPOTENCY_KEY
from api.errors import PROBLEM_TYPE, phrase_of
from api.pictures import ShowsPicture, TakesPicture
from api.schemas import Route, Schema, Schemas
from api.showing import JSON, Greets, Shows, SignsIn
from api.telling import Confides, Tells
from hub import __version__
from hub.commands.command import COMMAND_ID_LENGTH_MAX
from hub.commands.wording import CODES
from hub.examples import AN_ID, example
from hub.nouns import NOUN
from hub.pictures import DRAWN_TYPE
from hub.rights import FOR_KEYS, RIGHTS, Permission, Role

DESCRIPTION = """\
Ask the hub, and look at what it knows. What happens all evening is heard in the rooms, over Socket.IO.

Every command may be sent again under the same `Idempotency-Key`: it is done once, and answered the same.
An address without a version, such as `/api/restaurants`, is answered in the one that `API-Version: v2` or `?version=v2`
names, and else in this one. A request that names several is a `400`; what has ended is a `410`.
How often anybody may ask stands in the headers of every answer that was counted; a `429` says when to ask again.
Identifiers are UUIDs, money is whole minor units with an ISO 4217 code, times are UTC.
In `x-noun`, each shape says which noun it belongs to, such as orders or menus.
"""

CALLED = {Role.GUEST: "guests", Role.ADMIN: "operators of the hub"}
"""How people are called whose role is not what they would call themselves."""

PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp")

FIELD_ERROR: Schema = {
    "type": "object",
    "required": ["field", "message", "code"],
    "properties": {
        "field": {"type": "string", "examples": ["lines.0.itemId"]},
        "message": {"type": "string", "description": "A sentence for a person."},
        "code": {"type": "string", "enum": sorted(CODES)},
    },
    NOUN: "refusals",
}

PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong (RFC 9457). The facts of a refusal are further members: ids, names, numbers.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for a person."},
        "retry": {"type": "boolean", "description": "Whether the same request may do better in a moment."},
        "code": {"type": "string", "description": "Stable: decide by this one."},
        "requestId": {"type": "string", "description": "What the answer's X-Request-ID says, and the hub's log."},
        "errors": {
            "type": "array",
            "description": "With the code `invalid`: what is wrong, field by field.",
            "items": {"$ref": "#/components/schemas/FieldError"},
        },
    },
    NOUN: "refusals",
}

BEARER: Schema = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
SECURITY_SCHEMES: Schema = {
    "staff": BEARER | {"description": "The token that `auth/login` answers with."},
    "guest": BEARER | {"description": "A guest's link: an order's, or a seating's."},
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": API_KEY,
        "description": "A restaurant's key, for what its scopes say. It may be a bearer token as well; beside another "
        "bearer token it is not looked at.",
    },
    "device": BEARER | {"description": "The token that `auth/enroll` answers with, to be asked who may tap a PIN."},
}

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
A_PICTURE: Schema = {"schema": TEXT | {"format": "binary"}}
"""By the specification a picture needs no schema; those that write clients leave out what has none."""

REQUEST_ID = watching.REQUEST_ID
HEADERS: Mapping[str, str] = {
    REQUEST_ID: "By this the hub's log has it; the one that was asked with, where that is one.",
    REPLAYED: "`true` where this is the first answer, given again.",
    "Location": "Where it is to be seen.",
    "ETag": "Which version this is: `If-None-Match` asks whether there is another.",
    "Retry-After": "In how many seconds the same request may do better.",
    "WWW-Authenticate": "How to say who one is.",
    **limiting.HEADERS,
}
"""What stands in headers of answers, by their names."""
WHOLE_NUMBERS = frozenset({"Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"})
WITH_STATUS: Mapping[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}

CHAPTERS: Mapping[str, str] = {
    "sessions": "Signing in and out, and going on with the next token.",
    "accounts": "How an account begins, changes its password, and ends.",
    "profiles": "What people say of themselves: name, preferences, addresses, a picture.",
    "people": "Who one is, who does which job, and what operators tell people.",
    "invitations": "Hiring somebody by a letter: inviting, and what whoever reads the letter does.",
    "connections": "Who is connected, for operators.",
    "keys": "What programs come in with.",
    "devices": "Kitchen tablets: how one is let in, and who may tap a PIN there.",
    "audit": "Who changed what about the house.",
    "restaurants": "The houses in which one is known.",
    "menu": "Sections, items and stations; 86 and restore.",
    "floor": "Sections, tables, and the parties that sit there.",
    "orders": "From taking an order to closing it, line by line.",
    "tickets": "What stations do.",
    "rooms": "What is heard in rooms, for those who have no socket.",
}
"""What each chapter is about."""

KEY_PARAMETER: Schema = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": "The same key again, for the same command, is the same command: it is not done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": COMMAND_ID_LENGTH_MAX, "pattern": "^[!-~]+$"},
}


def document(chapters: Mapping[str, Sequence[Route]]) -> dict[str, Any]:
    """The whole document. Raises KeyError for a command that nobody does."""
    every = [route for routes in chapters.values() for route in routes]
    schemas, problems = Schemas(every), Problems(every)
    operations: dict[str, Schema] = {}
    for chapter, routes in chapters.items():
        for route in routes:
            at = operations.setdefault(paths.PREFIX + route.path, {})
            at[route.method.lower()] = _operation(chapter, route, schemas, problems)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Brigade", "version": __version__, "description": DESCRIPTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": chapter, "description": CHAPTERS.get(chapter, "")} for chapter in chapters],
        "paths": operations,
        "components": {
            "schemas": dict(sorted({**schemas.components, "Problem": PROBLEM, "FieldError": FIELD_ERROR}.items())),
            "headers": {
                name: {"description": said, "schema": WHOLE if name in WHOLE_NUMBERS else TEXT}
                for name, said in HEADERS.items()
            },
            "responses": problems.components,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


# ------------------------------------------------------------------ one operation


def _operation(chapter: str, route: Route, schemas: Schemas, problems: "Problems") -> Schema:
    needs = _needs(route)
    operation: Schema = {
        "operationId": operation_id(route),
        "tags": [chapter],
        "summary": _paragraphs(route)[0],
        "description": "\n\n".join([*_paragraphs(route)[1:], _for_whom(route, needs), _counted_as(route)]),
        "parameters": _parameters(route, schemas),
        "responses": {**_done(route, schemas), **problems.of(route)},
        "security": _security(route, needs),
    }
    body = schemas.body(route)
    if body is not None:
        schema, is_required = body
        operation["requestBody"] = {"required": is_required, "content": {JSON: _media(schema, schemas)}}
    if isinstance(route, TakesPicture):
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(PICTURE_TYPES, A_PICTURE)}
    return operation


def _media(schema: Schema, schemas: Schemas) -> Schema:
    return {"schema": schema, "example": example(schema, schemas.components)}


def operation_id(route: Route) -> str:
    match route:
        case Asks():
            return route.command.verb + ("_of_restaurant" if route.within else "")
        case Shows():
            return f"show_{route.look.__module__.rpartition('.')[2]}_{route.look.__name__}"
        case Greets():
            return route.greet.__name__
        case SignsIn():
            return route.sign_in.__name__
        case Tells() | Confides():
            # A verb alone is of the account.
            verb = route.hear.__name__
            return verb if "_" in verb else f"{verb}_account"
        case TakesPicture():
            return f"{route.take.__name__}_{route.take.__module__.rpartition('.')[2]}"
        case ShowsPicture():
            return f"show_{route.show.__module__.rpartition('.')[2]}_{route.show.__name__}"


def _paragraphs(route: Route) -> list[str]:
    """What the code says about itself."""
    match route:
        case Asks():
            said = route.command.__doc__
        case Shows():
            said = route.look.__doc__
        case Greets():
            said = route.greet.__doc__
        case SignsIn():
            said = route.sign_in.__doc__
        case Tells() | Confides():
            said = route.hear.__doc__
        case TakesPicture():
            said = route.take.__doc__
        case ShowsPicture():
            said = route.show.__doc__
    return [" ".join(one.split()) for one in (said or "").split("\n\n")]


def _for_whom(route: Route, needs: Permission | None) -> str:
    if isinstance(route, Greets | SignsIn | Tells):
        return "For everybody."
    if needs is None:
        return "For everybody whom the hub knows, each as far as it is theirs."
    roles = ", ".join(CALLED.get(role, role.value) for role in sorted(RIGHTS[needs]))
    return f"For {roles}: `{needs}`."


def _counted_as(route: Route) -> str:
    return "It is not counted." if route.tier is None else f"It is counted as `{route.tier.name}`."


def _needs(route: Route) -> Permission | None:
    match route:
        case Asks():
            return route.command.needs
        case Shows() | Confides() | TakesPicture() | ShowsPicture():
            return route.needs
        case Greets() | SignsIn() | Tells():
            return None


def _security(route: Route, needs: Permission | None) -> list[dict[str, list[str]]]:
    """With what one may come; each of them alone is enough."""
    if isinstance(route, Greets | SignsIn | Tells):
        return []
    if isinstance(route, Shows) and route.is_at_tablets:
        return [{"device": []}]
    for_guests = needs is None or Role.GUEST in RIGHTS[needs]
    for_keys = needs is None or needs in FOR_KEYS
    schemes = ["staff", *["guest"] * for_guests, *["key"] * for_keys]
    return [{scheme: []} for scheme in schemes]


def _parameters(route: Route, schemas: Schemas) -> list[Schema]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": schemas.parameter(route, name)}
        for name in paths.names_in(route.path)
    ]
    in_query = [
        {"name": name, "in": "query", "required": is_required, "schema": schema}
        for name, (schema, is_required) in schemas.query(route).items()
    ]
    return [*in_path, *in_query, *([KEY_PARAMETER] if isinstance(route, Asks) else [])]


def _done(route: Route, schemas: Schemas) -> Schema:
    is_picture = isinstance(route, ShowsPicture)
    done: Schema = {
        "description": phrase_of(HTTPStatus(route.status)),
        "content": {DRAWN_TYPE: A_PICTURE} if is_picture else {JSON: _media(schemas.answer(route), schemas)},
    }
    names = [REQUEST_ID]
    if isinstance(route, Asks):
        names += [REPLAYED, *([] if route.made is None else ["Location"])]
    if isinstance(route, Shows):
        names.append("ETag")
    if route.tier is not None:
        names += limiting.HEADERS
    return {str(route.status): done | {"headers": _headers(names)}}


def _headers(names: Iterable[str]) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


# ------------------------------------------------------------------ problems


class Problems:
    """What may go wrong, as responses that routes share: one for each status and whatever codes it may come with."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._names: dict[tuple[int, frozenset[str], bool], str] = {}
        self.components: dict[str, Schema] = {}
        for route in routes:
            for status, sentences in refused.at(route).items():
                self._name(route, status, sentences)

    def of(self, route: Route) -> Schema:
        """The responses that say no, by status."""
        return {
            str(status): {"$ref": f"#/components/responses/{self._name(route, status, sentences)}"}
            for status, sentences in refused.at(route).items()
        }

    def _name(self, route: Route, status: int, sentences: Mapping[str, str]) -> str:
        is_counted = route.tier is not None
        key = (status, frozenset(sentences), is_counted)
        if key not in self._names:
            name = f"Problem{status}"
            if name in self.components:
                name += "".join(part.title() for part in operation_id(route).split("_"))
            self._names[key] = name
            self.components[name] = _problem(status, sentences, is_counted)
        return self._names[key]


def _problem(status: int, sentences: Mapping[str, str], is_counted: bool) -> Schema:
    title = phrase_of(HTTPStatus(status))
    told = "\n".join(f"- `{code}`: {sentence}" for code, sentence in sorted(sentences.items()))
    # With their types, and a status that is one of one: as much as those that write clients can lay over the whole.
    named, known = TEXT | {"enum": sorted(sentences)}, {"type": "integer", "enum": [status]}
    codes = {"type": "object", "properties": {"code": named, "status": known}}
    names = [REQUEST_ID, *WITH_STATUS.get(status, ()), *(limiting.HEADERS if is_counted else ())]
    # One whose sentence has no facts in it, where there is one.
    code = min(sentences, key=lambda one: ("{" in sentences[one], one))
    shown = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": sentences[code],
        "code": code,
        "requestId": AN_ID,
    }
    return {
        "description": f"{title}\n\n{told}",
        "headers": _headers(names),
        "content": {
            PROBLEM_TYPE: {"schema": {"allOf": [{"$ref": "#/components/schemas/Problem"}, codes]}, "example": shown}
        },
    }
