"""The screens at their addresses: what browsers may keep and get compressed, and what is nowhere written down."""

import gzip
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import structlog
from aiohttp import ClientResponse, web
from yarl import URL

from api import routes, screens
from hub.keys import Hub
from tests.api.conftest import Client

SCRIPT = b"console.log('a screen');\n" * 100
BODIES = {None: SCRIPT, "gzip": gzip.compress(SCRIPT, mtime=0), "br": b"as brotli"}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
}
LINK = "bGV0-bWU.aW4.cGxlYXNl"
ADDRESSES = [
    "/",
    "/kitchen",
    "/floor",
    f"/track/{LINK}",
    "/ops",
    "/office",
    "/account",
    "/signed-in/google",
    "/docs/live",
]
ASSET = "/assets/kitchen-1.js"
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as a build leaves it, beside something that is nobody's business."""
    folder = tmp_path / "built"
    (folder / "assets").mkdir(parents=True)
    for page in screens.PAGES.values():
        (folder / page).write_text(f'<!doctype html><title>{page}</title><script src="/assets/{page}-1.js"></script>')
    (folder / "kitchen.html").write_text('<!doctype html><meta name="screens" content=""><title>kitchen.html</title>')
    (folder / "worker.js").write_bytes(SCRIPT)
    (folder / "assets" / "kitchen-1.js").write_bytes(SCRIPT)
    (folder / "assets" / "kitchen-1.js.gz").write_bytes(BODIES["gzip"])
    (folder / "assets" / "kitchen-1.js.br").write_bytes(BODIES["br"])
    (folder / "assets" / "bell-1.ogg").write_bytes(b"ding")
    (folder / ".stamp").write_text("ff")
    (tmp_path / "secret").write_text("a secret")
    return folder


Opens = Callable[[Path], Awaitable[Client]]


@pytest.fixture
def opens(hub: Hub, aiohttp_client: Callable[..., Awaitable[Client]]) -> Opens:
    async def opened(built: Path) -> Client:
        app = web.Application()
        routes.attach(app, hub, built=built)
        return await aiohttp_client(app, auto_decompress=False)

    return opened


@pytest.fixture
async def door(opens: Opens, built: Path) -> Client:
    """The door of a hub with these screens."""
    return await opens(built)


async def test_every_address_shows_its_page(door: Client) -> None:
    for address, page in zip(ADDRESSES, screens.PAGES.values(), strict=True):
        async with door.get(address, allow_redirects=False) as answer:
            assert (answer.status, f"<title>{page}</title>" in await answer.text()) == (200, True), address
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert answer.headers["Cache-Control"] == "no-cache"
            assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
            # Where a guest's link is in the address, nobody else hears of it.
            assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_what_a_browser_has_already_is_not_sent_again(door: Client) -> None:
    for address in (*ADDRESSES, ASSET):
        async with door.get(address) as answer:
            tag = answer.headers["ETag"]
        for known in (tag, f'"another", {tag}', tag.removeprefix("W/"), "*"):
            async with door.get(address, headers={"If-None-Match": known}) as answer:
                assert (answer.status, await answer.read(), answer.headers["ETag"]) == (304, b"", tag), address
                assert "Cache-Control" in answer.headers
        async with door.get(address, headers={"If-None-Match": '"another"'}) as answer:
            assert answer.status == 200, address


async def test_whoever_asks_for_the_head_alone_gets_it(door: Client) -> None:
    for address in (*ADDRESSES, ASSET):
        async with door.get(address) as answer:
            told = {name: answer.headers[name] for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control")}
        async with door.head(address) as answer:
            assert (answer.status, await answer.read()) == (200, b""), address
            assert {name: answer.headers[name] for name in told} == told


async def test_an_asset_may_be_kept_for_ever(door: Client) -> None:
    async with door.get(ASSET) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    async with door.get("/assets/bell-1.ogg") as answer:
        assert (await answer.read(), answer.headers["Content-Type"]) == (b"ding", "application/octet-stream")


async def test_the_worker_is_asked_for_anew_each_time_and_may_speak_to_nobody_else(door: Client) -> None:
    async with door.get("/worker.js") as answer:
        assert await answer.read() == SCRIPT
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


async def test_a_page_says_of_which_screens_it_is(door: Client, built: Path) -> None:
    async with door.get("/kitchen") as answer:
        assert f'<meta name="screens" content="{screens.digest(built)}">' in await answer.text()


async def test_an_asset_is_sent_as_small_as_the_browser_can_read_it(door: Client) -> None:
    for accepted, encoding in (
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip", "br"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=1.0", "gzip"),
        ("br; q=0.000, gzip;q=0", None),
        ("identity", None),
        ("", None),
    ):
        async with door.get(ASSET, headers={"Accept-Encoding": accepted}) as answer:
            sent = (answer.headers.get("Content-Encoding"), await answer.read())
            assert sent == (encoding, BODIES[encoding]), accepted
            assert answer.headers["Vary"].startswith("Accept-Encoding")


async def test_nothing_is_served_but_pages_and_assets(door: Client) -> None:
    async def gets(path: str) -> ClientResponse:
        # As it stands: a browser, and the client here, would tidy it up first.
        return await door.session.get(URL(str(door.make_url("/")).rstrip("/") + path, encoded=True))

    async with await gets(ASSET) as answer:
        assert answer.status == 200
    for path in (
        "/assets/kitchen-2.js",
        "/assets/kitchen-1.js.gz",
        "/assets/",
        "/assets/..%2f.stamp",
        "/assets/..%2f..%2fsecret",
        "/assets/../.stamp",
        "/assets/%2e%2e/%2e%2e/secret",
        "/assets/..%5c..%5csecret",
        "/assets/%2fetc%2fpasswd",
        "/assets/%00",
        "/kitchen.html",
        "/assets/worker.js",
        "/.stamp",
        "/track/",
        "/track/a/b",
    ):
        async with await gets(path) as answer:
            assert answer.status == 404, path
            assert (await answer.json(content_type=None))["code"] == "no_such_route"
            assert answer.headers["Cache-Control"] == "no-store"


async def test_what_a_hub_shows_is_of_one_piece_while_somebody_builds_anew(door: Client, built: Path) -> None:
    (built / "kitchen.html").write_text("other")
    (built / "assets" / "kitchen-1.js").unlink()
    async with door.get("/kitchen") as answer:
        assert "<title>kitchen.html</title>" in await answer.text()
    async with door.get(ASSET, headers=PLAIN) as answer:
        assert await answer.read() == SCRIPT


async def test_a_guests_link_is_in_no_line_of_the_log_and_in_no_metric(door: Client, hub: Hub) -> None:
    with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as lines:
        for path in (f"/track/{LINK}", f"/track/{LINK}/", f"/track/{LINK}?link={LINK}"):
            async with door.get(path):
                pass
    assert [line["route"] for line in lines] == ["/track/{link}", "unmatched", "/track/{link}"]
    assert LINK not in repr(lines)
    async with door.get("/metrics") as answer:
        measured = await answer.text()
    assert 'route="/track/{link}"' in measured
    assert LINK not in measured


# ------------------------------------------------------------------ what is built


def test_other_screens_have_another_digest(built: Path) -> None:
    before = screens.digest(built)
    assert before is not None
    assert re.fullmatch(r"[0-9a-f]{12}", before)
    assert screens.digest(built) == before
    (built / "ops.html").write_text('<script src="/assets/ops-2.js"></script>')
    assert screens.digest(built) != before


async def test_without_screens_a_page_says_so_and_the_rest_works(opens: Opens, tmp_path: Path) -> None:
    assert screens.digest(tmp_path) is None
    door = await opens(tmp_path)
    for address in ADDRESSES:
        async with door.get(address) as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (503, "no-store"), address
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert '<a href="/docs">' in await answer.text()
    async with door.get(ASSET) as answer:
        assert answer.status == 404
    async with door.get("/docs") as answer:
        assert answer.status == 200


async def test_a_build_without_one_of_its_pages_is_none(opens: Opens, built: Path) -> None:
    (built / "floor.html").unlink()
    assert screens.digest(built) is None
    async with (await opens(built)).get("/kitchen") as answer:
        assert answer.status == 503


async def test_a_hub_shows_the_screens_of_its_own_checkout(client: Client) -> None:
    if screens.digest() is None:
        pytest.skip("the screens were not built: `make screens`")
    async with client.get("/kitchen") as answer:
        scripts = re.findall(r'(?:src|href)="(/assets/[^"]+)"', await answer.text())
    assert scripts
    for script in scripts:
        async with client.get(script) as answer:
            assert (answer.status, answer.content_type in ("text/javascript", "text/css")) == (200, True), script
