"""The code on the job card is the address, as a picture and as a drawing that stays sharp."""

from io import BytesIO
from xml.etree import ElementTree

import segno
from PIL import Image

from portal.adapters import qr

ADDRESS = "https://portal.example.com/peeters/status/" + "x" * 80


def modules(picture):
    """Which modules of a picture are dark, without the white around them."""
    image = Image.open(BytesIO(picture)).convert("L")
    side = image.width // qr.DOTS
    found = [
        [image.getpixel((x * qr.DOTS + qr.DOTS // 2, y * qr.DOTS + qr.DOTS // 2)) < 128 for x in range(side)]
        for y in range(side)
    ]
    quiet = slice(qr.QUIET, -qr.QUIET)
    assert not any(any(row) for row in [*found[: qr.QUIET], *found[-qr.QUIET :]])
    return [row[quiet] for row in found[quiet]]


def test_the_picture_is_the_code_of_the_address_with_enough_white_around_it():
    code = segno.make(ADDRESS, error="m", micro=False)
    assert modules(qr.png(ADDRESS)) == [[bool(dot) for dot in row] for row in code.matrix]
    assert modules(qr.png(ADDRESS)) != modules(qr.png(ADDRESS[:-1] + "y"))


def test_the_picture_prints_sharply():
    image = Image.open(BytesIO(qr.png(ADDRESS)))
    assert image.width == image.height >= 500


def test_the_drawing_is_square_and_brings_its_own_white():
    drawing = ElementTree.fromstring(qr.svg(ADDRESS))
    left, top, width, height = (float(number) for number in drawing.attrib["viewBox"].split())
    assert drawing.tag.endswith("svg") and (left, top) == (0, 0) and width == height
    ground = next(iter(drawing))
    assert ground.attrib["fill"] == "#fff"


def test_the_same_address_is_the_same_code():
    assert qr.png(ADDRESS) == qr.png(ADDRESS) and qr.svg(ADDRESS) == qr.svg(ADDRESS)
