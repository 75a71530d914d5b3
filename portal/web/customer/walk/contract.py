"""What a walk must know of the flow it belongs to."""

from datetime import date
from typing import Any, Protocol

from portal.domain.booking.queries import Appointment
from portal.domain.drafts.queries import DraftView
from portal.domain.garage.offerings import Offering
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import Asker


class Walk(Protocol):
    """What one flow is about."""

    flow: Flow

    def way_in(self, draft: DraftView | None) -> str:
        """The page before the first step."""

    def steps(self, draft: DraftView | None) -> list[str]:
        """The steps in order; the last two are the time and the check."""

    def offering(self, draft: DraftView) -> Offering | None:
        """What a place is asked for; None while that is not known yet."""

    def asker(self, draft: DraftView | None) -> Asker:
        """Who says what is asked: the location, and the garage as long as that is not known."""

    def offers_anything(self) -> bool:
        """Whether the garage offers this flow at all."""

    def holds(self, draft: DraftView, step: str) -> bool:
        """Whether the answers of a step are right by the rules of now, which may be others than when they were typed."""

    def sections(self, draft: DraftView, offering: Offering, day: date, minute: int) -> list[dict[str, Any]]:
        """Every answer with the way to change it."""

    def booked_url(self, appointment: Appointment) -> str:
        """Where whoever walked here sees the booking, confirmed by them or by somebody else."""

    def request(self, draft: DraftView, offering: Offering, day: date, minute: int, *, keep: bool) -> None:
        """Ask for the place, and `keep` it meanwhile or not; raises what portal.domain.booking.requests raises."""
