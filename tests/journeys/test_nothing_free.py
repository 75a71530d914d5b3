"""Where there is no time to book, a plain page says so, with the garage's phone and mail, and nothing is lost."""

from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import answer, draft_of, requested, step_of, walk
from tests.journeys.workshop import opens, somebody_takes, somebody_takes_everything

pytestmark = on_sqlite

ONE_DAY = {"horizon_days": 1, "hours": [{"days": "mon-sun", "open": ["10:00-11:00"]}]}


def is_the_plain_page(page, phone="16 22 00 00", mail="info@peeters.example.com"):
    assert page.heading == "No free time at the moment"
    hrefs = {str(link["href"]) for link in page.soup.select("main a[href]")}
    assert any(href.startswith("tel:+32") for href in hrefs) and f"mailto:{mail}" in hrefs
    assert phone in page.text
    assert not page.soup.select("input[type=radio]")


def test_a_location_without_hours(group, clock, client):
    page = walk(client, "timeslot", "/maes/hasselt/assessment/")
    is_the_plain_page(page, "3 200 00 00", "info@maes.example.com")


def test_one_can_go_back_and_choose_a_location_with_hours(group, clock, client):
    page = walk(client, "timeslot", "/maes/assessment/", location="hasselt")
    assert page.heading == "No free time at the moment"
    location = page.click("Back")
    assert step_of(answer(location, location="luik")) == "timeslot"
    assert "Nothing free at the moment" in location.text


def test_a_location_that_takes_no_assessments_is_not_offered(group, clock, client):
    assert "mechelen" not in walk(client, "location", "/maes/assessment/").options("location")
    page = client.open("/maes/mechelen/assessment/")
    assert page.status == 404 and page.heading == "Get in touch"
    assert "3 200 00 00" in page.text


def test_everything_taken(app, clock, client):
    somebody_takes_everything(app, opens(app, **ONE_DAY), clock.now())
    is_the_plain_page(walk(client, "timeslot"))


def test_nothing_typed_is_lost_and_a_new_time_shows_at_once(app, clock, client):
    garage = opens(app, **ONE_DAY)
    somebody_takes_everything(app, garage, clock.now())
    page = walk(client, "timeslot", last_name="Van den Broeck")
    opens(app, **ONE_DAY | {"places": 2})
    check = answer(page.click("Look again"))
    assert step_of(check) == "check" and "Van den Broeck" in check.text


def test_everything_taken_after_one_had_chosen(app, clock, client):
    garage = opens(app, **ONE_DAY)
    check = walk(client, "check")
    somebody_takes_everything(app, garage, clock.now())
    is_the_plain_page(client.open(f"{draft_of(check)}/timeslot"))


def test_everything_taken_while_one_looked_at_the_times(app, clock, client):
    garage = opens(app, **ONE_DAY)
    timeslot = walk(client, "timeslot")
    somebody_takes_everything(app, garage, clock.now())
    taken = answer(timeslot)
    assert taken.status == 409
    assert any(str(link["href"]).startswith("tel:") for link in taken.soup.select("main a[href]"))


def test_everything_taken_at_the_moment_of_sending(app, clock, client):
    garage = opens(app, **ONE_DAY)
    check = walk(client, "check")
    somebody_takes_everything(app, garage, clock.now())
    taken = answer(check)
    assert taken.status == 409 and taken.heading == "This time was just taken"
    is_the_plain_page(taken.click("Choose another time"))


def test_a_day_without_times_still_shows_the_next_free_one(app, clock, client):
    garage = opens(app, hours=[{"days": "mon-sun", "open": ["10:00-10:30"]}])
    somebody_takes(app, garage, clock.now(), "2026-11-25T10:00")
    timeslot = walk(client, "timeslot")
    full = client.open(f"{timeslot.url}?day=2026-11-25")
    assert "Nothing is free on this day." in full.text
    assert full.click("Next free day: Thursday 26 November 2026").options("timeslot") == ["2026-11-26T10:00"]


def test_the_garage_closes_while_a_customer_is_on_the_way(app, clock, client):
    opens(app)
    check = walk(client, "check")
    opens(app, hours=[])
    assert answer(check).status == 409
    is_the_plain_page(client.open(f"{draft_of(check)}/timeslot"))


def test_a_held_place_is_still_booked_when_everything_else_is_taken(app, clock, client, deliver):
    garage = opens(app, **ONE_DAY)
    requested(client)
    somebody_takes_everything(app, garage, clock.now())
    [mail] = [mail for mail in deliver() if mail.recipient == "ann@example.com"]
    assert client.open(mail.link).submit().heading == "Your appointment is booked"


def test_it_says_in_french_too_on_which_day_answers_go(group, clock, client):
    page = walk(client, "timeslot", "/maes/hasselt/assessment/")
    assert "gardées jusqu’au mardi 24 novembre 2026, 09:00" in client.open(f"{page.path}?lang=fr").text
