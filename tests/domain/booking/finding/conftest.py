"""Cases of Carrosserie Claes, found by whoever reaches them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core import codes
from portal.db import db, transaction
from portal.domain.booking.finding import queries
from portal.domain.booking.finding.search import Search
from portal.domain.booking.models import Booking, State
from portal.domain.cases import queries as cases
from portal.domain.cases import service
from portal.domain.garage import queries as garages
from portal.domain.garage.reach import Reach
from tests.support.garages import apply

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday


@dataclass
class Cases:
    """Enters and finds cases; they are named by their numbers."""

    garage: object
    reach: Reach

    def enter(self, number, *, now=NOW, **given):
        usual = {"number": number, "location": "aalst", "plate": "1-AAA-111"}
        service.create(self.garage, usual | given, now)

    def appoint(self, number, day, *, minute=540, state=State.BOOKED):
        """Give a case an appointment; `day` is a date."""
        case = cases.by_number(self.garage.id, number).case
        case_id, location_id = case.id, case.location_id
        starts = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute - 60)
        with transaction() as session:
            session.add(
                Booking(
                    uid=codes.uid(),
                    garage_id=self.garage.id,
                    location_id=location_id,
                    flow="repair",
                    damage_flow="classic",
                    day=day,
                    start_minute=minute,
                    end_minute=minute + 30,
                    starts_at=starts,
                    ends_at=starts + timedelta(minutes=30),
                    state=state,
                    requested_at=NOW,
                    held_until=NOW,
                    case_id=case_id,
                    email="",
                    phone="",
                    plate_key="",
                    language="en",
                )
            )

    def find(self, words="", *, reach=None, **asked):
        """The numbers a search finds, in its order."""
        found = queries.find(reach or self.reach, Search(words, **asked), NOW)
        db.session.rollback()
        return [line.number for line in found.lines]


@pytest.fixture
def repairs(app):
    return apply(app, "repairs")


@pytest.fixture
def claes(context, repairs):
    return Cases(repairs, Reach(repairs, garages.every_location(repairs)))


@pytest.fixture
def days():
    """Days around now, by how far they are from it."""
    return lambda ahead: date(2026, 11, 25) + timedelta(days=ahead)
