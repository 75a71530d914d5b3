"""A letter does not arrive; somebody at the desk corrects the address, and it does. Looked at by the critic."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from portal.db import db, transaction
from portal.domain.booking import offers, service
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import assessments
from portal.domain.mailing import queries as letters
from portal.domain.mailing.models import Message, State
from portal.domain.team.rights import Role
from tests.browser.critic import Critic
from tests.support import bookings


def refused(app, email):
    """Somebody is booked in Leuven, and a mail server has refused the letter that says so."""
    now = datetime.now(UTC)
    with app.app_context():
        garage = garages.find("peeters")
        day = offers.offer(assessments(garage.locations[0]), now, now.date() + timedelta(days=9)).next_free
        uid = bookings.request(garage, now, day=day, minute=600, email=email)
        service.confirm(uid, 1, now)
        deadline = time.monotonic() + 30
        while letters.newest_state(uid, "booked") != State.SENT and time.monotonic() < deadline:
            db.session.rollback()  # or it would see for ever what it saw first
            time.sleep(0.1)
        with transaction() as session:
            failed = {"state": State.FAILED, "sent_at": None, "server_answer": "550 5.1.1 User unknown"}
            session.execute(update(Message).where(Message.recipient == email).values(**failed))


def test_an_address_is_corrected_and_the_letter_arrives(live, sit_down, email):
    refused(live.app, f"x{email}")
    page = sit_down(role=Role.RECEPTION)
    critic = Critic(page, thorough=True)
    page.goto("/staff/peeters/deliveries/")
    critic.look("needs you")
    page.locator(".letters tr", has_text=f"x{email}").get_by_role("link").click()
    critic.look("letter")
    page.get_by_role("button", name="Correct and send again").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("letter, mistakes")
    page.get_by_label("Correct address").fill(email)
    page.get_by_role("button", name="Correct and send again").click()
    page.get_by_text(f"Letters go to {email} from now on.").wait_for()
    assert "1-ABC-234" in live.letter(email).subject
    page.get_by_role("link", name="All letters").click()
    critic.look("all letters")
    assert not critic.found
