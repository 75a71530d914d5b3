"""What we do, brand and embed, looked at by the critic; and what customers see of it."""

from portal.domain.audit.service import COMMAND_LINE
from portal.domain.garage import editing
from portal.domain.garage import queries as garages
from tests.browser.critic import Critic
from tests.browser.steps import walk
from tests.support.desk import LONG_AGO

NAMES = {"nl": "Ja?", "fr": "Oui ?", "de": "Ja?", "en": "Yes?"}
WORDS = {"words": NAMES, "first": True, "timeslot": True}
CHANGES = {
    "questions": [
        {"slug": "one", "words": NAMES, "kind": "yes_no", "required": True},
        {"slug": "two", "words": NAMES},
    ],
    "announcements": {"assessment": WORDS},
    "damage_flows": [
        {"slug": "classic", "name": NAMES, "default": True, "days": 3},
        {"slug": "glass", "name": NAMES, "hours": 2},
    ],
}


def change(live):
    with live.app.app_context():
        garage = garages.find("peeters")
        expected = editing.part(garage, CHANGES).fingerprint
        editing.save(garage, CHANGES, expected=expected, by=COMMAND_LINE, now=LONG_AGO, about="everything")


def test_a47_the_looks_of_a_garage_are_good_to_look_at(live, sit_down):
    change(live)
    page = sit_down()
    critic = Critic(page, thorough=True)
    for name, address in (
        ("damage flows", "work/"),
        ("a damage flow", "work/flows/glass"),
        ("photos", "work/photos"),
        ("questions", "work/questions"),
        ("photos of a location", "work/photos/leuven"),
        ("questions of a location", "work/questions/leuven"),
        ("announcements", "work/announcements/leuven"),
        ("looks", "brand/at/leuven"),
        ("words", "brand/words"),
        ("languages", "brand/languages"),
        ("embed", "embed/"),
        ("sites", "embed/sites"),
        ("flows", "embed/flows/leuven"),
    ):
        page.goto(f"/staff/peeters/{address}")
        critic.look(name)
    page.goto("/staff/peeters/brand/")
    page.get_by_label("Accent colour", exact=True).fill("red")
    page.get_by_role("button", name="Save").last.click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("looks, mistakes")
    assert not critic.found


def test_a47_notices_and_questions_are_good_to_look_at(live, page):
    change(live)
    critic = Critic(page, thorough=True)
    page.goto("/peeters/assessment/")
    critic.look("you, with an announcement")
    walk(page, "car")
    critic.look("car, with questions")
    page.locator(".bar button.button").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("car, with mistakes")
    assert not critic.found
