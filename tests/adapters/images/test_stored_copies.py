"""What we keep of a photo: upright, small, in the colours of the web, and not a word about anybody."""

from io import BytesIO

import pytest
from PIL import Image

from portal.adapters import images
from portal.adapters.images import Picture
from tests.files import hostile, pictures
from tests.files.heif import plain_heic
from tests.files.profiles import display_p3

COLOURS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
PLACES = {
    "top left": (0.2, 0.2),
    "top right": (0.8, 0.2),
    "bottom left": (0.2, 0.8),
    "bottom right": (0.8, 0.8),
}
WORDS = (b"Exif", b"GPS", b"http", b"xmp", b"ICC", b"Display P3", b"meta", b"script", *pictures.SECRETS)
TALKATIVE = {
    "JPEG": pictures.talkative_jpeg,
    "JPEG and web page": hostile.jpeg_and_page,
    "MPO": pictures.mpo,
    "PNG": pictures.talkative_png,
    "WebP": pictures.talkative_webp,
    "HEIC": pictures.talkative_heic,
    "HEIC grid": pictures.sideways_heic,
}


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    return image


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= by


def is_upright(data: bytes) -> bool:
    image = shown(data)
    spots = {name: (int(image.width * x), int(image.height * y)) for name, (x, y) in PLACES.items()}
    return all(
        near(image.getpixel(spots[place]), COLOURS[colour]) for place, colour in pictures.CORNERS.items()
    )


def middle(picture: Picture) -> tuple[int, ...]:
    return shown(picture.large).getpixel((picture.width // 2, picture.height // 2))


def markers(jpeg: bytes) -> set[int]:
    """The kinds of segment in a JPEG up to its pixels, after which nothing but the end may come."""
    at, found = 2, set()
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    assert jpeg.index(b"\xff\xd9", at) == len(jpeg) - 2
    return found


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a50_a_jpeg_is_upright_however_the_phone_was_held(orientation: int) -> None:
    picture = images.process(pictures.talkative_jpeg(orientation))

    assert (picture.width, picture.height) == (600, 400)
    assert is_upright(picture.large)
    assert is_upright(picture.thumb)


@pytest.mark.parametrize("kind", TALKATIVE)
def test_a50_every_kind_of_picture_is_upright(kind: str) -> None:
    picture = images.process(TALKATIVE[kind]())

    assert is_upright(picture.large)
    assert is_upright(picture.thumb)


def test_a50_control_pixels_copied_without_a_turn_lie_on_their_side() -> None:
    image = Image.open(BytesIO(pictures.talkative_jpeg(6)))
    assert not is_upright(pictures.file(image, "JPEG"))


@pytest.mark.parametrize("kind", TALKATIVE)
def test_a50_no_copy_says_anything_beside_its_pixels(kind: str) -> None:
    picture = images.process(TALKATIVE[kind]())

    for copy in (picture.large, picture.thumb):
        assert markers(copy) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
        assert copy.count(b"JFIF") == 1
        assert not [word for word in WORDS if word in copy]


@pytest.mark.parametrize("kind", [kind for kind in TALKATIVE if kind != "JPEG and web page"])
def test_a50_control_the_originals_do_say_it(kind: str) -> None:
    assert [word for word in WORDS if word in TALKATIVE[kind]()]


def test_a50_wide_colours_become_those_of_the_web() -> None:
    photo = Image.new("RGB", (64, 64), (180, 90, 60))
    wide = pictures.file(photo, "JPEG", quality=95, icc_profile=display_p3())
    plain = pictures.file(photo, "JPEG", quality=95)

    assert near(middle(images.process(wide)), (193, 83, 51), by=3)
    assert near(middle(images.process(plain)), (180, 90, 60), by=3)


def test_a_profile_that_cannot_be_read_counts_as_none() -> None:
    photo = pictures.file(Image.new("RGB", (64, 64), (180, 90, 60)), "JPEG", icc_profile=b"not a profile")
    assert near(middle(images.process(photo)), (180, 90, 60), by=3)


@pytest.mark.parametrize(
    ("mode", "kind", "expected"),
    [
        ("RGBA", "PNG", (226, 142, 157)),
        ("RGBA", "WEBP", (226, 142, 157)),
        ("P", "PNG", (226, 142, 157)),
        ("LA", "PNG", (169, 169, 169)),
        ("L", "JPEG", (84, 84, 84)),
        ("CMYK", "JPEG", (200, 30, 60)),
    ],
)
def test_every_way_to_hold_colours_is_shown_on_white(mode: str, kind: str, expected: tuple[int, ...]) -> None:
    image = Image.new("RGBA", (300, 200), (200, 30, 60, 128)).convert(mode)
    assert near(middle(images.process(pictures.file(image, kind))), expected, by=4)


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped() -> None:
    grey = hostile.png(3000, 4, 16, 0, (b"\0" + b"\x60\x00" * 3000) * 4)
    assert near(middle(images.process(grey)), (96, 96, 96), by=2)


def test_a_heic_of_ten_bits_is_taken() -> None:
    photo = Image.new("I;16", (64, 64), 0x6000)
    assert near(middle(images.process(plain_heic(photo))), (96, 96, 96), by=4)


@pytest.mark.parametrize(
    ("size", "large", "thumb"),
    [
        ((4032, 3024), (2016, 1512), (480, 360)),
        ((4000, 3000), (2000, 1500), (480, 360)),
        ((3264, 2448), (2048, 1536), (480, 360)),
        ((5712, 4284), (2048, 1536), (480, 360)),
        ((2049, 100), (2048, 100), (480, 23)),
        ((9000, 3), (2048, 1), (480, 1)),
        ((3, 9000), (1, 2048), (1, 480)),
        ((300, 200), (300, 200), (300, 200)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_copies_fit_their_size_and_are_never_enlarged(
    kind: str, size: tuple[int, int], large: tuple[int, int], thumb: tuple[int, int]
) -> None:
    picture = images.process(pictures.file(Image.new("RGB", size, "teal"), kind))

    for copy, expected in ((picture.large, large), (picture.thumb, thumb)):
        assert near(shown(copy).size, expected, by=1)
        assert max(shown(copy).size) <= max(expected)
    assert shown(picture.large).size == (picture.width, picture.height)


def test_an_animation_is_kept_as_its_first_frame() -> None:
    for kind in ("WEBP", "PNG"):
        assert near(middle(images.process(hostile.many_frames(kind))), (255, 0, 0))
