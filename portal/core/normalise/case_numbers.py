"""Case numbers: ours, and those of a garage's own system."""

import unicodedata

MAX_LENGTH = 40


def key(number: str) -> str:
    """The number without spaces, hyphens, invisible signs or case: `k7m 2qx 9ra` and `K7M-2QX-9RA` are one case.

    Other signs count: `26/1017` and `261017` are two.
    """
    flat = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", number).upper())
    return "".join(sign for sign in flat if not _is_skipped(unicodedata.category(sign)))


def file_name(number: str) -> str:
    """The number as part of a file name, on whatever system: `26-1017`."""
    return "".join(sign if sign.isalnum() else "-" for sign in number)


def _is_skipped(category: str) -> bool:
    return category == "Pd" or category[0] in "CZ"  # dashes; controls and separators
