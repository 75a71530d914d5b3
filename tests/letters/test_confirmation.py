"""The letter that asks to confirm: its deadline, its one button, and nothing a stranger could abuse."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from portal.adapters.mailer import RefusedForNow
from portal.core.dates import local_clock
from portal.domain.booking import links
from portal.domain.booking import service as booking
from portal.wiring import wired
from tests.support import bookings
from tests.support.every_letter import DAY
from tests.support.post_office import states

ZONE = "Europe/Brussels"


def test_the_deadline_in_the_letter_is_the_servers_and_runs_from_the_hand_over(ask, seen, deliver, clock):
    uid = ask()
    clock.forward(minutes=4)
    (letter,) = deliver()
    assert seen(uid).held_until == clock.now() + timedelta(minutes=15)
    for words in (letter.text, letter.html):
        assert "until 09:19" in words


def test_the_deadline_is_never_later_than_half_an_hour_after_the_request(ask, seen, deliver, clock):
    uid = ask()
    clock.forward(minutes=20)
    (letter,) = deliver()
    assert seen(uid).held_until == seen(uid).requested_at + timedelta(minutes=30)
    assert "until 09:30" in letter.text


def test_it_says_that_nothing_is_booked_yet_and_what_is_asked_for(ask, deliver):
    ask()
    (letter,) = deliver()
    assert letter.recipient == "jan@example.com"
    assert letter.subject == "Not booked yet: please confirm your appointment for 1-ABC-234"
    for words in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        for fact in (
            "Hello Jan,",
            "not booked yet",
            "Tuesday 1 December 2026",
            "09:00",
            "Peeters Leuven",
            "Tiensesteenweg 12",
            "3000 Leuven",
            "1-ABC-234",
            "ignore this mail",
            letter.code,
            "info@peeters.example.com",
        ):
            assert fact in words


def test_the_link_names_this_request_and_the_code_says_the_same(ask, deliver, settings):
    uid = ask()
    (letter,) = deliver()
    start, _, token = letter.link.rpartition("/")
    assert start == f"{settings.public_url}/peeters/confirm"
    assert wired().tokens.read("confirm", token) == [uid, 1]
    assert wired().tokens.same_code(letter.code, "confirm", uid, 1)


def test_there_is_one_button_and_every_link_is_ours(ask, deliver, settings):
    ask()
    (letter,) = deliver()
    soup = BeautifulSoup(letter.html, "html.parser")
    (button,) = soup.select("a.button")
    assert button["href"] == letter.link
    found = re.findall(r"https?://\S+", letter.text)
    assert {link["href"] for link in soup.select('a[href^="http"]')} == set(found)
    assert [link.removeprefix(f"{settings.public_url}/peeters/").partition("/")[0] for link in found] == [
        "confirm",
        "unasked",
    ]


@pytest.mark.parametrize(
    "typed", ["http://evil.example/x", "www.evil.example", "evil.example", "a@evil.example"]
)
def test_a28_nothing_a_stranger_typed_carries_a_link(ask, deliver, typed):
    fields = ("first_name", "last_name", "plate", "make", "model", "damage", "street", "city", "vin")
    ask(**dict.fromkeys(fields, typed))
    (letter,) = deliver()
    for words in (letter.subject, letter.text, letter.html):
        assert "evil.example" not in words
        assert "www." not in words


def test_a29_line_ends_in_what_was_typed_add_no_header(ask, deliver, mailer):
    typed = "x\r\nBcc: victim@evil.example"
    ask(first_name=typed, last_name=typed, plate=typed)
    deliver()
    (outgoing,) = mailer.sent
    assert "\n" not in outgoing.letter.subject and "\r" not in outgoing.letter.subject
    assert "victim@evil.example" not in outgoing.letter.text


def test_a_mended_address_gets_the_link_and_the_first_one_never_does(ask, deliver, clock):
    uid = ask(email="wrnog@example.com")
    links.send_again(uid, clock.now(), email="right@example.com")
    (letter,) = deliver()
    assert letter.recipient == "right@example.com"
    assert states() == ["skipped", "sent"]
    assert wired().tokens.read("confirm", letter.link.rpartition("/")[2]) == [uid, 2]


def test_a_letter_that_comes_too_late_to_help_is_skipped(ask, deliver, clock):
    ask()
    clock.forward(minutes=30)
    assert deliver() == []
    assert states() == ["skipped"]


def test_a_request_that_was_confirmed_by_phone_needs_no_letter(ask, deliver, clock):
    uid = ask()
    booking.confirm(uid, 1, clock.now())
    (letter,) = deliver()
    assert letter.subject.startswith("Booked")
    assert states() == ["skipped", "sent", "sent"]


def test_a_letter_the_server_did_not_take_starts_no_deadline(ask, seen, deliver, mailer, clock):
    uid = ask()
    clock.forward(minutes=1)
    mailer.trouble = RefusedForNow("450 later")
    assert deliver() == []
    assert seen(uid).held_until == seen(uid).requested_at + timedelta(minutes=30)
    mailer.trouble = None
    clock.forward(minutes=1)
    (letter,) = deliver()
    assert f"until {local_clock(seen(uid).held_until, ZONE)}" in letter.text
    assert seen(uid).held_until == clock.now() + timedelta(minutes=15)


def test_a07_the_deadline_is_the_clock_on_the_wall_on_the_night_the_clocks_change(ask, deliver, clock):
    clock.at("2026-10-25 02:50")  # once more 02:50 an hour later
    clock.forward(minutes=60)
    ask(day=clock.now().date() + timedelta(days=3))
    (letter,) = deliver()
    assert urlsplit(letter.link).path.startswith("/peeters/")
    assert "until 03:05" in letter.text


def test_that_of_a_repair_goes_to_the_address_on_the_case(claes, case, clock, deliver):
    bookings.request_repair(claes, case, clock.now(), day=DAY)
    (letter,) = deliver()
    assert letter.recipient == "ann@example.com"
    assert letter.subject == "Not booked yet: please confirm the repair of 1-ABC-234"
    for words in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        for fact in ("Hello Ann,", "your repair is not booked yet", "Tuesday 1 December 2026", "Claes Aalst"):
            assert fact in words
