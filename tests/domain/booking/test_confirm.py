"""One press turns a held place into a booking with its case; pressing again changes nothing."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import links, notices, queries, requests, service
from portal.domain.booking.errors import Late, RequestUnknown
from portal.domain.cases import queries as cases_of
from portal.domain.mailing.models import Message
from tests.domain.booking.given import (
    BOOKED,
    NINE,
    NOW,
    TEN,
    after,
    ask,
    booked,
    cases,
    draft,
    letters,
    opens,
    row,
)

pytestmark = pytest.mark.usefixtures("context")


def test_a_press_makes_the_case_books_the_place_and_writes_the_letter_at_once():
    place = opens()
    uid = ask(email="ann@example.com", language="fr", damage="Hail.")
    service.confirm(uid, 1, after(5))
    booking = row(uid)
    assert (booking.state, booking.booked_at) == ("booked", after(5))
    view = cases_of.by_id(booking.case_id)
    assert (view.case.location_id, view.case.damage, view.case.created_at) == (place.id, "Hail.", after(5))
    assert (view.customer.email, view.customer.language) == ("ann@example.com", "fr")
    letter = db.session.scalars(select(Message).where(Message.purpose == BOOKED)).one()
    assert (letter.recipient, letter.language, letter.about) == ("ann@example.com", "fr", uid)


def test_what_was_typed_lives_in_the_case_and_no_longer_beside_it():
    opens()
    uid = ask()
    service.confirm(uid, 1, NOW)
    assert row(uid).answers == {}
    told = queries.appointment(uid)
    assert (told.first_name, told.plate, told.make) == ("Jan", "1-ABC-234", "Volkswagen")
    assert told.case_number and told.is_booked and not told.waits(NOW)


def test_an_appointment_reads_the_same_before_and_after_the_press():
    opens()
    uid = ask()
    asked = queries.appointment(uid)
    service.confirm(uid, 1, NOW)
    told = queries.appointment(uid)
    for name in (
        "day",
        "start_minute",
        "starts_at",
        "ends_at",
        "email",
        "first_name",
        "last_name",
        "plate",
        "model",
    ):
        assert getattr(asked, name) == getattr(told, name)
    assert asked.waits(NOW) and asked.case_number is None


@pytest.mark.parametrize("minutes", [0, 5, 60, 60 * 24 * 365], ids=lambda minutes: f"{minutes} minutes later")
def test_a22_a_press_again_at_any_later_time_changes_nothing(minutes):
    opens()
    uid = ask()
    service.confirm(uid, 1, NOW)
    before = queries.appointment(uid)
    service.confirm(uid, 1, after(minutes))
    assert queries.appointment(uid).case_number == before.case_number
    assert row(uid).booked_at == NOW
    assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)


def test_a22_two_tabs_that_ask_for_two_times_end_in_one_booking():
    opens()
    mine = draft()
    links = [ask(draft_id=mine, minute=NINE), ask(draft_id=mine, minute=TEN)]
    with pytest.raises(Late):
        service.confirm(links[0], 1, NOW)
    service.confirm(links[1], 1, NOW)
    assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)


def test_a22_sending_the_draft_again_after_the_press_is_answered_with_the_booking():
    opens()
    mine = draft()
    uid = ask(draft_id=mine)
    service.confirm(uid, 1, NOW)
    assert queries.latest_of_draft(mine) == uid


def test_a_press_for_a_request_that_never_was_is_refused():
    opens()
    for call in (
        lambda: service.confirm("nobody", 1, NOW),
        lambda: service.confirm_with_code("nobody", 1, True, NOW),
        lambda: links.send_again("nobody", NOW),
        lambda: links.start_link("nobody", NOW),
        lambda: links.stop_link("nobody", NOW),
        lambda: requests.renew("nobody", NOW),
        lambda: queries.appointment("nobody"),
    ):
        with pytest.raises(RequestUnknown):
            call()


def test_a_press_that_fails_leaves_nothing_behind(monkeypatch):
    opens()
    uid = ask()
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(notices.mailing, "queue", lambda **_: 1 / 0)
        service.confirm(uid, 1, NOW)
    assert (row(uid).state, cases(), letters(BOOKED)) == ("held", 0, 0)
    service.confirm(uid, 1, NOW)
    assert (row(uid).state, cases(), letters(BOOKED)) == ("booked", 1, 1)
