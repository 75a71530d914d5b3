"""A passkey: made in one browser, it signs in without a password."""

import pytest

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_home(sit_down, live):
    """A member at a computer that can keep passkeys, and where the portal is for it: browsers want a name for that."""
    address = live.url.replace("127.0.0.1", "localhost")
    page = sit_down(address=address)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page, address


def test_a_passkey_signs_in_without_a_password(at_home):
    page, address = at_home
    page.goto(f"{address}/staff/account/passkeys")
    page.locator("[name=name]").fill("laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Your passkeys").wait_for()
    page.goto(f"{address}/staff/account/")
    page.locator("[data-menu] summary").click()
    page.locator(".me-menu").get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Today").wait_for()
