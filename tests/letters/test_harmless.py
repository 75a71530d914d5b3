"""What may stand in a mail to an address nobody confirmed."""

import pytest

from portal.letters import harmless


@pytest.mark.parametrize(
    "name", ["Jan", "Anne-Marie", "D’Hondt", "O'Neill", "Jean Pierre", "Łukasz", "أحمد", "José"]
)
def test_a_name_stays_a_name(name):
    assert harmless.name(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "www.evil.example",
        "evil.example",
        "http://evil.example",
        "evil。example",
        "a/b",
        "jan@evil.example",
        "call 0900 123 456",
        "<b>Jan</b>",
        "{{ 7 * 7 }}",
        "%(plate)s",
        "Jan\u202e",
        "x" * 41,
        "",
    ],
)
def test_what_could_become_a_link_or_a_message_is_left_out(name):
    assert harmless.name(name) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1-ABC-234", "1-ABC-234"),
        ("B MW 1234", "B MW 1234"),
        ("evil.example/x", "evil example x"),
        ("http://a.b", "http a b"),
        ("1-ABC\r\nBcc: x@y.z", "1-ABC Bcc x y z"),
        ("ÄÖ-12", "ÄÖ-12"),
    ],
)
def test_a_plate_keeps_letters_digits_and_hyphens(typed, kept):
    assert harmless.plate(typed) == kept


def test_a_plate_stays_short():
    assert len(harmless.plate("A1 " * 99)) == harmless.PLATE_LENGTH


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anne-Marie D’Hondt", "Anne-Marie D’Hondt"),
        ("J.P. Smith", "J. P. Smith"),
        ("See http://www.evil.example/x", "See http: / / www. evil. example/ x"),
        ("jan@evil.example", "jan@ evil. example"),
        ("evil。example", "evil。 example"),
        ("I am ill.\r\nSorry.", "I am ill. Sorry."),
    ],
)
def test_what_the_garage_reads_keeps_its_words_and_loses_its_addresses(typed, kept):
    assert harmless.prose(typed) == kept


def test_what_the_garage_reads_stays_a_mail():
    assert len(harmless.prose("x " * 9999)) <= harmless.PROSE_LENGTH
