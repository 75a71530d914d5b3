"""Web sites as people write them."""

import pytest

from portal.core.normalise import sites


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("www.peeters.example.com", "https://www.peeters.example.com"),
        (" HTTPS://Peeters.Example.com/contact?x=1 ", "https://peeters.example.com"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://garage-müller.de", "https://xn--garage-mller-klb.de"),
    ],
)
def test_a_site_is_put_in_order(typed, site):
    assert sites.normalise(typed) == site


@pytest.mark.parametrize(
    "typed",
    ["", "peeters", "javascript:alert(1)", "https://a b.com", "https://x.com:99999", "ftp://x.com", "https://u@x.com", "https://x.com;y"],
)  # fmt: skip
def test_what_is_none_is_refused(typed):
    assert sites.normalise(typed) is None
