"""The repair of a case: a time from its damage flow, one at a time, confirmed at the address on the case."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.scheduling import Refusal
from portal.db import db
from portal.domain.booking import changes, links, queries, requests, service
from portal.domain.booking.errors import AlreadyBooked, Late, NoPlace, NotBookable
from portal.domain.cases import queries as cases_of
from portal.domain.mailing.models import Message
from tests.domain.booking import claes
from tests.domain.booking.claes import assessing, free, offering
from tests.domain.booking.given import CONFIRMATION, DAY, NINE, NOW, TEN, after, letters, renewed, row, states
from tests.journeys.rows import rows

pytestmark = pytest.mark.usefixtures("context")

HALF_PAST = NINE + 30
NEXT_DAY = DAY + timedelta(days=1)
HOURS = {"hours": [{"days": "mon-sun", "open": ["13:00-14:00"]}]}
ONE = 13 * 60


def everything(app):
    db.session.rollback()
    return rows(app)


class TestDamageFlow:
    def test_the_times_are_those_of_the_cases_damage_flow(self):
        claes.opens(spot=HOURS)
        assert free(offering(claes.case(damage_flow="spot"))) == [ONE, ONE + 30]
        assert NINE in free(offering(claes.case(damage_flow="classic")))

    def test_a_case_that_names_none_has_the_default_one(self):
        claes.opens(spot=HOURS)
        uid = claes.book(claes.case())
        assert (row(uid).flow, row(uid).damage_flow) == ("repair", "classic")

    def test_a_case_whose_damage_flow_the_garage_dropped_has_the_default_one(self):
        place = claes.opens(spot=HOURS)
        case_id = claes.case(damage_flow="spot")
        classic = {
            "slug": "classic",
            "default": True,
            "days": 3,
            "name": dict.fromkeys(("nl", "fr", "de", "en"), "C"),
        }
        claes.opens(
            damage_flows=[classic],
            place={"repair": [each.model_dump(mode="json") for each in place.profile.repair[:1]]},
        )
        assert offering(case_id).damage_flow == "classic"
        assert row(claes.book(case_id)).damage_flow == "classic"

    def test_a_damage_flow_without_hours_of_its_own_offers_nothing_not_even_those_of_the_default_one(self):
        place = claes.opens()
        claes.opens(place={"repair": [each.model_dump(mode="json") for each in place.profile.repair[:1]]})
        case_id = claes.case(damage_flow="spot")
        assert free(offering(case_id)) == []
        with pytest.raises(NoPlace) as no:
            claes.ask(case_id)
        assert no.value.refusal == Refusal.OUTSIDE_HOURS

    @pytest.mark.parametrize("length", [{"days": 1}, {"days": 20}, {"hours": 1}, {"hours": 24}])
    def test_how_long_the_work_takes_changes_neither_times_nor_places(self, length):
        names = dict.fromkeys(("nl", "fr", "de", "en"), "C")
        spot = {"slug": "spot", "hours": 4, "name": names}
        claes.opens(damage_flows=[{"slug": "classic", "default": True, "name": names, **length}, spot])
        uid = claes.book()
        assert row(uid).ends_at - row(uid).starts_at == timedelta(minutes=30)
        assert free(offering(claes.case())) == [NINE + 30 * slot for slot in range(1, 6)]
        assert NINE in free(offering(claes.case()), day=NEXT_DAY)

    def test_each_kind_of_work_has_places_of_its_own(self):
        claes.opens()
        claes.book(claes.case())
        assert NINE in free(offering(claes.case(damage_flow="spot"))) and NINE in free(assessing())
        claes.book(claes.case(damage_flow="spot"))
        claes.book_assessment()
        for full in (offering(claes.case()), offering(claes.case(damage_flow="spot")), assessing()):
            assert NINE not in free(full) and TEN in free(full)


class TestDayLimits:
    def test_the_limit_of_one_damage_flow_is_its_own(self):
        claes.opens(classic={"places": 3, "day_limit": 2})
        claes.book()
        claes.ask(claes.case(), minute=TEN)  # a hold counts
        with pytest.raises(NoPlace) as no:
            claes.ask(claes.case(), minute=TEN + 30)
        assert no.value.refusal == Refusal.WORK_DAY_FULL
        assert free(offering(claes.case())) == [] and NINE in free(offering(claes.case()), day=NEXT_DAY)
        claes.book(claes.case(damage_flow="spot"))
        claes.book_assessment()

    @pytest.mark.parametrize("last", ["classic", "spot", "assessment"])
    def test_the_limit_of_the_day_counts_every_kind_of_work(self, last):
        claes.opens(place={"day_limit": 3})
        claes.book(claes.case())
        claes.book(claes.case(damage_flow="spot"))
        claes.assess(minute=TEN)
        with pytest.raises(NoPlace) as no:
            if last == "assessment":
                claes.assess(minute=HALF_PAST)
            else:
                claes.ask(claes.case(damage_flow=last), minute=HALF_PAST)
        assert no.value.refusal == Refusal.DAY_FULL
        assert NINE in free(assessing(), day=NEXT_DAY)

    def test_a_place_that_is_given_back_is_free_for_any_other_kind_of_work(self):
        claes.opens(place={"day_limit": 2})
        claes.book_assessment()
        repair = claes.book()
        assert free(assessing()) == []
        changes.cancel(repair, "", NOW)
        claes.assess(minute=HALF_PAST)
        assert free(assessing()) == [] == free(offering(claes.case()))

    def test_a_hold_that_runs_out_counts_for_no_limit(self):
        claes.opens(classic={"day_limit": 1}, place={"day_limit": 1})
        claes.ask(claes.case())
        for offered in (offering(claes.case()), assessing()):
            assert free(offered, now=after(29)) == [] and NINE in free(offered, now=after(30))

    def test_two_holds_of_two_kinds_under_a_limit_that_sank_since_end_in_one_booking(self):
        claes.opens()
        repair, assessment = claes.ask(claes.case()), claes.assess()
        claes.opens(place={"day_limit": 1})
        service.confirm(assessment, 1, NOW)
        with pytest.raises(NoPlace) as no:
            service.confirm(repair, 1, NOW)
        assert no.value.refusal == Refusal.DAY_FULL


class TestOneAtATime:
    def test_a_second_device_lets_the_hold_of_the_first_go(self):
        claes.opens()
        case_id = claes.case()
        phone, laptop = claes.ask(case_id), claes.ask(case_id, minute=TEN)
        assert [row(uid).state for uid in (phone, laptop)] == ["released", "held"]
        assert NINE in free(offering(case_id)) and TEN not in free(offering(case_id))
        with pytest.raises(Late):
            service.confirm(phone, 1, NOW)
        service.confirm(laptop, 1, NOW)
        assert queries.coming(case_id, "repair", NOW) == laptop

    def test_a_second_device_may_take_the_only_place_that_the_first_one_holds(self):
        claes.opens(classic={"day_limit": 1}, place={"day_limit": 1})
        case_id = claes.case()
        phone, laptop = claes.ask(case_id), claes.ask(case_id)
        assert [row(uid).state for uid in (phone, laptop)] == ["released", "held"]

    def test_a_second_device_is_told_that_the_repair_is_booked(self, app):
        claes.opens()
        case_id = claes.case()
        second = claes.draft(case_id)
        uid = claes.book(case_id)
        before = everything(app)
        for draft_id in (second, claes.draft(case_id)):
            with pytest.raises(AlreadyBooked) as known:
                claes.ask(case_id, draft_id=draft_id, day=NEXT_DAY)
            assert known.value.uid == uid
        after_it = everything(app)
        assert after_it["booking"] == before["booking"] and after_it["message"] == before["message"]

    def test_what_was_refused_lets_nothing_go(self):
        claes.opens()
        case_id = claes.case()
        held, _ = claes.ask(case_id), claes.book(minute=TEN)
        with pytest.raises(NoPlace):
            claes.ask(case_id, minute=TEN)
        assert row(held).state == "held"
        service.confirm(held, 1, NOW)

    def test_the_same_again_from_the_same_draft_is_the_same_request(self):
        claes.opens()
        case_id = claes.case()
        mine = claes.draft(case_id)
        assert claes.ask(case_id, draft_id=mine) == claes.ask(case_id, draft_id=mine, now=after(1))
        assert letters(CONFIRMATION) == 1

    def test_the_request_of_another_case_stays(self):
        claes.opens()
        other = claes.ask(claes.case())
        claes.ask(claes.case(), minute=TEN)
        assert row(other).state == "held"

    def test_the_assessment_that_opened_the_case_is_no_repair(self):
        claes.opens()
        case_id = row(claes.book_assessment()).case_id
        uid = claes.book(case_id)
        assert queries.coming(case_id, "repair", NOW) == uid
        assert [each.flow for each in queries.of_case(case_id)] == ["assessment", "repair"]
        assert states() == ["booked", "booked"]

    def test_once_a_repair_is_over_the_case_may_have_another(self):
        claes.opens()
        case_id = claes.case()
        first = claes.book(case_id)
        over = row(first).ends_at
        with pytest.raises(AlreadyBooked):
            claes.ask(case_id, day=NEXT_DAY, now=over - timedelta(seconds=1))
        second = claes.book(case_id, day=NEXT_DAY, now=over)
        assert queries.coming(case_id, "repair", over) == second

    def test_a_request_that_was_let_go_is_renewed_for_whoever_asks_last(self):
        claes.opens()
        case_id = claes.case()
        phone, laptop = claes.ask(case_id), claes.ask(case_id, minute=TEN)
        again = renewed(phone, after(1))
        assert [row(uid).state for uid in (phone, laptop, again)] == ["released", "released", "held"]


class TestRenew:
    def test_a_late_click_ends_with_a_repair_without_typing(self):
        claes.opens()
        case_id = claes.case(language="fr")
        late = claes.ask(case_id)
        links.start_link(late, NOW)
        with pytest.raises(Late):
            service.confirm(late, 1, after(16))
        again = renewed(late, after(40))
        service.confirm(again, 1, after(41))
        assert queries.coming(case_id, "repair", after(41)) == again
        assert row(again).starts_at == row(late).starts_at and letters(CONFIRMATION) == 2

    def test_what_a_second_device_booked_is_the_answer(self):
        claes.opens()
        case_id = claes.case()
        late, booked = claes.ask(case_id), claes.book(case_id, minute=TEN, now=after(31))
        with pytest.raises(AlreadyBooked) as known:
            requests.renew(late, after(32))
        assert known.value.uid == booked

    def test_the_letter_goes_to_the_address_that_is_on_the_case_by_now(self):
        claes.opens()
        case_id = claes.case(mail="ann@exmaple.com")
        late = claes.ask(case_id)
        claes.change_case(case_id, mail="ann@example.com")
        again = renewed(late, after(31))
        assert (row(late).email, row(again).email) == ("ann@exmaple.com", "ann@example.com")

    def test_the_time_is_asked_for_in_the_damage_flow_the_case_has_by_now(self):
        claes.opens(spot=HOURS)
        case_id = claes.case()
        late = claes.ask(case_id)
        claes.change_case(case_id, damage_flow="spot")
        with pytest.raises(NoPlace) as no:
            requests.renew(late, after(31))
        assert no.value.refusal == Refusal.OUTSIDE_HOURS


class TestConfirm:
    def test_the_case_gets_its_appointment_and_no_second_case_is_made(self, app):
        claes.opens()
        case_id = claes.case()
        uid = claes.ask(case_id)
        before = everything(app)
        service.confirm(uid, 1, after(5))
        found = everything(app)
        for table in ("case", "customer", "vehicle", "consent"):
            assert len(found[table]) == len(before[table])
        assert row(uid).case_id == case_id and row(uid).booked_at == after(5)
        event = cases_of.history(case_id)[-1]
        told = {"flow": "repair", "starts_at": row(uid).starts_at.isoformat()}
        assert (event.what, event.actor, event.at, event.detail) == ("booked", "customer", after(5), told)
        assert cases_of.by_id(case_id).case.changed_at == after(5)

    def test_the_letters_go_to_the_address_on_the_case_and_to_the_garage(self):
        claes.opens()
        uid = claes.book(claes.case(mail="ann@example.com"))
        told = [
            (each.purpose, each.recipient)
            for each in db.session.scalars(select(Message).order_by(Message.id))
        ]
        assert told == [
            ("confirmation", "ann@example.com"),
            ("booked", "ann@example.com"),
            ("garage_booked", "planning@claes.example.com"),
        ]
        assert {each.about for each in db.session.scalars(select(Message))} == {uid}

    def test_a22_a_press_again_changes_nothing(self, app):
        claes.opens()
        uid = claes.book()
        before = everything(app)
        for minutes in (0, 60, 60 * 24 * 365):
            service.confirm(uid, 1, after(minutes))
        assert everything(app) == before

    def test_the_place_that_was_promised_is_booked_whatever_the_damage_flow_of_the_case_is_by_now(self):
        claes.opens(spot=HOURS)
        case_id = claes.case()
        uid = claes.ask(case_id)
        claes.change_case(case_id, damage_flow="spot")
        service.confirm(uid, 1, after(5))
        assert (row(uid).state, row(uid).damage_flow, row(uid).start_minute) == ("booked", "classic", NINE)
        assert NINE not in free(offering(claes.case())) and ONE in free(offering(case_id))

    def test_a_full_damage_flow_the_case_has_by_now_does_not_refuse_what_was_promised(self):
        claes.opens(spot={"day_limit": 1})
        case_id = claes.case()
        uid, _ = claes.ask(case_id), claes.book(claes.case(damage_flow="spot"))
        claes.change_case(case_id, damage_flow="spot")
        service.confirm(uid, 1, NOW)
        assert row(uid).state == "booked"

    def test_a_repair_that_staff_booked_meanwhile_is_the_answer(self):
        claes.opens()
        case_id = claes.case()
        uid = claes.ask(case_id)
        other = claes.book(minute=TEN)
        row(other).case_id = case_id
        db.session.commit()
        with pytest.raises(AlreadyBooked) as known:
            service.confirm(uid, 1, NOW)
        assert known.value.uid == other and row(uid).state == "held"

    def test_a_damage_flow_that_closed_since_is_no_place_any_more(self):
        place = claes.opens()
        uid = claes.ask(claes.case(damage_flow="spot"))
        claes.opens(place={"repair": [each.model_dump(mode="json") for each in place.profile.repair[:1]]})
        with pytest.raises(NoPlace):
            service.confirm(uid, 1, NOW)
        assert row(uid).state == "held"


GONE = [
    {"mail": ""},
    {"vehicle_in": "2026-11-23"},
    {"vehicle_in": "2026-11-20", "finished": "2026-11-23"},
]
by_staff = pytest.mark.parametrize("changed", GONE, ids=["no address", "car is in", "finished"])


class TestNotBookable:
    """Staff change a case between the page that offers its repair and the press that asks for it."""

    @by_staff
    def test_nothing_is_asked_for_and_no_letter_is_written(self, app, changed):
        claes.opens()
        case_id = claes.case()
        mine = claes.draft(case_id)
        claes.change_case(case_id, **changed)
        before = everything(app)
        with pytest.raises(NotBookable):
            claes.ask(case_id, draft_id=mine)
        after_it = everything(app)
        assert (after_it["booking"], after_it["message"]) == (before["booking"], before["message"])

    @by_staff
    def test_what_ran_out_is_not_renewed(self, changed):
        claes.opens()
        case_id = claes.case()
        late = claes.ask(case_id)
        claes.change_case(case_id, **changed)
        with pytest.raises(NotBookable):
            requests.renew(late, after(31))

    def test_an_address_that_staff_fill_in_is_enough(self):
        claes.opens()
        case_id = claes.case(mail="")
        with pytest.raises(NotBookable):
            claes.ask(case_id)
        claes.change_case(case_id, mail="ann@example.com")
        assert row(claes.ask(case_id)).email == "ann@example.com"
