"""What can be wrong with a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class CaseUnknown(Exception):
    """The garage has no case with this number."""


class Overtaken(Exception):
    """Somebody else changed the same fields since they were read; `current` is what they are now, text by field."""

    def __init__(self, current: dict[str, str]) -> None:
        super().__init__(", ".join(current))
        self.current = current


class Reason(StrEnum):
    """Why what a garage told about a case was not taken."""

    MISSING = "missing"
    UNREADABLE = "unreadable"  # signs that no database or mail can carry
    TOO_LONG = "too long"  # detail: the most signs
    MALFORMED = "malformed"
    ACCENTED = "accented"  # before the @ of a mail address
    UNKNOWN = "unknown"  # detail: what there is
    TWICE = "twice"  # detail: the name, or the line that was first
    TAKEN = "taken"
    TOO_EARLY = "too early"  # detail: the field that must not lie after it
    TOO_LATE = "too late"  # detail: the field that must not lie before it


class SheetReason(StrEnum):
    """Why a file of cases cannot be read as a table."""

    EMPTY = "empty"
    NO_TEXT = "no text"
    NUL = "nul"
    BROKEN_QUOTES = "broken quotes"
    UNKNOWN_COLUMN = "unknown column"  # detail: the columns there are
    DOUBLE_COLUMN = "double column"
    NAMELESS_COLUMN = "nameless column"  # detail: which one, from 1
    TOO_MANY_CELLS = "too many cells"  # value: how many; detail: how many columns there are
    HUGE_CELL = "huge cell"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with `field`, in values; `line` is where in a file, from 1."""

    field: str
    reason: Reason | SheetReason
    value: str = ""
    detail: str = ""
    line: int = 0


class DetailsRefused(Exception):
    """Details of a case are wrong; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__([(problem.field, str(problem.reason)) for problem in problems])
        self.problems = problems
