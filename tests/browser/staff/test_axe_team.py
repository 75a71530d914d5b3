"""The team and one's own account, looked at by the critic."""

from tests.browser.critic import Critic


def test_a47_team_and_account_are_good_to_look_at(sit_down):
    page = sit_down()
    critic = Critic(page, thorough=True)
    for name, address in (
        ("team", "/staff/peeters/team/"),
        ("account", "/staff/account/"),
        ("second factor", "/staff/account/second-factor"),
        ("passkeys", "/staff/account/passkeys"),
        ("recovery codes", "/staff/account/recovery-codes"),
        ("password", "/staff/account/password"),
    ):
        page.goto(address)
        critic.look(name)
    page.goto("/staff/peeters/team/")
    page.get_by_role("button", name="Send the invitation").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("team, mistakes")
    assert not critic.found


def test_a47_the_way_in_is_good_to_look_at(live, page):
    critic = Critic(page, thorough=True)
    for name, address in (
        ("sign-in", "/staff/account/sign-in"),
        ("forgotten", "/staff/account/forgotten"),
        ("passkey", "/staff/account/passkey"),
        ("no invitation", "/staff/invitation/nothing"),
    ):
        page.goto(address)
        critic.look(name)
    assert not critic.found
