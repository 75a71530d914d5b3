"""The owner puts the name, address, zone and holidays of a location right; A09 holds for that too."""

from datetime import UTC, datetime

import pytest

from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.booking.models import Booking, State
from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.journeys import workshop
from tests.support import desk

ADDRESS = "/staff/peeters/hours/leuven/address/"
CHRISTMAS_DAY, NINE = "2026-12-26T09:00", "2026-12-01T09:00"


@pytest.fixture
def owner(app, garage, clock):
    return desk.at_desk(app, BASE_URL, "peeters", Role.OWNER)


def profile(app):
    with app.app_context():
        return garages.known("peeters").locations[0].profile


def row(app, uid):
    with app.app_context():
        return db.session.query(Booking).where(Booking.uid == uid).one()


def test_an_owner_changes_name_and_address_and_the_log_says_so(app, owner):
    page = owner.open("/staff/peeters/hours/leuven/").click("Name and address")
    saved = page.submit("Save", name="Peeters Kessel-Lo", street="Diestsesteenweg 1", postcode="3010")
    assert saved.hops == [303] and saved.value("street") == "Diestsesteenweg 1"
    assert profile(app).name == "Peeters Kessel-Lo"
    with app.app_context():
        entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.about, entry.what, entry.after["postcode"]) == ("location", "changed", "3010")


def test_a_planner_changes_the_hours_but_not_the_address(app, garage):
    planner = desk.at_desk(app, BASE_URL, "peeters", Role.PLANNER)
    assert planner.open(ADDRESS).status == 403
    assert "Name and address" not in planner.open("/staff/peeters/hours/leuven/").text


def test_a_region_is_called_by_its_name_wherever_it_is_told(owner):
    page = owner.open(ADDRESS)
    named = {each["value"]: each.text for each in page.soup.select("[name=region] option")}
    assert named["BE-Flemish"] == "Flemish Community" and named["FR-972"] == "Martinique"
    owner.open(ADDRESS).submit("Save", country="DE", region="DE-BY", zone="Europe/Berlin")
    assert "Holidays of the region Bayern" in owner.open("/staff/peeters/hours/leuven/history/").text
    assert "Region – → became Bayern" in owner.open("/staff/peeters/log/").text


def test_a_region_lies_in_its_country(owner):
    page = owner.open(ADDRESS).submit("Save", country="BE", region="DE-BY")
    assert (page.status, page.errors) == (422, ["This region lies in another country."])
    assert page.submit("Save", country="DE", zone="Europe/Berlin").hops == [303]


def test_whoever_is_second_loses_nothing(app, owner):
    mine = owner.open(ADDRESS)
    other = desk.at_desk(app, BASE_URL, "peeters", Role.OWNER, name="otto")
    other.open(ADDRESS).submit("Save", street="Van hen 1")
    page = mine.submit("Save", street="Van mij 1")
    assert page.status == 409 and "Street and number: Van hen 1" in page.text and "Otto" in page.text
    assert page.submit("Save").value("street") == "Van mij 1"


def test_a09_another_country_lists_what_falls_on_its_holidays(app, clock, owner):
    garage = workshop.change(
        app,
        "peeters",
        place={
            "assessment": {
                "hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}],
                "notice_minutes": 0,
            }
        },
    )
    uid = workshop.somebody_takes(app, garage, clock.now(), CHRISTMAS_DAY)
    german = {"country": "DE", "zone": "Europe/Berlin"}
    page = owner.open(ADDRESS).submit("Save", **german)
    assert page.status == 409 and "Saturday 26 December 2026, 09:00" in page.text
    assert profile(app).country == "BE"
    assert page.submit("Change it once more").value("country") == "DE"
    assert page.submit("Save", choice="cancel").hops == [303]
    assert profile(app).country == "DE" and row(app, uid).state == State.CANCELLED


def test_another_zone_keeps_the_time_on_the_clock(app, clock, owner):
    garage = workshop.opens(app, places=2)
    uid = workshop.somebody_takes(app, garage, clock.now(), NINE)
    assert row(app, uid).starts_at == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert owner.open(ADDRESS).submit("Save", zone="Europe/Lisbon").hops == [303]
    moved = row(app, uid)
    assert (moved.day.isoformat(), moved.start_minute) == ("2026-12-01", 540)
    assert moved.starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert moved.ends_at == datetime(2026, 12, 1, 9, 30, tzinfo=UTC) and moved.sequence == 1


def test_the_history_of_the_location_tells_it_too(owner):
    owner.open(ADDRESS).submit("Save", street="Diestsesteenweg 1", zone="Europe/Lisbon")
    page = owner.open("/staff/peeters/hours/leuven/history/")
    gone = [line.get_text() for line in page.soup.find_all("del")]
    new = [line.get_text() for line in page.soup.find_all("ins")]
    assert gone == ["Street and number: Tiensesteenweg 12", "Time zone: Europe/Brussels"]
    assert new == ["Street and number: Diestsesteenweg 1", "Time zone: Europe/Lisbon"]
