"""After the booking: moved, cancelled, its links sent once more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.scheduling import Refusal
from portal.db import db
from portal.domain.booking import changes, links, notices, offers, queries, service
from portal.domain.booking.errors import Cancelled, NoPlace, RequestUnknown, TooLate, TooManyLetters
from portal.domain.cases import queries as cases_of
from portal.domain.mailing.models import Message
from portal.domain.mailing.models import State as Mail
from tests.domain.booking import claes
from tests.domain.booking.claes import assessing, free
from tests.domain.booking.given import DAY, NINE, NOW, TEN, after, row
from tests.journeys.rows import rows

pytestmark = pytest.mark.usefixtures("context")

HALF_PAST = NINE + 30
NEXT_DAY = DAY + timedelta(days=1)
STARTS_AT = NOW + timedelta(days=8)  # 09:00 of DAY
FLOWS = [
    pytest.param(claes.book_assessment, assessing, id="assessment"),
    pytest.param(claes.book, lambda: claes.offering(claes.case()), id="repair"),
]
either_flow = pytest.mark.parametrize(("book", "offered"), FLOWS)


def history(uid):
    """What happened to the case of a booking: what, by whom, with which values."""
    events = cases_of.history(row(uid).case_id)
    return [(each.what, each.actor, each.at, each.detail) for each in events]


def outbox(uid, *purposes):
    """The letters of these purposes about a booking, oldest first: purpose and recipient."""
    asked = select(Message).where(Message.about == uid, Message.purpose.in_(purposes)).order_by(Message.id)
    return [(each.purpose, each.recipient) for each in db.session.scalars(asked)]


def everything(app):
    db.session.rollback()
    return rows(app)


class TestMove:
    @either_flow
    def test_the_old_place_is_free_at_once_and_the_new_one_is_taken(self, book, offered):
        claes.opens()
        uid = book()
        assert NINE not in free(offered()) and TEN in free(offered())
        changes.move(uid, DAY, TEN, NOW)
        assert NINE in free(offered()) and TEN not in free(offered())
        assert queries.appointment(uid).start_minute == TEN

    @either_flow
    def test_the_old_place_is_nobody_elses_before(self, book, offered):
        claes.opens()
        uid = book()
        assert offers.why_not(offered(), NOW, DAY, TEN, but_booking=uid) is None  # looking gives nothing up
        with pytest.raises(NoPlace):
            book()
        changes.move(uid, DAY, TEN, NOW)
        book()

    @either_flow
    def test_all_that_tells_the_time_is_moved(self, book, offered):
        claes.opens()
        uid = book()
        changes.move(uid, NEXT_DAY, TEN, after(7))
        moved = row(uid)
        starts_at = STARTS_AT + timedelta(days=1, hours=1)
        assert (moved.day, moved.start_minute, moved.end_minute) == (NEXT_DAY, TEN, TEN + 30)
        assert (moved.starts_at, moved.ends_at) == (starts_at, starts_at + timedelta(minutes=30))
        assert (moved.state, moved.booked_at, moved.sequence) == ("booked", after(7), 1)

    @either_flow
    def test_calendars_hear_of_every_move(self, book, offered):
        claes.opens()
        uid = book()
        for turn, minute in enumerate((TEN, NINE, HALF_PAST), 1):
            changes.move(uid, DAY, minute, NOW)
            assert row(uid).sequence == turn

    @either_flow
    def test_the_case_remembers_from_where_to_where(self, book, offered):
        claes.opens()
        uid = book()
        flow = row(uid).flow
        changes.move(uid, DAY, TEN, after(7))
        old, new = STARTS_AT.isoformat(), (STARTS_AT + timedelta(hours=1)).isoformat()
        assert history(uid)[-1] == ("moved", "customer", after(7), {"flow": flow, "old": old, "new": new})
        assert [what for what, *_ in history(uid)].count("moved") == 1
        assert cases_of.by_id(row(uid).case_id).case.changed_at == after(7)

    @either_flow
    def test_customer_and_garage_hear_of_it_once(self, book, offered):
        claes.opens()
        uid = book()
        changes.move(uid, DAY, TEN, NOW)
        assert outbox(uid, "moved", "garage_moved") == [
            ("moved", row(uid).email),
            ("garage_moved", "planning@claes.example.com"),
        ]

    def test_a_garage_that_names_nobody_hears_of_it_at_its_desk(self):
        claes.opens(mail={"sender_name": "Claes"})
        uid = claes.book()
        changes.move(uid, DAY, TEN, NOW)
        assert outbox(uid, "garage_moved") == [("garage_moved", "info@claes.example.com")]

    @either_flow
    def test_a_reminder_of_the_old_time_counts_for_nothing(self, book, offered):
        claes.opens()
        uid = book()
        row(uid).reminded_at = NOW
        db.session.commit()
        changes.move(uid, DAY, TEN, NOW)
        assert row(uid).reminded_at is None

    @either_flow
    def test_moving_to_where_it_is_changes_nothing(self, app, book, offered):
        claes.opens()
        uid = book()
        before = everything(app)
        changes.move(uid, DAY, NINE, after(5))
        assert everything(app) == before

    def test_moving_to_where_it_is_says_yes_even_when_it_is_too_late_to_move(self, app):
        claes.opens()
        uid = claes.book()
        before = everything(app)
        changes.move(uid, DAY, NINE, STARTS_AT)
        assert everything(app) == before

    @either_flow
    def test_a_place_that_others_have_is_refused_and_everything_stays(self, app, book, offered):
        claes.opens()
        uid = book()
        book(minute=TEN)
        before = everything(app)
        with pytest.raises(NoPlace) as no:
            changes.move(uid, DAY, TEN, after(5))
        assert no.value.refusal == Refusal.SLOT_FULL and everything(app) == before

    @pytest.mark.parametrize("ask", [claes.assess, lambda **asked: claes.ask(claes.case(), **asked)])
    def test_a_place_that_is_held_for_another_is_refused_as_long_as_it_is(self, app, ask):
        claes.opens()
        book = claes.book_assessment if ask is claes.assess else claes.book
        uid = book()
        ask(minute=TEN)
        before = everything(app)
        with pytest.raises(NoPlace):
            changes.move(uid, DAY, TEN, after(29))
        assert everything(app) == before
        changes.move(uid, DAY, TEN, after(30))

    @pytest.mark.parametrize(
        ("day", "minute", "refusal"),
        [
            (DAY, NINE - 30, Refusal.OUTSIDE_HOURS),
            (DAY, NINE + 10, Refusal.BETWEEN_SLOTS),
            (DAY, -1, Refusal.OUTSIDE_HOURS),
            (DAY, 10**6, Refusal.OUTSIDE_HOURS),
            (NOW.date() - timedelta(days=1), NINE, Refusal.PAST),
            (NOW.date() + timedelta(days=61), NINE, Refusal.TOO_FAR),
        ],
    )
    def test_a_time_that_is_never_offered_is_refused_and_everything_stays(self, app, day, minute, refusal):
        claes.opens()
        uid = claes.book()
        before = everything(app)
        with pytest.raises(NoPlace) as no:
            changes.move(uid, day, minute, NOW)
        assert no.value.refusal == refusal and everything(app) == before

    def test_a_closed_flow_has_no_place_to_move_to_and_the_booking_stays(self, app):
        claes.opens()
        uid = claes.book()
        claes.opens(place={"flows": ["assessment"]})
        before = everything(app)
        with pytest.raises(NoPlace) as no:
            changes.move(uid, DAY, TEN, NOW)
        assert no.value.refusal == Refusal.CLOSED and everything(app) == before

    @either_flow
    def test_ones_own_booking_is_not_the_one_place_of_the_day(self, book, offered):
        claes.opens(classic={"day_limit": 1}, place={"day_limit": 1})
        uid = book()
        assert free(offered()) == []
        changes.move(uid, DAY, TEN, NOW)
        assert row(uid).start_minute == TEN

    def test_the_one_place_of_another_day_is_somebody_elses(self, app):
        claes.opens(place={"day_limit": 1})
        uid, _ = claes.book(), claes.book_assessment(day=NEXT_DAY)
        before = everything(app)
        with pytest.raises(NoPlace) as no:
            changes.move(uid, NEXT_DAY, TEN, NOW)
        assert no.value.refusal == Refusal.DAY_FULL and everything(app) == before

    def test_ones_own_booking_does_not_stand_where_a_new_grid_begins(self):
        claes.opens()
        uid = claes.book()
        claes.opens(classic={"hours": [{"days": "mon-sun", "open": ["09:15-12:15"]}]})
        changes.move(uid, DAY, NINE + 15, NOW)  # overlaps the half hour it has
        assert (row(uid).start_minute, row(uid).end_minute) == (NINE + 15, NINE + 45)

    def test_the_new_place_is_of_the_damage_flow_the_case_has_by_now(self):
        claes.opens()
        case_id = claes.case()
        uid = claes.book(case_id)
        claes.change_case(case_id, damage_flow="spot")
        changes.move(uid, DAY, TEN, NOW)
        assert row(uid).damage_flow == "spot"
        assert TEN in free(claes.offering(claes.case())) and TEN not in free(claes.offering(case_id))

    def test_the_same_time_keeps_the_place_it_was_given_whatever_the_case_became(self):
        claes.opens()
        case_id = claes.case()
        uid = claes.book(case_id)
        claes.change_case(case_id, damage_flow="spot")
        changes.move(uid, DAY, NINE, NOW)
        assert (row(uid).damage_flow, row(uid).sequence) == ("classic", 0)

    @pytest.mark.parametrize("hours", [0, 48])
    def test_until_the_cut_off_and_not_a_moment_later(self, app, hours):
        claes.opens(appointments={"change_until_hours": hours})
        uid = claes.book()
        last = STARTS_AT - timedelta(hours=hours)
        assert queries.appointment(uid).change_until == last
        before = everything(app)
        with pytest.raises(TooLate):
            changes.move(uid, NEXT_DAY, TEN, last + timedelta(seconds=1))
        assert everything(app) == before
        changes.move(uid, NEXT_DAY, TEN, last)
        assert row(uid).day == NEXT_DAY

    def test_the_cut_off_counts_from_the_time_it_has_now(self):
        claes.opens(appointments={"change_until_hours": 48})
        uid = claes.book(day=NEXT_DAY)
        now = STARTS_AT - timedelta(hours=47)
        changes.move(uid, DAY, TEN, STARTS_AT - timedelta(hours=48))
        with pytest.raises(TooLate):
            changes.move(uid, NEXT_DAY, NINE, now + timedelta(hours=1))

    def test_what_is_cancelled_stays_cancelled(self, app):
        claes.opens()
        uid = claes.book()
        changes.cancel(uid, "", NOW)
        before = everything(app)
        for minute in (NINE, TEN):
            with pytest.raises(Cancelled):
                changes.move(uid, DAY, minute, NOW)
        assert everything(app) == before

    @pytest.mark.parametrize(
        "change",
        [
            lambda uid: changes.move(uid, DAY, TEN, NOW),
            lambda uid: changes.cancel(uid, "", NOW),
            lambda uid: changes.send_links_again(uid, NOW),
        ],
    )
    def test_what_is_only_requested_cannot_be_changed(self, app, change):
        claes.opens()
        mine = claes.case()
        held = claes.ask(mine, minute=HALF_PAST)
        released = claes.ask(claes.case())
        row(released).state = "released"
        db.session.commit()
        before = everything(app)
        for uid in (held, released, "nobody"):
            with pytest.raises(RequestUnknown):
                change(uid)
        assert everything(app) == before

    @either_flow
    def test_a_move_that_fails_at_the_last_letter_leaves_nothing_behind(
        self, app, book, offered, monkeypatch
    ):
        claes.opens()
        uid = book()
        before = everything(app)
        with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
            broken.setattr(notices.mailing, "queue", lambda **_: 1 / 0)
            changes.move(uid, DAY, TEN, NOW)
        assert everything(app) == before


class TestCancel:
    @either_flow
    def test_the_place_is_free_at_once(self, book, offered):
        claes.opens(place={"day_limit": 1})
        uid = book()
        assert free(offered()) == []
        changes.cancel(uid, "", NOW)
        assert NINE in free(offered())
        book()

    @either_flow
    def test_reason_moment_and_history_are_kept_and_calendars_hear_of_it(self, book, offered):
        claes.opens()
        uid = book()
        flow = row(uid).flow
        changes.cancel(uid, "Sold the car.", after(7))
        gone = row(uid)
        assert (gone.state, gone.cancelled_at, gone.cancel_reason) == ("cancelled", after(7), "Sold the car.")
        assert (gone.sequence, gone.starts_at) == (1, STARTS_AT)
        told = {"flow": flow, "starts_at": STARTS_AT.isoformat(), "reason": "Sold the car."}
        assert history(uid)[-1] == ("cancelled", "customer", after(7), told)
        assert outbox(uid, "cancelled", "garage_cancelled") == [
            ("cancelled", gone.email),
            ("garage_cancelled", "planning@claes.example.com"),
        ]

    @either_flow
    def test_doing_it_again_changes_nothing_not_even_the_reason(self, app, book, offered):
        claes.opens()
        uid = book()
        changes.cancel(uid, "Sold the car.", NOW)
        before = everything(app)
        changes.cancel(uid, "Sick.", after(5))
        changes.cancel(uid, "", STARTS_AT + timedelta(days=1))  # also when it is long over
        assert everything(app) == before

    def test_the_place_that_somebody_else_has_since_is_not_given_up_a_second_time(self):
        claes.opens()
        uid = claes.book()
        changes.cancel(uid, "", NOW)
        other = claes.book()
        changes.cancel(uid, "", NOW)
        assert row(other).state == "booked" and NINE not in free(claes.offering(claes.case()))

    @pytest.mark.parametrize("hours", [0, 48])
    def test_until_the_cut_off_and_not_a_moment_later(self, app, hours):
        claes.opens(appointments={"change_until_hours": hours})
        uid = claes.book()
        last = STARTS_AT - timedelta(hours=hours)
        before = everything(app)
        with pytest.raises(TooLate):
            changes.cancel(uid, "", last + timedelta(seconds=1))
        assert everything(app) == before
        changes.cancel(uid, "", last)
        assert row(uid).state == "cancelled"

    @either_flow
    def test_the_link_that_booked_it_does_not_book_it_again(self, app, book, offered):
        claes.opens()
        uid = book()
        changes.cancel(uid, "", NOW)
        before = everything(app)
        for press in (
            lambda: service.confirm(uid, 1, NOW),
            lambda: service.confirm_with_code(uid, 1, True, NOW),
        ):
            with pytest.raises(Cancelled):
                press()
        assert everything(app) == before

    def test_the_repair_can_be_booked_anew(self):
        claes.opens()
        case_id = claes.case()
        changes.cancel(claes.book(case_id), "", NOW)
        again = claes.book(case_id)
        assert queries.coming(case_id, "repair", NOW) == again
        assert [each.state for each in queries.of_case(case_id)] == ["cancelled", "booked"]

    def test_the_case_of_an_assessment_stays(self):
        claes.opens()
        uid = claes.book_assessment()
        changes.cancel(uid, "", NOW)
        assert queries.appointment(uid).case_number


class TestLinksAgain:
    def test_the_customer_gets_the_letter_of_the_booking_once_more_and_the_garage_does_not(self):
        claes.opens()
        uid = claes.book()
        changes.send_links_again(uid, NOW)
        assert outbox(uid, "booked", "garage_booked") == [
            ("booked", row(uid).email),
            ("garage_booked", "planning@claes.example.com"),
            ("booked", row(uid).email),
        ]

    def test_five_letters_of_one_booking_at_most(self, app):
        claes.opens()
        uid, other = claes.book(), claes.book(minute=TEN)
        for _ in range(links.MAX_LETTERS - 1):
            changes.send_links_again(uid, NOW)
        before = everything(app)
        with pytest.raises(TooManyLetters):
            changes.send_links_again(uid, after(60 * 24))
        assert everything(app) == before
        changes.send_links_again(other, NOW)
        assert len(outbox(uid, "booked")) == links.MAX_LETTERS and len(outbox(other, "booked")) == 2

    def test_letters_that_never_left_count_too(self):
        claes.opens()
        uid = claes.book()
        for message in db.session.scalars(select(Message).where(Message.about == uid)):
            message.state = Mail.FAILED
        db.session.commit()
        for _ in range(links.MAX_LETTERS - 1):
            changes.send_links_again(uid, NOW)
        with pytest.raises(TooManyLetters):
            changes.send_links_again(uid, NOW)

    def test_it_changes_nothing_but_the_outbox(self, app):
        claes.opens()
        uid = claes.book()
        before = everything(app)
        changes.send_links_again(uid, after(5))
        after_it = everything(app)
        assert {name for name, found in after_it.items() if found != before[name]} == {"message"}

    def test_of_a_cancelled_booking_there_are_no_links(self):
        claes.opens()
        uid = claes.book()
        changes.cancel(uid, "", NOW)
        with pytest.raises(Cancelled):
            changes.send_links_again(uid, NOW)
