"""The OpenAPI document of the first version: the hub's own, with every answer in its envelope.

Nothing is written twice. Not its business: serving it (`api.documents`), and what an operation does.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from api import openapi
from api.errors import PROBLEM_TYPE
from api.paths import PREFIX
from api.pictures import ShowsPicture
from api.schemas import REF, Route, Schema, answer_of
from api.showing import JSON, PAGE, PAGE_MAX, PAGES_MAX, Listed, Paged
from api.v1.aliases import names_of
from api.v1.envelope import DONE, ENDS_AT, ERROR, OWN_PREFIX, SUCCESS, code_of
from api.v1.formerly import FORMER
from api.v1.pages import Pagination
from api.v1.speaking import spoken
from api.v1.statuses import TOLD, renaming
from hub.examples import A_MOMENT, AN_ID

DESCRIPTION = f"""\
The hub as clients of the systems before it know it. It is deprecated, and ends at {ENDS_AT.isoformat()}:
`v2` says the same without the envelope, and each answer's `Link` says where.

Every answer is `{{data, status, message, meta}}`, a no with `error.code` in capitals. Lists have `page` and `limit`,
and say their totals in `meta.pagination`. How far an order is, is said in the older words:
{", ".join(sorted(set(TOLD.values())))}.
"""

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}


A_META: Schema = {"requestId": AN_ID, "timestamp": A_MOMENT}


def _headers() -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}


def _object(required: Sequence[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties}


def _ref(name: str) -> Schema:
    return {"$ref": REF.format(model=name)}


PAGINATION = _object(
    ("page", "limit", "total", "totalPages", "hasNextPage", "hasPrevPage"),
    page=WHOLE,
    limit=WHOLE,
    total=WHOLE,
    totalPages=WHOLE,
    hasNextPage=TRUTH,
    hasPrevPage=TRUTH,
)
META = _object(
    ("requestId", "timestamp"),
    requestId=TEXT,
    timestamp=TEXT | {"format": "date-time"},
    pagination=_ref("Pagination"),
)
REFUSED = _object(
    ("data", "status", "message", "error", "meta"),
    data={"type": "null"},
    status={"const": ERROR},
    message=TEXT | {"description": "A sentence for a person."},
    error=_object(("code", "details"), code=TEXT | {"description": "Stable: decide by this one."}, details={}),
    meta=_ref("Meta"),
)
HEADERS: Mapping[str, str] = {
    "Deprecation": "Since when this version is deprecated (RFC 9745).",
    "Sunset": "When it ends (RFC 8594).",
    "Link": "Where the same is to be found in the next version.",
}
PAGE_PARAMETERS: Sequence[Schema] = tuple(
    {
        "name": name,
        "in": "query",
        "required": False,
        "schema": WHOLE | {"minimum": 1, "maximum": most, "default": usual},
    }
    for name, most, usual in (("page", PAGES_MAX, 1), ("limit", PAGE_MAX, PAGE))
)


def document(chapters: Mapping[str, Sequence[Route]]) -> dict[str, Any]:
    """The whole document."""
    routes = {chapter: [*map(spoken, those), *FORMER.get(chapter, ())] for chapter, those in chapters.items()}
    made = openapi.document(routes)
    operations: dict[str, Schema] = {}
    for route in (one for those in routes.values() for one in those):
        own = made["paths"][PREFIX + route.path][route.method.lower()]
        operation = _operation(route, own)
        for name in names_of(route.path):
            operations.setdefault(OWN_PREFIX + name, {})[route.method.lower()] = _called(operation, route.path, name)
    components = made["components"]
    schemas = {name: schema for name, schema in components["schemas"].items() if name not in ("Problem", "FieldError")}
    schemas["OrderStatus"] |= {"enum": sorted(set(TOLD.values()))}
    return made | {
        "info": made["info"] | {"title": "Brigade, as it was", "description": DESCRIPTION},
        "paths": operations,
        "components": components
        | {
            "schemas": schemas | {"Pagination": PAGINATION, "Meta": META, "Refused": REFUSED},
            "headers": components["headers"]
            | {name: {"description": said, "schema": TEXT} for name, said in HEADERS.items()},
            "responses": {name: _no(response) for name, response in components["responses"].items()},
        },
    }


def _operation(route: Route, own: Schema) -> Schema:
    done, is_picture = own["responses"][str(route.status)], isinstance(route, ShowsPicture)
    is_list = not is_picture and issubclass(answer_of(route), Listed)
    said = done | {
        "headers": done["headers"] | _headers(),
        "content": done["content"] if is_picture else _in_envelope(route, done["content"][JSON], is_list=is_list),
    }
    given = {one["name"] for one in own["parameters"]}
    more = [one for one in PAGE_PARAMETERS if is_list and one["name"] not in given]
    if_paged = {"400": {"$ref": "#/components/responses/Problem400"}} if is_list else {}
    return own | {
        "deprecated": True,
        "parameters": [*own["parameters"], *more],
        "responses": own["responses"] | {str(route.status): said} | if_paged,
    }


def _called(operation: Schema, path: str, name: str) -> Schema:
    """The operation by one of its route's names."""
    if name == path:
        return operation
    older = name.rpartition("/")[2].replace("-", "_")
    return operation | {"operationId": older, "description": f"An older name of `{path}`."}


def _in_envelope(route: Route, own: Schema, *, is_list: bool) -> Schema:
    schema = own["schema"]
    data = {"$ref": f"{schema['$ref']}/properties/items"} if is_list else schema
    return {JSON: {"schema": _enveloped(data), "example": _shown(route, own["example"])}}


def _shown(route: Route, own: Any) -> Schema:
    """What the hub's own answer, as it is shown in its document, is in this version."""
    model, data, meta = answer_of(route), deepcopy(own), A_META
    rename = renaming(model)
    if rename is not None:
        rename(data)
    if issubclass(model, Listed):
        data = data["items"]
        whole = Pagination.of(Paged(), len(data)).model_dump(by_alias=True)
        meta = {**A_META, "pagination": whole}
    return {"data": data, "status": SUCCESS, "message": DONE, "meta": meta}


def _enveloped(data: Schema) -> Schema:
    return _object(
        ("data", "status", "message", "meta"), data=data, status={"const": SUCCESS}, message=TEXT, meta=_ref("Meta")
    )


def _no(response: Schema) -> Schema:
    """A no of one HTTP status: its codes are this version's."""
    own = response["content"][PROBLEM_TYPE]
    codes, shown = own["schema"]["allOf"][1]["properties"]["code"]["enum"], own["example"]
    older = sorted(code_of(code) for code in codes)
    title = response["description"].partition("\n")[0]
    error = {"properties": {"error": {"properties": {"code": {"enum": older}}}}}
    told = ", ".join(f"`{code}`" for code in older)
    return {
        "description": f"{title}\n\n{told}",
        "headers": response["headers"] | _headers(),
        "content": {
            JSON: {
                "schema": {"allOf": [_ref("Refused"), error]},
                "example": {
                    "data": None,
                    "status": ERROR,
                    "message": shown["detail"],
                    "error": {"code": code_of(shown["code"]), "details": {}},
                    "meta": A_META,
                },
            }
        },
    }
