"""The wire in TypeScript: what the screens may rely on, read from the documents of both doors.

Every shape has its type, and every event, command, signal and board its line in a table by name, so that the
compiler knows what stands behind each; every operation of REST is a function. Rules that a screen minds as well are
tables beside them, so that none is written twice. Not its business: what a shape is, which the documents say; and
files.
"""

from hub.typescript.asking import functions
from hub.typescript.by_name import tables_by_name
from hub.typescript.modules import modules
from hub.typescript.rules import rules
from hub.typescript.shapes import of_both_doors, shapes
from hub.typescript.writing import Schema


def wire(rooms: Schema, rest: Schema) -> dict[str, str]:
    """The modules' texts by their paths, from the AsyncAPI document of the rooms and the OpenAPI document of REST.

    `wire.ts` passes on everything there is; what there is stands below `wire/`, in a module for each noun.
    """
    found, renamed = of_both_doors(rooms["components"]["schemas"], rest["components"]["schemas"])
    return modules([*shapes(found), *tables_by_name(rooms), *rules(rooms), *functions(rest, renamed)])
