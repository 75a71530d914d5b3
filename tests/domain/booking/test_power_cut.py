"""What a power cut may undo, and what it must not: which commits wait for the disk (docs/adr/0023)."""

import pytest
from sqlalchemy import event

from portal.adapters.mailer import MemoryMailer
from portal.db import db
from portal.domain.booking import service
from tests.domain.booking.given import NOW, ask, opens

HASTY = {"sqlite": 1, "postgresql": "off"}  # synchronous=NORMAL, synchronous_commit=off


@pytest.fixture
def happened():
    """What happened in order: `waits` or `hastens` for each commit that wrote, `leaves` for each mail."""
    return []


@pytest.fixture
def mailer(happened):
    class Noting(MemoryMailer):
        def send(self, outgoing):
            happened.append("leaves")
            super().send(outgoing)

    return Noting()


@pytest.fixture(autouse=True)
def _noting(context, database, happened):
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}[database.kind]

    def note(connection):
        cursor = connection.connection.cursor()
        cursor.execute(asked)
        happened.append("hastens" if cursor.fetchone()[0] == HASTY[database.kind] else "waits")

    event.listen(db.engine, "commit", note)
    yield
    event.remove(db.engine, "commit", note)


def test_what_was_typed_waits_for_the_disk_and_the_request_that_promises_nothing_does_not(happened):
    opens()
    happened.clear()
    ask()
    assert happened == ["waits", "hastens"]


def test_its_mail_leaves_only_once_all_of_it_is_on_the_disk(happened, deliver, clock):
    opens()
    ask()
    happened.clear()
    deliver()
    assert happened[0] == "waits" and "leaves" in happened[1:]


def test_a_booking_waits_for_the_disk(happened):
    opens()
    uid = ask()
    happened.clear()
    service.confirm(uid, 1, NOW)
    assert happened == ["waits"]
