"""Every page of an assessment in every language, looked at by the critic: one walk a language meets them all."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.db import transaction
from portal.domain.booking.models import Booking
from tests.browser.critic import Critic
from tests.browser.steps import answer, arrived, heading, primary, told, walk
from tests.files.pictures import file, four_corners
from tests.journeys.workshop import document, set_up


@pytest.fixture
def two_places(live):
    """Peeters with a second location that has no hours, so that every page there is can be met."""
    garage = document("peeters")
    garage["locations"].append(
        {**garage["locations"][0], "slug": "gent", "name": "Peeters Gent", "assessment": None}
    )
    return set_up(live.app, garage)


def expire_links(live):
    with live.app.app_context(), transaction() as session:
        past = datetime.now(UTC) - timedelta(minutes=1)
        session.execute(update(Booking).where(Booking.state == "held").values(held_until=past))


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a47_every_page_is_good_to_look_at_and_to_listen_to(live, two_places, windows, page, language, email):
    critic = Critic(page, thorough=language == "de")
    look = critic.look

    page.goto("/peeters/")
    look("front")
    page.goto("/peeters/gent/")
    look("front of a location")
    page.goto("/peeters/privacy")
    look("privacy")
    page.goto("/peeters/nothing/at/all")
    look("not found")
    page.goto("/peeters/assessment/AAAAAAAAAAAAAAAAAAAAAA/car")
    look("start again")
    page.goto("/peeters/confirm/nothing")
    look("unknown link")

    page.goto("/peeters/assessment/")
    look("about you")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    page.locator("details.more summary").click()
    look("about you, mistakes")
    answer(page, "you", email=email)
    arrived(page, "car")
    look("car")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    page.locator("details.more summary").click()
    look("car, mistakes")
    answer(page, "car")
    arrived(page, "photos")
    page.locator("form.enhanced").wait_for()
    look("photos")
    good = {"name": "car.jpg", "mimeType": "image/jpeg", "buffer": file(four_corners(), "JPEG")}
    page.set_input_files("#gallery-overview", [good, {**good, "name": "a.jpg", "buffer": b"words"}])
    page.locator(".shot[data-uid]").wait_for()
    page.locator(".shot-failed").wait_for()
    look("photos, one in, one refused")
    page.locator(".shot-failed .remove").click()
    primary(page).click()
    arrived(page, "location")
    look("location")
    page.locator("[name=location]").last.check()
    primary(page).click()
    arrived(page, "timeslot")
    look("no times")
    page.go_back()
    page.locator("[name=location]").first.check()
    primary(page).click()
    arrived(page, "timeslot")
    look("times as a strip")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    look("times, none chosen")
    page.goto(page.url.partition("#")[0] + "?view=list")
    look("times as a list")
    page.locator("[name=timeslot]").last.check()
    primary(page).click()
    arrived(page, "check")
    look("check")
    primary(page).click()
    arrived(page, "sent")
    mail = live.letter(email)
    told(page, "[data-until]")
    look("not booked yet")
    page.locator("[name=code]").fill("000000")
    page.locator(".code-form button").click()
    page.locator("[data-error-summary]").wait_for()
    look("wrong code")
    sent = page.url.replace("/code", "/sent")

    other = windows.open(language)
    critic.page = other
    other.goto(mail.link)
    look("confirm")
    critic.page = page
    expire_links(live)
    page.goto(sent)
    look("link ran out, waiting page")
    other.goto(mail.link)
    critic.page = other
    look("link ran out")
    primary(other).click()
    arrived(other, "sent")
    told(other, "[data-until]")
    other.goto(live.letter(email).link)
    other.locator(".case").wait_for()
    look("booked")
    critic.page = page
    page.goto(sent)
    look("booked, waiting page")

    assert len(critic.seen) >= 24
    assert not critic.found, "\n".join(critic.found)


@pytest.mark.parametrize("language", ["nl"])
def test_a47_the_page_of_a_taken_time_too(live, windows, page, email):
    critic = Critic(page, thorough=True)
    page.goto("/peeters/assessment/")
    answer(page, "you", email=email)
    answer(page, "car")
    arrived(page, "photos")
    primary(page).click()
    arrived(page, "timeslot")
    answer(page, "timeslot")
    arrived(page, "check")
    garage = document("peeters")
    garage["locations"][0]["assessment"]["hours"] = [{"days": "mon-tue", "open": ["20:00-21:00"]}]
    set_up(live.app, garage)
    primary(page).click()
    page.locator(".alternatives").wait_for()
    critic.look("taken")
    assert not critic.found, "\n".join(critic.found)


def test_a28_the_page_that_ends_mails_is_good_to_look_at(live, page, email):
    critic = Critic(page, thorough=True)
    walk(page, "sent", email=email)
    mail = live.letter(email)
    page.goto(next(link for link in re.findall(r"https?://\S+", mail.text) if "/unasked/" in link))
    critic.look("this was not you")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("this was not you, no tick")
    page.locator("[name=sure]").check()
    primary(page).click()
    heading(page, "No more mails")
    critic.look("no more mails")
    assert not critic.found
