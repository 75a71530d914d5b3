"""Days as people and spreadsheets write them."""

import re
from datetime import date

_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})(?P<dot>[./-])(?P<month>[0-9]{1,2})(?P=dot)(?P<year>[0-9]{4})"),
)
_YEARS = range(2000, 2100)  # a car in the workshop in the year 206 is a slip of the finger


def normalise(value: str) -> date | None:
    """The day of `2026-12-31`, `31/12/2026`, `31.12.2026` or `31-12-2026`; None if it is not one."""
    for form in _FORMS:
        if match := form.fullmatch(value.strip()):
            year, month, day = (int(match[part]) for part in ("year", "month", "day"))
            try:
                return date(year, month, day) if year in _YEARS else None
            except ValueError:
                return None
    return None
