"""The reference: every document that is read from the code, by its file's name. Only here are all of them known.

Not its business: what a page says (`hub.papers`, `hub.typescript`, `hub.python`, the doors' own), or which folder
it is kept in.
"""

import json
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import api.openapi
import api.routes
import api.v1.document
import rooms.asyncapi
from api.pictures import ShowsPicture, TakesPicture
from api.showing import Shows
from api.telling import Confides
from hub.audience import OPS
from hub.boards import BOARDS
from hub.domain.refusals import every_refusal
from hub.papers import Opened, papers
from hub.python import client
from hub.typescript import wire
from hub.typescript.modules import WIRE
from rooms.rights import OPS_NEEDS

CLIENT_FOLDERS = ("shapes", "rest")
"""Where, in the client's own, everything is written."""


def write(pages_into: Path, types_into: Path, client_into: Path) -> list[Path]:
    """Write all of it. Modules that are not written any more are taken away; nobody else writes where they lie."""
    written = {
        **{pages_into / name: text for name, text in pages().items()},
        **{types_into / name: text for name, text in wire_types().items()},
        **{client_into / name: text for name, text in python_client().items()},
    }
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ours = [(types_into / WIRE).glob("*.ts"), *((client_into / one).glob("*.py") for one in CLIENT_FOLDERS)]
    for path in chain(*ours):
        if path not in written:
            path.unlink()
    return list(written)


def pages() -> dict[str, str]:
    """Every page as text, ready to be written. With both doors imported, every refusal there is is known."""
    return {
        **papers(every_refusal(), _opened()),
        "openapi.json": _json(_rest()),
        "openapi-v1.json": _json(api.v1.document.document(api.routes.CHAPTERS)),
        "asyncapi.json": _json(_rooms()),
    }


def wire_types() -> dict[str, str]:
    """The modules of types that the screens are compiled with, by their paths from where they are kept."""
    return wire(_rooms(), _rest())


def python_client() -> dict[str, str]:
    """The modules of the client in Python, by their paths from where they are kept."""
    return client(_rooms(), _rest())


@cache
def _rest() -> dict[str, Any]:
    return api.openapi.document(api.routes.CHAPTERS)


@cache
def _rooms() -> dict[str, Any]:
    return rooms.asyncapi.document()


def _opened() -> list[Opened]:
    """What may be done beside commands: every route that shows something or is told a secret, and every room."""
    others = [one for one in api.routes.ROUTES if isinstance(one, Shows | Confides | ShowsPicture | TakesPicture)]
    return [
        *((one.needs, f"`{one.method} {one.path}`") for one in others),
        *((kind.needs, f"room `{rooms.asyncapi.ADDRESSES[room]}`") for room, kind in BOARDS.items()),
        (OPS_NEEDS, f"room `{OPS}`"),
    ]


def _json(document: object) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=False) + "\n"
