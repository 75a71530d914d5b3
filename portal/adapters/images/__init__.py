"""Pictures from strangers become small, clean copies; the original is never kept and never decoded in this process."""

import os
from dataclasses import dataclass

from portal.adapters.images import exif
from portal.adapters.images.errors import (
    ImagesUnavailable,
    NotAPicture,
    PictureBroken,
    PictureRefused,
    PictureTooHeavy,
    PictureTooLarge,
    PictureTooSlow,
)
from portal.adapters.images.guard import Darkroom, Limits

__all__ = [
    "MOST_BYTES",
    "ImagesUnavailable",
    "NotAPicture",
    "Picture",
    "PictureBroken",
    "PictureRefused",
    "PictureTooHeavy",
    "PictureTooLarge",
    "PictureTooSlow",
    "process",
    "process_logo",
    "turn",
]

MOST_BYTES = Limits.bytes  # of a picture as it arrives
PHOTO_SIZES = (2048, 480)
LOGO_BOX = (600, 240)


@dataclass(frozen=True)
class Picture:
    """Two JPEG copies of one photo; `width` and `height` in pixels are those of `large`."""

    width: int
    height: int
    large: bytes
    thumb: bytes


def process(data: bytes, *, sizes: tuple[int, int] = PHOTO_SIZES) -> Picture:
    """The upright sRGB copies of a photo, without metadata, within `sizes` (longest side in pixels: large, thumb).

    Raises:
        NotAPicture, PictureTooLarge, PictureBroken, PictureTooSlow, PictureTooHeavy: all `PictureRefused`.
        ImagesUnavailable: the picture was not looked at; it may be sent again later.
    """
    answer = _darkroom.develop("photo", data, sizes)
    (width, height), _ = answer.sizes
    large, thumb = answer.files
    return Picture(width, height, large, thumb)


def turn(data: bytes, *, clockwise: bool = True, sizes: tuple[int, int] = PHOTO_SIZES) -> Picture:
    """A copy that `process` made, turned by a quarter and made anew.

    Raises: as `process`.
    """
    return process(exif.with_orientation(data, 6 if clockwise else 8), sizes=sizes)


def process_logo(data: bytes) -> bytes:
    """A PNG of at most 600 by 240 pixels that keeps what is transparent, from a PNG, JPEG or WebP.

    Raises: as `process`.
    """
    return _darkroom.develop("logo", data, LOGO_BOX).files[0]


def _start_afresh() -> None:
    global _darkroom
    _darkroom = Darkroom()


_darkroom = Darkroom()
os.register_at_fork(after_in_child=_start_afresh)  # a lock held by another thread would stay held for ever
