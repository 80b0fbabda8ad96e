"""Making a browser's photograph small: a PNG of at most 256 colours, as screens have few.

Needs nothing but Python. Not its business: what is on the photograph.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS_MAX = 256
CHANNELS = {2: 3, 6: 4}
"""Bytes of one dot, by the colour types that browsers write: RGB, and the same with opacity."""
NEAR = 3
"""How many of a channel's low bits nobody sees when colours are brought together."""


def made_small(picture: bytes) -> bytes:
    """The same picture in few colours. Only what a browser writes is understood: eight bits, and not interlaced."""
    chunks = list(_chunks(picture))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, interlaced) == (8, 0)
    channels = CHANNELS[kind]
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    dots = [
        bytes(part)
        for row in _rows(data, width * channels, channels)
        for part in zip(*(row[at::channels] for at in range(3)), strict=True)
    ]
    palette, number = _palette(Counter(dots))
    rows = b"".join(
        b"\0" + bytes(number[dot] for dot in dots[at : at + width]) for at in range(0, width * height, width)
    )
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        length, name = struct.unpack(">I4s", picture[at : at + 8])
        yield name, picture[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(data: bytes, length: int, step: int) -> Iterator[bytearray]:
    """The rows as they were before each was written as a difference (PNG, section 9)."""
    above = bytearray(length)
    for at in range(0, len(data), length + 1):
        row = bytearray(data[at + 1 : at + 1 + length])
        _undo(data[at], row, above, step)
        yield row
        above = row


def _undo(how: int, row: bytearray, above: bytearray, step: int) -> None:
    if how == 0:
        return
    for at in range(len(row)):
        left = row[at - step] if at >= step else 0
        if how == 1:
            before = left
        elif how == 2:
            before = above[at]
        elif how == 3:
            before = (left + above[at]) // 2
        else:
            before = _nearest(left, above[at], above[at - step] if at >= step else 0)
        row[at] = (row[at] + before) & 0xFF


def _nearest(left: int, above: int, corner: int) -> int:
    """Paeth's predictor: whichever of the three is nearest to their plane."""
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))


def _palette(dots: Counter[bytes]) -> tuple[list[bytes], dict[bytes, int]]:
    """The colours that stand for all, and which of them stands for each."""
    alike: dict[tuple[int, ...], Counter[bytes]] = {}
    for dot, count in dots.items():
        alike.setdefault(tuple(part >> NEAR for part in dot), Counter())[dot] += count
    groups = sorted(alike.values(), key=lambda group: -group.total())
    palette = [group.most_common(1)[0][0] for group in groups[:COLOURS_MAX]]
    number = {dot: at for at, group in enumerate(groups[:COLOURS_MAX]) for dot in group}
    for group in groups[COLOURS_MAX:]:
        for dot in group:
            number[dot] = min(range(COLOURS_MAX), key=lambda at: _distance(palette[at], dot))
    return palette, number


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
