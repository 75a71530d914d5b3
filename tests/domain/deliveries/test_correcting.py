"""An address is corrected while somebody changes the appointment the letter is about."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import changes, records
from portal.domain.deliveries import correcting
from portal.domain.mailing.models import Message
from tests.support import claes
from tests.support.claes import WIM
from tests.support.tabs import Halfway, Tab

pytestmark = pytest.mark.usefixtures("context")


def test_whoever_cancels_meanwhile_is_not_told_to_try_again(app, clock, monkeypatch):
    known = claes.case(app, clock)
    booked = claes.book(app, known, clock)
    letter, old = db.session.execute(
        select(Message.uid, Message.recipient).where(Message.about == booked, Message.purpose == "booked")
    ).one()
    cancelling = Tab(app, lambda: changes.cancel(booked, "", clock.now()))
    told = {"expected": old, "by": WIM, "now": clock.now()}
    mending = Tab(app, lambda: correcting.correct(claes.reach(), letter, "els@example.com", **told))
    Halfway(monkeypatch, records, "of_booking").meet(cancelling, mending)
    assert cancelling.error is None and mending.error is None
