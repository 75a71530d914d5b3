"""A browser on the other side of the world shows the time of the garage."""

import pytest

from tests.browser.steps import heading, primary, told, walk


@pytest.fixture
def far(windows):
    return windows.open(timezone_id="America/Los_Angeles")


def test_a07_every_time_is_the_garages(live, far, windows):
    near = windows.open(timezone_id="Europe/Brussels")
    seen = []
    for page in (near, far):
        walk(page, "timeslot")
        seen.append([page.locator(".strip").inner_text(), page.locator(".day-times").inner_text()])
    assert seen[0] == seen[1]
    assert "09:00" in seen[1][1] or "13:00" in seen[1][1]


def test_a07_page_mail_and_booking_say_the_same_time(live, far, email):
    walk(far, "check", email=email)
    time = far.locator(".ticket-time").inner_text()
    primary(far).click()
    heading(far, "Not booked yet")
    mail = live.letter(email)
    assert time in mail.text
    told(far, "[data-until]")
    assert far.locator("[data-until]").inner_text() in mail.text
    far.goto(mail.link)
    heading(far, "Your appointment is booked")
    assert far.locator(".ticket-time").inner_text() == time
