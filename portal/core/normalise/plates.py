"""Licence plates, found under any spelling."""

import re
import unicodedata

MAX_LENGTH = 12


def key(plate: str) -> str:
    """The plate without spaces, hyphens, dots, accents or case: `1-abc 234` and `1ABC234` are one car.

    Letters and digits that look alike stay different; a plate is a name, not a guess.
    """
    flat = unicodedata.normalize("NFKD", plate).upper()
    return "".join(sign for sign in flat if sign.isalnum())


def plausible(plate: str) -> bool:
    """Whether `plate` could be one of any country: 2 to 12 letters and digits, at least one digit or 3 letters."""
    flat = key(plate)
    if not 2 <= len(flat) <= MAX_LENGTH or not re.fullmatch(r"[\w]+", flat):
        return False
    return any(sign.isdigit() for sign in flat) or len(flat) >= 3


def spelling(plate: str) -> str:
    """As the customer wrote it, in capitals, with single separators."""
    return re.sub(r"[\s.]+", " ", plate).strip().upper()
