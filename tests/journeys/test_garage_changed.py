"""The garage changes its file while a customer is on the way: never an error, never an answer lost."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import answer, draft_of, requested, step_of, walk
from tests.journeys.workshop import change, document, opens, set_up

pytestmark = on_sqlite

STEPS = ("car", "location", "timeslot", "check")


def without(app, slug):
    """Maes, its location `slug` gone from the file."""
    garage = document("maes")
    garage["locations"] = [place for place in garage["locations"] if place["slug"] != slug]
    return set_up(app, garage)


def walk_on(page):
    """Answer what is still to answer and send."""
    page = page.visitor.open(f"{draft_of(page)}/check")
    while step_of(page) != "sent":
        page = answer(page)
        assert page.status == 200, page.text
    return page


def test_the_chosen_location_is_gone(group, app, clock, client, deliver):
    check = walk(client, "check", "/maes/assessment/", location="luik")
    without(app, "luik")
    page = client.open(check.url)
    assert page.status == 200 and step_of(page) == "location"
    assert "Ann Peeters" in answer(answer(page)).text
    assert walk_on(check).heading == "Not booked yet"


def test_the_chosen_location_takes_no_assessments_any_more(group, app, clock, client):
    check = walk(client, "check", "/maes/assessment/", location="luik")
    garage = document("maes")
    garage["locations"][1]["flows"] = []
    set_up(app, garage)
    assert step_of(client.open(check.url)) == "location"
    assert answer(check).status == 200


@pytest.mark.parametrize("step", STEPS)
def test_the_location_of_the_address_is_gone(group, app, clock, client, step):
    check = walk(client, "check", "/maes/luik/assessment/")
    without(app, "luik")
    assert client.open(f"{draft_of(check)}/{step}").status == 200
    assert walk_on(check).heading == "Not booked yet"


@pytest.mark.parametrize("step", STEPS)
def test_only_one_location_is_left(group, app, clock, client, step):
    check = walk(client, "check", "/maes/assessment/", location="antwerpen")
    garage = document("maes")
    garage["locations"] = garage["locations"][:1]
    set_up(app, garage)
    assert client.open(f"{draft_of(check)}/{step}").status == 200
    assert walk_on(check).heading == "Not booked yet"


def test_a_second_location_opens(garage, app, clock, client):
    check = walk(client, "check")
    changed = document("peeters")
    changed["locations"].append(changed["locations"][0] | {"slug": "gent", "name": "Peeters Gent"})
    set_up(app, changed)
    assert step_of(client.open(check.url)) == "location"
    assert walk_on(check).heading == "Not booked yet"


def test_photos_become_required(garage, app, clock, client):
    check = walk(client, "check")
    change(app, "peeters", photos_required=True)
    page = answer(check)
    assert step_of(page) == "photos" and page.status == 200


def test_a_language_is_dropped(garage, app, clock, client):
    client.headers["Accept-Language"] = "fr"
    car = walk(client, "car")
    change(app, "peeters", languages=["nl", "en"], privacy={"nl": "Ja.", "en": "Yes."}, bring={})
    page = client.open(car.url)
    assert page.status == 200 and page.soup.html["lang"] in {"nl", "en"}
    assert walk_on(page).status == 200


def test_the_location_leaves_the_file_while_the_mail_is_read(group, app, clock, client, deliver):
    requested(client, "/maes/assessment/", location="luik")
    [mail] = deliver()
    without(app, "luik")
    page = client.open(mail.link).submit()
    assert page.status == 409 and "nothing is booked" in page.text
    assert walk_on(page.click("Choose another time")).heading == "Not booked yet"


def test_the_garage_closes_for_good(garage, app, clock, client, deliver):
    sent = requested(client)
    [mail] = deliver()
    change(app, "peeters", active=False)
    for address in (sent.url, mail.link, "/peeters/"):
        assert client.open(address).status == 404


def test_other_hours_show_at_once(app, clock, client):
    opens(app)
    page = walk(client, "timeslot")
    opens(app, hours=[{"days": "mon-sun", "open": ["15:00-16:00"]}])
    assert [value[-5:] for value in client.open(page.url).options("timeslot")] == ["15:00", "15:30"]
