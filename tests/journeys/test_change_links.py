"""Every answer on the check page can be changed, and changing one leaves the others."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import answer, requested, step_of, walk

pytestmark = on_sqlite

CHANGES = [
    ("you", {"last_name": "Van den Broeck"}, "Van den Broeck"),
    ("you", {"city": "Brussel"}, "Brussel"),
    ("car", {"plate": "9-zzz-999"}, "9-ZZZ-999"),
    ("car", {"damage": "A deer."}, "A deer."),
    ("location", {"location": "luik"}, "Maes Liège"),
]


def change(check, step):
    """Press the change link of a step."""
    links = [str(link["href"]) for link in check.soup.select(".answers-head a")]
    [link] = [link for link in links if link.endswith(f"/{step}")]
    return check.visitor.open(link)


def back_to_check(page):
    while step_of(page) != "check":
        page = answer(page)
    return page


@pytest.mark.parametrize(("step", "changed", "shown"), CHANGES)
def test_a_change_shows_on_the_check_and_leaves_the_rest(group, clock, client, step, changed, shown):
    check = walk(client, "check", "/maes/assessment/", location="antwerpen")
    assert shown not in check.text
    again = back_to_check(answer(change(check, step), **changed))
    assert shown in again.text
    assert step == "car" or "1-ABC-234" in again.text
    assert step == "you" or "Ann Peeters" in again.text


def test_a_changed_answer_leads_straight_back_to_the_check(garage, clock, client):
    check = walk(client, "check")
    for step in ("you", "car", "photos", "timeslot"):
        page = change(check, step)
        chosen = {"timeslot": page.value("timeslot")} if step == "timeslot" else {}
        assert step_of(answer(page, **chosen)) == "check"


def test_every_section_has_its_change_link(group, clock, client):
    check = walk(client, "check", "/maes/assessment/")
    links = [str(link["href"]).rpartition("/")[2] for link in check.soup.select(".answers-head a")]
    assert links == ["you", "car", "photos", "location", "timeslot"]


def test_a_time_belongs_to_its_location(group, clock, client):
    check = walk(client, "check", "/maes/assessment/", location="antwerpen")
    assert step_of(answer(change(check, "location"), location="luik")) == "timeslot"


def test_the_same_location_again_keeps_the_time(group, clock, client):
    check = walk(client, "check", "/maes/assessment/", location="antwerpen")
    assert step_of(answer(change(check, "location"), location="antwerpen")) == "check"


def test_a_change_made_wrong_does_not_go_past_its_page(garage, clock, client):
    check = walk(client, "check")
    wrong = answer(change(check, "you"), email="nobody")
    assert wrong.status == 422 and wrong.errors
    assert step_of(client.open(check.url)) == "you"


def test_what_was_changed_after_sending_is_what_is_booked(garage, clock, client, deliver):
    sent = requested(client)
    [old] = deliver()
    check = client.open(sent.path.replace("sent", "check"))
    answer(answer(change(check, "car"), plate="9-ZZZ-999"))
    [new] = deliver()
    assert step_of(client.open(old.link)) == "sent"
    assert "9-ZZZ-999" in client.open(new.link).submit().text
