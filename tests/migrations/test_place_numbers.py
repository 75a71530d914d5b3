"""Bookings that were there before places had numbers get one each."""

import flask_migrate
import pytest
from sqlalchemy import text

from portal import create_app
from portal.db import db
from tests.support.databases import KINDS, empty_database
from tests.support.post_office import settings

NINE, TEN = 540, 600
# Two at nine, one cancelled; a hold; one of another flow at nine; one at ten.
BOOKINGS = [
    ("assessment", NINE, "booked", 1),
    ("assessment", NINE, "cancelled", None),
    ("assessment", NINE, "booked", 2),
    ("assessment", NINE, "held", None),
    ("repair", NINE, "booked", 1),
    ("assessment", TEN, "booked", 1),
]
COLUMNS = {
    "garage_id": 1,
    "location_id": 1,
    "damage_flow": "",
    "day": "2026-12-01",
    "end_minute": 660,
    **dict.fromkeys(("starts_at", "ends_at", "requested_at", "held_until"), "2026-12-01 08:00:00"),
    **dict.fromkeys(("email", "mailbox", "phone", "plate_key", "cancel_reason"), ""),
    "language": "nl",
    "answers": "{}",
    **dict.fromkeys(("code_tries", "sequence"), 0),
    "round": 1,
    "called_off": False,
}


def fill(connection):
    connection.execute(text("INSERT INTO garage (id, slug, revision, profile) VALUES (1, 'p', 'r', '{}')"))
    connection.execute(
        text(
            "INSERT INTO location (id, garage_id, slug, position, listed, profile)"
            " VALUES (1, 1, 'a', 0, true, '{}')"
        )
    )
    for number, (flow, minute, state, _) in enumerate(BOOKINGS):
        row = COLUMNS | {"uid": f"u{number}", "flow": flow, "start_minute": minute, "state": state}
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO booking ({names}) VALUES ({marks})"), row)


@pytest.mark.parametrize("kind", KINDS)
def test_the_bookings_of_a_timeslot_are_numbered_in_the_order_they_came(kind, tmp_path):
    with empty_database(kind, tmp_path) as url:
        app = create_app(settings(tmp_path, database_url=url))
        with app.app_context():
            flask_migrate.upgrade(revision="0010")
            with db.engine.begin() as connection:
                fill(connection)
            flask_migrate.upgrade(revision="0011")
            found = db.session.execute(text("SELECT place_number FROM booking ORDER BY id")).scalars().all()
            assert found == [number for *_, number in BOOKINGS]
            db.session.remove()
            db.engine.dispose()
