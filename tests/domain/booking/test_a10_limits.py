"""A10: how many coming appointments one customer may have, and that this never hinders what one has already."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.booking import changes, links, requests, service
from portal.domain.booking.errors import NoPlace, Superseded, TooManyOpen
from tests.domain.booking import claes, given
from tests.domain.booking.given import CONFIRMATION, DAY, NINE, NOW, TEN, after, letters, row, states
from tests.journeys.rows import rows
from tests.support.bookings import answers

pytestmark = pytest.mark.usefixtures("context")

MINE, OTHER = "jan@example.com", "eve@example.com"
PHONE, OTHER_PHONE = "+32470123456", "+32470999999"
PLATE, OTHER_PLATE = "1-ABC-234", "2-XYZ-987"
HALF_PAST = NINE + 30

# By what one is known, and what of the usual request must be different for a stranger to all other limits.
KNOWN_BY = [
    pytest.param("per_address", {"phone": OTHER_PHONE, "plate": OTHER_PLATE}, {"email": OTHER}, id="address"),
    pytest.param("per_phone", {"email": OTHER, "plate": OTHER_PLATE}, {"phone": OTHER_PHONE}, id="phone"),
    pytest.param("per_plate", {"email": OTHER, "phone": OTHER_PHONE}, {"plate": OTHER_PLATE}, id="plate"),
]
known_by = pytest.mark.parametrize(("limit", "same", "stranger"), KNOWN_BY)


def opens(**limits):
    hours = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0, "places": 9}
    return claes.opens(classic={"places": 9}, place={"assessment": hours}, limits=limits)


def once_more(uid, minute, **told):
    """Ask for an assessment at `minute` from the draft of the request `uid`."""
    return requests.request(
        draft_id=row(uid).draft_id,
        garage_id=claes.garage().id,
        offering=claes.assessing(),
        day=DAY,
        minute=minute,
        answers=answers(NOW, **told),
        now=NOW,
    )


@known_by
def test_a10_one_more_than_the_limit_is_refused_and_nothing_is_written(app, limit, same, stranger):
    opens(**{limit: 2})
    claes.book_assessment()
    claes.assess(minute=TEN, **same)  # a hold counts as a booking does
    before = rows(app)
    with pytest.raises(TooManyOpen):
        claes.assess(minute=HALF_PAST)
    found = rows(app)
    assert (found["booking"], found["message"]) == (before["booking"], before["message"])
    claes.assess(minute=HALF_PAST, **stranger)


@known_by
def test_a10_a_repair_counts_as_an_assessment_does(limit, same, stranger):
    opens(**{limit: 2})
    case_id = claes.case(mail=MINE, phone=PHONE, plate=PLATE)
    claes.book(case_id)
    claes.book_assessment()
    with pytest.raises(TooManyOpen):
        claes.assess(minute=TEN)
    with pytest.raises(TooManyOpen):
        claes.ask(claes.case(mail=MINE, phone=PHONE, plate=PLATE), minute=TEN)


def test_a10_the_plate_is_known_in_any_spelling():
    opens(per_plate=1)
    claes.assess(plate="1-ABC-234")
    for spelling in ("1abc234", "1 ABC 234", "1.abc.234"):
        with pytest.raises(TooManyOpen):
            claes.assess(plate=spelling, email=OTHER, phone=OTHER_PHONE, minute=TEN)


def test_a10_without_limits_one_may_have_any_number():
    opens()
    for minute in range(NINE, NINE + 180, 30):
        claes.assess(minute=minute)
    assert states() == ["held"] * 6


def test_a10_what_is_not_known_is_not_counted():
    opens(per_phone=1)
    for minute in (NINE, TEN):
        claes.book(claes.case(phone="", plate=PLATE), minute=minute)
    assert states() == ["booked", "booked"]


def test_a10_what_ran_out_or_was_let_go_or_cancelled_counts_no_more():
    opens(per_address=1)
    claes.assess()
    with pytest.raises(TooManyOpen):
        claes.assess(minute=TEN, now=after(29))
    uid = claes.assess(minute=TEN, now=after(30))
    row(uid).state = "released"
    db.session.commit()
    booked = claes.book_assessment(now=after(30))
    changes.cancel(booked, "", after(31))
    claes.assess(now=after(32))


def test_a10_what_is_over_counts_no_more_and_what_goes_on_does():
    opens(per_address=1)
    over = row(claes.book_assessment()).ends_at
    later = DAY + timedelta(days=7)
    with pytest.raises(TooManyOpen):
        claes.assess(day=later, now=over - timedelta(seconds=1))
    claes.assess(day=later, now=over)


def test_a10_each_garage_counts_for_itself(garage):
    opens(per_address=1)
    claes.assess(email=MINE)
    given.opens()
    given.ask(email=MINE)
    assert states() == ["held", "held"]


ONE_OF_EACH = {"per_address": 1, "per_phone": 1, "per_plate": 1}


class TestOnesOwnChange:
    """A limit of one, and one has one."""

    @pytest.mark.parametrize("book", [claes.book_assessment, claes.book])
    def test_a10_a_booking_is_moved(self, book):
        opens(**ONE_OF_EACH)
        uid = book()
        changes.move(uid, DAY, TEN, NOW)
        assert row(uid).start_minute == TEN

    def test_a10_a_booking_is_moved_even_when_the_limit_sank_below_what_one_has(self):
        opens()
        uid, _ = claes.book_assessment(), claes.book_assessment(minute=TEN)
        opens(**ONE_OF_EACH)
        changes.move(uid, DAY, HALF_PAST, NOW)
        assert row(uid).start_minute == HALF_PAST

    def test_a10_a_held_request_is_confirmed_even_when_the_limit_sank_below_what_one_has(self):
        opens()
        first, second = claes.assess(), claes.assess(minute=TEN)
        opens(**ONE_OF_EACH)
        service.confirm(first, 1, NOW)
        service.confirm(second, 1, NOW)
        assert states() == ["booked", "booked"]

    def test_a10_another_time_from_the_same_draft(self):
        opens(**ONE_OF_EACH)
        uid = claes.assess()
        assert once_more(uid, NINE) == uid
        again = once_more(uid, TEN)
        assert [row(each).state for each in (uid, again)] == ["released", "held"]

    def test_a10_another_device_that_asks_for_the_repair_of_the_same_case(self):
        opens(**ONE_OF_EACH)
        case_id = claes.case()
        first, second = claes.ask(case_id), claes.ask(case_id, minute=TEN)
        assert [row(each).state for each in (first, second)] == ["released", "held"]

    @pytest.mark.parametrize("ask", [claes.assess, lambda: claes.ask(claes.case())])
    def test_a10_what_ran_out_is_renewed(self, ask):
        opens(**ONE_OF_EACH)
        uid = ask()
        requests.renew(uid, after(31))
        assert states() == ["released", "held"]

    def test_a10_what_was_cancelled_is_booked_anew(self):
        opens(**ONE_OF_EACH)
        case_id = claes.case()
        changes.cancel(claes.book(case_id), "", NOW)
        claes.book(case_id, minute=TEN)
        assert states() == ["cancelled", "booked"]

    def test_a10_the_letter_once_more(self):
        opens(**ONE_OF_EACH)
        uid = claes.assess()
        links.send_again(uid, NOW)
        links.send_again(uid, NOW, email=MINE)  # mended to what it was
        assert letters(CONFIRMATION) == 3 and row(uid).round == 1


class TestMendedAddress:
    def test_a10_an_address_with_as_many_as_it_may_have_is_refused_and_the_first_link_stays_good(self, app):
        opens(per_address=1)
        claes.book_assessment(email=MINE)
        uid = claes.assess(minute=TEN, email=OTHER, phone=OTHER_PHONE, plate=OTHER_PLATE)
        before = rows(app)
        with pytest.raises(TooManyOpen):
            links.send_again(uid, NOW, email=MINE)
        assert rows(app) == before
        service.confirm(uid, 1, NOW)

    def test_a10_an_address_that_has_room_is_taken(self):
        opens(per_address=1)
        uid = claes.assess(email=OTHER)
        links.send_again(uid, NOW, email=MINE)
        with pytest.raises(Superseded):
            service.confirm(uid, 1, NOW)
        service.confirm(uid, 2, NOW)
        with pytest.raises(TooManyOpen):
            claes.assess(email=MINE, minute=TEN)
        claes.assess(email=OTHER, minute=TEN)

    def test_a10_mending_to_and_fro_counts_nothing_twice(self):
        opens(per_address=1, per_phone=1, per_plate=1)
        uid = claes.assess(email=OTHER)
        for email in (MINE, OTHER, MINE):
            links.send_again(uid, NOW, email=email)
        assert row(uid).email == MINE and row(uid).round == 4

    def test_a10_a_renewed_request_is_counted_by_its_mended_address(self):
        opens(per_address=1)
        uid = claes.assess(email=OTHER)
        links.send_again(uid, NOW, email=MINE)
        claes.book_assessment(email=MINE, minute=TEN, now=after(31))
        with pytest.raises(TooManyOpen):
            requests.renew(uid, after(32))


def test_a10_whoever_is_refused_keeps_what_was_held_before():
    opens(per_address=1)
    uid = claes.assess()
    claes.book_assessment(email=OTHER, minute=TEN)
    with pytest.raises(TooManyOpen):
        once_more(uid, HALF_PAST, email=OTHER)
    with pytest.raises(NoPlace):
        once_more(uid, NINE - 60)
    assert row(uid).state == "held"
    service.confirm(uid, 1, NOW)
