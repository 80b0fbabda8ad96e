"""The OpenAPI 3.1 document, made from the routes and the models they name. Nothing in it is written twice.

Not its business: serving it (`api.documents`), and the rooms' document, which is AsyncAPI's.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from api import paths
from api.asking import REPLAYED, Asks
from api.callers import IDEMPOTENCY_KEY
from api.errors import OWN_CODES, PROBLEM_TYPE, STATUSES, phrase_of
from api.schemas import Route, Schema, Schemas
from api.showing import JSON, Greets, Shows, SignsIn
from hub import __version__
from hub.commands.command import COMMAND_ID_LENGTH_MAX
from hub.commands.wording import CODES
from hub.domain.refusals import every_refusal
from hub.nouns import NOUN
from hub.people import Role

DESCRIPTION = """\
Ask the hub, and look at what it knows. What happens all evening is heard in the rooms, over Socket.IO.

Every command may be sent again under the same `Idempotency-Key`: it is done once, and answered the same.
Identifiers are UUIDs, money is whole minor units with an ISO 4217 code, times are UTC.
In `x-noun`, each shape says which noun it belongs to, such as orders or menus.
"""

CALLED = {Role.GUEST: "guests", Role.SYSTEM: "operators of the hub"}
"""How people are called whose role is not what they would call themselves."""

ALWAYS = (500, 503)
WITH_BODY = (400, 408, 413)

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
}

KEY_PARAMETER: Schema = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": "The same key again, for the same command, is the same command: it is not done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": COMMAND_ID_LENGTH_MAX, "pattern": "^[!-~]+$"},
}


def document(chapters: Mapping[str, Sequence[Route]]) -> dict[str, Any]:
    """The whole document. Raises KeyError for a command that nobody does."""
    schemas = Schemas([route for routes in chapters.values() for route in routes])
    operations: dict[str, Schema] = {}
    for chapter, routes in chapters.items():
        for route in routes:
            at = operations.setdefault(paths.PREFIX + route.path, {})
            at[route.method.lower()] = _operation(chapter, route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Brigade", "version": __version__, "description": DESCRIPTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": chapter} for chapter in chapters],
        "paths": operations,
        "components": {
            "schemas": dict(sorted({**schemas.components, "Problem": PROBLEM, "FieldError": FIELD_ERROR}.items())),
            "responses": {f"Problem{status}": _problems(status, said) for status, said in _codes().items()},
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


# ------------------------------------------------------------------ one operation


def _operation(chapter: str, route: Route, schemas: Schemas) -> Schema:
    roles = _roles(route)
    operation: Schema = {
        "operationId": _name(route),
        "tags": [chapter],
        "summary": _sentence(route),
        "parameters": _parameters(route, schemas),
        "responses": _responses(route, schemas),
        "security": _security(route, roles),
    }
    if roles:
        operation["description"] = f"For {', '.join(CALLED.get(role, role.value) for role in sorted(roles))}."
    body = schemas.body(route)
    if body is not None:
        schema, is_required = body
        operation["requestBody"] = {"required": is_required, "content": {JSON: {"schema": schema}}}
    return operation


def _name(route: Route) -> str:
    match route:
        case Asks():
            return route.command.verb + ("_of_restaurant" if route.within else "")
        case Shows():
            return f"show_{route.look.__module__.rpartition('.')[2]}_{route.look.__name__}"
        case Greets():
            return route.greet.__name__
        case SignsIn():
            return route.sign_in.__name__


def _sentence(route: Route) -> str:
    """The first paragraph of what the code says about itself."""
    match route:
        case Asks():
            said = route.command.__doc__
        case Shows():
            said = route.look.__doc__
        case Greets():
            said = route.greet.__doc__
        case SignsIn():
            said = route.sign_in.__doc__
    return " ".join((said or "").split("\n\n")[0].split())


def _roles(route: Route) -> frozenset[Role]:
    match route:
        case Asks():
            return route.command.asked_by
        case Shows():
            return route.may or frozenset()
        case Greets() | SignsIn():
            return frozenset()


def _security(route: Route, roles: frozenset[Role]) -> list[dict[str, list[str]]]:
    if isinstance(route, Greets | SignsIn):
        return []
    return [{"staff": []}, {"guest": []}] if not roles or Role.GUEST in roles else [{"staff": []}]


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


def _responses(route: Route, schemas: Schemas) -> Schema:
    done: Schema = {
        "description": phrase_of(HTTPStatus(route.status)),
        "content": {JSON: {"schema": schemas.answer(route)}},
    }
    if isinstance(route, Asks):
        text = {"schema": {"type": "string"}}
        done["headers"] = {REPLAYED: {"description": "`true` where this is the first answer, given again."} | text}
        if route.made is not None:
            done["headers"]["Location"] = {"description": "Where it is to be seen."} | text
    problems = {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in _statuses(route)}
    return {str(route.status): done, **dict(sorted(problems.items()))}


def _statuses(route: Route) -> tuple[int, ...]:
    """What may go wrong here, besides asking for the wrong address with the wrong method."""
    match route:
        case Asks():
            return (*WITH_BODY, 401, 403, 404, 409, 422, *ALWAYS)
        case Shows():
            if_query = (400,) if route.query else ()
            if_named = (403, 404) if paths.names_in(route.path) else ()
            return (*if_query, 401, *if_named, *ALWAYS)
        case Greets():
            return (500,)
        case SignsIn():
            return (*WITH_BODY, 401, *(() if route.everywhere else (404,)), *ALWAYS)


# ------------------------------------------------------------------ problems


def _codes() -> dict[int, dict[str, str]]:
    """Every code there is, with its sentence, by status."""
    by_status: dict[int, dict[str, str]] = {}
    for code, (status, sentence) in OWN_CODES.items():
        by_status.setdefault(status.value, {})[code] = sentence
    for refusal in every_refusal():
        if not refusal.__module__.startswith("hub."):
            continue  # It is another door's.
        sentence = " ".join((refusal.__doc__ or "").split("\n\n")[0].split())
        by_status.setdefault(STATUSES[refusal.kind].value, {})[refusal.code] = sentence
    return dict(sorted(by_status.items()))


def _problems(status: int, sentences: Mapping[str, str]) -> Schema:
    title = phrase_of(HTTPStatus(status))
    told = "\n".join(f"- `{code}`: {sentence}" for code, sentence in sorted(sentences.items()))
    codes = {"properties": {"code": {"enum": sorted(sentences)}, "status": {"const": status}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, codes]}
    return {"description": f"{title}\n\n{told}", "content": {PROBLEM_TYPE: {"schema": schema}}}
