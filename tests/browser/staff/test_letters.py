"""A member writes a letter with the preview beside it, and sends it from a case."""

from datetime import UTC, datetime

import pytest

from portal.domain.team.rights import Role
from tests.browser.critic import Critic
from tests.support import cases, desk, garages


@pytest.fixture
def known(live):
    garage = garages.apply(live.app, "repairs")
    return cases.opened(live.app, garage, datetime.now(UTC), location="aalst")


def shown(page):
    """The mail in the preview."""
    return page.locator("iframe:not([hidden])").content_frame


def test_the_preview_follows_what_is_typed_and_a_tag_is_put_in_with_a_press(known, sit_down):
    page = sit_down("repairs", Role.OWNER)
    page.goto("/staff/repairs/letters/repair/en/")
    shown(page).get_by_role("link", name="Choose a day").wait_for()
    words = page.get_by_label("Letter", exact=True)
    words.fill("Dear ")
    page.get_by_role("button", name="[FirstName]").click()
    page.keyboard.type(", welcome.")
    shown(page).get_by_role("paragraph").get_by_text("Dear Ann, welcome.").wait_for()
    assert words.input_value() == "Dear [FirstName], welcome."
    page.get_by_text("Dark", exact=True).click()
    page.get_by_label("Shown with").select_option(known.number)
    page.get_by_text("As on a phone", exact=True).click()
    words.fill("About [CaseNumber]")
    shown(page).get_by_role("paragraph").get_by_text(f"About {known.number}").wait_for()
    assert page.locator("iframe:not([hidden])").bounding_box()["width"] == 360
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    page.go_back()  # the previews of before are no pages
    assert page.url.endswith("/letters/repair/en/")


def test_a_letter_is_sent_from_a_case(live, known, sit_down):
    page = sit_down("repairs", Role.RECEPTION)
    page.goto(f"/staff/repairs/cases/{known.number}/letters/")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Subject").fill("Your car, [Plate]")
    shown(page).get_by_role("heading", name="Your car, 1-ABC-234").wait_for()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("on its way to ann@example.com").wait_for()
    page.get_by_role("link", name="Invitation to the repair").click()
    shown(page).get_by_role("heading", name="Your car, 1-ABC-234").wait_for()


def test_back_from_a_letter_that_was_sent_leads_to_it_and_sends_no_other(live, known, sit_down):
    page = sit_down("repairs", Role.RECEPTION)
    page.goto(f"/staff/repairs/cases/{known.number}/letters/")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Subject").fill("Your car, [Plate]")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("on its way to ann@example.com").wait_for()
    page.go_back()
    page.get_by_text("This letter was sent.").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Your car, 1-ABC-234"
    assert not page.get_by_role("button", name="Send", exact=True).count()


def test_a47_letters_are_good_to_look_at(known, sit_down):
    page = sit_down("repairs", Role.OWNER)
    critic = Critic(page, thorough=True)
    room = f"/staff/repairs/cases/{known.number}/letters/"
    for name, address in (
        ("letters", "/staff/repairs/letters/"),
        ("letter", "/staff/repairs/letters/repair/en/"),
        ("letters of a case", room),
        ("writing", f"{room}new/status/en/"),
    ):
        page.goto(address)
        critic.look(name)
    page.get_by_label("Letter", exact=True).fill("Hello [FirstNam]")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("writing, mistakes")
    page.get_by_label("Letter", exact=True).fill("Hello [FirstName]")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("link", name="Invitation to follow").click()
    page.get_by_text("The same letter as plain text").click()
    critic.look("a letter that was sent")
    assert not critic.found


def test_without_scripts_a_press_shows_the_letter(live, known, windows):
    visitor = desk.at_desk(live.app, live.url, "repairs", Role.OWNER)
    page = windows.open("en", java_script_enabled=False)
    page.context.add_cookies([{"name": "desk", "value": visitor.cookie("desk"), "url": f"{live.url}/staff"}])
    page.goto("/staff/repairs/letters/status/en/")
    page.get_by_label("Letter", exact=True).fill("Hello [FirstName], I am new.")
    page.get_by_text("Dark", exact=True).click()
    page.get_by_role("button", name="Show").click()
    shown(page).get_by_role("paragraph").get_by_text("Hello Ann, I am new.").wait_for()
    assert page.url.endswith("/letters/status/en/")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
