"""What is wrong with a case or a file of cases, in English."""

from portal.core.normalise import text
from portal.domain.cases.errors import Problem, Reason, SheetReason

_LONGEST_VALUE = 60

_NOT_A_DAY = "is not a day; one is written 2026-12-31, 31/12/2026 or 31.12.2026"
_MALFORMED = {
    "number": "has neither letter nor digit",
    "plate": "is not a licence plate",
    "plate_country": "is not a country; one is written in two letters, such as BE",
    "vin": "is not a VIN, which has 17 letters and digits, none of them I, O or Q",
    "mileage": "is not a number of kilometres",
    "mail": "is not a mail address",
    "phone": "is not a phone number",
    "vehicle_in": _NOT_A_DAY,
    "ready": _NOT_A_DAY,
    "planned_end": _NOT_A_DAY,
    "finished": _NOT_A_DAY,
    "collected": _NOT_A_DAY,
    "activities": "is not an activity; one is written Painting, or with the day it started, Painting=2026-12-31",
}
_MALFORMED["activity"] = _MALFORMED["activities"]

_REASONS: dict[Reason | SheetReason, str] = {
    Reason.MISSING: "is missing",
    Reason.UNREADABLE: "holds a sign that cannot be kept, such as a control character",
    Reason.ACCENTED: "{value} has accents before the @, where no mail can have them",
    Reason.TOO_LONG: "is longer than {detail} signs",
    Reason.UNKNOWN: "{value} is not one of: {detail}",
    Reason.TAKEN: "{value} is the number of another case",
    Reason.TOO_EARLY: "{value} lies before {detail}",
    Reason.TOO_LATE: "{value} lies after {detail}",
    SheetReason.EMPTY: "the file is empty; its first row names the columns",
    SheetReason.NO_TEXT: "the file is not text; save it as CSV, best in UTF-8",
    SheetReason.NUL: "a NUL byte, which no text has; save the file as CSV, best in UTF-8",
    SheetReason.BROKEN_QUOTES: "the quotes of this row do not match; a quote inside a quoted cell is written twice",
    SheetReason.UNKNOWN_COLUMN: "there is no such column; there are {detail}",
    SheetReason.DOUBLE_COLUMN: "this column is there twice",
    SheetReason.NAMELESS_COLUMN: "column {detail} has no name",
    SheetReason.TOO_MANY_CELLS: "{value} cells, but the first row names {detail} columns",
    SheetReason.HUGE_CELL: "a cell of this row is far too long; is a quote missing?",
}


def sentence(problem: Problem) -> str:
    """One line: the field, and what is wrong with it."""
    value = shortened(problem.value)
    if problem.reason == Reason.MALFORMED:
        words = f"{value} {_MALFORMED[problem.field]}"
    elif problem.reason == Reason.TWICE:
        first = f"{value} stands in line {problem.detail} already"
        words = first if problem.field == "number" else f"{value} is there twice"
    else:
        words = _REASONS[problem.reason].format(value=value, detail=problem.detail)
    return f"{problem.field}: {words}" if problem.field else words


def shortened(value: str) -> str:
    """A value as part of one line: without what a terminal could stumble over, and not for ever."""
    line = text.one_line(text.printable(value))
    return line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"


def changed(before: str, after: str) -> str:
    """What a field was and what it is."""
    return " -> ".join(shortened(value) or "empty" for value in (before, after))
