"""Words in brackets that stand for something, and those that only look like it."""

from time import perf_counter

import pytest

from portal.core.tags import MOST_NAMED, Piece, Unknown, fill, pieces, unknown, used

NAMES = ("FirstName", "LastName", "Plate", "URLBookRepair")
VALUES = {"FirstName": "Ann", "LastName": "", "Plate": "1-ABC-234"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello [FirstName], your [Plate].", "Hello Ann, your 1-ABC-234."),
        ("Dear [LastName],", "Dear,"),
        ("Dear [FirstName] [LastName],", "Dear Ann,"),
        ("[LastName] is here", " is here"),
        ("[firstname] [Other] [] [[Plate]] [Plate", "[firstname] [Other] [] [1-ABC-234] [Plate"),
        ("{{ FirstName }} %(Plate)s ${Plate} \\1", "{{ FirstName }} %(Plate)s ${Plate} \\1"),
        ("", ""),
    ],
)
def test_a_tag_becomes_what_it_stands_for_and_nothing_else_changes(text, filled):
    assert fill(text, VALUES) == filled


def test_what_a_tag_stands_for_is_never_read_as_a_tag():
    assert (
        fill("[FirstName] [Plate]", {"FirstName": "[Plate]", "Plate": "[FirstName]"}) == "[Plate] [FirstName]"
    )
    assert pieces("[FirstName]!", {"FirstName": "[URLBookRepair]"}, ["URLBookRepair"]) == [
        Piece("[URLBookRepair]!")
    ]


def test_some_tags_stay_pieces_of_their_own():
    assert pieces("Book: [URLBookRepair], [FirstName]", VALUES, ["URLBookRepair"]) == [
        Piece("Book: "),
        Piece("[URLBookRepair]", "URLBookRepair"),
        Piece(", Ann"),
    ]


def test_the_tags_of_a_text_are_known_once_each():
    assert used("[Plate] [FirstName] [Plate] [Other]", NAMES) == ["Plate", "FirstName"]


def test_what_is_no_tag_is_named_with_line_column_and_what_may_be_meant():
    text = "Hello [FirstNam],\n\n[first name] 🚗 [plate]\n[Bananas] [URL-BookRepair]"
    assert unknown(text, NAMES) == [
        Unknown("FirstNam", 1, 7, "FirstName"),
        Unknown("first name", 3, 1, "FirstName"),
        Unknown("plate", 3, 16, "Plate"),
        Unknown("Bananas", 4, 1, ""),
        Unknown("URL-BookRepair", 4, 11, "URLBookRepair"),
    ]


@pytest.mark.parametrize(
    "text", ["[see the map]", "[1]", "[…]", "[]", "[Plate]", "[a\nb]", "[" + "x" * 41 + "]"]
)
def test_other_brackets_are_left_alone(text):
    assert unknown(text, NAMES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello,\n\n[URLBookRepair\n\nBye", Unknown("URLBookRepair", 3, 1, "URLBookRepair", closed=False)),
        ("See [URLBookRepair.", Unknown("URLBookRepair", 1, 5, "URLBookRepair", closed=False)),
        ("[Plate is here", Unknown("Plate", 1, 1, "Plate", closed=False)),
        ("[FirstName, we [LastName]", Unknown("FirstName", 1, 1, "FirstName", closed=False)),
        ("[[Plate]] [[Plate", Unknown("Plate", 1, 12, "Plate", closed=False)),
        ("[URLBook", Unknown("URLBook", 1, 1, "URLBookRepair", closed=False)),
        ("[URLBokRepair here", Unknown("URLBokRepair", 1, 1, "URLBookRepair", closed=False)),
        ("[first name\n]", Unknown("first name", 1, 1, "FirstName", closed=False)),
        ("Dear [ plate", Unknown("plate", 1, 6, "Plate", closed=False)),
    ],
)
def test_a_tag_that_is_not_closed_on_its_line_is_named_with_line_and_column(text, found):
    assert unknown(text, NAMES) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[ 1",
        "[see the map",
        "[First come,\nfirst served]",
        "[plates and papers\nplease]",
        "[BMW and others",
        "[Pl",
        "[last names of all who come with you to the garage",
    ],
)
def test_an_open_bracket_in_prose_is_left_alone(text):
    assert unknown(text, NAMES) == []


def test_mistakes_of_both_kinds_are_named_in_their_order():
    text = "[Nmae] [Plate\n[plate] [LastName"
    assert [(each.name, each.closed) for each in unknown(text, NAMES)] == [
        ("Nmae", True),
        ("Plate", False),
        ("plate", True),
        ("LastName", False),
    ]


def test_a_text_full_of_mistakes_names_the_first_few():
    assert len(unknown("[Nmae] " * 500, NAMES)) == MOST_NAMED


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "]" * 100_000,
        "[a" * 50_000,
        "[a]" * 33_000,
        "[a b]" * 20_000,
        "[Plate" * 16_000,
        "[aBcd" * 20_000,
        "[a b c d" * 12_000,
        "[" + "aB " * 33_000,
        " [LastName]" * 9_000,
    ],
    ids=lambda text: text[:12],
)
def test_a45_no_text_is_slow(text):
    began = perf_counter()
    unknown(text, NAMES)
    fill(text, VALUES)
    used(text, NAMES)
    assert perf_counter() - began < 1
