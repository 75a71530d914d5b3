"""What a browser is called in the list of sign-ins."""

import pytest

from portal.web.staff import devices

PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0"
APPLE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1"
)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        (PHONE, "Chrome, Android"),
        (EDGE, "Edge, Windows"),
        (APPLE, "Safari, iPhone"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_its_owner_would(said, called):
    assert devices.name(said) == called
