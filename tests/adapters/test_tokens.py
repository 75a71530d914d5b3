"""Signed words in links: ours are read, anything else is forged, whatever it looks like."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous.encoding import base64_encode

from portal.adapters.tokens import Forged, Tokens

KEY, OLD, OLDER, FOREIGN = "k" * 32, "o" * 32, "p" * 32, "f" * 32
UID = "kP3vX0qZl1mYt7aBcD9efw"
URL_SAFE = string.ascii_letters + string.digits + "-_."

tokens = Tokens(KEY, [])
TOKEN = tokens.sign("confirm", UID, 1)
OTHERS = tokens.sign("confirm", "another-request-aaaaaa", 1)


def is_forged(token, *, by=tokens):
    try:
        by.read("confirm", token)
    except Forged:
        return True
    return False


def test_a_token_says_what_was_signed():
    assert tokens.read("confirm", TOKEN) == [UID, 1]
    for parts in ((), ("",), (None, True, 1.5), ("é 🚗", ["a"], {"b": 2})):
        assert tokens.read("confirm", tokens.sign("confirm", *parts)) == list(parts)


def test_a_token_is_fit_for_an_address_and_always_the_same():
    assert set(TOKEN) <= set(URL_SAFE)
    assert tokens.sign("confirm", UID, 1) == TOKEN


def test_a_token_says_nothing_for_another_purpose():
    for purpose in ("cancel", "", "Confirm", "confirm ", "portal.confirm"):
        assert is_forged(tokens.sign(purpose, UID, 1))
        with pytest.raises(Forged):
            tokens.read(purpose, TOKEN)


def test_links_signed_with_an_older_key_stay_good_and_new_ones_take_the_present_key():
    after_two_changes = Tokens(KEY, [OLD, OLDER])
    for key in (KEY, OLD, OLDER):
        assert after_two_changes.read("confirm", Tokens(key, []).sign("confirm", UID, 1)) == [UID, 1]
    assert after_two_changes.sign("confirm", UID, 1) == TOKEN


def test_links_signed_with_a_key_that_was_given_up_are_forged():
    for given_up in (OLD, FOREIGN, "", KEY + "k", KEY[:-1]):
        assert is_forged(Tokens(given_up, []).sign("confirm", UID, 1))


def _with_one_bit_flipped(chance):
    at, bit = chance.randrange(len(TOKEN)), 1 << chance.randrange(8)
    return TOKEN[:at] + chr(ord(TOKEN[at]) ^ bit) + TOKEN[at + 1 :]


def _with_one_sign_changed(chance):
    at = chance.randrange(len(TOKEN))
    return TOKEN[:at] + chance.choice(URL_SAFE) + TOKEN[at + 1 :]


def _cut(chance):
    first, last = sorted(chance.sample(range(len(TOKEN) + 1), 2))
    return chance.choice([TOKEN[:first], TOKEN[last:], TOKEN[first:last], TOKEN[:first] + TOKEN[last:]])


def _with_something_added(chance):
    at = chance.randrange(len(TOKEN) + 1)
    return (
        TOKEN[:at] + chance.choice(["=", "==", ".", " ", "\n", "\0", "A", "%2e", "\u200b", "é"]) + TOKEN[at:]
    )


def _of_two_requests(chance):
    at = chance.randrange(1, len(TOKEN))
    return TOKEN[:at] + OTHERS[at:]


def _with_another_case(chance):
    at = chance.randrange(len(TOKEN))
    return TOKEN[:at] + TOKEN[at:].swapcase()


def _of_a_foreign_key(chance):
    foreign = Tokens("".join(chance.choices(string.printable, k=32)), [])
    return foreign.sign("confirm", UID, 1)


def _for_another_purpose(chance):
    return tokens.sign("".join(chance.choices(string.ascii_lowercase, k=5)), UID, 1)


def _of_signs_like_ours(chance):
    return "".join(chance.choices(URL_SAFE, k=chance.randrange(120)))


def _of_any_signs(chance):
    return "".join(chr(chance.randrange(0x11000)) for _ in range(chance.randrange(60)))


ALTERATIONS = [
    _with_one_bit_flipped,
    _with_one_sign_changed,
    _cut,
    _with_something_added,
    _of_two_requests,
    _with_another_case,
    _of_a_foreign_key,
    _for_another_purpose,
    _of_signs_like_ours,
    _of_any_signs,
]


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__.strip("_"))
def test_a24_of_ten_thousand_altered_tokens_none_is_accepted(alter):
    chance = random.Random(24)
    both_keys = Tokens(KEY, [OLD])
    for _ in range(1000):
        altered = alter(chance)
        if altered not in (TOKEN, OTHERS):
            assert is_forged(altered, by=both_keys), repr(altered)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "null",
        "[]",
        "[].",
        ".[]",
        "a" * 1_000_000,
        "." * 100_000,
        TOKEN * 1000,
        "\ud800",
        "=" * 50,
    ],
    ids=lambda token: f"{len(token)} times {token[:4]!r}",
)
def test_a24_nonsense_of_any_size_is_forged(token):
    assert is_forged(token)


@pytest.mark.parametrize(
    "content",
    ["[" * 5_000, "[" * 5_000 + "]" * 5_000, "[1 , 2]", "[", ""],
    ids=["open", "deep", "spaced", "cut", "empty"],
)
def test_a24_a_good_signature_under_content_we_never_write_is_forged(content):
    serializer = tokens._serializer("confirm")
    assert is_forged(serializer.make_signer(serializer.salt).sign(base64_encode(content)).decode())


@given(st.text(st.characters(exclude_categories=())))
def test_a24_reading_any_text_ends_in_one_of_two_ways(text):
    assert is_forged(text) or text == TOKEN


def test_a_code_is_six_digits_and_always_the_same_for_the_same_request():
    code = tokens.code("confirm", UID, 1)
    assert code == tokens.code("confirm", UID, 1)
    assert len(code) == 6 and set(code) <= set(string.digits)


def test_codes_of_other_requests_rounds_purposes_and_keys_are_other_codes():
    codes = {tokens.code("confirm", f"request-{number}", 1) for number in range(1000)}
    assert len(codes) > 990
    assert all(len(code) == 6 for code in codes)
    code = tokens.code("confirm", UID, 1)
    assert code != tokens.code("confirm", UID, 2)
    assert code != tokens.code("cancel", UID, 1)
    assert code != Tokens(FOREIGN, []).code("confirm", UID, 1)


def test_a_code_is_recognised_with_or_without_spaces():
    code = tokens.code("confirm", UID, 1)
    for typed in (code, f"{code[:3]} {code[3:]}", f"  {code}\n", "\u00a0".join(code)):
        assert tokens.same_code(typed, "confirm", UID, 1)


@pytest.mark.parametrize(
    "typed", ["", " ", "000000 0", "-1", "+12345", "1e5", "①②③④⑤⑥", "\ud800", "\0", "9" * 100_000]
)
def test_anything_else_is_not_the_code(typed):
    assert not tokens.same_code(typed, "confirm", UID, 1)


def test_part_of_a_code_or_more_than_it_is_not_the_code():
    code = tokens.code("confirm", UID, 1)
    for typed in (code[:-1], code[1:], code + "0", code[::-1] + "x"):
        assert not tokens.same_code(typed, "confirm", UID, 1)


def test_the_code_in_a_mail_outlives_a_change_of_the_key_as_its_link_does():
    code = Tokens(OLD, []).code("confirm", UID, 1)
    assert Tokens(KEY, [OLD]).same_code(code, "confirm", UID, 1)
    assert not Tokens(KEY, [OLDER]).same_code(code, "confirm", UID, 1)
