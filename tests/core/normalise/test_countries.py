"""Countries in two letters."""

import pytest

from portal.core.normalise import countries


@pytest.mark.parametrize(("written", "code"), [("BE", "BE"), (" nl ", "NL"), ("xk", "XK")])
def test_a_country_is_two_capitals(written, code):
    assert countries.normalise(written) == code


@pytest.mark.parametrize("written", ["", "B", "BEL", "XX", "Belgium", "001"])
def test_what_is_no_country_is_not_taken(written):
    assert countries.normalise(written) is None
