"""Announcements reach the customers they are for, and nobody else."""

import pytest

from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk

NOTICE = "We are closed from 1 to 9 August."


@pytest.fixture
def planner(at_group_desk):
    return at_group_desk(Role.PLANNER)


def test_a_announcement_stands_where_its_flow_begins(planner, client):
    page = planner.open("/staff/maes/work/announcements")
    assert page.submit("Save", words_assessment_nl="Wij zijn gesloten.", words_assessment_en=NOTICE).hops == [
        303
    ]
    assert NOTICE in client.open("/maes/assessment/").text
    assert NOTICE in client.open("/maes/luik/assessment/").text
    assert NOTICE not in client.open("/maes/status/").text
    assert NOTICE not in client.open("/maes/").text


def test_a_location_says_it_in_its_own_words(planner, client):
    planner.open("/staff/maes/work/announcements").submit(
        "Save", words_status_nl="Iedereen", words_status_en="All of us"
    )
    page = planner.open("/staff/maes/work/announcements").click("Maes Liège")
    assert "“All of us”" in page.text
    page.submit("Save", words_status_nl="Enkel wij", words_status_en="Only we")
    assert "Only we" in client.open("/maes/luik/status/").text
    assert "All of us" in client.open("/maes/antwerpen/status/").text
    assert "Enkel wij" in client.open("/maes/luik/status/?lang=fr").text  # the first language stands in


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"words_repair_en": "Closed"},
            "Write it in Nederlands too: whose language is missing reads that one.",
        ),
        (
            {"words_repair_nl": "Gesloten", "first_repair": False},
            "Tick where customers read this announcement.",
        ),
        (
            {
                "words_repair_nl": "Gesloten",
                "valid_from_repair": "2026-12-02",
                "valid_until_repair": "2026-12-01",
            },
            "The last day lies before the first.",
        ),
        ({"words_repair_nl": "x" * 501}, "Nederlands: at most 500 characters."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(planner, typed, sentence):
    page = planner.open("/staff/maes/work/announcements").submit("Save", words_status_nl="Hallo", **typed)
    assert (page.status, page.errors) == (422, [sentence])
    assert page.value("words_status_nl") == "Hallo"


def test_markup_in_a_announcement_is_text(planner, client):
    planner.open("/staff/maes/work/announcements").submit("Save", words_status_nl="<b>{{ 7*7 }}</b>")
    assert "<b>{{ 7*7 }}</b>" in client.open("/maes/status/").text


def test_whoever_is_second_sees_both(planner, at_group_desk):
    mine = planner.open("/staff/maes/work/announcements")
    at_group_desk(Role.OWNER).open("/staff/maes/work/announcements").submit("Save", words_status_nl="Van hen")
    page = mine.submit("Save", words_status_nl="Van mij")
    assert page.status == 409 and "Now saved: Van hen" in page.text
    assert page.text.count("Now saved") == 1  # and of what is as empty as theirs, nothing
    assert page.value("words_status_nl") == "Van mij"
    assert page.submit("Save").hops == [303]


def test_a_planner_of_one_location_writes_for_that_one_only(app, group):
    planner = desk.at_desk(app, BASE_URL, "maes", Role.PLANNER, locations=["luik"])
    page = planner.open("/staff/maes/work/announcements")
    assert page.path == "/staff/maes/work/announcements/luik"
    assert page.submit("Save", words_status_nl="Luik").hops == [303]
    assert planner.open("/staff/maes/work/announcements/antwerpen").status == 404


def test_customers_read_it_from_its_first_day_to_its_last(planner, client, clock):
    clock.at("2026-11-29 23:30")  # Sunday evening in Belgium
    days = {"valid_from_status": "2026-11-30", "valid_until_status": "2026-11-30"}
    saved = planner.open("/staff/maes/work/announcements").submit(
        "Save", words_status_nl="Morgen dicht", **days
    )
    assert saved.hops == [303] and saved.value("valid_until_status") == "2026-11-30"
    status = "/maes/luik/status/"
    assert "Morgen dicht" not in client.open(status).text
    clock.forward(minutes=30)
    assert "Morgen dicht" in client.open(status).text
    clock.forward(minutes=24 * 60)
    assert "Morgen dicht" not in client.open(status).text
    assert "Its last day is over" in planner.open("/staff/maes/work/announcements").text


def test_outside_of_its_days_the_words_of_all_locations_stand_in(planner, client, clock):
    page = planner.open("/staff/maes/work/announcements").submit("Save", words_status_nl="Iedereen")
    page.click("Maes Liège").submit("Save", words_status_nl="Enkel wij", valid_until_status="2026-11-01")
    assert "Iedereen" in client.open("/maes/luik/status/").text
