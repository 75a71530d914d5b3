"""Owners search the log: who changed what, when, from what to what."""

import csv
import io

import pytest

from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import COMMAND_LINE, Actor
from portal.domain.garage import damage_flows, editing
from portal.domain.privacy.retention import NIGHT
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk

LOG = "/staff/peeters/log/"


@pytest.fixture
def noted(app, garage, clock):
    """`noted(who, about, subject, …)`: a line in the log of Peeters."""

    def note(who="Olga", about="team", subject="ann@example.com", what="changed", of=None, **differing):
        with app.app_context(), transaction() as session:
            audit.record(
                session,
                Actor(who),
                what,
                garage_id=(of or garage).id,
                location_id=differing.pop("location_id", None),
                about=about,
                subject=subject,
                now=clock.now(),
                **differing,
            )

    return note


def rows(page):
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]


def test_before_and_after_stand_in_words(at_desk, noted, garage):
    noted(
        before={"role": "viewer", "locations": [garage.locations[0].id]},
        after={"role": "planner", "locations": None},
    )
    noted(
        about="hours",
        subject="leuven",
        before={
            "assessment": {"places": 1, "hours": [{"days": [0, 4], "open": [[540, 720]]}]},
            "active": True,
        },
        after={
            "assessment": {"places": 2, "hours": [{"days": [0, 4], "open": [[540, 690]]}]},
            "active": False,
        },
    )
    hours, team = rows(at_desk().open(LOG))
    assert "09:00 Olga Team ann@example.com changed" in team
    assert "Role Viewer → became Planner" in team
    assert "Locations Peeters Leuven → became all" in team
    assert "Damage assessment › Places 1 → became 2" in hours
    assert "Days: Mon, Fri; Open: 09:00–12:00 → became Days: Mon, Fri; Open: 09:00–11:30" in hours
    assert "Portal open yes → became no" in hours


def test_what_happens_to_cases_stands_in_words_and_at_local_times(at_desk, noted, garage):
    here = {"about": "case", "subject": "2026-0042", "location_id": garage.locations[0].id}
    noted(**here, what="moved", after={"flow": "repair", "new": "2026-12-10T06:30:00+00:00"})
    noted(**here, before={"planned_end": ""}, after={"planned_end": "2026-12-11"})
    noted(**here, what="letter sent", after={"letter": "assessment", "language": "nl", "uid": "wIOv7KUK"})
    letter, changed, moved = rows(at_desk().open(LOG))
    assert "2026-0042 moved For Repair After Thursday 10 December 2026, 07:30" in moved
    assert "Expected end – → became Friday 11 December 2026" in changed
    assert "letter sent Letter Invitation to the assessment Language Nederlands" in letter
    assert "wIOv7KUK" not in letter


def test_things_are_called_by_their_names(at_desk, noted, garage):
    noted(about="letter", subject="assessment (nl)", what="saved")
    noted(about="hours", subject="leuven")
    noted(about="brand", subject="peeters")
    noted(who=NIGHT.name, about="retention", subject="peeters", what="removed", after={"cases": 3})
    night, brand, hours, letter = rows(at_desk().open(LOG))
    assert "Letter Invitation to the assessment (Nederlands) words saved" in letter
    assert "Hours Peeters Leuven changed" in hours and "Brand Garage Peeters changed" in brand
    assert "Retention times Retention times Garage Peeters removed Cases 3" in night


def test_of_a_list_stands_there_what_went_and_what_came(at_desk, noted):
    noted(about="languages", before={"languages": ["nl", "fr"]}, after={"languages": ["nl", "de"]})
    noted(about="languages", before={"languages": ["nl", "fr"]}, after={"languages": ["fr", "nl"]})
    order, other = rows(at_desk().open(LOG))
    assert other.endswith("Languages Français → became Deutsch")
    assert order.endswith("Languages Nederlands, Français → became Français, Nederlands")


def test_what_a_location_leaves_to_its_garage_is_another_thing_than_nothing(at_desk, noted):
    noted(about="questions", before={"questions": []}, after={"questions": None})
    noted(about="case", subject="2026-0042", what="merged", after={"photos": 2})
    page = at_desk().open(LOG)
    assert rows(page)[1].endswith("Questions – → became as for all locations")
    assert "merged,Photos: –,Photos: 2" in page.click("Save as CSV").data.decode()


def test_what_changed_for_a_damage_flow_stands_below_its_name(app, at_desk, noted, garage, clock):
    names = dict.fromkeys(garage.languages, "Classic repair")
    with app.app_context():
        expected = editing.part(garage, damage_flows.FIELDS).fingerprint
        told = damage_flows.Told(names, days=2, hours=None)
        slug = damage_flows.add(garage, told, expected=expected, by=COMMAND_LINE, now=clock.now())
    kept, changed = {"damage_flow": "other", "places": 1}, {"damage_flow": slug, "notice_minutes": 60}
    before, after = [kept, changed], [kept, {**changed, "notice_minutes": 2880}]
    noted(about="hours", before={"repair": before}, after={"repair": after})
    hours, added = rows(at_desk().open(LOG))
    assert hours.endswith("Repair › Classic repair › Notice 1 hour → became 2 days")
    assert "Damage flows › Classic repair › Length in working days – → became 2" in added


def test_the_hours_a_repair_takes_are_not_called_as_those_in_which_cars_come_in(at_desk, noted):
    noted(
        about="damage flows", before={"damage_flows": [{"slug": "a", "hours": 3}]}, after={"damage_flows": []}
    )
    [row] = rows(at_desk().open(LOG))
    assert "Length in hours 3 → became –" in row


def test_another_order_of_damage_flows_is_told_by_their_names_alone(at_desk, noted):
    spot, classic = ({"slug": slug, "name": {"en": slug.title()}, "days": 2} for slug in ("spot", "classic"))
    noted(
        about="damage flows",
        before={"damage_flows": [spot, classic]},
        after={"damage_flows": [classic, spot]},
    )
    [row] = rows(at_desk().open(LOG))
    assert row.endswith("Damage flows spot, classic → became classic, spot")


def test_a_value_that_cannot_be_read_stands_as_it_was_kept(at_desk, noted):
    noted(before={"role": "king", "starts_at": "erased"}, after={"role": "viewer", "starts_at": 1})
    [row] = rows(at_desk().open(LOG))
    assert "Role king → became Viewer" in row and "Begins erased → became 1" in row


def test_it_is_searched_by_who_subject_kind_and_days(at_desk, noted, clock):
    noted(who="Olga", about="team", subject="ann@example.com")
    clock.at("2026-11-24 00:30")
    noted(who="Ben", about="letter", subject="1-ABC-234")
    clock.at("2026-11-25 10:00")
    noted(who="Olga", about="case", subject="2026-0042")
    page = at_desk().open(LOG)
    assert len(rows(page)) == 3
    assert ["Ben" in row for row in rows(page.submit("Search", who="Ben"))] == [True]
    assert ["2026-0042" in row for row in rows(page.submit("Search", words="0042"))] == [True]
    assert ["1-ABC-234" in row for row in rows(page.submit("Search", about="letter"))] == [True]
    days = page.submit("Search", first="2026-11-24", last="2026-11-24")
    assert ["Ben" in row for row in rows(days)] == [True]
    assert len(rows(page.submit("Search", last="2026-11-24"))) == 2
    nothing = page.submit("Search", words="%")
    assert nothing.soup.select_one(".empty") and len(rows(nothing.click("Show everything"))) == 3


def test_a_search_that_is_none_is_refused_with_its_words(at_desk, noted):
    noted()
    owner = at_desk()
    page = owner.open(LOG).submit("Search", first="2026-12-02", last="2026-12-01")
    assert page.status == 422 and page.errors == ["This day lies before the first one."]
    assert page.value("first") == "2026-12-02"
    for odd in ("last=9999-12-31", "first=0001-01-01", "who=nobody", "first=x"):
        assert owner.open(f"{LOG}?{odd}").status == 422, odd


def test_it_goes_on_page_by_page(at_desk, noted, monkeypatch):
    monkeypatch.setattr("portal.domain.audit.search.page.__kwdefaults__", {"before_id": None, "limit": 2})
    for number in range(3):
        noted(subject=f"line {number}")
    page = at_desk().open(LOG)
    assert ["line 2" in rows(page)[0], "line 1" in rows(page)[1]] == [True, True]
    assert "line 0" in rows(page.click("Older"))[0]


def test_it_is_saved_as_a_file_that_no_spreadsheet_runs(at_desk, noted):
    noted(subject="=HYPERLINK(1)", who="+Olga", before={"mail": "@a"}, after={"mail": "-b"})
    noted(about="letter", subject="other")
    page = at_desk().open(LOG).submit("Search", about="team")
    saved = page.click("Save as CSV")
    assert saved.headers["Content-Type"].startswith("text/csv")
    header, *lines = csv.reader(io.StringIO(saved.data.decode("utf-8-sig")))
    assert header[0] == "When" and lines == [
        [
            "2026-11-23 09:00:00",
            "'+Olga",
            "Team",
            "'=HYPERLINK(1)",
            "changed",
            "Mail address: @a",
            "Mail address: -b",
        ]
    ]


def test_a42_each_garage_has_its_own_log_and_only_owners_see_it(app, at_desk, noted, group):
    noted(subject="ours")
    noted(subject="theirs", of=group)
    page = at_desk().open(LOG)
    assert "ours" in page.text and "theirs" not in page.text
    assert "theirs" not in page.click("Save as CSV").data.decode()
    for role in (Role.PLANNER, Role.RECEPTION, Role.VIEWER):
        assert at_desk(role).open(LOG).status == 403
        assert at_desk(role, name=f"{role}2").open(f"{LOG}log.csv").status == 403


def test_an_owner_of_one_location_sees_what_was_changed_there(app, noted, group):
    here, there = group.locations[:2]
    noted(subject="at the first", of=group, location_id=here.id)
    noted(subject="at the second", of=group, location_id=there.id)
    noted(subject="of all", of=group)
    page = desk.at_desk(app, BASE_URL, "maes", locations=[here.slug]).open("/staff/maes/log/")
    assert [("at the first" in row) for row in rows(page)] == [True]


def test_the_command_line_is_called_so_in_every_language(at_desk, noted):
    noted(who=COMMAND_LINE.name)
    page = at_desk(language="nl").open(LOG)
    assert "Opdrachtregel" in rows(page)[0] and "command line" not in page.text
