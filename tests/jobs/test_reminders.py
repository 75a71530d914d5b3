"""What is due by the clock: seen to each minute, one kind whatever became of the other."""

import pytest

from portal.domain.booking import daylists, reminders, service
from portal.jobs import reminders as job
from tests.support import bookings
from tests.support.every_letter import DAY
from tests.support.post_office import states

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def booked(garage, clock):
    service.confirm(bookings.request(garage, clock.now(), day=DAY), 1, clock.now())


def test_a_reminder_and_a_list_leave_in_the_minute_they_are_due(booked, clock, deliver):
    deliver()
    clock.at("2026-11-30 09:00")
    job.remind()
    assert [letter.subject.partition(":")[0] for letter in deliver()] == ["Reminder"]
    clock.at("2026-12-01 06:00")
    job.remind()
    assert len(deliver(to_garage=True)) == 1
    job.remind()
    assert deliver() == deliver(to_garage=True) == []


@pytest.mark.parametrize(("broken", "name"), [(reminders, "remind"), (daylists, "announce")])
def test_what_fails_keeps_nothing_else_from_being_done(booked, clock, monkeypatch, broken, name):
    def fails(now):
        raise OSError

    monkeypatch.setattr(broken, name, fails)
    clock.at("2026-12-01 06:00")
    before = len(states())
    job.remind()
    assert len(states()) == before + 1
