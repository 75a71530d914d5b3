"""The page of the times asks the database the same few things whatever lies behind it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from portal.core import codes
from portal.db import db
from portal.domain.booking.models import Booking
from tests.journeys.walk import walk
from tests.journeys.workshop import change, document, opens, set_up
from tests.web.statements import watched

MOST = 4
INDEX = "ix_booking_load"
PAST = date(2020, 1, 6)


def book(app, garage, number, *, first=PAST, days=2_000, state="booked"):
    """Write `number` bookings down, spread over many days and all locations."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    rows = [
        {
            "uid": codes.uid(),
            "garage_id": garage.id,
            "location_id": garage.locations[turn % len(garage.locations)].id,
            "flow": "assessment",
            "day": first + timedelta(days=turn % days),
            "start_minute": 540 + 30 * (turn % 6),
            "end_minute": 570 + 30 * (turn % 6),
            "starts_at": at,
            "ends_at": at,
            "state": state,
            "requested_at": at,
            "held_until": at,
            "email": "",
            "phone": "",
            "plate_key": "",
            "language": "en",
            "answers": {},
            "round": 1,
            "code_tries": 0,
        }
        for turn in range(number)
    ]
    with app.app_context():
        db.session.execute(insert(Booking), rows)
        db.session.commit()


def asked(app, client, address):
    """What the page at `address` asks the database, once everything that is kept in memory is there."""
    client.open(address)
    with watched(app) as statements:
        assert client.open(address).status == 200
    return [statement for statement, _ in statements]


@pytest.fixture
def timeslot(garage, app, clock, client):
    return walk(client, "timeslot").url


def test_a12_four_statements_at_most(timeslot, app, client):
    assert 1 <= len(asked(app, client, timeslot)) <= MOST


@pytest.mark.parametrize(
    "more", ["?day=2026-12-15", "?view=list", "?day=2026-12-06&view=list", "?day=2030-01-01"]
)
def test_a12_whichever_day_and_view_is_asked_for(timeslot, app, client, more):
    assert len(asked(app, client, timeslot + more)) <= MOST


def test_a12_history_asks_nothing_more(timeslot, app, client, garage):
    before = asked(app, client, timeslot)
    book(app, garage, 3_000)
    assert asked(app, client, timeslot) == before


def test_a12_full_days_ask_nothing_more(timeslot, app, client, garage):
    before = asked(app, client, timeslot)
    book(app, garage, 200, first=date(2026, 11, 24), days=40)
    assert asked(app, client, timeslot) == before


def test_a12_more_locations_ask_nothing_more(timeslot, app, client):
    before = asked(app, client, timeslot)
    garage = document("peeters")
    first = garage["locations"][0]
    garage["locations"] += [
        first | {"slug": f"place-{number}", "name": f"Place {number}"} for number in range(39)
    ]
    set_up(app, garage)
    page = walk(client, "timeslot", "/peeters/place-7/assessment/")
    assert asked(app, client, page.url) == before


@pytest.mark.parametrize("horizon_days", [14, 90, 400])
def test_a12_a_longer_horizon_asks_nothing_more(timeslot, app, client, horizon_days):
    before = asked(app, client, timeslot)
    opens(app, horizon_days=horizon_days)
    assert asked(app, client, timeslot) == before


def test_a12_closures_and_exceptions_ask_nothing_more(timeslot, app, client):
    before = asked(app, client, timeslot)
    days = [date(2026, 12, 1) + timedelta(days=7 * number) for number in range(6)]
    change(
        app,
        "peeters",
        place={
            "closures": [{"first": day, "last": day + timedelta(days=1)} for day in days],
            "assessment": {
                "hours": [{"days": "mon-fri", "open": ["09:00-12:00"]}],
                "exceptions": [{"day": day + timedelta(days=3), "open": ["10:00-11:00"]} for day in days],
            },
        },
    )
    assert asked(app, client, timeslot) == before


def test_a12_the_load_is_read_from_the_index_alone(timeslot, app, client, garage, database):
    book(app, garage, 20_000)
    book(app, garage, 300, first=date(2026, 11, 24), days=50)
    client.open(timeslot)
    with watched(app) as statements:
        client.open(timeslot)
    loads = [each for each in statements if "booking" in each[0] and "GROUP BY" in each[0]]
    assert len(loads) == 1
    plan = explained(app, database.kind, *loads[0])
    if database.kind == "sqlite":
        assert f"USING COVERING INDEX {INDEX}" in plan and "SCAN" not in plan
    else:
        assert f"Index Only Scan using {INDEX}" in plan and "Seq Scan" not in plan


def explained(app, kind, statement, values):
    """How the database goes about a statement, once it knows its rows."""
    with app.app_context():
        engine = db.engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if kind == "sqlite" else "VACUUM ANALYZE booking"))
        words = "EXPLAIN QUERY PLAN" if kind == "sqlite" else "EXPLAIN"
        rows = connection.exec_driver_sql(f"{words} {statement}", values).all()
    return "\n".join(str(row[-1]) for row in rows)
