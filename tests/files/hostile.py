"""Files that are not the pictures they say they are. All are made while the tests run."""

import zlib
from functools import cache
from io import BytesIO
from struct import pack

from PIL import Image, features

from tests.files.heif import TILE, grid_heic
from tests.files.pictures import (
    file,
    four_corners,
    talkative_heic,
    talkative_jpeg,
    talkative_png,
    talkative_webp,
)

SMALL = (16, 16)
HTML = b"<!doctype html><script>alert(1)</script>"


@cache
def other_formats() -> dict[str, bytes]:
    """Files of every kind that we do not take, some of which Pillow would open."""
    image = four_corners()
    pillow = {kind: file(image, kind) for kind in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "PDF", "EPS")}
    if features.check("jpg_2000"):
        pillow["JPEG2000"] = file(image, "JPEG2000")
        pillow["J2K"] = file(image, "JPEG2000", no_jp2=True)
    if features.check("avif"):
        pillow["AVIF"] = file(image, "AVIF")
    return pillow | {
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "HTML": HTML,
        "program": b"MZ" + bytes(200),
        "ZIP": b"PK\x03\x04" + bytes(200),
        "MP4": b"\0\0\0\x18ftypisom" + bytes(200),
        "words": b"hello",
        "nothing": b"",
    }


@cache
def vast() -> dict[str, bytes]:
    """Small files that declare, or really hold, far more pixels than any phone makes."""
    flat = file(Image.new("1", (20_000, 20_000)), "PNG")
    webp = file(Image.new("RGB", SMALL), "WEBP", lossless=True)
    lossless = b"RIFF" + webp[4:21] + pack("<I", 16382 | 16382 << 14) + webp[25:]
    jpeg = file(Image.new("RGB", SMALL), "JPEG")
    return {
        "PNG of 3,600 megapixels": png(60_000, 60_000, 8, 2, b""),
        "PNG of 400 megapixels, all there": flat,
        "JPEG of 4,290 megapixels": jpeg.replace(pack(">HH", *SMALL), pack(">HH", 65_500, 65_500), 1),
        "WebP of 268 megapixels": lossless,
        "WebP canvas of 4,000 megapixels": webp_canvas(65_000, 62_000),
        "HEIC of 100 megapixels": grid_heic(Image.new("RGB", (TILE, TILE)), 10_000, 10_000),
        "65 megapixels, one row too many": png(8_000, 8_001, 8, 2, b""),
    }


@cache
def cut() -> dict[str, bytes]:
    """Pictures that lost their end on the way, and some of which only the beginning arrived."""
    whole = {
        "JPEG": talkative_jpeg(),
        "progressive JPEG": file(four_corners(), "JPEG", progressive=True),
        "PNG": talkative_png(),
        "WebP": talkative_webp(),
        "HEIC": talkative_heic(),
        "HEIC grid": grid_heic(four_corners(TILE, TILE), 2 * TILE, 2 * TILE),
    }
    keeps = {
        "half": lambda data: data[: len(data) // 2],
        "nearly all": lambda data: data[: len(data) * 99 // 100],
        "all but 5 bytes": lambda data: data[:-5],
        "its first 20 bytes": lambda data: data[:20],
    }
    return {f"{kind}, {name}": keep(data) for kind, data in whole.items() for name, keep in keeps.items()}


@cache
def wordy_png(chunk: bytes) -> bytes:
    """A PNG with 200 MB of zeros packed into one chunk of words or colours."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(200)) + packer.flush()
    return png(16, 16, 8, 2, bytes(16 * 49), chunk, b"name\0\0" + packed)


def png(
    width: int, height: int, depth: int, colour: int, rows: bytes, name: bytes = b"", words: bytes = b""
) -> bytes:
    """A PNG by hand: any size, any depth and colour type, any rows, and one further chunk."""
    header = pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [
        (b"IHDR", header),
        *([(name, words)] if name else []),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def webp_canvas(width: int, height: int) -> bytes:
    """A few hundred bytes of animated WebP on a canvas of any size, of which its decoder keeps several copies."""
    frames = [Image.new("RGB", SMALL, colour) for colour in ("red", "blue")]
    data = file(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    return data[:24] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + data[30:]


@cache
def scan_bomb(scans: int) -> bytes:
    """A progressive JPEG that asks its decoder to walk over 49 megapixels again and again, for some bytes a time."""
    data = file(Image.new("L", (7_000, 7_000), 90), "JPEG", progressive=True)
    starts = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"]
    tables = data.rindex(b"\xff\xc4", 0, starts[-1])
    again = data[tables:-2]
    return data[:-2] + again * scans + data[-2:]


@cache
def many_frames(kind: str, frames: int = 3_000) -> bytes:
    """An animation of very many frames, the first one red."""
    colours = (Image.new("RGB", SMALL, (255 - number % 251, 0, number % 251)) for number in range(frames))
    first = next(colours)
    return file(first, kind, save_all=True, append_images=list(colours), lossless=True)


def jpeg_and_page() -> bytes:
    """A JPEG that is a web page too: in a comment and behind its end."""
    buffer = BytesIO()
    four_corners().save(buffer, "JPEG", comment=HTML)
    return buffer.getvalue() + HTML


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
