"""Somebody asks to be forgotten; the owner hands over what is known, erases it, and finds it in the log."""

from datetime import UTC, datetime

from portal.domain.cases import service as cases
from portal.domain.garage import queries as garages
from tests.browser.critic import Critic


def test_a48_a_person_is_handed_over_and_erased(live, sit_down, email):
    with live.app.app_context():
        told = {"plate": "1-ABC-234", "mail": email, "first_name": "Ann", "last_name": "Maes", "city": "Gent"}
        cases.create(garages.find("peeters"), told, datetime.now(UTC))
    page = sit_down()
    critic = Critic(page, thorough=True)
    page.goto("/staff/peeters/privacy/")
    critic.look("privacy")
    page.get_by_role("searchbox", name="Find a person").fill("Maes")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What is known").click()
    critic.look("person")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save everything as zip").click()
    assert saved.value.suggested_filename.endswith(".zip")
    page.get_by_role("button", name="Erase this person").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("person, mistakes")
    page.get_by_label("I understand").check()
    page.get_by_role("button", name="Erase this person").click()
    page.get_by_role("heading", name="Proof of erasure").wait_for()
    critic.look("proof")
    page.get_by_role("link", name="Log").click()
    page.get_by_role("heading", name="Log").wait_for()
    assert "erased" in page.locator("tbody").inner_text() and email not in page.content()
    critic.look("log")
    page.goto("/staff/peeters/privacy/retention")
    page.get_by_role("button", name="Only look").click()
    page.wait_for_url("**?case_months=*")
    critic.look("retention")
    assert not critic.found
