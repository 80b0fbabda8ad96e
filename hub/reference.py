"""The reference: every document that is read from the code, by its file's name. Only here are all of them known.

Not its business: what a page says (`hub.papers`, `hub.typescript`, `api.openapi`, `rooms.asyncapi`), or which folder
it is kept in.
"""

import json
from pathlib import Path

import api.openapi
import api.routes
import rooms.asyncapi
from hub.domain.refusals import every_refusal
from hub.papers import papers
from hub.typescript import wire
from hub.typescript.modules import WIRE


def write(pages_into: Path, types_into: Path) -> list[Path]:
    """Write all of it. Modules of types that are not written any more are taken away; nobody else writes there."""
    written = {
        **{pages_into / name: text for name, text in pages().items()},
        **{types_into / name: text for name, text in wire_types().items()},
    }
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in (types_into / WIRE).glob("*.ts"):
        if path not in written:
            path.unlink()
    return list(written)


def pages() -> dict[str, str]:
    """Every page as text, ready to be written. With both doors imported, every refusal there is is known."""
    return {
        **papers(every_refusal()),
        "openapi.json": _json(api.openapi.document(api.routes.CHAPTERS)),
        "asyncapi.json": _json(rooms.asyncapi.document()),
    }


def wire_types() -> dict[str, str]:
    """The modules of types that the screens are compiled with, by their paths from where they are kept."""
    return wire(rooms.asyncapi.document(), api.openapi.document(api.routes.CHAPTERS))


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=False) + "\n"
