"""A client in Python: what travels, as types, and a function for each thing that can be asked, by either door.

Read from the documents of both doors, like the screens' types. What sends and hears is written by hand, beside what is
written here (`api.client`). Not its business: what a shape is, which the documents say; and files.
"""

from hub.python.asking import live, rest
from hub.python.shapes import modules
from hub.python.writing import Schema
from hub.typescript.shapes import of_both_doors


def client(rooms: Schema, openapi: Schema) -> dict[str, str]:
    """The modules' texts by their paths, from the AsyncAPI document of the rooms and the OpenAPI document of REST."""
    shapes, renamed = of_both_doors(rooms["components"]["schemas"], openapi["components"]["schemas"])
    return {**modules(shapes), **rest(openapi, shapes, renamed), "live.py": live(rooms, shapes)}
