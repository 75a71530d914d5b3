"""From a stranger's file to the copies we keep: shrunk, upright, sRGB, and nothing but pixels."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from .formats import open_picture

QUALITY = 82
STRIP = 64  # rows of the small copy made at a time
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")

Convert = Callable[[Image.Image], Image.Image]
Size = tuple[int, int]


def photo(data: bytes, sizes: list[int], most_pixels: int) -> list[Image.Image]:
    """One upright RGB picture for each of `sizes` (pixels of the longest side, largest first)."""
    opened = open_picture(data, ["JPEG", "PNG", "WEBP", "HEIF"], most_pixels)
    turn, profile = _turn(opened), opened.info.get("icc_profile")
    largest = _to_srgb(_shrink(opened, (sizes[0], sizes[0]), _opaque), profile)
    copies = [largest, *(_fit(largest, (size, size)) for size in sizes[1:])]
    return [copy.transpose(turn) if turn is not None else copy for copy in copies]


def logo(data: bytes, box: tuple[int, int], most_pixels: int) -> Image.Image:
    """An upright RGB or RGBA picture within `box` (width, height in pixels)."""
    opened = open_picture(data, ["JPEG", "PNG", "WEBP"], most_pixels)
    turn, profile = _turn(opened), opened.info.get("icc_profile")
    lying = turn in (TURNS[5], TURNS[6], TURNS[7], TURNS[8])
    copy = _to_srgb(_shrink(opened, (box[1], box[0]) if lying else box, _see_through), profile)
    return copy.transpose(turn) if turn is not None else copy


def encode(picture: Image.Image, kind: str) -> bytes:
    """The picture as a JPEG or PNG file without a word beside its pixels."""
    picture.info = {}
    file = BytesIO()
    picture.save(file, kind, quality=QUALITY, optimize=kind == "PNG")
    return file.getvalue()


def _turn(opened: ImageFile) -> Image.Transpose | None:
    if opened.format == "HEIF":  # its decoder has already turned it
        return None
    try:
        return TURNS.get(opened.getexif().get(0x0112, 1))
    except Exception:  # cameras write odd metadata; the pixels may be fine
        return None


def _shrink(opened: ImageFile, box: Size, convert: Convert) -> Image.Image:
    """The whole picture, decoded and made to fit `box`; never made larger."""
    scale = _scale(opened.size, box)
    # Dropping to a half, a quarter or an eighth is nearly free, and worth a copy that falls an eighth short.
    part = next((part for part in (8, 4, 2) if part * scale <= 8 / 7), 1)
    if isinstance(opened, JpegImageFile):
        opened.draft(None, (max(1, opened.width // part), max(1, opened.height // part)))
        part = 1
    opened.load()
    return _fit(_reduce(opened, part, convert), box)


def _reduce(picture: Image.Image, part: int, convert: Convert) -> Image.Image:
    if part == 1:
        return convert(picture)
    # Strip by strip: converted as a whole, a large picture would need its memory twice.
    rows = STRIP * part
    reduced = []
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        reduced.append(convert(strip).reduce(part))
    small = Image.new(reduced[0].mode, (reduced[0].width, sum(strip.height for strip in reduced)))
    for number, strip in enumerate(reduced):
        small.paste(strip, (0, number * STRIP))
    return small


def _fit(picture: Image.Image, box: Size) -> Image.Image:
    scale = _scale(picture.size, box)
    if scale >= 1:
        return picture
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)


def _scale(size: Size, box: Size) -> float:
    return min(box[0] / size[0], box[1] / size[1])


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # grey of 16 bits, which Pillow clips instead of scaling
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if not picture.has_transparency_data:
        return picture if picture.mode in ("RGB", "CMYK") else picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _see_through(picture: Image.Image) -> Image.Image:
    see_through = picture.has_transparency_data and not picture.mode.startswith("I")
    return picture.convert("RGBA") if see_through else _opaque(picture)


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as a browser shows them without a profile."""
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if transform := _transform(profile, picture.mode, mode):
        # In place where it can be: memory never touched before is what costs most here.
        return ImageCms.applyTransform(picture, transform, inPlace=mode == picture.mode) or picture
    return picture if mode == picture.mode else picture.convert(mode)


def _transform(profile: bytes | None, mode: str, wanted: str) -> ImageCms.ImageCmsTransform | None:
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if ImageCms.getProfileDescription(source).startswith("sRGB"):
            return None
        return ImageCms.buildTransform(source, SRGB, mode, wanted)
    except Exception:  # a broken profile, or one for other pixels, is as good as none
        return None
