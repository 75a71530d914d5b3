"""QR codes for paper, to be read by any phone's camera."""

from io import BytesIO
from typing import Any

import segno

DOTS = 12  # picture points a module; 300 dpi make a module of one millimetre
QUIET = 4  # modules of white around it, as the standard wants


def png(address: str) -> bytes:
    """A picture of the code that leads to `address`."""
    return _drawn(address, kind="png", scale=DOTS, border=QUIET)


def svg(address: str) -> bytes:
    """The same as a drawing that stays sharp at any size."""
    return _drawn(address, kind="svg", border=QUIET, omitsize=True, light="white", xmldecl=False)


def modules(address: str) -> list[list[bool]]:
    """The bare code, row by row: which modules are dark."""
    return [[bool(module) for module in row] for row in _made(address).matrix]


def _made(address: str) -> segno.QRCode:
    # Error correction M: a job card gets dirty.
    return segno.make(address, error="m", micro=False)


def _drawn(address: str, **how: Any) -> bytes:
    picture = BytesIO()
    _made(address).save(picture, **how)
    return picture.getvalue()
