"""HEIC files as phones write them: a grid of small tiles, turned by a property, EXIF beside it."""

from io import BytesIO
from struct import pack

import pillow_heif
from PIL import Image

TILE = 512


def plain_heic(image: Image.Image, **metadata: bytes) -> bytes:
    """`image` coded in one piece; `metadata` may be exif, xmp, icc_profile."""
    file = BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=60, enc_params={"preset": "ultrafast"}, **metadata)
    return file.getvalue()


def grid_heic(
    tile: Image.Image, width: int, height: int, *, quarter_turns: int = 0, exif: bytes = b""
) -> bytes:
    """A picture of `width` by `height` pixels, `tile` (512 by 512) all over, to be shown turned anticlockwise."""
    coded = plain_heic(tile)
    columns, rows = -(-width // TILE), -(-height // TILE)
    tiles = range(2, 2 + columns * rows)
    exif_item = tiles.stop
    data = _content(coded, "mdat")
    properties = [
        _box("ispe", pack(">III", 0, width, height)),
        _box("irot", bytes([quarter_turns])),
        _box("hvcC", _content(coded, "meta", "iprp", "ipco", "hvcC")),
        _box("ispe", pack(">III", 0, TILE, TILE)),
    ]
    uses = [(1, [1, 0x82]), *((item, [0x83, 4]) for item in tiles)]
    kinds = [(1, b"grid"), *((item, b"hvc1") for item in tiles)] + ([(exif_item, b"Exif")] if exif else [])
    grid = pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    references = _box("dimg", pack(f">HH{len(tiles)}H", 1, len(tiles), *tiles))
    if exif:
        references += _box("cdsc", pack(">HHH", exif_item, 1, 1))
        exif = pack(">I", 0) + exif.removeprefix(b"Exif\0\0")
    head = _box("ftyp", b"heic" + bytes(4) + b"mif1heic")

    def meta(start: int) -> bytes:
        # Every tile points at the same bytes.
        places = [pack(">HHHHII", item, 0, 0, 1, start, len(data)) for item in tiles]
        if exif:
            places.append(pack(">HHHHII", exif_item, 0, 0, 1, start + len(data), len(exif)))
        inside = [
            _box("hdlr", bytes(8) + b"pict" + bytes(13)),
            _box("pitm", pack(">IH", 0, 1)),
            _box("iinf", pack(">IH", 0, len(kinds)) + b"".join(_entry(*kind) for kind in kinds)),
            _box("iref", bytes(4) + references),
            _box("iprp", _box("ipco", b"".join(properties)) + _associations(uses)),
            _box("idat", grid),
            _box(
                "iloc",
                pack(">IHH", 0x01000000, 0x4400, len(places) + 1)
                + pack(">HHHHII", 1, 1, 0, 1, 0, len(grid))
                + b"".join(places),
            ),
        ]
        return _box("meta", bytes(4) + b"".join(inside))

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + _box("mdat", data + exif)


def _box(name: str, content: bytes) -> bytes:
    return pack(">I", 8 + len(content)) + name.encode() + content


def _entry(item: int, kind: bytes) -> bytes:
    hidden = 0x02000001 if kind == b"hvc1" else 0x02000000
    return _box("infe", pack(">IHH", hidden, item, 0) + kind + b"\0")


def _associations(uses: list[tuple[int, list[int]]]) -> bytes:
    entries = (pack(">HB", item, len(properties)) + bytes(properties) for item, properties in uses)
    return _box("ipma", pack(">II", 0, len(uses)) + b"".join(entries))


def _content(file: bytes, *path: str) -> bytes:
    """What is inside the box found by walking down `path`."""
    for name in path:
        at = 0
        while file[at + 4 : at + 8] != name.encode():
            at += int.from_bytes(file[at : at + 4])
        file = file[at + 8 : at + int.from_bytes(file[at : at + 4])]
        if name == "meta":
            file = file[4:]
    return file
