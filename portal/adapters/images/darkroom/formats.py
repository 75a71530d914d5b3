"""Recognise and open the few formats phones make; every other decoder stays shut."""

from io import BytesIO

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import options
from pillow_heif.as_plugin import HeifImageFile

HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1"}
# An MPO (two JPEGs in one file) opens as the JPEG it starts with.
OPENERS: dict[str, type[ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
    "HEIF": HeifImageFile,
}


options.DECODE_THREADS = 0  # each thread would reserve address space of its own
options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False


class Refused(Exception):
    """The picture is not taken; its argument is the name of a class in `errors`."""


def open_picture(data: bytes, kinds: list[str], most_pixels: int) -> ImageFile:
    """The picture in `data`, its size known, its pixels not yet decoded.

    Raises:
        Refused: `NotAPicture` for a format outside `kinds`, `PictureTooLarge` above `most_pixels`, `PictureBroken` when cut.
        Exception: of any class, from a decoder that cannot read on.
    """
    kind = _kind(data)
    if kind not in kinds:
        raise Refused("NotAPicture")
    if not _whole(kind, data):
        raise Refused("PictureBroken")
    # WebP allocates its canvas while it opens; Pillow itself refuses at twice this number.
    Image.MAX_IMAGE_PIXELS = most_pixels // 2
    try:
        opened = OPENERS[kind](BytesIO(data))
    except Image.DecompressionBombError:
        raise Refused("PictureTooLarge") from None
    if opened.width * opened.height > most_pixels:
        raise Refused("PictureTooLarge")
    return opened


def _kind(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "HEIF"
    return ""


def _whole(kind: str, data: bytes) -> bool:
    """Whether the end is there, where the decoder does not insist on it (JPEG and WebP do when they load)."""
    if kind == "PNG":
        return b"IEND\xaeB`\x82" in data
    if kind == "HEIF":
        return _holds_its_boxes(data)
    return True


def _holds_its_boxes(data: bytes) -> bool:
    at = 0
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16])
        if size == 0:  # to the end of the file
            return True
        if size < 8 or at + size > len(data):
            return len(name) == 4 and name not in (b"meta", b"mdat")  # else what some phones append
        at += size
    return True
