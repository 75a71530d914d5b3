"""What people type without accents, capitals and signs is what they meant."""

import pytest

from portal.core.normalise.folding import folded, squeezed


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Škoda", "skoda"),
        ("Müller-Lüdenscheidt", "muller-ludenscheidt"),
        ("Groß", "gross"),
        ("ÉLÉONORE", "eleonore"),
        ("Søren Łukasz", "soren lukasz"),
        ("Œdipe", "oedipe"),
        ("İpek", "ipek"),
        ("Renée", "renee"),  # e and an accent, two signs
        ("Ὀδυσσεύς", "οδυσσευσ"),
    ],
)
def test_accents_and_capitals_make_no_difference(written, searched):
    assert folded(written) == searched
    assert folded(searched) == searched


@pytest.mark.parametrize("spelling", ["1-abc-234", "1 ABC 234", "1.ABC.234", " 1abc234 "])
def test_signs_between_letters_make_none_either(spelling):
    assert squeezed(spelling) == "1abc234"


def test_a_text_of_signs_alone_is_nothing():
    assert squeezed(" -–/ ") == ""
