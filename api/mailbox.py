"""The mailbox of a house to try, to look into: what would have been sent, for whoever is at the door of a demo.

It is there where anybody may be anybody, and for those alone who may sign in so (`api.welcome`): everywhere else it is
answered as what is not there. A letter is shown as the text it is; the HTML of it is a page of its own, in a sandbox,
where nothing can run. Not its business: keeping letters (`hub.outside.mailbox`).
"""

from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from api.documents import PAGE_POLICY
from api.showing import Knock
from api.welcome import demo_for
from hub.domain.refusals import NoSuchThing
from hub.keys import HUB
from hub.store import mailbox
from hub.store.mailbox import Kept

FOLDER = Path(__file__).parent
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox"
)
"""Mail programs read no style sheets, so letters carry their looks in each element; they may do nothing else."""


async def letters(request: web.Request) -> web.Response:
    """Every letter there is, the latest first."""
    _must_be_demo(request)
    kept = await request.app[HUB].database.glance(mailbox.latest)
    return _page(letters=kept, letter=None, parts=())


async def letter(request: web.Request) -> web.Response:
    """One letter, as text, with its links to follow."""
    kept = await _kept(request)
    return _page(letters=(), letter=kept, parts=_with_links(kept.text))


async def as_html(request: web.Request) -> web.Response:
    """One letter as a mail program shows it."""
    kept = await _kept(request)
    headers = {"Content-Security-Policy": LETTER_POLICY}
    return web.Response(text=kept.html, content_type="text/html", headers=headers)


async def _kept(request: web.Request) -> Kept:
    _must_be_demo(request)
    name = request.match_info["letter"]
    kept = await request.app[HUB].database.glance(lambda: mailbox.by_id(name))
    if kept is None:
        raise NoSuchThing(thing="letter")
    return kept


def _must_be_demo(request: web.Request) -> None:
    if demo_for(Knock.of(request)) is None:
        raise NoSuchThing(thing="mailbox")


def _with_links(text: str) -> list[tuple[str, bool]]:
    """The lines, and whether each is the address of a page."""
    return [(line, line.startswith(("https://", "http://")) and " " not in line) for line in text.splitlines()]


def _page(**shown: object) -> web.Response:
    headers = {"Content-Security-Policy": PAGE_POLICY}
    return web.Response(text=_template().render(**shown), content_type="text/html", headers=headers)


@cache
def _template() -> Template:
    writing = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    return writing.get_template("mailbox.html")
