"""Text from outside comes back as it was, or is refused; a database and a mail can carry it either way."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.normalise import text

ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  A post.  ", "A post."),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\tb", "a\tb"),
        ("e\u0301", "é"),
        ("Ångström", "Ångström"),
        ("\u00a0 x \u3000", "x"),
        ("🚗👩‍🔧", "🚗👩‍🔧"),
        ("{{ 7*7 }} <b>'\"`$(x)", "{{ 7*7 }} <b>'\"`$(x)"),
    ],
)
def test_what_people_type_is_kept_in_one_spelling(typed, kept):
    assert text.clean(typed) == kept


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x08", "\x1b", "\x7f", "\x85", "\x9f", "\ud800", "\udfff"])
def test_signs_that_no_database_or_mail_can_carry_are_refused_by_name(sign):
    for typed in (sign, f"a{sign}b", f"  {sign}  "):
        with pytest.raises(ValueError, match=f"U\\+{ord(sign):04X}"):
            text.clean(typed)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u200d", "\ufeff"])
def test_signs_that_steer_how_text_runs_come_back_as_they_were(sign):
    assert text.clean(f"a{sign}b") == f"a{sign}b"


@given(ANYTHING)
def test_clean_text_equals_what_was_typed_after_nfc_and_stays_as_it_is(typed):
    try:
        kept = text.clean(typed)
    except ValueError:
        assert any(unicodedata.category(sign) in ("Cc", "Cs") for sign in typed)
        return
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    assert kept == unicodedata.normalize("NFC", lines).strip()
    assert text.clean(kept) == kept
    assert kept.encode().decode() == kept and "\0" not in kept


@given(ANYTHING)
def test_printable_text_is_never_refused_and_loses_nothing_else(typed):
    kept = text.printable(typed)
    text.clean(kept)
    assert [
        sign for sign in typed if sign in "\r\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    ] == list(kept)


@pytest.mark.parametrize(
    ("typed", "line"),
    [("  Jan\n Jansen ", "Jan Jansen"), ("a\u2028b\u2029c\td", "a b c d"), ("\n", ""), ("Jan", "Jan")],
)
def test_one_line_is_one_line(typed, line):
    assert text.one_line(typed) == line


@given(ANYTHING)
def test_one_line_never_breaks(typed):
    try:
        line = text.one_line(typed)
    except ValueError:
        return
    assert len(line.splitlines()) <= 1 and line == line.strip()
