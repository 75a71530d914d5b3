"""However often a link is pressed: one case, one mail, the same answer."""

import pytest

from tests.journeys.rows import counts
from tests.journeys.walk import requested

TIME = "2026-12-01T10:00"


@pytest.fixture
def mail(garage, clock, client, deliver):
    requested(client, timeslot=TIME)
    [mail] = deliver()
    return mail


def one_of_each(app):
    found = counts(app)
    return [found[name] for name in ("booking", "case", "customer", "vehicle", "consent")] == [1] * 5


def test_a22_a_double_click_books_once(mail, app, client, deliver):
    ask = client.open(mail.link)
    assert ask.submit().text == ask.submit().text
    assert one_of_each(app) and len(deliver()) == 1


def test_a22_two_tabs_book_once(mail, app, client, another, deliver):
    mine, theirs = client.open(mail.link), another.open(mail.link)
    assert mine.submit().text == theirs.submit().text
    assert one_of_each(app) and len(deliver()) == 1


def test_a22_back_and_refresh_show_the_booking(mail, app, client, deliver):
    booked = client.open(mail.link).submit()
    assert booked.hops == [303]  # so that a refresh asks, and does not send again
    assert client.open(mail.link).text == booked.text
    assert one_of_each(app) and len(deliver()) == 1


@pytest.mark.parametrize("later", [{"hours": 1}, {"days": 3}])
def test_a22_a_replay_much_later_gets_the_same_answer(mail, app, clock, client, deliver, later):
    ask = client.open(mail.link)
    booked = ask.submit()
    clock.forward(**later)
    assert ask.submit().text == booked.text
    assert one_of_each(app) and len(deliver()) == 1


def test_a22_after_the_draft_is_tidied_away_the_link_still_shows_the_booking(
    mail, app, clock, client, deliver
):
    from portal.jobs import housekeeping

    booked = client.open(mail.link).submit()
    clock.forward(days=3)
    with app.app_context():
        housekeeping.tidy()
    assert counts(app)["draft"] == 0
    assert client.open(mail.link).text == booked.text
    assert client.open(mail.link, method="POST").text == booked.text
    assert one_of_each(app)


def test_a22_once_the_appointment_is_over_the_link_says_so_and_looks_forward_to_nothing(mail, clock, client):
    client.open(mail.link).submit()
    clock.at("2026-12-02 09:00")
    page = client.open(mail.link)
    assert page.heading == "Your appointment is over"
    assert "look forward" not in page.text and "so soon" not in page.text
