"""Writing mail down."""

from datetime import timedelta

import pytest

from portal.db import transaction
from tests.support import post_office
from tests.support.post_office import NOW


def test_a_queued_mail_is_due_at_once_and_given_up_after_a_day(office):
    (uid,) = post_office.queue(recipient="jan@example.com", language="nl")
    row = post_office.message(uid)
    assert (row.state, row.recipient, row.language, row.attempts) == ("queued", "jan@example.com", "nl", 0)
    assert row.due_at == row.queued_at == NOW
    assert row.give_up_at == NOW + timedelta(hours=24)


def test_a_mail_of_a_transaction_that_fails_was_never_queued(office):
    nudges = []
    office.extensions["portal.wake"] = lambda: nudges.append(1)
    with pytest.raises(ZeroDivisionError), transaction():
        post_office.write_down()
        1 / 0  # noqa: B018
    assert post_office.states() == [] and nudges == []


def test_the_worker_is_nudged_once_the_mail_is_durable(office):
    seen = []
    office.extensions["portal.wake"] = lambda: seen.append(post_office.states())
    with transaction():
        post_office.write_down()
        assert seen == []
    assert seen == [["queued"]]


def test_a_queue_that_cannot_be_reached_hurts_nobody(office):
    def broken():
        raise ConnectionError

    office.extensions["portal.wake"] = broken
    with transaction():
        post_office.write_down()
    assert post_office.states() == ["queued"]


def test_every_mail_has_a_name_of_its_own(office):
    assert len(set(post_office.queue(3))) == 3
