"""The page of a case in a browser: a day's work on it as a person does it, and the critic's look at every page."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.garage import queries as garage_queries
from tests.browser.critic import Critic
from tests.files.pictures import file, four_corners
from tests.support import bookings, cases, garages

PHOTO = file(four_corners(600, 400), "JPEG")


@pytest.fixture
def claes(live):
    return garages.apply(live.app, "repairs")


@pytest.fixture
def known(live, claes):
    """A case that came in a while ago."""
    then = datetime.now(UTC) - timedelta(days=3)
    return cases.opened(live.app, claes, then, location="aalst", activities="Bodywork | Painting")


@pytest.fixture
def address(known):
    return f"/staff/repairs/cases/{known.number}/"


def add_photos(page):
    page.get_by_text("Add photos", exact=True).click()
    pictures = [{"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": PHOTO} for name in "ab"]
    page.locator("#photos-files").set_input_files(pictures)
    page.get_by_role("button", name="Add these photos").click()
    page.get_by_text("2 photos added.").wait_for()


def mark(page, *zones):
    page.get_by_role("link", name="Mark on the car").click()
    for zone in zones:
        page.locator(f"[data-zone={zone}]").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The drawing is changed.").wait_for()


def test_a_days_work_on_a_case(sit_down, address, live):
    page = sit_down("repairs", name="wim")
    page.goto(address)
    page.get_by_role("link", name="Book the repair").click()
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Book", exact=True).click()
    page.get_by_text("Booked. The customer gets a mail.").wait_for()
    assert "Booked" in live.letter("ann@example.com").subject

    page.get_by_role("button", name="Car is here").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("As it was before.").wait_for()
    page.get_by_role("button", name="Car is here").click()
    page.get_by_role("button", name="Start Painting").click()
    page.get_by_text("Painting: started today.").wait_for()

    mark(page, "bonnet", "front_left_door")
    assert page.locator(".zones li").all_inner_texts() == ["Bonnet", "Front left door"]

    add_photos(page)
    page.get_by_role("link", name="Photo 1: Other").click()
    page.get_by_role("heading", name="photo 1 of 2").wait_for()
    page.wait_for_load_state()  # the keys need their script
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="photo 2 of 2").wait_for()
    before = page.url
    page.get_by_role("button", name="Turn right").click()
    page.wait_for_url(lambda url: url != before)
    assert page.locator("figure img").evaluate("(image) => image.naturalHeight > image.naturalWidth")
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="1-ABC-234").wait_for()
    assert "Wim" in page.locator(".history").last.inner_text()


def test_a47_every_page_of_a_case_is_good_to_look_at(sit_down, address, live, claes):
    now = datetime.now(UTC)
    cases.opened(live.app, claes, now, location="aalst", number="GA-7", vin="WVWZZZ1JZXW000001")
    page = sit_down("repairs")
    critic = Critic(page, thorough=True)
    page.goto(address)
    add_photos(page)
    mark(page, "roof")
    critic.look("case, with undo")
    page.get_by_role("button", name="Keep the note").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("case, mistakes")
    for name, part in (
        ("book", "book/repair"),
        ("edit", "edit"),
        ("damage", "damage"),
        ("merge", "merge"),
        ("merge, looked at", "merge?other=GA-7"),
        ("erase", "erase"),
    ):
        page.goto(address + part)
        critic.look(name)
    page.goto(address)
    page.get_by_role("link", name="Photo 1: Other").click()
    critic.look("photo")
    page.goto(f"{address}book/repair")
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Book", exact=True).click()
    for name, link in (("move", "Move"), ("cancel", "Call off")):
        page.goto(address)
        page.get_by_role("link", name=link).first.click()
        critic.look(name)
    assert not critic.found


def test_a47_a_request_is_good_to_look_at(sit_down, live):
    now = datetime.now(UTC)
    day = (now + timedelta(days=8 - now.isoweekday())).date()
    with live.app.app_context():
        uid = bookings.request(garage_queries.known("peeters"), now, day=day, plate="1-ABC-234")
    page = sit_down()
    critic = Critic(page, thorough=True)
    page.goto(f"/staff/peeters/requests/{uid}/")
    critic.look("request")
    assert not critic.found
