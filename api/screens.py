"""The screens as browsers fetch them: a page for each address, the assets that pages load, and the worker that holds
both on a device.

All of it is read when the doors are made, and kept: what a running hub shows is of one piece, also while somebody
builds anew, and no address ever becomes a path of the disk. Not its business: what is on the screens, and how they are
built (`dashboards`).
"""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from aiohttp import ETag, hdrs, web

from api.documents import PAGE_POLICY
from api.errors import Problem

BUILT = Path(__file__).parents[1] / "dashboards" / "screens" / "built"
"""Where the screens are in a checkout, and in an installed wheel as well."""

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "/": "index.html",
        "/kitchen": "kitchen.html",
        "/floor": "floor.html",
        "/track/{link}": "track.html",
        "/ops": "ops.html",
        "/office": "office.html",
        "/account": "account.html",
        # Where providers send people back to (`hub.actions.vouching`).
        "/signed-in/{provider}": "arrival.html",
        "/docs/live": "live.html",
    }
)
ASSETS = "/assets/{name}"
WORKER = "worker.js"
"""It works for the pages beneath its own address, which are all of them."""
UNTOLD, TOLD = b'name="screens" content=""', b'name="screens" content="%s"'
"""Where a page says of which screens it is. Only the hub can write it: the digest is over the pages themselves."""

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html",
        ".js": "text/javascript",
        ".css": "text/css",
        ".svg": "image/svg+xml",
        ".json": "application/json",
        ".webmanifest": "application/manifest+json",
        ".png": "image/png",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".mp3": "audio/mpeg",
    }
)
TEXTS = frozenset({".html", ".js", ".css", ".svg"})
ENCODINGS: Mapping[str, str] = MappingProxyType({"br": ".br", "gzip": ".gz"})
"""How an asset may lie there compressed, the best first."""
PLAIN = "identity"

DIGEST_DIGITS = 12
ETAG_DIGITS = 32

_REFUSED = re.compile(r"q=0(\.0*)?")

PAGE_HEADERS: Mapping[str, str] = MappingProxyType(
    {hdrs.CACHE_CONTROL: "no-cache", "Content-Security-Policy": f"{PAGE_POLICY}; font-src 'self'; manifest-src 'self'"}
)
# Its name is its content's: there will never be anything else at this address.
ASSET_HEADERS: Mapping[str, str] = MappingProxyType({hdrs.CACHE_CONTROL: "public, max-age=31536000, immutable"})

NOT_BUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No screens – Brigade</title>
<h1>The screens were not built</h1>
<p>This hub works, but it was installed without its screens. Install it again without <code>BRIGADE_SKIP_SCREENS</code>,
and start it again.</p>
<p>What can be asked of it stands in <a href="/docs">its documents</a>.</p>
</html>
"""


Show = Callable[[web.Request], Awaitable[web.Response]]


def attach(router: web.UrlDispatcher, folder: Path = BUILT) -> None:
    """Add the pages and their assets, as they lie in the folder now."""
    screens = digest(folder)
    for address, page in PAGES.items():
        router.add_get(address, _not_built if screens is None else _page(folder / page, screens))
    router.add_get(ASSETS, _assets(folder / "assets"))
    if (folder / WORKER).is_file():
        router.add_get(f"/{WORKER}", _showing(Kept.of(folder / WORKER)))


def digest(folder: Path = BUILT) -> str | None:
    """Which screens lie in the folder, in a few digits; None where they were not built.

    A change of any page or asset changes it: pages name their assets, and assets are named after their content.
    """
    if not _is_built(folder):
        return None
    pages = b"".join((folder / page).read_bytes() for page in PAGES.values())
    return hashlib.sha256(pages).hexdigest()[:DIGEST_DIGITS]


def _is_built(folder: Path) -> bool:
    return all((folder / page).is_file() for page in PAGES.values())


def _page(path: Path, screens: str) -> Show:
    return _showing(Kept.of(path, lambda page: page.replace(UNTOLD, TOLD % screens.encode())))


def _showing(kept: "Kept") -> Show:
    async def show(request: web.Request) -> web.Response:
        return kept.answer(request, PAGE_HEADERS)

    return show


def _assets(folder: Path) -> Show:
    besides = frozenset(ENCODINGS.values())
    names = [path.name for path in folder.iterdir() if path.suffix not in besides] if folder.is_dir() else []
    assets = {name: Kept.of(folder / name) for name in names}

    async def show(request: web.Request) -> web.Response:
        asset = assets.get(request.match_info["name"])
        if asset is None:
            raise Problem("no_such_route")
        return asset.answer(request, ASSET_HEADERS)

    return show


async def _not_built(request: web.Request) -> web.Response:
    return web.Response(text=NOT_BUILT, status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/html")


@dataclass(frozen=True, slots=True)
class Kept:
    """One file, ready to be sent in whichever encoding is asked for."""

    content_type: str
    charset: str | None
    etag: ETag
    bodies: Mapping[str, bytes]
    """By encoding, the best first and the plain one last."""

    @classmethod
    def of(cls, path: Path, told: Callable[[bytes], bytes] = bytes) -> "Kept":
        plain = told(path.read_bytes())
        besides = {encoding: path.with_name(path.name + suffix) for encoding, suffix in ENCODINGS.items()}
        bodies = {encoding: beside.read_bytes() for encoding, beside in besides.items() if beside.is_file()}
        return cls(
            content_type=TYPES.get(path.suffix, "application/octet-stream"),
            charset="utf-8" if path.suffix in TEXTS else None,
            # Weak, as it stands for the content in all its encodings.
            etag=ETag(hashlib.sha256(plain).hexdigest()[:ETAG_DIGITS], is_weak=True),
            bodies={**bodies, PLAIN: plain},
        )

    def answer(self, request: web.Request, headers: Mapping[str, str]) -> web.Response:
        """What this request gets of the file: the body, the headers alone, or that it has it already."""
        if any(one.value in (self.etag.value, "*") for one in request.if_none_match or ()):
            answer = web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        else:
            answer = self._whole(request, headers)
        answer.etag = self.etag
        if len(self.bodies) > 1:
            answer.headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
        return answer

    def _whole(self, request: web.Request, headers: Mapping[str, str]) -> web.Response:
        accepted = _accepted(request.headers.get(hdrs.ACCEPT_ENCODING, ""))
        encoding = next(one for one in self.bodies if one in accepted)
        body = self.bodies[encoding]
        answer = web.Response(body=body, headers=headers, content_type=self.content_type, charset=self.charset)
        if encoding != PLAIN:
            answer.headers[hdrs.CONTENT_ENCODING] = encoding
        return answer


def _accepted(said: str) -> set[str]:
    """The encodings that a client takes. Which it likes best does not matter: the smallest body is the best one."""
    offers = (offer.partition(";") for offer in said.lower().split(","))
    return {PLAIN, *(name.strip() for name, _, weight in offers if not _REFUSED.fullmatch(weight.strip()))}
