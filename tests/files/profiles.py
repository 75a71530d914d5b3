"""The colour profile that phones put into their photos."""

from struct import pack


def display_p3() -> bytes:
    """An ICC profile with the primaries of Display P3 and the tone curve of sRGB."""
    name = b"Display P3"
    curve = b"para" + pack(">IHH", 0, 3, 0) + _numbers(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {
        b"desc": b"desc" + pack(">II", 0, len(name) + 1) + name + bytes(79),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _colour(0.9642, 1, 0.8249),
        b"rXYZ": _colour(0.51512, 0.24120, -0.00105),
        b"gXYZ": _colour(0.29198, 0.69225, 0.04189),
        b"bXYZ": _colour(0.15710, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    directory, body = pack(">I", len(tags)), b""
    for tag, value in tags.items():
        directory += tag + pack(">II", 132 + 12 * len(tags) + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    size = 128 + len(directory) + len(body)
    head = pack(">I4sI12s", size, b"none", 0x02400000, b"mntrRGB XYZ ")
    head += pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _numbers(0.9642, 1, 0.8249) + bytes(48)
    return head + directory + body


def _numbers(*values: float) -> bytes:
    return b"".join(pack(">i", round(value * 65536)) for value in values)


def _colour(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + _numbers(x, y, z)
