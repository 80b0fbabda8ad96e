"""The JSON Schemas of everything that routes take and give, under the names the OpenAPI document has for them.

What the address says already is not in a command's body. Not its business: operations, problems (`api.openapi`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from api import paths
from api.asking import Asks
from api.pictures import ShowsPicture, TakesPicture
from api.showing import Greets, Shows, SignsIn
from api.telling import Confides, Tells
from hub.actions import DEEDS
from hub.nouns import WithNouns

Route = Asks | Shows | Greets | SignsIn | Tells | Confides | TakesPicture | ShowsPicture
Schema = dict[str, Any]

REF = "#/components/schemas/{model}"
ASKED: JsonSchemaMode = "validation"
GIVEN: JsonSchemaMode = "serialization"

BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


class Schemas:
    """The schemas of these routes. `components` are those that the document names."""

    def __init__(self, routes: Sequence[Route]) -> None:
        models = sorted(set(_models(routes)), key=str)
        self._refs, definitions = models_json_schema(models, ref_template=REF, schema_generator=WithNouns)
        self.components: dict[str, Schema] = definitions["$defs"]
        _in_words_of_json_schema(self.components)
        self._drop_field_titles()
        self._fields: dict[type[BaseModel], dict[str, Schema]] = {}
        for route in routes:
            if isinstance(route, Asks):
                self._take_out_path(route)
            elif isinstance(route, Shows) and route.query is not None and route.query not in self._fields:
                self._remember_fields(route.query)
                self.components.pop(self._name(route.query))

    def parameter(self, route: Route, name: str) -> Schema:
        """The schema of one part of the route's address."""
        if isinstance(route, Asks) and name in self._fields[route.command]:
            return self._fields[route.command][name]
        return paths.SCHEMAS.get(name, {"type": "string", "format": "uuid"})

    def query(self, route: Route) -> dict[str, tuple[Schema, bool]]:
        """The schema of what may stand behind the question mark, by name, and whether it has to."""
        if not isinstance(route, Shows) or route.query is None:
            return {}
        fields = route.query.model_fields.values()
        named = self._fields[route.query].items()
        return {name: (schema, field.is_required()) for (name, schema), field in zip(named, fields, strict=True)}

    def body(self, route: Route) -> tuple[Schema, bool] | None:
        """The schema of the route's JSON, and whether there has to be any. None where nothing is asked with some."""
        match route:
            case Shows() | Greets() | TakesPicture() | ShowsPicture():
                return None
            case Asks():
                model: type[BaseModel] = route.command
            case SignsIn() | Tells() | Confides():
                model = route.body
        return self._refs[model, ASKED], bool(self.components[self._name(model)].get("required"))

    def answer(self, route: Route) -> Schema:
        return self._refs[answer_of(route), GIVEN]

    def _name(self, model: type[BaseModel]) -> str:
        return str(self._refs[model, ASKED]["$ref"]).rpartition("/")[2]

    def _drop_field_titles(self) -> None:
        """What pydantic makes up from a field's name tells nobody anything."""
        for schema in self.components.values():
            for field in schema.get("properties", {}).values():
                field.pop("title", None)

    def _remember_fields(self, model: type[BaseModel]) -> dict[str, Schema]:
        properties = self.components[self._name(model)].get("properties", {})
        return self._fields.setdefault(model, dict(properties))

    def _take_out_path(self, route: Asks) -> None:
        self._remember_fields(route.command)
        schema = self.components[self._name(route.command)]
        for name in paths.names_in(route.path):
            schema["properties"].pop(name, None)
        required = [name for name in schema.pop("required", ()) if name in schema["properties"]]
        if required:
            schema["required"] = required


def _in_words_of_json_schema(schema: Any) -> None:
    """Bounds of a number that another rule looked at first stand there under pydantic's own names."""
    if isinstance(schema, list):
        for one in schema:
            _in_words_of_json_schema(one)
    if isinstance(schema, dict):
        for its, name in BOUNDS.items():
            # A field may be called so too; its value is a schema and no number.
            if isinstance(schema.get(its), int | float):
                schema[name] = schema.pop(its)
        for one in schema.values():
            _in_words_of_json_schema(one)


def _models(routes: Iterable[Route]) -> Iterable[tuple[type[BaseModel], JsonSchemaMode]]:
    for route in routes:
        if isinstance(route, ShowsPicture):
            continue
        yield answer_of(route), GIVEN
        match route:
            case Asks():
                yield route.command, ASKED
            case Shows(query=query) if query is not None:
                yield query, ASKED
            case SignsIn() | Tells() | Confides():
                yield route.body, ASKED


def answer_of(route: Route) -> type[BaseModel]:
    """The model of what a route answers that shows no picture."""
    assert not isinstance(route, ShowsPicture), "A picture has no model."
    answer: type[BaseModel] = DEEDS[route.command].answer if isinstance(route, Asks) else route.shape
    return answer
