"""The letter once more, or to the address that was meant."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import links, queries, service
from portal.domain.booking.errors import AlreadyBooked, Late, Superseded, TooManyLetters
from portal.domain.cases import queries as cases_of
from portal.domain.cases import service as cases_service
from portal.domain.drafts.models import Draft
from portal.domain.mailing.models import Message
from tests.domain.booking import claes
from tests.domain.booking.given import (
    BOOKED,
    CONFIRMATION,
    NOW,
    after,
    ask,
    booked,
    draft,
    letters,
    opens,
    row,
)

pytestmark = pytest.mark.usefixtures("context")

WRONG, RIGHT = "jan@exmaple.com", "jan@example.com"


def recipients(purpose):
    return list(
        db.session.scalars(select(Message.recipient).where(Message.purpose == purpose).order_by(Message.id))
    )


def test_the_letter_once_more_keeps_the_first_link_good():
    opens()
    uid = ask()
    links.send_again(uid, after(1))
    assert letters(CONFIRMATION) == 2
    service.confirm(uid, 1, after(2))
    assert booked() == 1


def test_the_letter_leaves_five_times_at_most():
    opens()
    uid = ask()
    for _ in range(4):
        links.send_again(uid, NOW)
    for email in (None, RIGHT, WRONG):
        with pytest.raises(TooManyLetters):
            links.send_again(uid, NOW, email=email)
    assert letters(CONFIRMATION) == 5
    service.confirm(uid, 1, NOW)


def test_the_letters_of_one_request_are_not_counted_against_another():
    opens(places=2)
    mine, other = ask(), ask()
    for _ in range(4):
        links.send_again(mine, NOW)
    links.send_again(other, NOW)
    assert letters(CONFIRMATION) == 7


def test_a_mended_address_gets_the_letter_and_the_booking():
    opens()
    uid = ask(email=WRONG)
    links.send_again(uid, NOW, email=RIGHT)
    told = queries.appointment(uid)
    assert (told.email, told.round) == (RIGHT, 2)
    service.confirm(uid, 2, NOW)
    assert recipients(CONFIRMATION) == [WRONG, RIGHT]
    assert recipients(BOOKED) == [RIGHT]
    assert cases_of.by_id(row(uid).case_id).customer.email == RIGHT


def test_the_link_in_the_letter_to_the_wrong_address_is_worthless():
    opens()
    uid = ask(email=WRONG)
    links.send_again(uid, NOW, email=RIGHT)
    with pytest.raises(Superseded):
        service.confirm(uid, 1, NOW)
    assert booked() == 0


def test_the_link_in_the_letter_to_the_wrong_address_shows_nothing_once_it_is_booked_either():
    opens()
    uid = ask(email=WRONG)
    links.send_again(uid, NOW, email=RIGHT)
    service.confirm(uid, 2, NOW)
    with pytest.raises(Superseded):
        service.confirm(uid, 1, NOW)


def test_mending_an_address_back_and_forth_leaves_only_the_newest_link():
    opens()
    uid = ask(email=WRONG)
    for email in (RIGHT, WRONG, RIGHT):
        links.send_again(uid, NOW, email=email)
    for round in (1, 2, 3, 5, 0, -1):
        with pytest.raises(Superseded):
            service.confirm(uid, round, NOW)
    service.confirm(uid, 4, NOW)
    assert booked() == 1


def test_an_address_mended_on_the_case_gets_the_letter_when_it_is_sent_again():
    claes.opens()
    case_id = claes.case()
    uid = claes.ask(case_id)
    old = queries.appointment(uid).email
    number = cases_of.by_id(case_id).case.number
    cases_service.update(claes.garage(), number, {"mail": RIGHT}, NOW)
    links.send_again(uid, NOW)
    told = queries.appointment(uid)
    assert (told.email, told.round) == (RIGHT, 2) and recipients(CONFIRMATION) == [old, RIGHT]
    links.send_again(uid, NOW)
    service.confirm(uid, 2, NOW)
    assert recipients(CONFIRMATION) == [old, RIGHT, RIGHT] and recipients(BOOKED) == [RIGHT]


def test_the_same_address_again_is_not_a_mended_one():
    opens()
    uid = ask(email=RIGHT)
    links.send_again(uid, NOW, email=RIGHT)
    service.confirm(uid, 1, NOW)
    assert booked() == 1


def test_the_code_follows_the_mended_address():
    opens()
    uid = ask(email=WRONG)
    links.send_again(uid, NOW, email=RIGHT)
    with pytest.raises(Superseded):
        service.confirm_with_code(uid, 1, True, NOW)
    service.confirm_with_code(uid, 2, True, NOW)
    assert cases_of.by_id(row(uid).case_id).customer.email == RIGHT


def test_a_mended_address_is_the_one_the_draft_remembers():
    opens()
    mine = draft()
    uid = ask(draft_id=mine, email=WRONG)
    links.send_again(uid, NOW, email=RIGHT)
    db.session.rollback()
    assert db.session.get(Draft, mine).answers["you"]["typed"] == {"email": RIGHT}


def test_nothing_is_sent_again_about_what_is_over_or_booked():
    opens(places=2)
    over, done = ask(), ask()
    links.start_link(over, NOW)
    with pytest.raises(Late):
        links.send_again(over, after(15))
    service.confirm(done, 1, NOW)
    with pytest.raises(AlreadyBooked):
        links.send_again(done, NOW, email=RIGHT)
    assert letters(CONFIRMATION) == 2
