"""Pictures that somebody could send: right ones, and all sorts that are not what they seem."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from PIL import Image

from hub.pictures import SENT_BYTES_MAX

SCRIPT = b"<script>alert(document.domain)</script>"
PLACE = b"51.5007 N, 0.1246 W"


def a_picture(kind: str = "PNG", size: tuple[int, int] = (320, 200), mode: str = "RGB", **how: object) -> bytes:
    """Left half red, right half blue, as a file of this kind."""
    picture = Image.new(mode, size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    """A PNG that says it is this large, whatever is in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + data + chunk(b"IEND", b"")


def a_large_webp(side: int) -> bytes:
    """A WebP whose canvas is this large, with one small picture on it."""
    small = a_picture("WEBP", (16, 16), lossless=True)[12:]
    canvas = (side - 1).to_bytes(3, "little")
    whole = b"VP8X" + struct.pack("<I", 10) + bytes([0, 0, 0, 0]) + canvas + canvas + small
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole


def an_archive(before: bytes = b"") -> bytes:
    """An archive whose one file leads out of its folder, behind something else."""
    file = io.BytesIO()
    file.write(before)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../outside.html", SCRIPT)
    return file.getvalue()


def with_place(kind: str) -> bytes:
    """A picture that says where it was taken, and by which camera."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6
    return a_picture(kind, exif=exif)


def none_of_them() -> Mapping[str, bytes]:
    """What is no picture, or something else besides."""
    png, jpeg, webp = a_picture("PNG"), a_picture("JPEG"), a_picture("WEBP")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
    return {
        "a text": b"hello",
        "an SVG with a script": svg,
        "an SVG that begins as XML does": b'<?xml version="1.0"?>' + svg,
        "a page": b"<!doctype html>" + SCRIPT,
        "a GIF that is a script": b"GIF89a/*" + b"\x00" * 40 + b"*/=1;alert(1)",
        "a GIF": a_picture("GIF"),
        "a BMP": a_picture("BMP"),
        "a TIFF": a_picture("TIFF"),
        "an archive": an_archive(),
        "a PNG that is an archive": an_archive(png),
        "a JPEG that is an archive": an_archive(jpeg),
        "a WebP that is an archive": an_archive(webp),
        "a PNG before a page": png + SCRIPT,
        "a PNG twice": png + png,
        "a WebP before a page": webp + SCRIPT,
        "a page before a PNG": SCRIPT + png,
        "half a PNG": png[: len(png) // 2],
        "a PNG without its end": png[:-12],
        "half a JPEG": jpeg[: len(jpeg) // 2],
        "half a WebP": webp[: len(webp) // 2],
        "the beginning of a JPEG": jpeg[:3],
        "a PNG without rows": a_png(64, 64),
        "a PNG with wrong sums": png[:60] + bytes([png[60] ^ 1]) + png[61:],
        "a RIFF that is a sound": b"RIFF" + struct.pack("<I", 4) + b"WAVE",
        "a JPEG in the words of another": b"\xff\xd8\xff" + png,
    }


def too_large() -> Mapping[str, bytes]:
    """What says of itself that it is larger than anything."""
    return {
        "a PNG of 50,000 × 50,000": a_png(50_000, 50_000),
        "a PNG of one row": a_png(50_000_000, 1),
        "a WebP of 16,383 × 16,383": a_large_webp(16_383),
        "a JPEG of 65,000 × 65,000": sized(a_picture("JPEG"), 65_000),
    }


def sized(jpeg: bytes, side: int) -> bytes:
    """A JPEG that says it is so large."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", side, side) + jpeg[at + 4 :]


def heaviest() -> Mapping[str, Callable[[], bytes]]:
    """What takes the most memory of all that is drawn: with as many pixels as there may be, and as many bytes.

    To make one takes long, too, so it is made when it is wanted.
    """
    return {
        "PNG, 1,880 × 1,880, with alpha": lambda: padded_png(a_picture("PNG", (1_880, 1_880), "RGBA")),
        "JPEG, 8,000 × 6,000": lambda: padded(a_picture("JPEG", (8_000, 6_000))),
        "JPEG, 2,000 × 2,000, in passes": lambda: padded(
            a_picture("JPEG", (2_000, 2_000), progressive=True, subsampling=0)
        ),
        "WebP, 1,200 × 1,200, with alpha": lambda: padded_webp(
            a_picture("WEBP", (1_200, 1_200), "RGBA", lossless=True)
        ),
    }


def padded(jpeg: bytes) -> bytes:
    """As many bytes as may be sent, as where a camera wrote a film behind it."""
    return jpeg + bytes(SENT_BYTES_MAX - len(jpeg))


def padded_png(png: bytes) -> bytes:
    """As many bytes as may be sent, in a part that nobody knows."""
    begin = len(b"\x89PNG\r\n\x1a\n") + 25
    return png[:begin] + chunk(b"paDd", bytes(SENT_BYTES_MAX - len(png) - 12)) + png[begin:]


def padded_webp(webp: bytes) -> bytes:
    """The same of a WebP."""
    more = (SENT_BYTES_MAX - len(webp) - 8) // 2 * 2
    whole = webp[8:] + b"PADD" + struct.pack("<I", more) + bytes(more)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole
