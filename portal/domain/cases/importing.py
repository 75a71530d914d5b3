"""Cases from a file: what each row would do, and doing it, all rows or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.normalise import case_numbers
from portal.db import db, let_go, transaction
from portal.domain.cases import details, rows, service, sheet
from portal.domain.cases.details import Values
from portal.domain.cases.errors import DetailsRefused, Problem, Reason
from portal.domain.cases.models import Case
from portal.domain.garage.views import GarageView

Cases = dict[str, rows.Known]  # by the key of a number


@dataclass
class Entry:
    """What one row of the file does: it opens a case, changes one, or nothing.

    `number` is empty while a new case has none yet; `numbered` says whether the file gave it.
    """

    line: int
    number: str
    numbered: bool
    values: Values
    case: rows.Known | None
    changes: service.Changes

    @property
    def is_new(self) -> bool:
        return self.case is None


@dataclass
class Import:
    """What a file does, row by row, or why it does nothing."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def preview(garage: GarageView, data: bytes) -> Import:
    """What the file would do; nothing is written."""
    try:
        return _plan(db.session(), garage, *sheet.read(data), locked=False)
    except DetailsRefused as refused:
        return Import(problems=list(refused.problems))
    finally:
        let_go()


def apply(garage: GarageView, data: bytes, now: datetime) -> Import:
    """Open and change the cases of the file in one transaction; nothing at all if any row is wrong."""
    try:
        read, problems = sheet.read(data)
    except DetailsRefused as refused:
        return Import(problems=list(refused.problems))
    with transaction(service.numbers_lock(garage)) as session:
        plan = _plan(session, garage, read, problems, locked=True)
        if not plan.problems:
            _write(session, garage, plan.entries, now)
    return plan


def _write(session: Session, garage: GarageView, entries: Sequence[Entry], now: datetime) -> None:
    new = [entry for entry in entries if entry.is_new]
    numbers = service.add(session, garage, [entry.values for entry in new], now)
    for entry, number in zip(new, numbers, strict=True):
        entry.number = number
    for entry in entries:
        if entry.case is not None:
            service.change(session, garage, entry.case, entry.values, now)


def _plan(
    session: Session, garage: GarageView, read: list[sheet.Row], problems: list[Problem], *, locked: bool
) -> Import:
    numbers = [row.cells["number"] for row in read if "number" in row.cells]
    known = _led_on(session, garage, rows.known(session, garage, numbers, locked=locked), locked=locked)
    plan = Import(problems=[*problems, *_repeated(read, known)])
    for row in read:
        number = row.cells.get("number", "")
        try:
            plan.entries.append(_entry(garage, row, known.get(case_numbers.key(number))))
        except DetailsRefused as refused:
            plan.problems += [replace(problem, line=row.line) for problem in refused.problems]
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _led_on(session: Session, garage: GarageView, known: Cases, *, locked: bool) -> Cases:
    """The same, but where a case was merged the one that was kept: nobody looks at the other any more."""
    into = {key: each.case.merged_into for key, each in known.items() if each.case.merged_into is not None}
    if not into:
        return known
    asked = select(Case.id, Case.number).where(Case.id.in_(into.values()))
    numbers = {row.id: row.number for row in session.execute(asked)}
    kept = rows.known(session, garage, numbers.values(), locked=locked)
    return known | {key: kept[case_numbers.key(numbers[case_id])] for key, case_id in into.items()}


def _entry(garage: GarageView, row: sheet.Row, case: rows.Known | None) -> Entry:
    if case is None:
        values = details.read(row.cells, garage)
        number = values.get("number", "")
        return Entry(row.line, number, bool(number), values, None, {})
    told = {name: cell for name, cell in row.cells.items() if name != "number"}
    values = details.read(told, garage, case.values, case.place)
    return Entry(row.line, case.case.number, True, values, case, service.differences(case, values))


def _repeated(read: Sequence[sheet.Row], known: Cases) -> Iterator[Problem]:
    """Numbers of a case that another row is about already, under any spelling."""
    first: dict[str | int, int] = {}
    for row in read:
        number = row.cells.get("number", "")
        key = case_numbers.key(number)
        case = known[key].case.id if key in known else key
        if case in first:
            yield Problem("number", Reason.TWICE, number, str(first[case]), row.line)
        elif key:
            first[case] = row.line
