"""A27: three days without a worker. What still helps goes once, what does not is listed, and nothing is doubled."""

import json
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock as real_clock
from portal.db import db
from portal.domain.booking import changes, service
from portal.domain.mailing.models import Message
from portal.jobs import reminders
from tests.domain.booking.given import ask, opens
from tests.support import smtp
from tests.support.clocks import ZONE
from tests.support.live import AT_HOME, environment, start_worker

PATIENCE_SECONDS = 60
ALL_DAY = [{"days": "mon-sun", "open": ["00:00-24:00"]}]


def book(now, moment, **told):
    """Book the first half hour that begins after `moment`; the booking's uid."""
    local = moment.astimezone(ZONE)
    uid = ask(day=local.date(), minute=(local.hour * 60 + local.minute) // 30 * 30, now=now, **told)
    service.confirm(uid, 1, now)
    return uid


def letters():
    """What became of all letters, in the order they were queued: purpose, about, state."""
    db.session.rollback()
    rows = db.session.scalars(select(Message).order_by(Message.id))
    return [(row.purpose, row.about, row.state) for row in rows]


def reminded(uid):
    return [state for purpose, about, state in letters() if (purpose, about) == ("reminder", uid)]


def lists():
    return sorted((about[-10:], state) for purpose, about, state in letters() if purpose == "garage_day")


class Absence:
    """Bookings made in a calm week, before nobody worked for three days."""

    def __init__(self, left, back):
        opens(hours=ALL_DAY, places=9)
        before = left - timedelta(days=7)
        self.over = book(before, left + timedelta(days=2))
        self.cancelled = book(before, back + timedelta(hours=9))
        self.moved = book(before, back + timedelta(hours=9))
        self.coming = book(before, back + timedelta(hours=10))
        changes.cancel(self.cancelled, "", left)
        changes.move(self.moved, (back + timedelta(days=9)).date(), 0, left)
        self.just_made = book(back - timedelta(hours=1), back + timedelta(hours=11))
        self.later = book(before, back + timedelta(days=5))

    def check(self):
        """Each got what it should, and no more."""
        assert reminded(self.over) == ["skipped"]
        assert reminded(self.coming) == ["sent"]
        for nothing in (self.cancelled, self.moved, self.just_made, self.later):
            assert reminded(nothing) == []


@pytest.fixture
def absence(context, clock):
    """Nobody worked from Monday 23 November, 09:00, to Thursday, 09:00."""
    left = clock.now()
    return Absence(left, clock.forward(days=3))


def sent(mailer):
    """What the letters that left were, by the first word of their subject."""
    return Counter(outgoing.letter.subject.partition(":")[0] for outgoing in mailer.sent)


def test_a27_after_three_days_what_helps_goes_once_and_the_rest_is_listed(absence, deliver, clock, mailer):
    for _ in range(3):
        reminders.remind()
        deliver()
        clock.forward(minutes=1)
    absence.check()
    assert lists() == [("2026-11-25", "skipped"), ("2026-11-26", "sent")]
    assert sent(mailer)["Reminder"] == 1


def test_a27_what_happened_meanwhile_is_told_if_it_still_helps(absence, deliver):
    letters = [letter for _ in range(3) for letter in deliver()]
    told = Counter(letter.subject.partition(":")[0] for letter in letters)
    assert told == {"Booked": 3, "Cancelled": 1, "Moved": 1}


def test_a27_what_was_skipped_can_be_listed(app, absence, deliver):
    reminders.remind()
    deliver()
    said = app.test_cli_runner().invoke(args=["mail", "list", "--state", "skipped", "--json"]).output
    found = {(each["purpose"], each["due"][:10]) for each in json.loads(said)}
    assert {("reminder", "2026-11-24"), ("garage_day", "2026-11-25")} <= found


def test_a27_two_real_workers_that_come_back_send_nothing_twice(app, context, settings, tmp_path):
    with smtp.sink() as sink:
        back = real_clock.now()
        absence = Absence(back - timedelta(days=3), back)
        env = (
            environment(settings.model_copy(update={"smtp_port": sink.port, "smtp_timeout_seconds": 10}))
            | AT_HOME
        )
        with start_worker(env, tmp_path), start_worker(env, tmp_path):
            deadline = time.monotonic() + PATIENCE_SECONDS
            while reminded(absence.coming) != ["sent"] or any(
                state in ("queued", "sending") for _, _, state in letters()
            ):
                assert time.monotonic() < deadline, letters()
                time.sleep(0.1)
        absence.check()
        subjects = Counter(str(each.message["Subject"]).partition(":")[0] for each in sink.received)
        assert subjects["Reminder"] == 1
        assert len(lists()) == len(set(lists())) > 0
        assert len(set(sink.message_ids())) == sink.count()
