"""Two cases of one car made one."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.audit import queries as audit
from portal.domain.booking import queries as bookings
from portal.domain.booking import requests, service
from portal.domain.booking.errors import NotBookable
from portal.domain.booking.finding import queries as finding
from portal.domain.booking.finding.search import Search
from portal.domain.booking.models import Booking
from portal.domain.cases import importing, notes, queries, rows, timeline
from portal.domain.cases import service as cases
from portal.domain.cases.errors import CaseUnknown, Reason
from portal.domain.casework import letters, merging
from portal.domain.casework.errors import Hindrance, NotMerged
from portal.domain.drafts import queries as drafts
from portal.domain.drafts import service as draft_service
from portal.domain.garage.offerings import repairs
from portal.domain.photos import queries as photos
from tests.support import claes
from tests.support.bookings import request_for_case
from tests.support.claes import EIGHT, TUESDAY, WIM
from tests.support.racers import together
from tests.web.statements import watched


@pytest.fixture(autouse=True)
def inside(context, known, another):
    return known


def merge(known, another, clock):
    merging.merge(claes.reach(), known.number, another.number, by=WIM, now=clock.now())
    db.session.rollback()


def values(known):
    (found,) = rows.known(db.session(), known.garage, [known.number], locked=False).values()
    return found.values


def test_photos_notes_appointments_letters_and_history_move(app, known, another, clock):
    claes.add_photo(app, another, clock)
    notes.add(claes.reach(), another.number, "Calls back.", by=WIM, now=clock.now())
    claes.book(app, another, clock)
    claes.write_letter(app, another, clock)
    merge(known, another, clock)
    case = known.row
    assert len(photos.of_case(case.id)) == len(bookings.of_case(case.id)) == 1
    assert {note.words for note in notes.of_case(case.id)} == {"Calls back.", "Hail."}
    assert {letter.purpose for letter in letters.of_case(case)} == {
        "booked",
        "garage_booked",
        "case_letter",
    }
    found = [event.what for event in queries.history(case.id)]
    assert sorted(found) == ["booked", "letter", "merged", "opened", "opened", "photos_added"]


def test_the_kept_case_learns_what_it_did_not_know_and_forgets_nothing(known, another, clock):
    another.change(
        clock.now(),
        vin="WVWZZZ1JZXW000001",
        make="VW",
        activities="Painting",
        damage_zones="roof",
        city="Gent",
    )
    known.change(clock.now(), activities="Bodywork=2026-11-20", damage_zones="bonnet")
    merge(known, another, clock)
    after = values(known)
    assert (after["vin"], after["make"], after["city"]) == ("WVWZZZ1JZXW000001", "Volkswagen", "Gent")
    assert [piece.name for piece in after["activities"]] == ["Bodywork", "Painting"]
    assert after["damage_zones"] == "bonnet roof"
    assert after["damage"] == "A post in a car park."


def test_days_of_two_repairs_do_not_make_one(known, another, clock):
    known.change(clock.now(), vehicle_in="2026-11-20")
    another.change(clock.now(), vehicle_in="2026-11-01", collected="2026-11-05")
    merge(known, another, clock)
    assert values(known)["collected"] is None


def test_the_other_number_and_its_links_lead_to_the_kept_case(known, another, clock):
    uid = another.row.uid
    merge(known, another, clock)
    kept = known.row
    assert queries.look_up(kept.garage_id, "1-ABC-234", another.number) == kept.uid
    assert queries.by_uid(kept.garage_id, uid).case.id == kept.id
    assert timeline.progress(kept.garage_id, uid).case_id == kept.id
    assert timeline.changed(kept.garage_id, uid) == (kept.changed_at, kept.location_id)


def found(words, clock):
    return [line.number for line in finding.find(claes.reach(), Search(words=words), clock.now()).lines]


def test_what_one_looks_for_of_the_other_finds_the_kept_case(app, known, another, clock):
    third = claes.case(app, clock, number="GA-8", first_name="Odile")
    another.change(clock.now(), last_name="Janssens")
    merge(another, third, clock)
    merge(known, another, clock)
    known.change(clock.now(), last_name="Claes")
    db.session.rollback()
    for words in ("GA-7", "GA-8", "Janssens", "Odile", "1-ABC-234", "Claes", known.number):
        assert found(words, clock) == [known.number]


def test_what_led_to_a_case_that_is_merged_now_leads_on(app, known, another, clock):
    third = claes.case(app, clock, number="GA-8")
    merge(another, third, clock)
    merge(known, another, clock)
    assert third.row.merged_into == another.row.merged_into == known.row.id


def test_a_merged_case_is_changed_and_merged_no_more(known, another, clock):
    merge(known, another, clock)
    with pytest.raises(CaseUnknown):
        cases.update(another.garage, another.number, {"make": "Audi"}, clock.now())
    with pytest.raises(CaseUnknown):
        merge(known, another, clock)


def test_no_repair_is_requested_for_a_case_that_was_merged_meanwhile(known, another, clock):
    case = another.row
    uid = draft_service.begin_for_case(
        flow="repair", garage_id=case.garage_id, case_id=case.id, language="en", now=clock.now()
    )
    draft_id, case_id = drafts.find(case.garage_id, uid, clock.now()).id, case.id
    merge(known, another, clock)
    with pytest.raises(NotBookable):
        requests.request_for_case(
            draft_id=draft_id,
            case_id=case_id,
            offering=repairs(known.garage.locations[0], None),
            day=TUESDAY,
            minute=EIGHT,
            language="en",
            now=clock.now(),
        )


def hindrance(known, another, clock):
    seen = merging.preview(claes.reach(), known.number, another.number, clock.now()).hindrance
    with pytest.raises(NotMerged) as no:
        merge(known, another, clock)
    assert no.value.hindrance == seen
    return seen


def test_two_coming_repairs_stay_two_cases(app, known, another, clock):
    claes.book(app, known, clock)
    claes.book(app, another, clock, minute=EIGHT + 30)
    assert hindrance(known, another, clock) == Hindrance.TWO_REPAIRS


@pytest.mark.parametrize(("flow", "minute"), [("repair", EIGHT), ("assessment", EIGHT + 60)])
def test_a_request_that_waits_is_waited_for(known, another, clock, flow, minute):
    uid = request_for_case(flow, known.garage, another.number, clock.now(), day=TUESDAY, minute=minute)
    assert hindrance(known, another, clock) == Hindrance.OPEN_REQUEST
    service.confirm(uid, 1, clock.now())
    merge(known, another, clock)
    assert bookings.coming(known.row.id, flow, clock.now()) == uid


def test_assessments_of_both_cases_may_still_come(app, known, another, clock):
    for case, minute in ((known, EIGHT + 60), (another, EIGHT + 90)):
        claes.book(app, case, clock, flow="assessment", minute=minute)
    merge(known, another, clock)
    assert len(bookings.of_case(known.row.id)) == 2


def test_cases_of_two_cars_stay_two(app, known, another, clock):
    another.change(clock.now(), plate="1-AAA-111")
    assert hindrance(known, another, clock) == Hindrance.ANOTHER_CAR
    assert hindrance(known, known, clock) == Hindrance.ANOTHER_CAR
    for each in (known, another):
        each.change(clock.now(), vin="WVWZZZ1JZXW000001")
    merge(known, another, clock)


def test_nobody_merges_what_is_out_of_reach(known, another, clock):
    another.change(clock.now(), location="tilburg")
    with pytest.raises(CaseUnknown):
        merging.merge(claes.reach("aalst"), known.number, another.number, by=WIM, now=clock.now())
    assert merging.candidates(claes.reach("aalst"), known.number) == []


def test_both_numbers_stand_in_the_audit_log(known, another, clock):
    merge(known, another, clock)
    (kept,) = audit.of_subject(known.garage.id, "case", subject=known.number)[:1]
    assert (kept.who, kept.what, kept.after) == ("Wim", "merged", {"number": another.number})


def test_two_who_merge_each_into_the_other_leave_one_case(app, known, another, clock):
    def into(one, two):
        return lambda: merging.merge(claes.reach(), one.number, two.number, by=WIM, now=clock.now())

    found = together(app, [into(known, another), into(another, known)])
    assert [type(each) for each in found].count(CaseUnknown) == 1
    db.session.rollback()
    assert (known.row.merged_into is None) != (another.row.merged_into is None)
    assert db.session.scalars(select(Booking)).all() == []


def test_however_many_cases_share_a_plate_they_are_found_by_the_same_few_statements(app, known, clock):
    asked = []
    for _ in range(2):
        for _ in range(3):
            claes.case(app, clock, damage="Hail.")
        db.session.rollback()
        with watched(app) as statements:
            asked.append((len(merging.candidates(claes.reach(), known.number)), len(statements)))
    (few, first), (many, then) = asked
    assert (few, many) == (4, 7) and then == first


class TestImportAfterwards:
    def test_a_row_of_the_number_that_was_merged_changes_the_case_that_was_kept(self, known, another, clock):
        merge(known, another, clock)
        file = f"number;vehicle_in\n{another.number};2026-11-20\n".encode()
        told = [(entry.number, entry.changes) for entry in importing.preview(known.garage, file).entries]
        assert told == [(known.number, {"vehicle_in": ("", "2026-11-20")})]
        importing.apply(known.garage, file, clock.now())
        db.session.rollback()
        assert values(known)["vehicle_in"] == date(2026, 11, 20)
        assert values(another)["vehicle_in"] is None

    def test_of_both_numbers_a_file_has_one(self, known, another, clock):
        merge(known, another, clock)
        file = f"number;make\n{known.number};VW\n{another.number};Volkswagen\n".encode()
        (problem,) = importing.apply(known.garage, file, clock.now()).problems
        assert (problem.line, problem.reason, problem.detail) == (3, Reason.TWICE, "2")
