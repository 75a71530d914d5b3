"""A28: the count of letters that strangers cause is right however many are written down at once."""

import time

import pytest
from sqlalchemy import func, select

from portal.db import db, transaction
from portal.domain.booking import limits
from portal.domain.garage.queries import find
from portal.domain.mailing import service, strangers
from portal.domain.mailing.models import Message
from portal.domain.mailing.strangers import MOST_AN_HOUR
from tests.support.post_office import NOW
from tests.support.racers import together

TALLY, AT_ONCE = "ann@example.com", 8


def write_down(*locks):
    with transaction(*locks) as session:
        service.queue(
            garage_id=find("peeters").id,
            purpose="confirmation",
            about="x",
            recipient="Ann@example.com",
            language="en",
            now=NOW,
            tally=TALLY,
        )
        session.flush()
        time.sleep(0.05)  # so long the others cannot see it


def leaving():
    return db.session.scalar(select(func.count()).select_from(Message).where(Message.held_back == ""))


def test_a28_of_eight_at_once_three_leave(context, garage):
    together(context, [lambda: write_down(strangers.lock(TALLY))] * AT_ONCE)
    assert leaving() == MOST_AN_HOUR


# SQLite has one writer, whatever the locks.
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a28_control_without_the_lock_more_leave(context, garage):
    together(context, [write_down] * AT_ONCE)
    assert leaving() > MOST_AN_HOUR


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a28_every_request_takes_the_lock_of_its_mailbox_at_whatever_garage(app, garage, group):
    customer = limits.Customer("Ann+1@Example.com", "+32470123456", "1ABC234")
    for view in (garage, group):
        assert limits.locks(view.id, view.profile, customer)[0] == strangers.lock(TALLY)
