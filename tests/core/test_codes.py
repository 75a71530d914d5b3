"""Public names: nobody guesses them, and people can spell them over the phone."""

import math
import re

from portal.core import codes

MANY = 20_000


def test_a_uid_is_128_bits_fit_for_an_address():
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", codes.uid()) for _ in range(1000))


def test_a_case_number_is_three_groups_of_three_signs():
    sign = f"[{codes.READABLE}]"
    assert all(re.fullmatch(f"{sign}{{3}}-{sign}{{3}}-{sign}{{3}}", codes.case_number()) for _ in range(1000))


def test_a_case_number_has_no_signs_that_people_confuse():
    assert not set(codes.READABLE) & set("0O1ILUV")
    assert len(set(codes.READABLE)) == len(codes.READABLE)
    assert codes.READABLE.upper() == codes.READABLE


def test_a_case_number_has_at_least_forty_bits():
    assert math.log2(len(codes.READABLE)) * codes.CASE_NUMBER_LENGTH >= 40


def test_names_do_not_repeat():
    assert len({codes.uid() for _ in range(MANY)}) == MANY
    assert len({codes.case_number() for _ in range(MANY)}) == MANY


def test_every_sign_comes_about_as_often_at_every_place():
    numbers = [codes.case_number().replace("-", "") for _ in range(MANY)]
    expected = MANY / len(codes.READABLE)
    for place in zip(*numbers, strict=True):
        for sign in codes.READABLE:
            assert 0.75 * expected < place.count(sign) < 1.25 * expected


def test_a_fingerprint_is_a_name_for_exactly_one_content():
    assert codes.fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb924"
    assert codes.fingerprint(b"a") != codes.fingerprint(b"b")
    assert re.fullmatch("[0-9a-f]{32}", codes.fingerprint(b"logo"))
