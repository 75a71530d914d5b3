"""Reading a file of cases: encoding, delimiter, header, and the cells of each row by the names of their columns."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.cases.details import FIELDS
from portal.domain.cases.errors import DetailsRefused, Problem, SheetReason

COLUMNS = tuple(FIELDS)
DELIMITERS = ",;\t"

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark its own begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True)
class Row:
    """The cells that are filled, by column; `line` is where the row begins in the file, from 1."""

    line: int
    cells: dict[str, str]


def read(data: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows that can be read, and what is wrong with the others. Empty rows are left out.

    Raises:
        DetailsRefused: if the file as a whole is no table of cases.
    """
    text = _text(data)
    lines = _lines(text, _delimiter(text))
    begins, header = next(lines, (1, []))
    columns = _columns(begins, header)
    rows, problems = [], []
    for line, cells in lines:
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            count, most = str(len(cells)), str(len(columns))
            problems.append(Problem("", SheetReason.TOO_MANY_CELLS, count, most, line))
        else:
            filled = {column: cell for column, cell in zip(columns, cells, strict=False) if cell.strip()}
            rows.append(Row(line, filled))
    return rows, problems


def _text(data: bytes) -> str:
    """As its mark says, else UTF-8, else what Windows writes."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), None)
    for encoding in [_MARKS[mark]] if mark else ["utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            before = text[: text.index("\0")]
            raise _refused("", SheetReason.NUL, line=len(io.StringIO(before + ".", newline="").readlines()))
        return text
    raise _refused("", SheetReason.NO_TEXT)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it begins on: a quoted cell may go over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = SheetReason.HUGE_CELL if "field limit" in str(error) else SheetReason.BROKEN_QUOTES
            raise _refused("", reason, line=begins) from None
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _delimiter(text: str) -> str:
    """The one that finds most columns we know in the header, else most columns."""

    def found(delimiter: str) -> tuple[int, int]:
        try:
            _, cells = next(_lines(text, delimiter), (1, []))
        except DetailsRefused:
            return 0, 0
        return sum(_name(cell) in COLUMNS for cell in cells), len(cells)

    return max(DELIMITERS, key=found)


def _columns(line: int, header: list[str]) -> list[str]:
    while header and not header[-1].strip():
        header = header[:-1]
    if not header:
        raise _refused("", SheetReason.EMPTY, line=line)
    names = [_name(cell) for cell in header]
    problems = []
    for place, (name, written) in enumerate(zip(names, header, strict=True), start=1):
        if not name:
            problems.append(Problem("", SheetReason.NAMELESS_COLUMN, detail=str(place), line=line))
        elif name not in COLUMNS:
            detail = ", ".join(COLUMNS)
            problems.append(Problem(written.strip(), SheetReason.UNKNOWN_COLUMN, detail=detail, line=line))
        elif name in names[: place - 1]:
            problems.append(Problem(name, SheetReason.DOUBLE_COLUMN, line=line))
    if problems:
        raise DetailsRefused(problems)
    return names


def _name(cell: str) -> str:
    """`Planned end` is planned_end."""
    return "_".join(cell.replace("-", " ").replace("_", " ").lower().split())


def _refused(field: str, reason: SheetReason, line: int = 1) -> DetailsRefused:
    return DetailsRefused([Problem(field, reason, line=line)])
