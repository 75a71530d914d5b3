"""Back, reload and pressing twice lose nothing and make nothing twice."""

import pytest

from tests.journeys.rows import counts
from tests.journeys.walk import CAR, YOU, answer, draft_of, requested, step_of, walk

SPOKEN = {**YOU, "phone": "+32 470 12 34 56", "plate": "1-ABC-234"}


def back(page):
    """The page behind the page's own Back."""
    return page.visitor.open(str(page.soup.select_one("a.back")["href"]))


def kept(page, names):
    return {name: page.value(name) for name in names}


def test_back_leads_through_every_step_and_shows_what_was_typed(garage, clock, client):
    check = walk(client, "check")
    chosen = back(check).value("timeslot")
    assert chosen is not None
    page, seen = check, []
    while step_of(page) not in {"peeters"}:
        seen.append(step_of(page))
        page = back(page)
    assert seen == ["check", "timeslot", "photos", "car", "you"]
    assert kept(client.open(f"{draft_of(check)}/you"), YOU) == {name: SPOKEN[name] for name in YOU}
    assert kept(client.open(f"{draft_of(check)}/car"), CAR) == {name: {**CAR, **SPOKEN}[name] for name in CAR}
    assert step_of(client.open(f"{draft_of(check)}/check")) == "check"


def test_back_offers_the_location_again(group, clock, client):
    timeslot = walk(client, "timeslot", "/maes/assessment/", location="luik")
    page = back(timeslot)
    assert step_of(page) == "location" and page.value("location") == "luik"


@pytest.mark.parametrize("step", ["car", "photos", "timeslot", "check", "sent"])
def test_a_reloaded_step_is_the_same_page(garage, clock, client, step):
    page = walk(client, step)
    again = client.open(page.url)
    assert (again.status, again.text) == (200, page.text)


def test_a_step_that_is_sent_twice_is_answered_once(garage, app, clock, client):
    first = client.open("/peeters/assessment/")
    once, twice = answer(first), answer(first)
    assert once.path == twice.path
    assert counts(app)["draft"] == 1
    answer(once)
    assert step_of(answer(once)) == "photos"


def test_the_browsers_back_to_the_very_first_page_carries_the_same_draft_on(garage, app, clock, client):
    first = client.open("/peeters/assessment/")
    car = answer(first)
    answer(car)
    again = answer(first, first_name="Anneke")
    assert draft_of(again) == draft_of(car)
    assert counts(app)["draft"] == 1
    assert client.open(f"{draft_of(car)}/you").value("first_name") == "Anneke"
    assert client.open(f"{draft_of(car)}/car").value("plate") == "1-ABC-234"


def test_sending_the_request_twice_is_one_request_and_one_mail(garage, app, clock, client, deliver):
    check = walk(client, "check")
    once, twice = answer(check), answer(check)
    assert once.text == twice.text
    assert counts(app)["booking"] == 1 and len(deliver()) == 1


def test_another_time_after_sending_lets_the_first_place_go(garage, app, clock, client, deliver):
    first, second = walk(client, "timeslot").options("timeslot")[:2]
    sent = requested(client, timeslot=first)
    [old] = deliver()
    answer(answer(client.open(f"{draft_of(sent)}/timeslot"), timeslot=second))
    [new] = deliver()
    assert step_of(client.open(old.link)) == "sent"
    assert client.open(new.link).submit().heading == "Your appointment is booked"
    assert walk(client, "timeslot").options("timeslot")[0] == first


def test_ones_own_place_does_not_stand_in_ones_own_way(garage, app, clock, client):
    mine = walk(client, "timeslot").options("timeslot")[0]
    sent = requested(client, timeslot=mine)
    timeslot = client.open(f"{draft_of(sent)}/timeslot")
    assert timeslot.value("timeslot") == mine
    assert step_of(answer(timeslot, timeslot=mine)) == "check"
    assert counts(app)["booking"] == 1


@pytest.mark.parametrize("step", ["you", "car", "photos", "timeslot", "check"])
def test_back_after_booking_leads_to_the_booking_and_to_no_second_one(
    garage, app, clock, client, deliver, step
):
    sent = requested(client)
    client.open(deliver()[0].link).submit()
    before = counts(app)
    page = client.open(f"{draft_of(sent)}/{step}")
    while step_of(page) != "sent":
        page = answer(page)
        assert page.status == 200, page.text
    assert page.heading == "Your appointment is booked"
    assert counts(app)["booking"] == before["booking"] and counts(app)["case"] == 1


def test_a_mistake_is_a_page_of_its_own_that_back_finds_again(garage, client):
    """Else a browser that goes Back over it asks whether to send the form once more, and shows nothing."""
    car = walk(client, "car")
    wrong = answer(car, plate="")
    assert (wrong.status, wrong.hops, wrong.path) == (422, [303], car.path)
    assert wrong.errors and client.open(wrong.path).errors == wrong.errors
    photos = answer(wrong, plate="1-ABC-234")
    assert step_of(photos) == "photos" and not client.open(car.path).errors


def test_the_first_step_with_a_mistake_is_found_again_too(garage, client):
    wrong = answer(walk(client, "you"), email="nobody")
    assert (wrong.status, wrong.hops) == (422, [303])
    assert client.open(wrong.path).errors == wrong.errors
