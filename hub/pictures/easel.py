"""Where pictures are drawn anew: one at a time, in a process that is gone afterwards, and for a few people at once.

A place is taken before anything of a picture is read, so that what waits here is bounded in bytes as well.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from hub.domain.refusals import Kind, Refused
from hub.ids import UserId

PLACES_MAX = 4
"""Pictures that are being received, wait or are drawn: twenty megabytes at most."""
SECONDS_MAX = 30.0
"""For one picture, on a machine that has much else to do. By itself it takes a tenth of a second."""

SENT_BYTES_MAX = 5 * 1024 * 1024
DRAWN_BYTES_MAX = 256 * 1024
"""More than any square of that size ever takes."""
DRAWN_TYPE = "image/webp"

PROGRAM = (sys.executable, "-I", str(Path(__file__).with_name("redraw.py")))
"""By its path: what it needs, the hub itself never loads."""

log = structlog.get_logger("brigade.pictures")


class NotAPicture(Refused):
    """This is no picture that can be read. Send a PNG, a JPEG or a WebP."""

    code = "not_a_picture"
    kind = Kind.UNFIT


class PictureTooLarge(Refused):
    """This picture has too many pixels. Send a smaller one."""

    code = "picture_too_large"
    kind = Kind.TOO_LARGE


class TooManyPictures(Refused):
    """Too many pictures are being sent at once. Try again in a moment."""

    code = "too_many_pictures"
    kind = Kind.BUSY


class Easel:
    """Draws pictures anew. One per hub."""

    def __init__(self) -> None:
        self._sitting: set[UserId] = set()
        self._drawing = asyncio.Lock()

    @asynccontextmanager
    async def place(self, user: UserId) -> AsyncIterator[None]:
        """A place for one picture of this person's, from its first byte on. Raises TooManyPictures.

        Nobody has two: who sends slowly would keep everybody else from sending any.
        """
        if user in self._sitting or len(self._sitting) >= PLACES_MAX:
            raise TooManyPictures
        self._sitting |= {user}
        try:
            yield
        finally:
            self._sitting -= {user}

    async def redraw(self, sent: bytes) -> bytes:
        """The picture's middle as a small square WebP, of which nothing but the dots is what was sent.

        Raises NotAPicture, also for what is an archive besides or ends before its end; and PictureTooLarge.
        """
        if not sent:
            raise NotAPicture
        async with self._drawing:
            status, drawn = await _drawn(sent)
        if status == os.EX_OK and 0 < len(drawn) <= DRAWN_BYTES_MAX:
            return drawn
        if status == os.EX_CANTCREAT:
            raise PictureTooLarge
        if status != os.EX_DATAERR:
            log.warning("A picture could not be drawn.", status=status, bytes=len(sent))
        raise NotAPicture


async def _drawn(sent: bytes) -> tuple[int | None, bytes]:
    """The program's status and what it wrote. No status where it took too long."""
    program = await asyncio.create_subprocess_exec(
        *PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # It has no use for the hub's settings, of which some are secret.
        env={},
    )
    try:
        async with asyncio.timeout(SECONDS_MAX):
            drawn, _ = await program.communicate(sent)
            return program.returncode, drawn
    except TimeoutError:
        return None, b""
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()
