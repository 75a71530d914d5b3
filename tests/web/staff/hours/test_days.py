"""Days that differ from the week: closures, exceptions, public holidays, the limit of a day."""

import pytest

from portal.domain.booking import offers
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import assessments
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk

DAYS = "/staff/peeters/hours/leuven/days/"
CHRISTMAS = "2026-12-25"


@pytest.fixture
def peeters(app, garage, clock):
    """A planner at the desk of Peeters, which rests on public holidays."""
    return desk.at_desk(app, BASE_URL, "peeters", Role.PLANNER)


@pytest.fixture
def otto(app, peeters):
    """Another planner there."""
    return desk.at_desk(app, BASE_URL, "peeters", Role.PLANNER, name="otto")


def profile(app):
    with app.app_context():
        return garages.known("peeters").locations[0].profile


def free(app, clock, day):
    with app.app_context():
        offer = offers.offer(assessments(garages.find("peeters").locations[0]), clock.now())
        return next(each.slots for each in offer.days if each.day.isoformat() == day)


def test_a_closure_comes_and_goes(app, peeters, clock):
    saved = peeters.open(DAYS).submit("Close these days", first="2026-12-01", last="2026-12-03")
    assert "Tuesday 1 December 2026 to Thursday 3 December 2026" in saved.text
    assert [free(app, clock, f"2026-12-0{day}") for day in (1, 3, 4)] == [0, 0, 14]
    saved.submit("Remove Tuesday 1 December 2026 to Thursday 3 December 2026")
    assert profile(app).closures == [] and free(app, clock, "2026-12-01") == 14


def test_closures_of_two_planners_are_both_kept(app, peeters, otto):
    mine, theirs = peeters.open(DAYS), otto.open(DAYS)
    theirs.submit("Close these days", first="2026-12-01")
    mine.submit("Close these days", first="2026-12-05")
    assert [str(each.first) for each in profile(app).closures] == ["2026-12-01", "2026-12-05"]


def test_a08_an_exception_opens_a_public_holiday(app, peeters, clock):
    assert free(app, clock, CHRISTMAS) == 0
    page = peeters.open(DAYS)
    assert "Christmas Day" in page.text
    form = page.click("Open on this day : Christmas Day, Friday 25 December 2026")
    assert form.value("exception-day") == CHRISTMAS
    answers = {"exception-start": "10:00", "exception-end": "12:00", "exception-slot_minutes": "60"}
    saved = form.submit("Make this exception", **answers)
    assert "10:00–12:00, every 60 minutes, 1 place" in saved.text
    assert free(app, clock, CHRISTMAS) == 2


def test_an_exception_replaces_that_of_the_same_day(app, peeters):
    page = peeters.open(DAYS)
    for closed, start in ((False, "10:00"), (True, "")):
        answers = {"exception-day": "2026-12-02", "exception-closed": closed, "exception-start": start}
        page = page.submit("Make this exception", **answers, **{"exception-end": start and "12:00"})
    (exception,) = profile(app).assessment.exceptions
    assert exception.open == [] and "Wednesday 2 December 2026: closed" in page.text


def morning(page, day="2026-12-02", **more):
    """The page after an exception for the morning of `day`."""
    hours = {"exception-start": "10:00", "exception-end": "12:00"}
    return page.submit("Make this exception", **{"exception-day": day, **hours, **more})


def closed(page, day="2026-12-02"):
    return page.submit("Make this exception", **{"exception-day": day, "exception-closed": True})


def test_of_two_exceptions_for_one_day_the_later_planner_is_told_and_loses_nothing(app, peeters, otto):
    mine, theirs = peeters.open(DAYS), otto.open(DAYS)
    closed(theirs)
    told = morning(mine)
    assert told.status == 409 and profile(app).assessment.exceptions[0].open == []
    assert "Saved is now: Wednesday 2 December 2026: closed" in told.text
    assert (told.value("exception-day"), told.value("exception-start")) == ("2026-12-02", "10:00")
    assert told.submit("Make this exception").hops == [303]
    assert [each.open for each in profile(app).assessment.exceptions] == [[(600, 720)]]


def test_a_mistake_meanwhile_makes_nobody_lose_an_exception_they_were_not_told_of(app, peeters, otto):
    mine, theirs = peeters.open(DAYS), otto.open(DAYS)
    closed(theirs)
    mended = morning(mine, **{"exception-end": "9"}).submit("Make this exception", **{"exception-end": "12"})
    assert mended.status == 409 and profile(app).assessment.exceptions[0].open == []


def test_an_exception_that_was_removed_meanwhile_is_not_made_again_unasked(app, peeters, otto):
    mine, theirs = closed(peeters.open(DAYS)), otto.open(DAYS)
    theirs.submit("Remove Wednesday 2 December 2026: closed")
    told = morning(mine)
    assert told.status == 409 and "The exception of this day was removed." in told.text
    assert told.submit("Make this exception").hops == [303]


def test_exceptions_of_other_days_and_the_very_same_one_are_never_overtaken(app, peeters, otto):
    mine, same, theirs = peeters.open(DAYS), peeters.open(DAYS), otto.open(DAYS)
    closed(theirs)
    assert morning(mine, "2026-12-01").hops == [303] and closed(same).hops == [303]
    assert [str(each.day) for each in profile(app).assessment.exceptions] == ["2026-12-01", "2026-12-02"]


def test_an_exception_that_changed_meanwhile_is_removed_only_by_who_knows(app, peeters, otto):
    mine, theirs = closed(peeters.open(DAYS)), otto.open(DAYS)
    morning(theirs)
    told = mine.submit("Remove Wednesday 2 December 2026: closed")
    assert told.status == 409 and "so it was not removed" in told.text
    now = "Wednesday 2 December 2026: 10:00–12:00, every 30 minutes, 1 place"
    assert f"Saved is now: {now}" in told.text and len(profile(app).assessment.exceptions) == 1
    assert told.submit(f"Remove {now}").hops == [303] and profile(app).assessment.exceptions == []


def test_who_removes_what_is_gone_already_is_done(app, peeters, otto):
    mine, theirs = closed(peeters.open(DAYS)), otto.open(DAYS)
    for page in (theirs, mine):
        assert page.submit("Remove Wednesday 2 December 2026: closed").hops == [303]


def test_an_exception_ends(app, peeters):
    page = peeters.open(DAYS)
    saved = page.submit("Make this exception", **{"exception-day": "2026-12-02", "exception-closed": True})
    saved.submit("Remove Wednesday 2 December 2026: closed")
    assert profile(app).assessment.exceptions == []


def test_public_holidays_and_the_limit_of_a_day(app, peeters, clock):
    saved = peeters.open(DAYS).submit("Save", public_holidays=False, day_limit="6")
    assert saved.hops == [303] and "works on public holidays" in saved.text
    assert (profile(app).day_limit, profile(app).public_holidays) == (6, False)
    assert free(app, clock, CHRISTMAS) == 14


def test_of_two_who_set_the_limit_the_later_is_told(app, peeters, otto):
    mine, theirs = peeters.open(DAYS), otto.open(DAYS)
    theirs.submit("Save", day_limit="6")
    told = mine.submit("Save", day_limit="7")
    assert told.status == 409 and told.value("day_limit") == "7" and profile(app).day_limit == 6
    assert told.submit("Save").hops == [303] and profile(app).day_limit == 7


@pytest.mark.parametrize(
    ("button", "answers", "sentence"),
    [
        ("Close these days", {"first": ""}, "From which day?"),
        ("Close these days", {"first": "   "}, "From which day?"),
        ("Close these days", {"first": "2026-12-02", "last": "2026-12-01"}, "The last day lies before"),
        ("Make this exception", {"exception-day": "", "exception-closed": True}, "Which day?"),
        ("Make this exception", {"exception-day": CHRISTMAS}, "From when? Or tick that it is closed."),
        (
            "Make this exception",
            {"exception-day": CHRISTMAS, "exception-start": "10", "exception-end": "9"},
            "These hours end before they begin.",
        ),
        (
            "Make this exception",
            {
                "exception-day": CHRISTMAS,
                "exception-start": "10",
                "exception-end": "12",
                "exception-start2": "11",
                "exception-end2": "13",
            },
            "These hours overlap other hours of the same day.",
        ),
        ("Save", {"day_limit": "0"}, "Write a number from 1 to 100000."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(app, peeters, button, answers, sentence):
    before = profile(app)
    page = peeters.open(DAYS).submit(button, **answers)
    assert page.status == 422 and [error for error in page.errors if error.startswith(sentence)]
    for field, value in answers.items():
        assert page.value(field) == value
    assert profile(app) == before


def test_a_strange_day_in_the_address_is_no_day(peeters):
    assert peeters.open(f"{DAYS}?day=tomorrow&work=nothing").status == 200


HOURS = DAYS.removesuffix("days/")
WEDNESDAY = "Change Assessments on Wednesday 2 December 2026"


def test_a_day_of_the_coming_weeks_leads_to_its_hours_which_are_changed_there(app, peeters, clock):
    page = peeters.open(HOURS).click(WEDNESDAY)
    spans = [
        (page.value(f"exception-start{each}"), page.value(f"exception-end{each}")) for each in ("", "2", "3")
    ]
    assert spans == [("09:00", "12:00"), ("13:00", "17:00"), ("", "")]
    assert (page.value("exception-work"), page.value("exception-day")) == ("assessment", "2026-12-02")
    evening = {
        "exception-start3": "18:00",
        "exception-end3": "20:00",
        "exception-start2": "",
        "exception-end2": "",
    }
    saved = page.submit("Make this exception", **evening)
    assert "09:00–12:00, 18:00–20:00" in saved.text and free(app, clock, "2026-12-02") == 10
    again = peeters.open(HOURS).click(WEDNESDAY)
    assert (again.value("exception-start2"), again.value("exception-places")) == ("18:00", "1")
    assert free(app, clock, "2026-12-09") == 14


def test_a_day_of_the_coming_weeks_can_be_closed_there(app, peeters, clock):
    page = peeters.open(HOURS).click(WEDNESDAY)
    page.submit("Close these days")
    assert [free(app, clock, f"2026-12-0{day}") for day in (1, 2, 3)] == [14, 0, 14]


def test_several_days_of_the_address_are_filled_in_as_a_closure(peeters):
    page = peeters.open(f"{DAYS}?day=2026-12-24&last=2027-01-03")
    assert (page.value("first"), page.value("last")) == ("2026-12-24", "2027-01-03")


def test_a_span_that_is_begun_is_finished_wherever_it_stands(peeters):
    page = peeters.open(DAYS).submit(
        "Make this exception", **{"exception-day": CHRISTMAS, "exception-end3": "20"}
    )
    assert page.status == 422 and [each for each in page.errors if each.startswith("From when?")]
