"""One draft, open twice."""

from tests.journeys.rows import counts
from tests.journeys.walk import answer, draft_of, step_of, walk


def test_what_each_tab_answers_is_kept(garage, clock, client):
    car = walk(client, "car")
    you = client.open(f"{draft_of(car)}/you")
    answer(car, plate="2-XYZ-987")
    assert step_of(answer(you, first_name="Bea")) == "photos"
    assert client.open(f"{draft_of(car)}/car").value("plate") == "2-XYZ-987"
    assert client.open(f"{draft_of(car)}/you").value("first_name") == "Bea"


def test_the_last_answer_to_the_same_question_counts(garage, clock, client):
    one = walk(client, "car")
    other = client.open(one.url)
    answer(one, plate="1-AAA-111")
    answer(other, plate="2-BBB-222")
    assert "2-BBB-222" in walk_on(other).text


def test_a_tab_that_was_left_behind_is_taken_to_where_the_other_is(garage, clock, client):
    left = walk(client, "car")
    ahead = walk_on(left)
    assert step_of(ahead) == "check"
    assert step_of(answer(left)) == "check"


def test_two_tabs_that_send_make_one_request(garage, app, clock, client, deliver):
    check = walk(client, "check")
    other = client.open(check.url)
    assert answer(check).text == answer(other).text
    assert counts(app)["booking"] == 1 and len(deliver()) == 1


def test_two_tabs_with_two_times_keep_the_one_that_was_sent_last(garage, clock, client, deliver):
    timeslot = walk(client, "timeslot")
    nine, ten = timeslot.options("timeslot")[:2]
    one = answer(answer(timeslot, timeslot=nine))
    [old] = deliver()
    answer(answer(timeslot, timeslot=ten))
    assert ten.partition("T")[2] in client.open(one.url).text
    [new] = deliver()
    assert step_of(client.open(old.link)) == "sent"
    assert ten.partition("T")[2] in client.open(new.link).submit().text


def walk_on(page):
    """Everything that is still to answer, answered: the check."""
    page = page.visitor.open(f"{draft_of(page)}/check")
    while step_of(page) != "check":
        page = answer(page)
    return page


def test_what_is_sent_is_what_was_shown(garage, app, clock, client):
    timeslot = walk(client, "timeslot")
    nine, ten = timeslot.options("timeslot")[:2]
    shown = answer(timeslot, timeslot=nine)
    answer(timeslot, timeslot=ten)
    page = answer(shown)
    assert page.status == 409 and "Nothing was sent" in page.text
    assert ten.partition("T")[2] in page.text and counts(app)["booking"] == 0
    assert step_of(answer(page)) == "sent"
