"""The only reader of the time.

Several web servers may disagree by minutes; deadlines must not. On a shared database every server follows the
database's clock, so `now()` means the same moment everywhere (see docs/adr/0003).
"""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _offset


def follow(reference: datetime) -> None:
    """Correct this process's clock to `reference`, the database's own idea of the present moment (aware)."""
    global _offset
    _offset = reference - datetime.now(UTC)
