"""Whatever accent a garage has, everything on it and beside it can be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core import colours
from portal.core.colours import DARK_PAGE, WHITE

ACCENTS = st.tuples(*[st.integers(0, 255)] * 3).map("#{0[0]:02x}{0[1]:02x}{0[2]:02x}".format)
HARD = (
    "#000000",
    "#ffffff",
    "#808080",
    "#f2c200",
    "#0b5d4e",
    "#777777",
    "#15181c",
    "#ffff00",
    "#0000ff",
    "#767676",
)


def hard_ones(test):
    for accent in HARD:
        test = example(accent)(test)
    return test


def ratio(one, other):
    pair = [colours.parse(each) if isinstance(each, str) else each for each in (one, other)]
    return colours.contrast(*pair)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_the_ratio_everybody_else_computes(one, other, expected):
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)
    assert ratio(one, other) == ratio(other, one)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@hard_ones
@given(accent=ACCENTS)
def test_words_can_be_read_on_every_tone(dark, accent):
    page, tones = DARK_PAGE if dark else WHITE, colours.tones(accent, dark=dark)
    assert ratio(tones.ink, tones.accent) >= 4.5
    assert ratio(tones.strong, page) >= 4.5
    assert ratio(tones.strong, tones.soft) >= 4.5


@hard_ones
@given(accent=ACCENTS)
def test_a_button_stands_out_from_the_dark_page(accent):
    assert ratio(colours.tones(accent, dark=True).accent, DARK_PAGE) >= 3


@hard_ones
@given(accent=ACCENTS)
def test_tones_are_colours_and_always_the_same(accent):
    tones = colours.tones(accent)
    for each in (tones.accent, tones.ink, tones.soft, tones.strong):
        assert re.fullmatch("#[0-9a-f]{6}", each)
    assert colours.tones(accent.upper()) == tones


@pytest.mark.parametrize("accent", ["#0b5d4e", "#b3261e", "#1d4ed8"])
def test_an_accent_that_can_be_read_already_is_left_alone(accent):
    tones = colours.tones(accent)
    assert (tones.accent, tones.strong, tones.ink) == (accent, accent, "#ffffff")


@pytest.mark.parametrize(
    "value", ["", "green", "#0b5", "0b5d4e", "#0b5d4e00", "#0b5d4g", "#0b5d4e\n", "# 0b5d4", "#٠٠٠٠٠٠"]
)
def test_what_is_no_colour_is_none_and_has_no_tones(value):
    assert colours.parse(value) is None
    with pytest.raises(ValueError):
        colours.tones(value)


@pytest.mark.parametrize("accent", ["#000000", "#ffffff", "#ffe14d", "#0b5d4e", "#777777", "#ff00ff"])
@pytest.mark.parametrize("dark", [False, True])
def test_what_is_told_of_an_accent_is_what_is_shown(accent, dark):
    fit = colours.fit(accent, dark=dark)
    assert fit.tones == colours.tones(accent, dark=dark)
    assert fit.button >= 4.5 and fit.text >= 4.5
    assert fit.text_changed == (fit.tones.strong != accent)
    assert fit.button_changed == (fit.tones.accent != accent)


def test_a_readable_accent_is_left_as_it_is():
    fit = colours.fit("#0b5d4e")
    assert not fit.button_changed and not fit.text_changed and not fit.dark_words
    assert fit.chosen == fit.text
