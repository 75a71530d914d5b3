"""Kilometres on the clock of a car, as people write them: `45.000`, `45 000`."""

import re

_FORM = re.compile(r"[0-9]{1,7}")


def normalise(value: str) -> int | None:
    """The whole kilometres, or None if it is no such number."""
    digits = "".join(sign for sign in value if sign not in " .,'\u00a0\u202f")
    return int(digits) if _FORM.fullmatch(digits) else None
