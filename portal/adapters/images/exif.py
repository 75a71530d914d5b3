"""The one thing we ever say about a picture in its metadata: which way up it is."""

import struct

START, APP1 = b"\xff\xd8", b"\xff\xe1"
ORIENTATION, SHORT = 0x0112, 3


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """A JPEG without metadata, marked as lying (EXIF 1 to 8); the darkroom turns it as it would a phone's photo.

    Raises:
        ValueError: if it is no JPEG.
    """
    if not jpeg.startswith(START):
        raise ValueError("not a JPEG")
    entry = struct.pack(">HHIHH", ORIENTATION, SHORT, 1, orientation, 0)
    told = b"Exif\0\0" + struct.pack(">2sHIH", b"MM", 42, 8, 1) + entry + struct.pack(">I", 0)
    return START + APP1 + struct.pack(">H", len(told) + 2) + told + jpeg[len(START) :]
