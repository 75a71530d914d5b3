"""A11: the desk explains with the function that decides; page and answer never disagree."""

from datetime import date

import pytest

from portal.core.scheduling import Problem, Refusal
from portal.domain.booking import explaining, offers, service
from portal.domain.booking.explaining import Hindrance
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import assessments
from portal.domain.garage.profile import LANGUAGES
from portal.domain.team.rights import Role
from portal.web.staff.hours import why, words
from tests.journeys import workshop
from tests.support import bookings, every_letter

WHY = "/staff/peeters/hours/leuven/why/"
DAY = date(2026, 12, 1)


def ask(member, day=DAY, time="09:00", work="assessment", address=WHY, **more):
    return member.open(address).submit("Show the answer", work=work, day=str(day), time=time, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_no_has_a_sentence(app, language):
    with app.test_request_context(f"/?lang={language}"):
        for told in (words.REFUSALS, words.SHORT_REFUSALS):
            assert set(told) == set(Refusal) and all(str(sentence) for sentence in told.values())
        assert set(words.PROBLEMS) == set(Problem)
        assert set(why.HINDRANCES) == set(Hindrance)


def test_a11_every_time_of_a_day_is_answered_as_customers_see_it(app, planner, taken, clock):
    taken("2026-12-01T09:00"), taken("2026-12-01T09:00"), taken("2026-12-01T10:00")
    with app.app_context():
        place = garages.find("peeters").locations[0]
        slots = offers.offer(assessments(place), clock.now(), DAY).timeslots
        for slot in slots:
            answer = explaining.explain(
                garages.find("peeters"), assessments(place), clock.now(), DAY, slot.start
            )
            assert answer.is_offered == (slot.free > 0) and answer.refusal == slot.refusal
    assert ask(planner, time="09:00").soup.select_one("#answer").text == "No: it is not offered"
    assert "All places of this time are taken." in ask(planner, time="09:00").text
    assert ask(planner, time="09:30").soup.select_one("#answer").text == "Yes: it is offered"


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        (DAY, "07:00", "It lies outside the hours of that day."),
        (DAY, "09:10", "The hours are open then, but no appointment starts at this minute."),
        (date(2026, 11, 20), "09:00", "It is over."),
        (date(2027, 11, 20), "09:00", "It is too far ahead"),
        (date(9999, 12, 31), "09:00", "It lies outside the hours"),
    ],
)
def test_each_rule_answers_in_its_own_words(planner, day, time, sentence):
    assert sentence in ask(planner, day=day, time=time).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closures": [{"first": DAY, "last": DAY}]}, "It lies within a closure."),
        ({"flows": ["repair"]}, "Customers do not see this work at this location"),
    ],
)
def test_the_location_answers_too(app, planner, changed, sentence):
    workshop.change(app, "peeters", place=changed)
    assert sentence in ask(planner).text


def test_a_garage_that_is_not_active_offers_nothing(app, planner):
    workshop.change(app, "peeters", active=False)
    page = ask(planner)
    assert "not open" in page.text and page.soup.select_one("#answer").text.startswith("No")


@pytest.fixture
def claes(app, clock, at_claes):
    """A planner at Claes, and the number of a case in Aalst of the default damage flow."""
    planner = at_claes(Role.PLANNER)
    with app.app_context():
        garage = garages.find("repairs")
        number = every_letter.case(garage, clock.now())
    return planner, garage, number


AALST = "/staff/repairs/hours/aalst/why/"


def test_a_case_is_answered_with_the_hours_of_its_damage_flow(claes):
    planner, _garage, number = claes
    page = ask(planner, time="08:00", work="repair.spot", address=AALST, case=number.lower())
    assert page.soup.select_one("#answer").text == "Yes: it is offered"
    assert "outside the hours" in ask(planner, time="08:00", work="repair.spot", address=AALST).text


@pytest.mark.parametrize(
    ("work", "named"),
    [
        ("assessment", "Assessments · Claes Tilburg"),
        ("repair.spot", "Classic repair · Claes Aalst"),
        ("repair.classic", "Classic repair · Claes Aalst"),
    ],
)
def test_with_a_case_the_answer_is_about_the_chosen_work_and_says_about_which_where_and_when(
    claes, work, named
):
    planner, _garage, number = claes
    page = ask(planner, work=work, address="/staff/repairs/hours/tilburg/why/", case=number)
    assert f"{named} · Tuesday 1 December 2026, 09:00" in page.text
    assert ("A case number changes nothing here" in page.text) == (work == "assessment")


def test_without_a_case_the_answer_names_its_work_too(claes):
    planner, _garage, _number = claes
    assert "Spot repair · Claes Aalst" in ask(planner, work="repair.spot", address=AALST).text


def test_the_appointment_of_the_case_never_stands_in_its_own_way(app, claes, clock):
    planner, garage, number = claes
    workshop.change(app, "repairs", place={"day_limit": 1})
    with app.app_context():
        service.confirm(bookings.request_repair(garage, number, clock.now(), day=DAY), 1, clock.now())
    page = ask(planner, time="08:30", work="repair.classic", address=AALST, case=number)
    assert page.soup.select_one("#answer").text == "Yes: it is offered" and "is booked for" in page.text
    assert "as many appointments that day" in ask(planner, time="09:30", address=AALST).text


@pytest.mark.parametrize(
    "asked", [{"day": ""}, {"day": "soon"}, {"time": "noon"}, {"time": ""}, {"case": "K7M-2QX-9RA"}]
)
def test_a_wrong_question_is_told_and_kept(planner, asked):
    page = ask(planner, **asked)
    assert page.status == 422 and page.errors


def test_a_case_at_a_location_beyond_the_reach_is_not_known(app, claes, at_claes):
    _planner, _garage, number = claes
    other = at_claes(Role.PLANNER, name="otto", locations=["tilburg"])
    page = ask(other, address="/staff/repairs/hours/tilburg/why/", work="repair.classic", case=number)
    assert page.errors == ["There is no case with this number."]


def test_the_next_weeks_are_shown_day_by_day(planner, taken):
    taken("2026-12-01T09:00")
    page = planner.open("/staff/peeters/hours/leuven/")
    cell = page.soup.find(string="Tuesday 1 December 2026:").find_parent("td")
    assert "1 of 12 places taken" in cell.get_text()
    assert len(page.soup.select(".outlook tbody tr")) == 4
