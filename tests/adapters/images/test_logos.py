"""The logo of a garage: a PNG of modest size that keeps what is transparent, under the same guard."""

from io import BytesIO

import pytest
from PIL import Image

from portal.adapters import images
from portal.adapters.images import NotAPicture, PictureBroken, PictureTooLarge
from tests.files import hostile, pictures
from tests.files.profiles import display_p3


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    assert image.format == "PNG"
    return image


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_logo_keeps_what_is_transparent(kind: str) -> None:
    logo = Image.new("RGBA", (2000, 500), (0, 0, 0, 0))
    logo.paste((200, 30, 60, 255), (0, 0, 1000, 500))
    stored = shown(images.process_logo(pictures.file(logo, kind, lossless=True)))

    assert stored.size == (600, 150)
    assert stored.getpixel((500, 75))[3] == 0
    assert stored.getpixel((100, 75)) == (200, 30, 60, 255)


def test_a_see_through_logo_in_wide_colours_keeps_both() -> None:
    logo = Image.new("RGBA", (40, 40), (180, 90, 60, 99))
    stored = shown(images.process_logo(pictures.file(logo, "PNG", icc_profile=display_p3())))
    assert stored.getpixel((9, 9)) == pytest.approx((193, 83, 51, 99), abs=2)


@pytest.mark.parametrize(
    ("size", "stored"), [((1200, 480), (600, 240)), ((1000, 1000), (240, 240)), ((120, 40), (120, 40))]
)
def test_a_logo_fits_its_box_and_is_never_enlarged(size: tuple[int, int], stored: tuple[int, int]) -> None:
    assert shown(images.process_logo(pictures.file(Image.new("RGB", size), "PNG"))).size == stored


def test_a50_a_logo_is_upright_and_says_nothing_beside_its_pixels() -> None:
    for original in (pictures.talkative_jpeg(6, pictures.four_corners(400, 800)), pictures.talkative_png()):
        data = images.process_logo(original)
        image = shown(data)
        assert image.getpixel((10, 10))[0] > 240
        assert image.getpixel((image.width - 10, 10))[1] > 240
        assert not [word for word in (b"eXIf", b"tEXt", b"iTXt", b"iCCP", b"pHYs", b"Secret") if word in data]
        assert image.size in ((120, 240), (360, 240))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (hostile.other_formats()["SVG"], NotAPicture),
        (pictures.talkative_heic(), NotAPicture),
        (hostile.vast()["PNG of 3,600 megapixels"], PictureTooLarge),
        (hostile.cut()["PNG, half"], PictureBroken),
    ],
    ids=["SVG", "HEIC", "bomb", "cut"],
)
def test_a51_what_is_no_logo_is_refused(data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        images.process_logo(data)
