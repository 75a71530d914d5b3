"""Letters that people at the desk write: words become a mail, and are never evaluated."""

import re
from time import perf_counter

import pytest
from bs4 import BeautifulSoup

from portal.core import tags
from portal.domain.correspondence import ready
from portal.domain.garage.profile import LANGUAGES
from portal.letters import draft, values
from portal.letters.tags import Tag
from portal.letters.values import Value
from tests.journeys.kinds import on_sqlite
from tests.support import every_letter
from tests.web.naughty import NAUGHTY, arriving

NEEDED = {"assessment": Tag.BOOK_ASSESSMENT, "repair": Tag.BOOK_REPAIR, "status": Tag.STATUS_REPAIR}
MAX_WORDS = 6000


@pytest.fixture
def compose(claes, clock):
    """`compose(words)`: the letter of a made-up case with these words."""
    told = values.sample(claes, claes.locations[0], "en", clock.now())

    def compose(words, subject="About [Plate]", **given):
        addresses = draft.shown_addresses(words, claes)
        return draft.compose(
            claes,
            claes.locations[0],
            "en",
            subject=subject,
            words=words,
            values=told | given,
            addresses=addresses,
        )

    return compose


def page(letter):
    return BeautifulSoup(letter.html, "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ready.PURPOSES)
def test_ready_made_letters_are_whole(purpose, language):
    words = ready.words(purpose, language)
    assert words.subject and "\n" not in words.subject and "[Plate]" in words.subject
    assert not draft.unknown(words.subject) and not draft.unknown(words.words)
    assert draft.addresses_in(words.words) == [NEEDED[purpose]]
    assert "\n\n\n" not in words.words and len(words.words) < MAX_WORDS / 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ready.PURPOSES)
def test_ready_made_letters_are_typeset_as_the_pages_are(purpose, language):
    words = ready.words(purpose, language)
    assert "'" not in f"{words.subject} {words.words}"
    if language == "fr":  # a sign that begins a line is none of its sentence
        assert not re.search(r"[^\u202f][;:?!](?=\s|$)", f"{words.subject}\n{words.words}")


@on_sqlite
def test_every_tag_stands_for_something_in_the_sample(claes, clock):
    for language in LANGUAGES:
        told = values.sample(claes, claes.locations[0], language, clock.now())
        assert set(told) == set(Value) and all(told.values())


@on_sqlite
def test_paragraphs_lines_and_buttons(compose):
    letter = compose("Hello,\nyou two.\n\n\n  [URLBookRepair] \nFollow: [URLStatusRepair]\n\nBye")
    [button] = page(letter).select("a.button")
    assert button["href"].endswith("/repairs/repair/") and button.text == "Choose a day"
    assert "Hello,<br>you two." in letter.html.replace(" />", ">")
    follow = page(letter).select_one("a.break")
    assert follow["href"] == follow.text and follow.text.endswith("/repairs/status/")
    assert letter.text.startswith("Hello,\nyou two.\n\nChoose a day:\nhttps://")
    assert "\n\n\n" not in letter.text


@on_sqlite
@pytest.mark.parametrize("name", NAUGHTY)
def test_a45_nothing_that_is_written_is_evaluated_or_runs(compose, name):
    text = " ".join(arriving(NAUGHTY[name]).split())[:MAX_WORDS]
    letter = compose(f"{text} [Plate]", subject="About")
    assert f"{text} 1-ABC-234".strip() in letter.text
    assert not page(letter).select("script, svg, [onerror], [onload], [onfocus]")


@on_sqlite
@pytest.mark.parametrize(
    "unit", ["[", "[a]", "[Garage]", "[URLBookRepair]\n", "\n\na", "<b>", "{{ 7 }}", "é [LastName]"]
)
def test_a45_no_text_makes_a_letter_slow(compose, unit):
    words = (unit * MAX_WORDS)[:MAX_WORDS]
    compose("warm")
    began = perf_counter()
    compose(words)
    draft.unknown(words)
    assert perf_counter() - began < 1


@on_sqlite
def test_what_may_be_typed_by_a_stranger_is_harmless(app, claes, clock):
    number = every_letter.case(
        claes,
        clock.now(),
        first_name="see evil.example",
        last_name="O'Neill",
        make="evil.example/x",
        plate="1-ABC-9",
    )
    told = values.of_case(claes, every_letter.cases_known.by_number(claes.id, number), "en", clock.now())
    assert (told["FirstName"], told["LastName"]) == ("", "O'Neill")
    assert told["Make"] == "evil. example/ x"
    assert draft.empty("[FirstName] [AppointmentDay] [Make]", told) == ["AppointmentDay"]


@on_sqlite
def test_the_greeting_does_without_a_name(compose):
    assert compose("Hello [FirstName],", FirstName="").text.startswith("Hello,\n")
    assert tags.fill("[FirstName]", {"FirstName": ""}) == ""
