"""The assessment of a case the garage knows: one to come at a time, beside its repair, with the photos of whoever asks."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.adapters.images import Picture
from portal.db import db
from portal.domain.audit.service import Actor
from portal.domain.booking import behalf, changes, queries, requests, service
from portal.domain.booking.errors import AlreadyBooked, Late, NoPlace, NotBookable, TooManyOpen
from portal.domain.cases import queries as cases_of
from portal.domain.drafts.models import Draft
from portal.domain.garage.reach import Reach
from portal.domain.mailing.models import Message
from portal.domain.photos import queries as photos
from portal.domain.photos import service as album
from portal.wiring import wired
from tests.domain.booking import claes
from tests.domain.booking.claes import assessing, free
from tests.domain.booking.given import CONFIRMATION, DAY, NINE, NOW, TEN, after, letters, renewed, row
from tests.journeys.rows import rows

NEXT_DAY = DAY + timedelta(days=1)
WIM = Actor("Wim")

pytestmark = pytest.mark.usefixtures("context")


def ask(case_id, **asked):
    return claes.ask(case_id, flow="assessment", **asked)


def book(case_id, **asked):
    return claes.book(case_id, flow="assessment", **asked)


def book_at_desk(case_id, minute=NINE):
    reach = Reach(claes.garage(), claes.garage().locations)
    number = cases_of.by_id(case_id).case.number
    return behalf.book(reach, number, "assessment", day=DAY, minute=minute, by=WIM, now=NOW)


def coming(case_id, flow="assessment", now=NOW):
    db.session.rollback()
    return queries.coming(case_id, flow, now)


def everything(app):
    db.session.rollback()
    return rows(app)


def add_photo(draft_id, key="a"):
    album.add(
        wired().storage,
        Picture(width=4, height=3, large=b"large", thumb=b"thumb"),
        draft_id=draft_id,
        label="overview",
        name="car.jpg",
        client_key=key,
        now=NOW,
    )


class TestPlaces:
    def test_it_takes_a_place_of_the_assessments_whatever_the_damage_flow_of_the_case(self):
        claes.opens(spot={"hours": [{"days": "mon-sun", "open": ["13:00-14:00"]}]})
        case_id = claes.case(damage_flow="spot")
        uid = book(case_id)
        assert (row(uid).flow, row(uid).damage_flow, row(uid).start_minute) == ("assessment", "", NINE)
        assert NINE not in free(assessing()) and NINE in free(claes.offering(claes.case()))

    def test_it_competes_with_customers_nobody_knows_yet(self):
        claes.opens()
        claes.assess()
        with pytest.raises(NoPlace):
            ask(claes.case())
        mine = ask(claes.case(), minute=TEN)
        with pytest.raises(NoPlace):
            claes.assess(minute=TEN, plate="1-BBB-222", email="b@example.com", phone="+32470999999")
        service.confirm(mine, 1, NOW)

    @pytest.mark.parametrize("limit", ["per_address", "per_phone", "per_plate"])
    def test_the_limits_of_customers_count_it_and_bind_it(self, limit):
        claes.opens(limits={limit: 1})
        ann = {"mail": "ann@example.com", "phone": "0470 11 22 33", "plate": "1-ANN-001"}
        case_id, other = claes.case(**ann), claes.case(**ann)
        uid = book(case_id)
        with pytest.raises(TooManyOpen):
            claes.ask(case_id, minute=TEN)
        changes.cancel(uid, "", NOW)
        claes.book(case_id, minute=TEN)
        with pytest.raises(TooManyOpen):
            ask(other)


class TestOneAtATime:
    def test_a_second_device_lets_the_hold_of_the_first_go(self):
        claes.opens()
        case_id = claes.case()
        phone, laptop = ask(case_id), ask(case_id, minute=TEN)
        assert [row(uid).state for uid in (phone, laptop)] == ["released", "held"]
        with pytest.raises(Late):
            service.confirm(phone, 1, NOW)
        service.confirm(laptop, 1, NOW)
        assert coming(case_id) == laptop

    @pytest.mark.parametrize("first", ["assessment", "repair"])
    def test_a_request_for_the_repair_and_one_for_the_assessment_leave_each_other_alone(self, first):
        claes.opens()
        case_id = claes.case()
        other = "repair" if first == "assessment" else "assessment"
        one, two = (claes.ask(case_id, flow=flow, minute=at) for flow, at in ((first, NINE), (other, TEN)))
        assert [row(uid).state for uid in (one, two)] == ["held", "held"]
        for uid in (one, two):
            service.confirm(uid, 1, NOW)
        assert (coming(case_id, first), coming(case_id, other)) == (one, two)

    def test_another_device_is_told_that_it_is_booked(self, app):
        claes.opens()
        case_id = claes.case()
        mine = claes.draft(case_id, flow="assessment")
        uid = book(case_id)
        before = everything(app)
        with pytest.raises(AlreadyBooked) as known:
            ask(case_id, draft_id=mine, day=NEXT_DAY)
        assert known.value.uid == uid
        assert everything(app)["booking"] == before["booking"]

    def test_so_it_is_when_the_one_that_opened_the_case_is_still_to_come(self):
        claes.opens()
        uid = claes.book_assessment()
        with pytest.raises(AlreadyBooked) as known:
            ask(row(uid).case_id, minute=TEN)
        assert known.value.uid == uid

    def test_what_the_desk_booked_meanwhile_is_the_answer_to_the_press(self):
        claes.opens()
        case_id = claes.case()
        asked = ask(case_id)
        uid = book_at_desk(case_id, TEN)
        with pytest.raises(AlreadyBooked) as known:
            service.confirm(asked, 1, NOW)
        assert known.value.uid == uid and row(asked).state == "held"

    def test_of_two_that_the_desk_booked_the_earlier_one_is_shown(self):
        claes.opens()
        case_id = claes.case()
        _later, first = book_at_desk(case_id, TEN), book_at_desk(case_id, NINE)
        assert coming(case_id) == first

    def test_once_it_is_over_the_case_may_have_another(self):
        claes.opens()
        case_id = claes.case()
        over = row(book(case_id)).ends_at
        with pytest.raises(AlreadyBooked):
            ask(case_id, day=NEXT_DAY, now=over - timedelta(seconds=1))
        assert coming(case_id, now=over) is None
        assert book(case_id, day=NEXT_DAY, now=over) == coming(case_id, now=over)

    def test_once_it_is_cancelled_it_is_booked_again_for_the_same_case(self):
        claes.opens()
        case_id = row(claes.book_assessment()).case_id
        changes.cancel(coming(case_id), "", NOW)
        again = book(case_id)
        assert coming(case_id) == again
        assert [each.state for each in queries.of_case(case_id)] == ["cancelled", "booked"]


class TestConfirm:
    def test_the_case_gets_it_and_nobody_is_made_a_second_time(self, app):
        claes.opens()
        case_id = claes.case()
        uid = ask(case_id)
        before = everything(app)
        service.confirm(uid, 1, after(5))
        found = everything(app)
        for table in ("case", "customer", "vehicle", "consent"):
            assert len(found[table]) == len(before[table]), table
        assert row(uid).case_id == case_id
        event = cases_of.history(case_id)[-1]
        told = {"flow": "assessment", "starts_at": row(uid).starts_at.isoformat()}
        assert (event.what, event.actor, event.at, event.detail) == ("booked", "customer", after(5), told)

    def test_its_letters_go_to_the_address_on_the_case_and_to_the_garage(self):
        claes.opens()
        uid = book(claes.case(mail="ann@example.com"))
        found = db.session.scalars(select(Message).order_by(Message.id)).all()
        assert [(each.purpose, each.recipient) for each in found] == [
            ("confirmation", "ann@example.com"),
            ("booked", "ann@example.com"),
            ("garage_booked", "planning@claes.example.com"),
        ]
        assert {each.about for each in found} == {uid}

    def test_the_photos_come_to_those_of_the_case_and_the_history_says_how_many(self):
        claes.opens()
        case_id = claes.case()
        for key in "ab":
            mine = claes.draft(case_id, flow="assessment")
            add_photo(mine, key)
            if key == "b":
                add_photo(mine, "c")
            uid = book(case_id, draft_id=mine, minute=NINE)
            changes.cancel(uid, "", NOW)
        assert len(photos.of_case(case_id)) == 3
        told = [each for each in cases_of.history(case_id) if each.what == "photos_added"]
        assert [(each.actor, each.detail) for each in told] == [
            ("customer", {"photos": 1}),
            ("customer", {"photos": 2}),
        ]

    def test_the_photos_of_another_device_stay_with_its_draft(self):
        claes.opens()
        case_id = claes.case()
        other = claes.draft(case_id, flow="assessment")
        add_photo(other)
        book(case_id)
        assert photos.of_case(case_id) == [] and len(photos.of_draft(other)) == 1

    def test_a22_pressing_again_changes_nothing(self, app):
        claes.opens()
        mine = claes.draft(case_id := claes.case(), flow="assessment")
        add_photo(mine)
        uid = book(case_id, draft_id=mine)
        before = everything(app)
        for minutes in (0, 60, 60 * 24 * 365):
            service.confirm(uid, 1, after(minutes))
        assert everything(app) == before

    def test_a22_asking_twice_is_one_request_and_one_letter(self):
        claes.opens()
        mine = claes.draft(case_id := claes.case(), flow="assessment")
        assert ask(case_id, draft_id=mine) == ask(case_id, draft_id=mine, now=after(1))
        assert letters(CONFIRMATION) == 1

    def test_a_booked_draft_takes_no_more_photos(self):
        claes.opens()
        mine = claes.draft(case_id := claes.case(), flow="assessment")
        book(case_id, draft_id=mine)
        assert db.session.scalar(select(Draft.closed).where(Draft.id == mine))


@pytest.mark.parametrize("changed", [{"mail": ""}, {"vehicle_in": "2026-11-23"}], ids=["no address", "in"])
def test_what_staff_change_meanwhile_is_asked_for_neither_once_nor_again(changed):
    claes.opens()
    case_id = claes.case()
    late = ask(case_id)
    claes.change_case(case_id, **changed)
    with pytest.raises(NotBookable):
        ask(case_id)
    with pytest.raises(NotBookable):
        requests.renew(late, after(31))
    assert db.session.scalar(select(func.count()).select_from(Message)) == 1


def test_what_ran_out_is_renewed_as_an_assessment_at_the_address_of_the_case_by_now():
    claes.opens()
    case_id = claes.case(mail="ann@exmaple.com")
    late = ask(case_id)
    claes.change_case(case_id, mail="ann@example.com")
    again = renewed(late, after(31))
    assert (row(again).flow, row(again).email, row(again).case_id) == (
        "assessment",
        "ann@example.com",
        case_id,
    )
    service.confirm(again, 1, after(32))
    assert coming(case_id, now=after(32)) == again
