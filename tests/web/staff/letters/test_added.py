"""Words of the garage's own in letters that write themselves: beside the facts, never instead of them."""

import pytest

from portal.domain.audit import queries as audit
from portal.domain.booking import changes, service
from portal.domain.team.rights import Role
from tests.support import bookings
from tests.support.every_letter import DAY

ADDED = "/staff/peeters/letters/added"
WORDS = "Park behind the building.\n\n<b>Ring</b> the bell."


@pytest.fixture
def book(app, garage, clock):
    def booked():
        with app.app_context():
            uid = bookings.request(garage, clock.now(), day=DAY, email="jan@example.com")
            service.confirm(uid, 1, clock.now())
        return uid

    return booked


def letter_to_jan(letters):
    (letter,) = [each for each in letters if each.recipient == "jan@example.com"]
    return letter


def test_they_stand_above_the_facts_and_take_none_away(app, at_desk, book, deliver, garage):
    saved = at_desk().open(ADDED).submit("Save", words_booked_en=WORDS, words_cancelled_en="Bye")
    assert saved.hops == [303] and saved.value("words_booked_en") == WORDS
    book()
    letter = letter_to_jan(deliver())
    assert "Park behind the building." in letter.text and "&lt;b&gt;Ring&lt;/b&gt; the bell." in letter.html
    assert letter.text.index("Park behind") < letter.text.index("Tuesday 1 December 2026")
    assert "/booking/" in letter.text and letter.files
    with app.app_context():
        assert audit.of_subject(garage.id, "letter", subject="peeters")[0].who == "Owner"


def test_each_letter_has_its_own_and_no_language_borrows(app, at_desk, book, deliver, clock):
    at_desk().open(ADDED).submit("Save", words_booked_nl="Welkom", words_cancelled_en="Bye")
    uid = book()
    assert "Welkom" not in letter_to_jan(deliver()).text
    with app.app_context():
        changes.cancel(uid, "", clock.now())
    letter = letter_to_jan(deliver())
    assert "Bye" in letter.text and "Welkom" not in letter.text


def test_whoever_is_second_sees_both_and_only_owners_write(at_desk):
    owner = at_desk()
    mine = owner.open(ADDED)
    at_desk(name="otto").open(ADDED).submit("Save", words_moved_en="Theirs")
    page = mine.submit("Save", words_moved_en="Mine")
    assert page.status == 409 and "Now saved: Theirs" in page.text and page.value("words_moved_en") == "Mine"
    assert page.submit("Save").hops == [303]
    assert at_desk(Role.PLANNER).open(ADDED).status == 403


def test_tags_say_what_they_stand_for_in_this_case(app, at_desk, book, deliver, clock):
    words = "Dear [FirstName], [Plate] is expected on [AppointmentDay] at [AppointmentTime]."
    at_desk().open(ADDED).submit("Save", words_booked_en=words, words_cancelled_en=words)
    uid = book()
    told = "Dear Jan, 1-ABC-234 is expected on Tuesday 1 December 2026 at 09:00."
    assert told in letter_to_jan(deliver()).text
    with app.app_context():
        changes.cancel(uid, "", clock.now())
    assert told in letter_to_jan(deliver()).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Dear\n\n[FristName]", "Line 3, column 1: there is no tag [FristName]. Did you mean [FirstName]?"),
        ("See [URLStatusRepair]", "[URLStatusRepair] is for letters you send yourself"),
        (
            "Dear\n\n[FirstName",
            "Line 3, column 1: [FirstName lacks its closing bracket. Did you mean [FirstName]?",
        ),
    ],
)
def test_a_tag_that_is_none_here_is_named_and_nothing_is_lost(at_desk, words, said):
    page = at_desk().open(ADDED).submit("Save", words_moved_en=words)
    assert page.status == 422 and any(said in each for each in page.errors)
    assert page.value("words_moved_en") == words
