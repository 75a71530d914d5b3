"""The code from the mail does what its link does, but not for whoever guesses."""

import pytest

from portal.domain.booking import links, service
from portal.domain.booking.errors import Late, WrongCode
from tests.domain.booking.given import (
    BOOKED,
    NOW,
    after,
    ask,
    booked,
    cases,
    draft,
    letters,
    opens,
    renewed,
    row,
)

pytestmark = pytest.mark.usefixtures("context")


def test_the_right_code_books():
    opens()
    uid = ask()
    service.confirm_with_code(uid, 1, True, NOW)
    assert (row(uid).state, cases(), letters(BOOKED)) == ("booked", 1, 1)


def test_a_wrong_code_says_how_many_tries_are_left():
    opens()
    uid = ask()
    left = []
    for _ in range(7):
        with pytest.raises(WrongCode) as wrong:
            service.confirm_with_code(uid, 1, False, NOW)
        left.append(wrong.value.left)
    assert left == [4, 3, 2, 1, 0, 0, 0]
    assert booked() == 0


def test_the_fifth_try_may_be_the_right_one():
    opens()
    uid = ask()
    for _ in range(4):
        with pytest.raises(WrongCode):
            service.confirm_with_code(uid, 1, False, NOW)
    service.confirm_with_code(uid, 1, True, NOW)
    assert booked() == 1


def test_after_too_many_tries_even_the_right_code_is_refused_but_the_link_works():
    opens()
    uid = ask()
    for _ in range(5):
        with pytest.raises(WrongCode):
            service.confirm_with_code(uid, 1, False, NOW)
    with pytest.raises(WrongCode) as wrong:
        service.confirm_with_code(uid, 1, True, NOW)
    assert wrong.value.left == 0 and booked() == 0
    service.confirm(uid, 1, NOW)
    assert booked() == 1


def test_tries_are_counted_for_each_request_and_not_given_back_by_another_letter():
    opens(places=2)
    mine, other = ask(), ask()
    for _ in range(5):
        with pytest.raises(WrongCode):
            service.confirm_with_code(mine, 1, False, NOW)
    links.send_again(mine, NOW)
    with pytest.raises(WrongCode):
        service.confirm_with_code(mine, 1, True, NOW)
    service.confirm_with_code(other, 1, True, NOW)
    assert row(other).state == "booked"


def test_a_mended_address_gets_its_own_tries():
    opens()
    uid = ask(email="jan@exmaple.com")
    for _ in range(5):
        with pytest.raises(WrongCode):
            service.confirm_with_code(uid, 1, False, NOW)
    links.send_again(uid, NOW, email="jan@example.com")
    service.confirm_with_code(uid, 2, True, NOW)
    assert booked() == 1


def test_the_right_code_is_late_when_the_link_is():
    opens()
    uid = ask()
    links.start_link(uid, NOW)
    with pytest.raises(Late):
        service.confirm_with_code(uid, 1, True, after(15))


def test_a_renewed_request_has_its_own_tries():
    opens()
    uid = ask(draft_id=draft())
    for _ in range(5):
        with pytest.raises(WrongCode):
            service.confirm_with_code(uid, 1, False, NOW)
    again = renewed(uid, after(31))
    service.confirm_with_code(again, 1, True, after(32))
    assert row(again).state == "booked"


def test_a22_twenty_presses_with_the_right_code_are_one_booking_and_one_answer():
    opens()
    uid = ask()
    for _ in range(20):
        service.confirm_with_code(uid, 1, True, NOW)
    assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)
