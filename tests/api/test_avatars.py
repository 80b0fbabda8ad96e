"""One's own picture over REST: kept as it was drawn, shown as nothing else, and counted for itself."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from hub.keys import HUB
from hub.pictures import SENT_BYTES_MAX, easel
from hub.store.connections import connection
from tests.api.conftest import Answer, Caller
from tests.security.pictures import SCRIPT, a_picture, a_png, with_place
from tests.support.houses import House

PATIENCE_SECONDS = 10.0


async def puts(caller: Caller, sent: bytes) -> Answer:
    return await caller.asks("PUT", "/me/avatar", data=sent)


async def test_a_picture_is_kept_as_it_was_drawn_and_shown_as_nothing_else(stranger: Caller) -> None:
    put = await puts(stranger, with_place("JPEG"))
    assert put.status == 200, put.body
    shown = await stranger.gets("/me/avatar")
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/webp")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'"
    assert shown.headers["Cache-Control"] == "private, no-cache"
    assert put.json["digest"] in shown.headers["ETag"]
    picture = Image.open(io.BytesIO(shown.body))
    assert (picture.format, picture.size) == ("WEBP", (256, 256))
    assert (await stranger.gets("/me/avatar", **{"If-None-Match": shown.headers["ETag"]})).status == 304
    assert (await stranger.asks("DELETE", "/me/avatar")).status == 200
    assert (await stranger.gets("/me/avatar")).code == "not_found"


async def test_what_is_no_picture_changes_nothing(stranger: Caller, house: House) -> None:
    for sent, code in (
        (SCRIPT, "not_a_picture"),
        (b"", "not_a_picture"),
        (a_png(50_000, 50_000), "picture_too_large"),
        (b"\x89PNG\r\n\x1a\n" + bytes(SENT_BYTES_MAX), "too_large"),
    ):
        answer = await puts(stranger, sent)
        assert answer.code == code
    async with house.database.snapshot():
        assert await connection().fetchval("select count(*) from avatar") == 0


async def test_who_sends_nothing_at_all_is_told_so(stranger: Caller) -> None:
    own = {"Authorization": f"Bearer {stranger.token}"}
    answer = await stranger.client.put("/api/v2/me/avatar", headers=own, skip_auto_headers=("Content-Type",))
    assert (answer.status, (await answer.json())["code"]) == (400, "no_body")


async def test_a_picture_is_ones_own_and_guests_have_none(
    stranger: Caller, waiter: Caller, nobody: Caller, house: House
) -> None:
    await puts(stranger, a_picture())
    assert (await waiter.gets("/me/avatar")).code == "not_found"
    assert (await puts(nobody, a_picture())).code == "not_signed_in"
    seated = await waiter.posts(f"/tables/{house.tables['1']}/seatings", {"covers": 2})
    guest = Caller(nobody.client, seated.json["guestLink"])
    assert (await puts(guest, a_picture())).code == "not_your_job"


async def test_pictures_are_counted_for_themselves(stranger: Caller) -> None:
    answers = [await puts(stranger, b"") for _ in range(11)]
    assert [one.code for one in answers] == ["not_a_picture"] * 10 + ["upload_rate_limited"]
    assert (await stranger.gets("/me")).status == 200


async def test_no_more_pictures_are_received_than_there_are_places(
    stranger: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(easel, "PLACES_MAX", 0)
    answer = await puts(stranger, a_picture())
    assert (answer.status, answer.code) == (503, "too_many_pictures")


async def test_who_sends_slowly_keeps_one_place_and_nobody_else_waits_for_it(stranger: Caller, waiter: Caller) -> None:
    sitting, may_end = stranger.client.app[HUB].avatars.easel._sitting, asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"x"
        await may_end.wait()

    slow = asyncio.create_task(stranger.asks("PUT", "/me/avatar", data=slowly()))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not sitting:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
    answer = await puts(stranger, a_picture())
    assert (answer.status, answer.code) == (503, "too_many_pictures")
    assert (await puts(waiter, a_picture())).status == 200
    may_end.set()
    assert (await slow).code == "not_a_picture"
    assert not sitting
