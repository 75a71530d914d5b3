"""A car is found under any spelling of its plate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.normalise import plates

LETTERS = st.characters(codec="latin-1", categories=("Lu", "Ll", "Nd"))
SEPARATORS = st.text(st.sampled_from(" -.\u00a0\u2009\u2011·/_"), max_size=2)


@pytest.mark.parametrize(
    "written",
    [
        "1-ABC-234",
        "1-abc-234",
        "1abc234",
        " 1 ABC 234 ",
        "1.ABC.234",
        "1·ABC·234",
        "1–ABC–234",
        "１ＡＢＣ２３４",
    ],
)
def test_one_car_is_one_key_however_its_plate_is_written(written):
    assert plates.key(written) == "1ABC234"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("M-Ü 1234", "MU1234"),
        ("TÜ-Y 12E", "TUY12E"),
        ("tü y 12e", "TUY12E"),
        ("AA-123-AA", "AA123AA"),
        ("А123ВС 77", "А123ВС77"),  # Cyrillic stays Cyrillic
        ("ΑΒΓ-1234", "ΑΒΓ1234"),
        ("W-ß 1", "WSS1"),
        ("", ""),
        (" -.", ""),
    ],
)
def test_plates_of_other_countries_have_keys_too(written, key):
    assert plates.key(written) == key


@pytest.mark.parametrize(("one", "other"), [("O1", "01"), ("I1", "11"), ("B8", "88"), ("А1", "A1")])
def test_signs_that_look_alike_stay_different(one, other):
    assert plates.key(one) != plates.key(other)


@given(st.lists(LETTERS, max_size=12), st.data())
def test_separators_and_case_never_matter(signs, data):
    plain = "".join(signs)
    spaced = "".join(sign + data.draw(SEPARATORS) for sign in signs)
    assert plates.key(spaced) == plates.key(plain) == plates.key(plain.upper()) == plates.key(plain.title())


@given(st.text(st.characters(exclude_categories=())))
def test_a_key_is_its_own_key_and_holds_nothing_but_letters_and_digits(text):
    key = plates.key(text)
    assert plates.key(key) == key
    assert all(sign.isalnum() for sign in key)


@pytest.mark.parametrize(
    "written", ["1-ABC-234", "GARAGE", "ABC", "A1", "TÜ-Y 12E", "12-34-56", "А123ВС 77", "OLDTIMER 1"]
)
def test_what_could_be_a_plate_somewhere_is_taken(written):
    assert plates.plausible(written)


@pytest.mark.parametrize(
    "written",
    ["", " ", "-", "A", "AB", "1", "????", "1-ABC-234-56789-X", "🚗🚗🚗", "<script>alert(1)</script>"],
)
def test_what_cannot_be_a_plate_anywhere_is_not(written):
    assert not plates.plausible(written)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1-abc-234", "1-ABC-234"),
        ("  1 abc\t 234 ", "1 ABC 234"),
        ("1.abc.234", "1 ABC 234"),
        ("tü-y 12e", "TÜ-Y 12E"),
    ],
)
def test_a_plate_is_shown_as_its_owner_wrote_it_but_in_capitals(written, shown):
    assert plates.spelling(written) == shown


@given(st.text(LETTERS | st.sampled_from(" .-"), max_size=20))
def test_how_a_plate_is_shown_does_not_change_which_car_it_is(text):
    assert plates.key(plates.spelling(text)) == plates.key(text)
    assert plates.spelling(plates.spelling(text)) == plates.spelling(text)
