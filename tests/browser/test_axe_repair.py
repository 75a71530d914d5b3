"""Every page of a repair in every language, looked at by the critic: one walk a language meets them all.

The pages of tracking are looked at in test_status.py.
"""

from datetime import UTC, date, datetime, timedelta
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from portal.db import transaction
from portal.domain.mailing.models import Message, State
from tests.browser import claes
from tests.browser.critic import Critic
from tests.browser.steps import answer, arrived, primary, told
from tests.support import browsers
from tests.support.live import running

LANGUAGES = ["nl", "fr", "de", "en"]


@pytest.fixture
def garage(live):
    return claes.opens(live)


@pytest.fixture
def known(live, garage, email, language):
    return claes.knows(live, garage, email, language=language)


@pytest.fixture
def others(live, garage):
    """Their cars are known too: to be in somebody's way, and to be in all the states there are."""
    return claes.knows(live, garage, "others@example.com", plate="2-DEF-567", number="2026-0043")


def choose_what_is_taken(page, others):
    """Choose the last time of the shown day; `others` book it before the button is pressed."""
    chosen = page.locator("[name=timeslot]").last
    chosen.check()
    take(others, chosen.input_value())
    primary(page).click()


def take(others, timeslot):
    day, _, time = timeslot.partition("T")
    others.booked(date.fromisoformat(day), int(time[:2]) * 60 + int(time[3:]))


def lose_the_mail(live):
    with live.app.app_context(), transaction() as session:
        session.execute(update(Message).values(state=State.FAILED))


def summary(page):
    page.locator("[data-error-summary]").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a47_every_page_of_a_repair_is_good_to_look_at_and_to_listen_to(
    live, known, others, windows, page, language, email
):
    critic = Critic(page, thorough=language == "de")
    look = critic.look

    page.goto(claes.ENTRANCE)
    look("look-up")
    claes.look_up(page)
    page.locator(".facts").wait_for()
    look("case")
    primary(page).click()
    arrived(page, "timeslot")
    look("times")
    answer(page, "timeslot")
    arrived(page, "check")
    look("check")
    primary(page).click()
    arrived(page, "sent")
    mail = live.letter(email)
    told(page, "[data-until]")
    look("not booked yet")
    lose_the_mail(live)
    page.reload()
    page.locator(".note-wrong").wait_for()
    look("not booked yet, mail lost")
    page.goto("about:blank")  # the waiting page would go on by itself

    other = critic.page = windows.open(language)
    other.goto(mail.link)
    look("confirm")
    primary(other).click()
    other.locator(".case").wait_for()
    look("booked")
    personal = other.locator(".ways a").first.get_attribute("href").removesuffix("/change")

    critic.page = page
    page.goto(known.repair)
    look("case, booked")
    primary(page).click()
    page.wait_for_url("**?sent=1*")
    look("case, links sent")

    page.goto(personal)
    look("booking")
    page.goto(f"{personal}/change")
    choose_what_is_taken(page, others)
    summary(page)
    look("change, taken")
    answer(page, "timeslot")
    page.wait_for_url("**/move?*")
    look("move")
    take(others, page.url.partition("timeslot=")[2].replace("%3A", ":"))
    primary(page).click()
    page.locator(".alternatives").wait_for()
    look("move, taken")
    page.goto(f"{personal}/cancel")
    look("cancel")
    primary(page).click()
    summary(page)
    look("cancel, not sure")
    page.locator("[name=sure]").check()
    primary(page).click()
    page.locator(".struck").wait_for()
    look("booking, cancelled")
    page.goto(others.booked(claes.next_week() - timedelta(days=14)))
    look("booking, over")
    soon = others.booked(claes.next_week())
    claes.opens(live, appointments={"change_until_hours": 720})
    page.goto(soon)
    look("booking, too late to change")

    claes.opens(live, closed_days=100)
    page.goto(f"{soon}/change")
    look("no times to move to")
    page.goto(known.repair)
    primary(page).click()
    arrived(page, "timeslot")
    look("no times")

    others.change(datetime.now(UTC), vehicle_in=str(datetime.now(UTC).date()))
    page.goto(others.repair)
    look("case, car is here")
    page.goto(known.assessment)
    critic.read("case, to be assessed")
    known.booked(claes.next_week(), 9 * 60, flow="assessment")
    page.reload()
    critic.read("case, assessment booked")
    known.change(datetime.now(UTC), mail="")
    page.goto(known.repair)
    look("case, no address")
    page.goto("/repairs/repair/case/nothing")
    look("unknown link")
    claes.opens(live, flows=["assessment", "status"])
    page.goto(known.repair)
    look("not offered")

    assert len(critic.seen) == 27
    assert not critic.found, "\n".join(critic.found)


@pytest.fixture
def guarded(_databases, chromium, tmp_path):
    """A portal that counts wrong answers, behind a proxy that says from which network they come."""
    database = _databases("guarded", "sqlite")
    with running(database.url, tmp_path, web_workers=1, worker=False, rate_limits=True, proxies=1) as portal:
        claes.opens(portal)
        yield portal


def test_a47_the_page_that_asks_to_wait_too(guarded, chromium):
    for network in range(10):
        headers = {"X-Forwarded-For": f"198.51.{network}.1"}
        data = b"plate=1-ABC-234&number=26-1"
        with pytest.raises(OSError, match="422"):
            urlopen(Request(guarded.url + claes.ENTRANCE, data, headers))
    windows = browsers.Windows(chromium, guarded.url)
    for language in LANGUAGES:
        critic = Critic(windows.open(language), thorough=language == "de")
        critic.page.goto(claes.ENTRANCE)
        claes.look_up(critic.page, number="26-1")
        summary(critic.page)
        expect(critic.page.locator("[data-error-summary]")).to_contain_text(":")
        critic.look(f"wait, {language}")
        assert not critic.found, "\n".join(critic.found)
    windows.close()
    assert not windows.faults
