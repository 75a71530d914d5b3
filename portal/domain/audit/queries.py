"""Asking the audit log."""

from sqlalchemy import select

from portal.db import db
from portal.domain.audit.models import AuditEntry


def of_subject(garage_id: int, *about: str, subject: str, limit: int = 50) -> list[AuditEntry]:
    """The newest changes of one thing, in one or more respects."""
    return list(
        db.session.scalars(
            select(AuditEntry)
            .where(
                AuditEntry.garage_id == garage_id,
                AuditEntry.about.in_(about),
                AuditEntry.subject == subject,
            )
            .order_by(AuditEntry.id.desc())
            .limit(limit)
        )
    )
