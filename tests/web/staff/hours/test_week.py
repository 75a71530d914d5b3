"""A week is edited in rows, looked at before it is saved, and saved by one of two planners at a time."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk

WEEK = "/staff/peeters/hours/leuven/assessment/"


def stored(app, slug="peeters", place=0):
    with app.app_context():
        return garages.known(slug).locations[place].profile


def test_a_row_becomes_hours_that_customers_see(app, planner, client):
    week = planner.open(WEEK)
    answers = {"rows-0-end": "11", "rows-1-mon": True, "rows-1-start": "13:30", "rows-1-end": "1700"}
    saved = week.submit("Save", **answers, **{"rows-1-places": "3", "rows-1-slot_minutes": "60"})
    assert saved.hops == [303] and "Saved." in saved.text
    first, second = stored(app).assessment.hours
    assert (first.days, first.open) == ([0, 1, 2, 3, 4, 5, 6], [(540, 660)])
    assert (second.days, second.open, second.places, second.slot_minutes) == ([0], [(810, 1020)], 3, 60)


@pytest.mark.parametrize(
    ("slug", "address"),
    [
        ("peeters", "leuven/assessment/"),
        ("repairs", "aalst/repair/classic/"),
        ("repairs", "aalst/repair/spot/"),
    ],
)
def test_saving_what_is_there_changes_nothing(app, garage, at_claes, slug, address):
    at_claes()
    member = desk.at_desk(app, BASE_URL, slug, Role.PLANNER)
    before = stored(app, slug)
    assert member.open(f"/staff/{slug}/hours/{address}").submit("Save").hops == [303]
    assert stored(app, slug) == before
    assert "Nothing changed yet" in member.open(f"/staff/{slug}/hours/{address.split('/')[0]}/history/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rows-0-start": "25:00"}, "Write a time like 09:00."),
        ({"rows-0-start": ""}, "From when? Write a time like 09:00."),
        ({"rows-0-end": "08:00"}, "These hours end before they begin."),
        ({"rows-0-slot_minutes": "240"}, "One appointment is longer than these hours."),
        ({"rows-0-slot_minutes": "1"}, "Write a number from 5 to 720."),
        ({"rows-0-places": "0"}, "Write a number from 1 to 1000."),
        ({"rows-0-places": "many"}, "Write a whole number."),
        ({"rows-0-valid_from": "2027-01-02", "rows-0-valid_until": "2027-01-01"}, "The last day lies"),
        ({"rows-0-valid_from": "tomorrow"}, "Write a day like 2026-12-24."),
        ({"rows-1-start": "09:00", "rows-1-end": "10:00"}, "Choose at least one day of the week."),
        ({"rows-1-mon": True, "rows-1-start": "11:00", "rows-1-end": "13:00"}, "These hours overlap other"),
        ({"horizon_days": "0"}, "Write a number from 1 to 400."),
        ({"notice": "61", "notice_unit": "1440"}, "The notice can be at most 60 days."),
    ],
)
def test_what_cannot_be_is_said_at_its_row_and_nothing_is_lost(app, planner, wrong, sentence):
    before = stored(app)
    page = planner.open(WEEK).submit("Save", **wrong)
    assert page.status == 422
    assert [error for error in page.errors if error.startswith(sentence)], page.errors
    for field, value in wrong.items():
        assert page.value(field) == value
    assert stored(app) == before


def test_more_rows_than_a_week_can_have_are_refused_not_dropped(app, planner):
    before, token = stored(app), planner.token()
    rows = {f"rows-{number}-start": "09:00" for number in range(61)}
    page = planner.open(WEEK, method="POST", data={"csrf_token": token, **rows}, Referer=f"{BASE_URL}/")
    assert page.status == 422 and page.errors == ["A week has at most 60 rows."]
    assert stored(app) == before


def test_hours_of_two_seasons_may_share_their_times(app, planner):
    answers = {"rows-0-valid_until": "2026-12-31", "rows-1-valid_from": "2027-01-01", "rows-1-mon": True}
    page = planner.open(WEEK).submit("Save", **answers, **{"rows-1-start": "10", "rows-1-end": "12"})
    assert page.hops == [303]
    assert len(stored(app).assessment.hours) == 2


def test_the_end_of_the_day_can_be_said(app, planner):
    planner.open(WEEK).submit("Save", **{"rows-0-end": "24:00"})
    assert stored(app).assessment.hours[0].open == [(540, 1440)]
    assert planner.open(WEEK).value("rows-0-end") == "24:00"


def test_a_removed_row_is_gone(app, planner):
    planner.open(WEEK).submit("Save", **{"rows-0-gone": True})
    assert stored(app).assessment.hours == []


def test_looking_at_what_it_would_mean_saves_nothing(app, planner):
    before = stored(app)
    page = planner.open(WEEK).submit("See what it would mean", **{"rows-0-places": "1"})
    assert page.status == 200 and page.heading == "Before you save"
    assert "None. Every appointment fits" in page.text and "was 12" in page.text
    assert stored(app) == before
    again = page.submit("Change it once more")
    assert again.heading == "Assessments" and again.value("rows-0-places") == "1"
    assert page.submit("Save").hops == [303]
    assert stored(app).assessment.hours[0].places == 1


def test_of_two_planners_the_later_is_told_and_loses_nothing(app, planner):
    other = desk.at_desk(app, BASE_URL, "peeters", Role.PLANNER, name="otto")
    mine, theirs = planner.open(WEEK), other.open(WEEK)
    theirs.submit("Save", **{"rows-0-end": "11:00"})
    told = mine.submit("Save", **{"rows-0-places": "5"})
    assert told.status == 409
    assert "Otto changed this while you were editing." in told.text
    assert "09:00–11:00" in told.text
    assert (told.value("rows-0-places"), told.value("rows-0-end")) == ("5", "12:00")
    assert stored(app).assessment.hours[0].open == [(540, 660)]
    assert told.submit("Save").hops == [303]
    assert stored(app).assessment.hours[0].places == 5


def pictured(page):
    """The hours in the picture of a week, each once."""
    return {each.get_text() for each in page.soup.select(".week-times")}


def test_the_picture_shows_what_the_rows_hold(app, planner, at_claes):
    other = desk.at_desk(app, BASE_URL, "peeters", Role.PLANNER, name="otto")
    mine, theirs = planner.open(WEEK), other.open(WEEK)
    assert pictured(mine) == {"09:00–12:00"}
    theirs.submit("Save", **{"rows-0-end": "11:00"})
    told = mine.submit("Save", **{"rows-0-end": "10:00"})
    assert told.status == 409 and pictured(told) == {"09:00–10:00"}
    copied = at_claes(Role.PLANNER, name="ann").open(
        "/staff/repairs/hours/tilburg/repair/spot/?from=aalst.repair.spot"
    )
    assert pictured(copied) == {"13:00–17:00"}


def test_the_picture_shows_the_rows_that_can_be_shown(planner):
    rows = {"rows-0-start": "", "rows-1-mon": True, "rows-1-start": "13", "rows-1-end": "15"}
    assert pictured(planner.open(WEEK).submit("Save", **rows)) == {"13:00–15:00"}
    assert pictured(planner.open(WEEK).submit("Save", **{**rows, "rows-1-end": "12"})) == set()


def test_planners_of_different_work_never_hear_of_each_other(app, at_claes):
    ann, otto = at_claes(Role.PLANNER, name="ann"), at_claes(Role.PLANNER, name="otto")
    classic = ann.open("/staff/repairs/hours/aalst/repair/classic/")
    spot = otto.open("/staff/repairs/hours/aalst/repair/spot/")
    assert spot.submit("Save", **{"rows-0-places": "4"}).hops == [303]
    assert classic.submit("Save", day_limit="9").hops == [303]
    classic_hours, spot_hours = stored(app, "repairs").repair
    assert (classic_hours.day_limit, spot_hours.hours[0].places) == (9, 4)


def test_a_copied_week_opens_there_and_is_saved_there(app, at_claes):
    member = at_claes(Role.PLANNER)
    week = member.open("/staff/repairs/hours/aalst/repair/spot/")
    copied = week.submit("Open it there", to="tilburg.repair.spot")
    assert "Nothing is saved yet." in copied.text
    assert copied.value("rows-0-start") == "13:00"
    assert len(stored(app, "repairs", 1).repair) == 1
    assert copied.submit("Save").hops == [303]
    _classic, spot = stored(app, "repairs", 1).repair
    assert spot.damage_flow == "spot" and spot.windows() == stored(app, "repairs").repair[1].windows()


def test_a_week_of_a_place_beyond_the_reach_is_not_copied(at_claes):
    member = at_claes(Role.PLANNER, locations=["tilburg"])
    page = member.open("/staff/repairs/hours/tilburg/repair/spot/?from=aalst.repair.spot")
    assert "Nothing is saved yet." not in page.text and page.value("rows-0-start") == ""


def test_the_history_says_who_changed_what(planner):
    planner.open(WEEK).submit("Save", **{"rows-0-end": "11:00", "notice": "3", "notice_unit": "1440"})
    page = planner.open("/staff/peeters/hours/leuven/history/")
    assert "Planner" in page.text
    gone = [line.get_text() for line in page.soup.find_all("del")]
    new = [line.get_text() for line in page.soup.find_all("ins")]
    assert gone == ["Mon–Sun 09:00–12:00, every 30 minutes, 2 places", "Notice: 0 minutes"]
    assert new == ["Mon–Sun 09:00–11:00, every 30 minutes, 2 places", "Notice: 3 days"]
