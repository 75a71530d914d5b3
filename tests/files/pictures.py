"""Honest pictures, as phones and their owners make them. All are made while the tests run."""

from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from tests.files.heif import TILE, grid_heic, plain_heic
from tests.files.profiles import display_p3

CORNERS = {"top left": "red", "top right": "lime", "bottom left": "blue", "bottom right": "yellow"}
SECRETS = (b"SecretPhone", b"SecretOwner", b"secret comment")
# What a camera has to do to an upright picture so that the tag of this number makes it upright again.
UNTURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def four_corners(width: int = 600, height: int = 400) -> Image.Image:
    """A picture with another colour in each quarter, so that every turn shows."""
    image = Image.new("RGB", (2, 2))
    image.putdata([Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in CORNERS.values()])
    return image.resize((width, height), Image.Resampling.NEAREST)


def scene(width: int, height: int) -> Image.Image:
    """A picture with as much detail as a photo of `width` by `height` pixels: about 0.3 bytes a pixel as a JPEG."""
    image, tile = Image.new("RGB", (width, height)), _patch(1024)
    for top in range(0, height, tile.height):
        for left in range(0, width, tile.width):
            image.paste(tile, (left, top))
    return image


def file(image: Image.Image, kind: str, **options: Any) -> bytes:
    """`image` as a file of `kind`, as Pillow writes it."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int = 1) -> bytes:
    """What phones write about a photo: who, where, which way up."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F], tags[0x013B] = "SecretPhone", "SecretOwner"
    tags.get_ifd(0x8825).update({1: "N", 2: (50.0, 51.0, 1.0), 3: "E", 4: (4.0, 21.0, 1.0)})
    return tags.tobytes()


def xmp() -> bytes:
    """A packet of XMP that names the owner."""
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>SecretOwner</creator></x:xmpmeta>'


def talkative_jpeg(orientation: int = 6, image: Image.Image | None = None) -> bytes:
    """A JPEG stored as the camera was held, with EXIF, GPS, XMP, a comment and a profile."""
    image = image or four_corners()
    stored = image.transpose(UNTURNS[orientation]) if orientation in UNTURNS else image
    words: dict[str, Any] = {"exif": exif(orientation), "xmp": xmp(), "comment": b"secret comment"}
    return file(stored, "JPEG", quality=90, icc_profile=display_p3(), **words)


def talkative_png() -> bytes:
    """A PNG with everything people and programs write into one."""
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", "secret comment")
    words.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return file(four_corners(), "PNG", pnginfo=words, exif=exif(), icc_profile=display_p3(), dpi=(300, 300))


def talkative_webp() -> bytes:
    """A WebP with EXIF, XMP and a profile."""
    return file(four_corners(), "WEBP", exif=exif(), xmp=xmp(), icc_profile=display_p3(), quality=95)


def talkative_heic() -> bytes:
    """A HEIC with EXIF, XMP and a profile."""
    return plain_heic(four_corners(), exif=exif(), xmp=xmp(), icc_profile=display_p3())


def sideways_heic() -> bytes:
    """A HEIC that says twice which way up it is, as phones do: as a property, which counts, and in its EXIF.

    Shown upright it is 512 pixels high, and the corners are those of `four_corners`.
    """
    stored = four_corners(TILE, TILE).transpose(UNTURNS[6])
    return grid_heic(stored, TILE, TILE, quarter_turns=3, exif=exif(6))


def mpo() -> bytes:
    """Two JPEGs in one file, as phones with two lenses write them, under the name of a JPEG."""
    other = Image.new("RGB", (600, 400), "black")
    return file(four_corners(), "MPO", save_all=True, append_images=[other], exif=exif())


@cache
def phone_jpeg(width: int = 4032, height: int = 3024, **options: Any) -> bytes:
    """A photo straight from a phone's camera, 12 megapixels unless said otherwise."""
    return file(scene(width, height), "JPEG", quality=90, exif=exif(6), **options)


@cache
def phone_heic(width: int = 4032, height: int = 3024) -> bytes:
    """The same as HEIC, held upright."""
    return grid_heic(_patch(TILE), width, height, quarter_turns=3, exif=exif(6))


@cache
def _patch(side: int) -> Image.Image:
    chance = Random(1)

    def grey(cells: int) -> Image.Image:
        return Image.frombytes("L", (cells, cells), chance.randbytes(cells**2)).resize((side, side))

    channels = []
    for _ in "RGB":
        shapes = Image.blend(grey(8), grey(side // 8), 0.3)
        channels.append(Image.blend(shapes, grey(side), 0.08))
    return Image.merge("RGB", channels)
