"""The reference: every document that is read from the code, by its file's name. Only here are all of them known.

Not its business: what a page says (`hub.papers`, `hub.typescript`, `api.openapi`, `rooms.asyncapi`), or where it is
kept.
"""

import json

import api.openapi
import api.routes
import rooms.asyncapi
from hub.domain.refusals import every_refusal
from hub.papers import papers
from hub.typescript import wire


def pages() -> dict[str, str]:
    """Every page as text, ready to be written. With both doors imported, every refusal there is is known."""
    return {
        **papers(every_refusal()),
        "openapi.json": _json(api.openapi.document(api.routes.CHAPTERS)),
        "asyncapi.json": _json(rooms.asyncapi.document()),
    }


def wire_types() -> str:
    """The module of types that the screens are compiled with."""
    return wire(rooms.asyncapi.document(), api.openapi.document(api.routes.CHAPTERS))


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=False) + "\n"
