"""Every link of every letter about a repair, opened in a browser that runs scripts: nothing changes."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from portal.db import db, transaction
from portal.domain.booking import changes, reminders, service
from portal.domain.booking.models import Booking
from portal.domain.mailing.models import Message, State
from tests.browser import claes
from tests.browser.steps import booked, heading, primary
from tests.journeys.rows import rows
from tests.support import bookings

EIGHT = 8 * 60
LINK = re.compile(r'<a[^>]+href="([^"]+)"')
DONE = {State.SENT, State.FAILED, State.SKIPPED}
KINDS = {"confirm", "booking", "change", "cancel", "status", "case"}


@pytest.fixture
def letters(live, email):
    """All letters of three repairs: one is not confirmed, one is reminded of and moved, one is cancelled."""
    garage = claes.opens(live, appointments={"change_until_hours": 0, "remind_hours": 336})
    uids = []
    for number in range(3):
        known = claes.knows(live, garage, email, plate=f"{number + 1}-ABC-234", number=f"2026-{number}")
        with live.app.app_context():
            day, now = claes.next_week() + timedelta(days=number), datetime.now(UTC)
            uids.append(bookings.request_repair(garage, known.number, now, day=day, minute=EIGHT))
    _, moved, cancelled = uids
    wait_until_sent(live)
    with live.app.app_context():
        for uid in (moved, cancelled):
            service.confirm(uid, 1, datetime.now(UTC))
        with transaction() as session:
            long_ago = datetime.now(UTC) - timedelta(days=30)
            session.execute(update(Booking).where(Booking.uid == moved).values(booked_at=long_ago))
        reminders.remind(datetime.now(UTC))
    wait_until_sent(live)
    with live.app.app_context():
        changes.move(moved, claes.next_week() + timedelta(days=5), EIGHT, datetime.now(UTC))
        changes.cancel(cancelled, "Sold the car.", datetime.now(UTC))
        reminders.remind(datetime.now(UTC))  # all that is due is seen to; the worker finds nothing more to do
    wait_until_sent(live)
    return live.letters(email)


@pytest.fixture
def links(live, letters):
    """Every address of the portal in them."""
    found = {link for letter in letters for link in LINK.findall(letter.html)}
    return sorted(link for link in found if link.startswith(live.url))


def wait_until_sent(live):
    """Wait until the worker has nothing more to do."""
    deadline = time.monotonic() + 30
    while True:
        with live.app.app_context():
            due = db.session.scalar(select(func.count()).where(Message.state.notin_(DONE)))
        if not due:
            return
        assert time.monotonic() < deadline, f"{due} letters are still on their way"
        time.sleep(0.05)


def test_a20_no_link_of_any_letter_about_a_repair_changes_anything(live, letters, links, windows):
    assert len(letters) == 8, [letter.subject for letter in letters]
    assert {kind for kind in KINDS for link in links if f"/{kind}" in link} == KINDS
    before = rows(live.app)
    page = windows.open(viewport={"width": 1280, "height": 800})
    for link in links:
        page.goto(link, wait_until="networkidle")
    page.goto("about:blank")
    assert rows(live.app) == before
    [unconfirmed] = [letter for letter in letters if "1-ABC-234" in letter.subject]
    page.goto(unconfirmed.link)
    heading(page, "Confirm your appointment")
    primary(page).click()
    heading(page, "Your appointment is booked")
    assert booked(live) == 2


def test_a21_a_program_that_presses_the_buttons_behind_every_personal_link_changes_no_booking(
    live, links, windows
):
    page = windows.open(viewport={"width": 1280, "height": 800})
    before = booked(live)
    for link in links:
        if "/booking/" not in link:
            continue
        page.goto(link)
        if page.locator("main form").count():
            with page.expect_response(lambda answer: answer.request.method == "POST"):
                page.locator("main form .button").first.click()
            page.wait_for_load_state()
    assert booked(live) == before == 1
    with live.app.app_context():
        assert db.session.scalar(select(Booking.day).where(Booking.state == "booked")) == (
            claes.next_week() + timedelta(days=5)
        )
