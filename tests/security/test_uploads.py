"""Nothing of a picture that somebody sent is kept but its dots, and none takes a hub's memory or time.

Attacks on decoders, and with files that are something else besides (OWASP ASVS 5.0, V5).
"""

import io
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from PIL import Image

from hub.pictures import DRAWN_BYTES_MAX, easel, redraw
from tests.security.pictures import (
    PLACE,
    SCRIPT,
    a_picture,
    heaviest,
    none_of_them,
    too_large,
    with_place,
)

MEMORY_MEBIBYTES_MAX = 64

MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=sys.stdin.buffer, capture_output=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def drawn(sent: bytes) -> Image.Image:
    """What the program makes of it, here."""
    return Image.open(io.BytesIO(redraw.redrawn(sent)))


def fate(sent: bytes) -> int:
    """How the program would end that is given this."""
    try:
        redraw.redrawn(sent)
    except redraw.Large:
        return os.EX_CANTCREAT
    except Exception:
        return os.EX_DATAERR
    return os.EX_OK


def measured(sent: bytes) -> tuple[int, float]:
    """How the program ends that is given this, and the most memory it had, in MiB: by itself, as the hub runs it."""
    done = subprocess.run([sys.executable, "-c", MEASURE, *easel.PROGRAM], input=sent, capture_output=True, check=True)
    status, kibibytes = done.stdout.split()
    return int(status), int(kibibytes) / 1024


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_square_and_small_and_is_nothing_but_its_dots(kind: str) -> None:
    sent = with_place(kind)
    assert PLACE in sent
    made = redraw.redrawn(sent)
    assert PLACE not in made
    assert len(made) <= DRAWN_BYTES_MAX
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", (256, 256), {})
    # It was held on its side: what was left is up.
    assert picture.getpixel((128, 20))[0] > 200
    assert picture.getpixel((128, 235))[2] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_depth_is_drawn(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (300, 100)).save(file, "PNG")
    assert drawn(file.getvalue()).size == (256, 256)


def test_what_is_transparent_stays_so() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (300, 300), (255, 0, 0, 0)).save(file, "PNG")
    assert drawn(file.getvalue()).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("tail", [SCRIPT, b"\x00" * 100, b"ftypmp42" + b"\x01" * 1_000])
def test_what_cameras_write_behind_a_jpeg_is_left_out(tail: bytes) -> None:
    sent = a_picture("JPEG")
    assert redraw.redrawn(sent + tail) == redraw.redrawn(sent)


@pytest.mark.parametrize(("name", "sent"), none_of_them().items())
def test_what_is_no_picture_or_something_else_besides_is_not_drawn(name: str, sent: bytes) -> None:
    assert fate(sent) == os.EX_DATAERR


@pytest.mark.parametrize(("name", "sent"), too_large().items())
def test_what_says_it_is_larger_than_anything_is_believed(name: str, sent: bytes) -> None:
    assert fate(sent) == os.EX_CANTCREAT


@pytest.mark.parametrize("name", heaviest())
def test_the_heaviest_picture_that_is_drawn_fits_into_its_memory(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    status, memory = measured(heaviest()[name]())
    record_property("MiB at most", memory)
    assert status == os.EX_OK
    assert memory <= MEMORY_MEBIBYTES_MAX


@pytest.mark.parametrize(("name", "sent"), too_large().items())
def test_what_only_says_that_it_is_large_takes_hardly_any_memory(name: str, sent: bytes) -> None:
    status, memory = measured(sent)
    assert status == os.EX_CANTCREAT
    assert memory <= MEMORY_MEBIBYTES_MAX / 2
