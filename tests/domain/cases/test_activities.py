"""The pieces of work on a case, as one text."""

from datetime import date

import pytest

from portal.domain.cases.activities import Piece, PieceRefused, amended, listed, spelled

FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)
BEFORE = (Piece("Bodywork", FIRST), Piece("Painting", None))


def test_pieces_are_listed_in_their_order_with_the_days_they_started():
    assert listed(" Bodywork=2026-12-01 | Painting =2/12/2026|Polishing | Wash=") == (
        Piece("Bodywork", FIRST),
        Piece("Painting", SECOND),
        Piece("Polishing", None),
        Piece("Wash", None),
    )


def test_nothing_and_empty_parts_are_no_pieces():
    assert listed("") == listed(" | | ") == ()


def test_what_is_spelled_is_listed_again():
    assert listed(spelled(BEFORE)) == BEFORE


@pytest.mark.parametrize(
    "text",
    [
        *("=2026-12-01", "Painting=tomorrow", "Painting=2026-02-30", "x" * 81, "Paint | ="),
        *("A=B=C", "A=B=", "A==", "A=B=2026-12-01"),  # what is spelled of these would not be listed again
    ],
)
def test_a_piece_without_a_name_or_with_a_day_that_is_none_is_refused(text):
    with pytest.raises(PieceRefused) as refused:
        listed(text)
    assert not refused.value.twice and refused.value.part in text


def test_two_pieces_do_not_share_a_name():
    for read in (listed, lambda text: amended((), text)):
        with pytest.raises(PieceRefused) as refused:
            read("Painting | Polishing | PAINTING=2026-12-01")
        assert refused.value.twice


def test_a_known_name_gets_another_day_and_a_new_one_comes_last():
    assert amended(BEFORE, "painting=2026-12-02 | Polishing") == (
        Piece("Bodywork", FIRST),
        Piece("Painting", SECOND),
        Piece("Polishing", None),
    )


def test_a_bare_name_changes_nothing_and_an_empty_day_takes_it_away():
    assert amended(BEFORE, "Bodywork | Painting") == BEFORE
    assert amended(BEFORE, "Bodywork=")[0] == Piece("Bodywork", None)
