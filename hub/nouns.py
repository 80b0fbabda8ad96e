"""Of which noun a shape is: every document carries it with the shape, as `x-noun`.

The hub is a grid whose rows are the restaurant's nouns, and a module's name says its row. So a shape is of the noun
that the module is called which defines it, and nobody keeps a list. Not its business: what a shape is, and who wants
to know (`hub.typescript`).
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

NOUN = "x-noun"
BOARDS = "boards"


def noun_of(shape: type) -> str:
    """The noun of a shape, from where it is defined."""
    package, _, name = shape.__module__.rpartition(".")
    # Modules there are kinds of rooms and no nouns, and what each of them shows is a board.
    return BOARDS if package.endswith(f".{BOARDS}") else name


class WithNouns(GenerateJsonSchema):
    """pydantic's JSON Schemas, in which everything that has a name says of which noun it is.

    What the hub gives has all of its fields, so all of them are required. Of what it is asked, a field that may be null
    may be left out as well, and then it need not mean null: so that is no default, which a client might fill in.
    """

    def field_is_required(self, field: Any, total: bool) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return {key: its for key, its in made.items() if key != "default" or its is not None}

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        return {**super().model_schema(schema), NOUN: noun_of(schema["cls"])}

    def dataclass_schema(self, schema: Any) -> JsonSchemaValue:
        return {**super().dataclass_schema(schema), NOUN: noun_of(schema["cls"])}

    def enum_schema(self, schema: Any) -> JsonSchemaValue:
        return {**super().enum_schema(schema), NOUN: noun_of(schema["cls"])}
