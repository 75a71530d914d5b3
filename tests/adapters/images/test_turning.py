"""A stored copy is turned by a quarter in the darkroom."""

from io import BytesIO

import pytest
from PIL import Image

from portal.adapters import images
from tests.files.pictures import file, four_corners


def corner(picture, where):
    image = Image.open(BytesIO(picture.large))
    x = 5 if "left" in where else image.width - 5
    y = 5 if "top" in where else image.height - 5
    return ["red", "green", "blue"][max(range(3), key=image.getpixel((x, y)).__getitem__)]


@pytest.mark.parametrize(("clockwise", "red_is"), [(True, "top right"), (False, "bottom left")])
def test_what_was_top_left_goes_round_with_it(clockwise, red_is):
    copy = images.process(file(four_corners(60, 40), "JPEG"))
    turned = images.turn(copy.large, clockwise=clockwise)
    assert (turned.width, turned.height) == (40, 60)
    assert corner(copy, "top left") == "red" == corner(turned, red_is)


def test_four_quarters_are_a_whole_turn():
    copy = images.process(file(four_corners(60, 40), "JPEG"))
    picture = copy
    for _ in range(4):
        picture = images.turn(picture.large)
    assert (picture.width, picture.height) == (60, 40)
    assert corner(picture, "top left") == "red" and corner(picture, "bottom left") == "blue"


def test_what_is_no_jpeg_is_refused():
    with pytest.raises(ValueError, match="JPEG"):
        images.turn(b"\x89PNG")
