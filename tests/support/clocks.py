"""A clock that stands still until the test moves it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pytest import MonkeyPatch

from portal import clock

ZONE = ZoneInfo("Europe/Brussels")


class StoppedClock:
    """Stands at a moment, first Monday 23 November 2026, 09:00 in Brussels."""

    def __init__(self) -> None:
        self._moment = datetime(2026, 11, 23, 9, tzinfo=ZONE).astimezone(UTC)

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return self._moment

    def at(self, local: str) -> datetime:
        """Go to a moment of the wall clock in Brussels, such as `2026-12-01 09:00`."""
        self._moment = datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)
        return self._moment

    def forward(self, **by: float) -> datetime:
        """Go on by `minutes=5`."""
        self._moment += timedelta(**by)
        return self._moment


def stopped(monkeypatch: MonkeyPatch) -> StoppedClock:
    """The portal's clock for the rest of the test, in this process only."""
    stopped = StoppedClock()
    monkeypatch.setattr(clock, "now", stopped.now)
    return stopped
