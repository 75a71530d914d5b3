"""Searching the audit log, page by page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from portal.db import db
from portal.domain.audit.models import AuditEntry

PAGE = 50
AT_ONCE = 1000


@dataclass(frozen=True)
class Search:
    """What is looked for; what is empty does not matter. `words` stand in the subject, `until` is not included."""

    who: str = ""
    words: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Scope:
    """Whose log is asked: a garage's, or of it only what was changed at some locations."""

    garage_id: int
    location_ids: Collection[int] | None = None


def page(
    scope: Scope, search: Search, *, before_id: int | None = None, limit: int = PAGE
) -> tuple[list[AuditEntry], bool]:
    """The newest entries that fit, older than the entry `before_id`, and whether there are more."""
    found = select(AuditEntry).where(*_fitting(scope, search)).order_by(AuditEntry.id.desc())
    if before_id is not None:
        found = found.where(AuditEntry.id < before_id)
    rows = list(db.session.scalars(found.limit(limit + 1)))
    return rows[:limit], len(rows) > limit


def every(scope: Scope, search: Search) -> Iterator[AuditEntry]:
    """All entries that fit, newest first, read in portions."""
    before_id = None
    more = True
    while more:
        rows, more = page(scope, search, before_id=before_id, limit=AT_ONCE)
        yield from rows
        before_id = rows[-1].id if rows else None


def kinds(scope: Scope) -> list[str]:
    """Which kinds of things were changed so far."""
    return list(db.session.scalars(_distinct(scope, AuditEntry.about)))


def people(scope: Scope) -> list[str]:
    """Who changed anything so far."""
    return list(db.session.scalars(_distinct(scope, AuditEntry.who)))


def _distinct(scope: Scope, column):  # type: ignore[no-untyped-def]
    return select(column).where(*_fitting(scope, Search())).distinct().order_by(column)


def _fitting(scope: Scope, search: Search) -> list[ColumnElement[bool]]:
    found = [AuditEntry.garage_id == scope.garage_id]
    if scope.location_ids is not None:
        found.append(AuditEntry.location_id.in_(scope.location_ids))
    if search.who:
        found.append(AuditEntry.who == search.who)
    if search.words:
        found.append(
            or_(
                AuditEntry.subject.icontains(search.words, autoescape=True),
                AuditEntry.who.icontains(search.words, autoescape=True),
            )
        )
    if search.about:
        found.append(AuditEntry.about == search.about)
    if search.since is not None:
        found.append(AuditEntry.at >= search.since)
    if search.until is not None:
        found.append(AuditEntry.at < search.until)
    return found
