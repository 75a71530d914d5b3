"""Kilometres on the clock of a car, as people write them: `45.000`, `45 000 km`."""

import re

_FORM = re.compile(
    r"(?:[0-9]+|[1-9][0-9]{0,2}(?P<sign>[ .,'’\u00a0\u2009\u202f])[0-9]{3}(?:(?P=sign)[0-9]{3})*)\s*(?:km)?",
    re.IGNORECASE,
)
_MOST_DIGITS = 7


def normalise(value: str) -> int | None:
    """The whole kilometres, or None: what may be a fraction, such as `4,5`, is not guessed at."""
    written = _FORM.fullmatch(value.strip())
    digits = re.sub("[^0-9]", "", value) if written else ""
    return int(digits) if 1 <= len(digits) <= _MOST_DIGITS else None
