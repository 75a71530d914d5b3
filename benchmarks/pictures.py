"""A photo as a phone makes it: 12 megapixels, grain, detail, and turned by its metadata."""

from io import BytesIO

from PIL import Image, ImageChops

SIZE = (4032, 3024)
ORIENTATION, LYING_ON_ITS_SIDE = 0x0112, 6


def twelve_megapixels() -> bytes:
    """A JPEG of about 4 MB."""
    shapes = Image.effect_noise((252, 189), 120).resize(SIZE, Image.Resampling.BICUBIC)
    detail = Image.effect_noise((2016, 1512), 28).resize(SIZE, Image.Resampling.BICUBIC)
    light = ImageChops.add(shapes, detail, 2)
    colours = [Image.effect_noise((63, 47), 90).resize(SIZE, Image.Resampling.BICUBIC) for _ in range(2)]
    exif = Image.Exif()
    exif[ORIENTATION] = LYING_ON_ITS_SIDE
    file = BytesIO()
    Image.merge("YCbCr", (light, *colours)).convert("RGB").save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()
