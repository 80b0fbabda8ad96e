"""One picture, drawn anew: read from standard input as PNG, JPEG or WebP, written to standard output as a square WebP.

This is a program: `hub.pictures.easel` runs it by its path, and it knows nothing of the hub. How it ends says what came
of it, as programs do: EX_OK, EX_DATAERR for what is no picture, EX_CANTCREAT for one that is too large. What is not of
the picture (places, cameras, films behind it, scripts inside it) is not drawn, so it is gone.
"""

import contextlib
import io
import os
import resource
import sys
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from PIL import ExifTags, Image

MEBIBYTE = 1024 * 1024

SIDE_PIXELS = 256
QUALITY = 80

MEMORY_BYTES_MAX = 54 * MEBIBYTE
"""What the program may ever write to. With what it only reads, its code, that is less than 64 MiB."""
CPU_SECONDS_MAX = 5
NICENESS = 10
"""Two cores are a kitchen's first."""

BEGINS: Mapping[bytes, str] = MappingProxyType({b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"})

PIXELS_MAX: Mapping[str, int] = MappingProxyType({"PNG": 3_600_000, "JPEG": 50_000_000, "WEBP": 1_600_000})
"""How many can be decoded in that memory. A JPEG is decoded at an eighth of its size; of a WebP there are copies."""
PIXELS_AT_ONCE_MAX = 4_000_000
"""The same of a JPEG that comes in several passes, of which the decoder keeps all."""

LIMITS: Mapping[int, int] = MappingProxyType(
    {
        resource.RLIMIT_DATA: MEMORY_BYTES_MAX,
        resource.RLIMIT_CPU: CPU_SECONDS_MAX,
        # It writes no file, and begins no program.
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
)

TURNS: Mapping[int, Image.Transpose] = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
"""How a picture is turned, by what Exif says of how its camera was held."""

PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


class Unfit(Exception):
    """What was sent is no picture."""


class Large(Exception):
    """It is a picture, and too large."""


def redrawn(sent: bytes) -> bytes:
    """The picture's middle as a square WebP that holds nothing else. Raises Unfit, Large, and what Pillow does."""
    kind = kind_of(sent)
    # Pillow asks this twice over before it makes room for anything, of a WebP even before it makes its decoder.
    Image.MAX_IMAGE_PIXELS = PIXELS_MAX[kind] // 2
    try:
        with Image.open(io.BytesIO(sent), formats=[kind]) as picture:
            _must_be_small(picture)
            return _drawn(picture)
    except (Image.DecompressionBombError, MemoryError):
        raise Large from None


def kind_of(sent: bytes) -> str:
    """What it is, by its content. Raises Unfit, also for what is an archive or a page as well."""
    for begins, kind in BEGINS.items():
        if sent.startswith(begins) and _ends_as_it_should(kind, sent) and not zipfile.is_zipfile(io.BytesIO(sent)):
            return kind
    raise Unfit


def _ends_as_it_should(kind: str, sent: bytes) -> bool:
    """Whether nothing follows the picture. Behind a JPEG cameras write what is theirs: a film, a second picture."""
    match kind:
        case "PNG":
            return sent.endswith(PNG_END) and sent.count(PNG_END) == 1
        case "WEBP":
            return sent[8:12] == b"WEBP" and int.from_bytes(sent[4:8], "little") + 8 == len(sent)
        case _:
            return True


def _must_be_small(picture: Image.Image) -> None:
    if picture.width * picture.height > PIXELS_AT_ONCE_MAX and picture.info.get("progressive"):
        raise Large


def _drawn(picture: Image.Image) -> bytes:
    # Of a JPEG this much is left out while it is decoded; of others nothing.
    picture.draft("RGB", (2 * SIDE_PIXELS, 2 * SIDE_PIXELS))
    if picture.mode not in ("RGB", "RGBA"):
        coloured = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    else:
        coloured = picture
    side, width, height = min(picture.size), *picture.size
    left, top = (width - side) // 2, (height - side) // 2
    small = coloured.resize(
        (SIDE_PIXELS, SIDE_PIXELS),
        Image.Resampling.LANCZOS,
        box=(left, top, left + side, top + side),
        reducing_gap=3.0,
    )
    return _written(_upright(small, picture))


def _upright(small: Image.Image, picture: Image.Image) -> Image.Image:
    """The small picture as its camera was held. Where that is written badly, as it is."""
    with contextlib.suppress(Exception):
        turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
        return small if turn is None else small.transpose(turn)
    return small


def _written(small: Image.Image) -> bytes:
    # A new picture of the same dots: whatever else came along is not in it.
    drawn, written = Image.frombytes(small.mode, small.size, small.tobytes()), io.BytesIO()
    drawn.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def main() -> int:
    """Draw what stands in standard input, within the limits of the system."""
    for limit, most in LIMITS.items():
        # Where less is allowed already, less it is.
        allowed = resource.getrlimit(limit)[1]
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(limit, (bound, bound))
    os.nice(NICENESS)
    try:
        drawn = redrawn(sys.stdin.buffer.read())
    except Large:
        return os.EX_CANTCREAT
    except Exception:
        # Whatever a decoder says of it, it could not be read to its end.
        return os.EX_DATAERR
    sys.stdout.buffer.write(drawn)
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
