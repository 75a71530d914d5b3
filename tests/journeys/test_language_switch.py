"""Another language in the middle of a step changes the words and nothing else."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import CAR, YOU, answer, draft_of, requested, step_of, walk

pytestmark = on_sqlite

FRENCH = "FR Français"
RIGHT = {"you": YOU | {"phone": "+32 470 12 34 56"}, "car": CAR | {"plate": "1-ABC-234"}}
WRONG = {
    "you": {"first_name": "Ann", "email": "nobody", "phone": "12", "city": "Gent"},
    "car": {"plate": "?", "make": "Kia", "vin": "123", "mileage": "many", "damage": "Hail."},
}


def test_the_first_page_speaks_the_chosen_language(garage, clock, client):
    assert client.open("/peeters/").click("FR").soup.html["lang"] == "fr"


@pytest.mark.parametrize("step", ["you", "car"])
@pytest.mark.parametrize("typed", [RIGHT, WRONG], ids=["right answers", "wrong answers"])
def test_what_was_typed_is_still_there(garage, clock, client, step, typed):
    page = walk(client, step).submit(FRENCH, **typed[step])
    assert page.soup.html["lang"] == "fr" and step_of(page) == step
    assert {name: page.value(name) for name in typed[step]} == typed[step]


@pytest.mark.parametrize("step", ["you", "car"])
def test_right_answers_go_on_in_the_new_language(garage, clock, client, step):
    page = walk(client, step).submit(FRENCH, **RIGHT[step])
    assert not page.errors
    on = page.submit()
    assert on.status == 200 and step_of(on) != step and on.soup.html["lang"] == "fr"


@pytest.mark.parametrize("step", ["you", "car"])
def test_mistakes_are_told_in_the_new_language(garage, clock, client, step):
    page = walk(client, step).submit(**WRONG[step])
    assert page.status == 422
    english, french = page.errors, page.submit(FRENCH, **WRONG[step]).errors
    assert len(french) == len(english) and not set(french) & set(english)


@pytest.mark.parametrize("step", ["you", "car"])
def test_nobody_is_told_off_who_typed_nothing_yet(garage, clock, client, step):
    page = walk(client, step).submit(FRENCH)
    assert page.status == 200 and page.errors == []


def test_a_finished_step_stays_finished(garage, clock, client):
    check = walk(client, "check")
    you = client.open(f"{draft_of(check)}/you").submit(FRENCH, last_name="Maes")
    assert you.value("last_name") == "Maes"
    again = client.open(check.url)
    assert step_of(again) == "check" and "Ann Maes" in again.text


def test_a_finished_step_made_wrong_is_open_again(garage, clock, client):
    check = walk(client, "check")
    client.open(f"{draft_of(check)}/you").submit(FRENCH, email="nobody")
    assert step_of(client.open(check.url)) == "you"


def test_the_ticked_time_stays_ticked(garage, clock, client):
    timeslot = walk(client, "timeslot")
    ticked = timeslot.options("timeslot")[3]
    page = timeslot.submit(FRENCH, timeslot=ticked)
    assert page.soup.html["lang"] == "fr" and page.value("timeslot") == ticked


def test_the_shown_day_stays_shown(garage, clock, client):
    timeslot = walk(client, "timeslot")
    later = client.open(f"{timeslot.url}?day=2026-12-03")
    page = later.submit(FRENCH)
    assert page.options("timeslot") == later.options("timeslot")


def test_the_chosen_location_stays_chosen(group, clock, client):
    page = walk(client, "location", "/maes/assessment/").submit(FRENCH, location="luik")
    assert page.soup.html["lang"] == "fr" and page.value("location") == "luik"


@pytest.mark.parametrize("step", ["photos", "check"])
def test_pages_that_ask_nothing_stay_where_they_are(garage, clock, client, step):
    page = walk(client, step).submit(FRENCH)
    assert page.soup.html["lang"] == "fr" and step_of(page) == step


def test_the_page_that_waits_for_the_mail_changes_too(garage, clock, client):
    page = requested(client).click("FR")
    assert page.soup.html["lang"] == "fr" and page.status == 200


def test_the_mail_speaks_the_language_of_the_request(garage, clock, client, deliver):
    photos = walk(client, "photos").submit(FRENCH)
    while step_of(photos) != "sent":
        photos = answer(photos)
    [mail] = deliver()
    page = client.open(mail.link)
    assert page.soup.html["lang"] == "fr"
    assert page.submit().soup.html["lang"] == "fr"
    assert client.open(mail.link).click("EN").soup.html["lang"] == "en"


@pytest.mark.parametrize("where", ["code", "mend"])
def test_every_language_link_after_a_mistake_leads_to_a_page(garage, clock, client, deliver, where):
    sent = requested(client)
    deliver()
    wrong = sent.submit(code="12 34") if where == "code" else sent.submit(email="nobody")
    assert wrong.status == 422
    assert wrong.click("FR").status == 200


def test_the_language_link_of_the_expired_page_leads_to_a_page(garage, clock, client, deliver):
    requested(client)
    [mail] = deliver()
    clock.forward(minutes=16)
    late = client.open(mail.link)
    assert late.click("FR").soup.html["lang"] == "fr"
