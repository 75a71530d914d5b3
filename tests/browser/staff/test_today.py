"""Today, in a browser: it follows what customers do."""

from datetime import UTC, datetime, timedelta

from portal.domain.booking import service as booking
from portal.domain.garage import queries as garages
from tests.browser.critic import Critic
from tests.support.bookings import request

PAUSE = 10_000  # ms between two looks of the page


def test_a_request_appears_and_becomes_an_appointment_while_one_looks(live, sit_down):
    now = datetime.now(UTC)
    page = sit_down()
    day = next(day for day in (now.date() + timedelta(days=n) for n in range(1, 8)) if day.weekday() < 5)
    page.clock.install()
    page.goto(f"/staff/peeters/?day={day}")
    page.get_by_text("Nothing waits").wait_for()
    with live.app.app_context():
        uid = request(garages.find("peeters"), datetime.now(UTC), day=day)
    page.clock.fast_forward(PAUSE)
    page.locator("[data-part=waiting]").get_by_text("Jan Jansen").wait_for()
    with live.app.app_context():
        booking.confirm(uid, 1, datetime.now(UTC))
    page.clock.fast_forward(PAUSE)
    page.locator("[data-part=appointments]").get_by_text("Jan Jansen").wait_for()
    critic = Critic(page, thorough=True)
    critic.look("a day with an appointment")
    assert not critic.found
