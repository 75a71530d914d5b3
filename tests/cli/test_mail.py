"""`flask mail list`: what became of letters."""

import json

import pytest

from portal.adapters.mailer import RefusedForGood
from portal.domain.booking import reminders, service
from tests.support import bookings
from tests.support.every_letter import DAY


@pytest.fixture
def mail(app):
    """Runs `flask mail` and returns what it says."""

    def run(*arguments):
        done = app.test_cli_runner().invoke(args=["mail", *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.fixture
def letters(app, garage, clock, deliver, mailer):
    """A letter that was sent, two the server refused, and a reminder that was missed."""
    with app.app_context():
        uid = bookings.request(garage, clock.now(), day=DAY)
        deliver()
        service.confirm(uid, 1, clock.now())
        mailer.trouble = RefusedForGood("550 <jan@example.com> unknown")
        deliver()
        clock.at("2026-12-01 10:00")
        reminders.remind(clock.now())


def test_it_lists_the_newest_first_with_state_purpose_garage_and_masked_address(letters, mail):
    lines = mail("list").splitlines()
    assert [line.split()[1:4] for line in lines] == [
        ["skipped", "reminder", "peeters"],
        ["failed", "garage_booked", "peeters"],
        ["failed", "booked", "peeters"],
        ["sent", "confirmation", "peeters"],
    ]
    assert "j•••@e•••.com" in lines[0] and "550" in lines[1]


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_address_is_shown_not_even_one_the_server_quotes(letters, mail, arguments):
    said = mail("list", *arguments)
    assert "jan@example.com" not in said and "info@peeters" not in said


@pytest.mark.parametrize(("state", "count"), [("skipped", 1), ("failed", 2), ("sent", 1), ("queued", 0)])
def test_one_state_can_be_asked_for(letters, mail, state, count):
    found = json.loads(mail("list", "--state", state, "--json"))
    assert [each["state"] for each in found] == [state] * count


def test_a_missed_reminder_says_when_it_was_due(letters, mail):
    (missed,) = json.loads(mail("list", "--state", "skipped", "--json"))
    assert missed["due"] == "2026-11-30T08:00:00+00:00"
    assert missed["queued"] == "2026-12-01T09:00:00+00:00"


def test_no_more_than_asked_for(letters, mail):
    assert len(mail("list", "--limit", "2").splitlines()) == 2
