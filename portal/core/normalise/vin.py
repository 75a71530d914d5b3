"""Vehicle identification numbers (ISO 3779: 17 signs, without I, O, Q)."""

import re

_FORM = re.compile(r"[A-HJ-NPR-Z0-9]{17}")


def normalise(value: str) -> str | None:
    """The VIN in capitals without separators, or None if it is not one.

    The check digit is not asked for: European makers do not fill it.
    """
    flat = re.sub(r"[\s.-]", "", value).upper()
    return flat if _FORM.fullmatch(flat) else None
