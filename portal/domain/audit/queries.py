"""Asking the audit log."""

from collections.abc import Collection

from sqlalchemy import or_, select

from portal.db import db
from portal.domain.audit.models import AuditEntry


def newest(
    garage_id: int,
    *,
    words: str = "",
    about: Collection[str] = (),
    before_id: int | None = None,
    limit: int = 50,
) -> list[AuditEntry]:
    """The newest changes at a garage, at most `limit`, older than the entry `before_id`.

    `words`: only those whose person or subject contains it; `about`: only these kinds of things.
    """
    found = select(AuditEntry).where(AuditEntry.garage_id == garage_id)
    if words:
        pattern = f"%{_escaped(words)}%"
        found = found.where(
            or_(AuditEntry.who.ilike(pattern, escape="\\"), AuditEntry.subject.ilike(pattern, escape="\\"))
        )
    if about:
        found = found.where(AuditEntry.about.in_(about))
    if before_id is not None:
        found = found.where(AuditEntry.id < before_id)
    return list(db.session.scalars(found.order_by(AuditEntry.id.desc()).limit(limit)))


def of_subject(garage_id: int, about: str, subject: str, limit: int = 50) -> list[AuditEntry]:
    """The newest changes of one thing."""
    return list(
        db.session.scalars(
            select(AuditEntry)
            .where(
                AuditEntry.garage_id == garage_id, AuditEntry.about == about, AuditEntry.subject == subject
            )
            .order_by(AuditEntry.id.desc())
            .limit(limit)
        )
    )


def _escaped(words: str) -> str:
    for sign in ("\\", "%", "_"):
        words = words.replace(sign, f"\\{sign}")
    return words
