"""A time that goes to somebody else between choosing and sending."""

import pytest

from tests.journeys.rows import counts
from tests.journeys.walk import answer, draft_of, requested, step_of, walk
from tests.journeys.workshop import opens, somebody_takes


@pytest.fixture
def lost(app, clock, client):
    """The page after sending a request for a time that was taken a moment before."""
    garage = opens(app)
    timeslot = walk(client, "timeslot", damage="Hail.", last_name="Van den Broeck")
    chosen = timeslot.options("timeslot")[0]
    check = answer(timeslot, timeslot=chosen)
    somebody_takes(app, garage, clock.now(), chosen)
    return answer(check)


def test_it_says_so_and_offers_other_times(lost):
    assert lost.status == 409 and lost.heading == "This time was just taken"
    assert len(lost.soup.select(".alternatives a")) == 3
    assert "22 00 00" in lost.text


def test_nothing_is_written_and_no_mail_leaves(lost, app, deliver):
    assert counts(app)["booking"] == 1  # the other customer's
    assert [mail.recipient for mail in deliver() if mail.recipient == "ann@example.com"] == []


def test_every_alternative_leads_to_a_day_on_which_it_is_free(lost, client):
    for link in lost.soup.select(".alternatives a"):
        page = client.open(str(link["href"]))
        assert page.status == 200
        time, day = link.strong.get_text(), link.get_text().split()[-2]
        assert any(value.endswith(f"T{time}") for value in page.options("timeslot")), day


def test_the_answers_are_kept_and_another_time_can_be_had(lost, client, deliver):
    page = client.open(str(lost.soup.select_one(".alternatives a")["href"]))
    check = answer(page)
    assert step_of(check) == "check"
    assert "Hail." in check.text and "Ann Van den Broeck" in check.text
    assert answer(check).heading == "Not booked yet"
    assert client.open(deliver()[-1].link).submit().heading == "Your appointment is booked"


def test_the_check_asks_for_a_time_before_it_sends_again(lost, client):
    assert step_of(client.open(f"{draft_of(lost)}/check")) == "timeslot"


def test_a_time_that_is_gone_when_it_is_ticked(app, clock, client):
    garage = opens(app)
    timeslot = walk(client, "timeslot")
    chosen = timeslot.options("timeslot")[0]
    somebody_takes(app, garage, clock.now(), chosen)
    page = answer(timeslot, timeslot=chosen)
    assert page.status == 409 and step_of(page) == "timeslot"
    assert "Somebody was just ahead of you" in page.text and chosen not in page.options("timeslot")
    assert step_of(answer(page)) == "check"


def test_a_place_the_garage_took_back_while_the_mail_was_read(app, clock, client, deliver):
    opens(app)
    sent = requested(client)
    [mail] = deliver()
    opens(app, hours=[{"days": "mon-sun", "open": ["14:00-16:00"]}])
    for page in (client.open(mail.link).submit(), sent.submit(code=mail.code)):
        assert page.status == 409 and page.heading == "This time was just taken"
        assert len(page.soup.select(".alternatives a")) == 3
        assert page.click("DE").status == 200
    assert counts(app)["case"] == 0


def test_of_two_who_want_the_last_place_one_gets_it(app, clock, client, another, deliver):
    opens(app)
    chosen = walk(client, "timeslot").options("timeslot")[0]
    mine, theirs = (walk(visitor, "check", timeslot=chosen) for visitor in (client, another))
    assert answer(mine).heading == "Not booked yet"
    assert answer(theirs).status == 409
    assert client.open(deliver()[-1].link).submit().heading == "Your appointment is booked"


def test_a_place_is_free_again_the_moment_its_hold_is_over(app, clock, client, another):
    opens(app)
    chosen = walk(client, "timeslot").options("timeslot")[-1]
    requested(client, timeslot=chosen)
    waiting = walk(another, "timeslot")
    assert chosen not in waiting.options("timeslot")
    clock.forward(minutes=30)
    again = another.open(waiting.url)
    assert chosen in again.options("timeslot")
    assert answer(answer(again, timeslot=chosen)).heading == "Not booked yet"
