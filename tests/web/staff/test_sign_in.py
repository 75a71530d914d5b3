"""From the invitation to the desk, and out again."""

import re

import pytest

from portal.domain.audit.service import COMMAND_LINE
from portal.domain.garage import queries as garages
from portal.domain.team import invitations, sign_ins
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk
from tests.support.visitor import Visitor

SENTENCE = "a short sentence is good"


@pytest.fixture
def person(app):
    """Somebody with a browser that keeps cookies."""
    return Visitor(app, BASE_URL, cookies=True)


@pytest.fixture
def invite(app, garage, clock):
    """`invite(mail)`: somebody is asked to join Peeters."""

    def ask(mail, role=Role.OWNER, slug="peeters"):
        with app.app_context():
            invitations.invite(
                garages.known(slug),
                email=mail,
                role=role,
                locations=None,
                language="en",
                by=COMMAND_LINE,
                now=clock.now(),
            )

    return ask


@pytest.fixture
def joined(invite, deliver, person):
    """Ann joined Peeters as its owner, and sits at the desk."""
    invite("ann@example.com")
    [mail] = deliver()
    return person.open(link(mail)).submit("Join the team", name="Ann Peeters", password=SENTENCE)


def link(mail):
    [found] = set(re.findall(r"https://portal\.example\.com/staff/\S+", mail.text))
    return found


def sign_in(person, password=SENTENCE):
    page = person.open("/staff/account/sign-in")
    return page.submit("Sign in", email="ann@example.com", password=password)


def test_an_invitation_leads_to_the_desk(joined):
    assert joined.status == 200 and joined.path == "/staff/peeters/"
    assert joined.heading.startswith("Today")


def test_who_is_signed_in_and_joins_another_garage_lands_at_its_desk(joined, invite, group, deliver, person):
    invite("ann@example.com", slug="maes")
    [mail] = deliver()
    page = person.open(link(mail)).submit("Join the team")
    assert page.path == "/staff/maes/" and page.heading.startswith("Today")


def test_who_joins_another_garage_from_a_strange_browser_signs_in_first(joined, invite, group, deliver, app):
    invite("ann@example.com", slug="maes")
    [mail] = deliver()
    page = Visitor(app, BASE_URL, cookies=True).open(link(mail)).submit("Join the team")
    assert page.path == "/staff/account/sign-in"


def test_an_invitation_works_once(joined, invite, deliver, app, mailer):
    again = Visitor(app, BASE_URL, cookies=True).open(link(mailer.sent[0].letter))
    assert again.status == 404 and "over" in again.heading


def test_who_presses_twice_at_once_is_told_that_the_invitation_was_used(
    app, invite, deliver, person, monkeypatch
):
    invite("ann@example.com")
    [mail] = deliver()
    page, other, accept = person.open(link(mail)), Visitor(app, BASE_URL, cookies=True), invitations.accept

    def first_the_other(uid, **told):
        monkeypatch.undo()
        accept(uid, **told)
        return accept(uid, **told)

    monkeypatch.setattr(invitations, "accept", first_the_other)
    again = page.submit("Join the team", name="Ann Peeters", password=SENTENCE)
    assert again.status == 404 and "over" in again.heading
    assert sign_in(other).heading.startswith("Today")


def test_an_invitation_ends_after_seven_days(invite, deliver, person, clock):
    invite("ann@example.com")
    [mail] = deliver()
    clock.forward(hours=7 * 24 + 1)
    assert person.open(link(mail)).status == 404


def test_whoever_signs_out_is_out(joined, person):
    joined.submit("Sign out")
    assert person.open("/staff/peeters/").heading == "Sign in"


def test_whoever_knows_the_password_gets_in_and_lands_where_they_wanted(joined, app):
    other = Visitor(app, BASE_URL, cookies=True)
    asked = other.open("/staff/peeters/team/")
    assert asked.heading == "Sign in"
    page = asked.submit("Sign in", email="Ann@example.com", password=SENTENCE)
    assert page.path == "/staff/peeters/team/"


@pytest.mark.parametrize(
    ("mail", "password"), [("ann@example.com", "wrong"), ("nobody@example.com", SENTENCE)]
)
def test_a_wrong_password_and_an_unknown_address_look_the_same(joined, app, mail, password):
    page = Visitor(app, BASE_URL, cookies=True).open("/staff/account/sign-in")
    page = page.submit("Sign in", email=mail, password=password)
    assert page.heading == "Sign in"
    assert page.text.count("That did not let you in. Check the mail address and the password.") == 1


def test_the_account_tells_the_time_of_a_sign_in_as_the_clock_of_the_garage_does(garage, at_desk):
    page = at_desk().open("/staff/account/")
    assert "Thursday 1 January 2026, 01:00" in page.text


def test_a_browser_is_signed_out_from_another(joined, app, person):
    other = Visitor(app, BASE_URL, cookies=True)
    sign_in(other)
    assert other.open("/staff/peeters/").heading.startswith("Today")
    person.open("/staff/account/").submit("Sign out everywhere else")
    assert other.open("/staff/peeters/").heading == "Sign in"
    assert person.open("/staff/peeters/").heading.startswith("Today")


def test_a_sign_in_that_was_ended_opens_no_page_of_ones_account_either(joined, app, person):
    other = Visitor(app, BASE_URL, cookies=True)
    sign_in(other)
    person.open("/staff/account/").submit("Sign out everywhere else")
    for address in ("passkeys", "recovery-codes", "second-factor", "password"):
        assert other.open(f"/staff/account/{address}").heading == "Sign in"


def test_a_copied_cookie_is_worth_nothing_after_signing_out(joined, app, person):
    copied = Visitor(app, BASE_URL, cookies=True)
    copied.take_cookie("desk", person.cookie("desk"))
    assert copied.open("/staff/peeters/").heading.startswith("Today")
    joined.submit("Sign out")
    assert copied.open("/staff/peeters/").heading == "Sign in"


def test_a_changed_password_signs_every_other_browser_out(joined, app, person):
    other = Visitor(app, BASE_URL, cookies=True)
    sign_in(other)
    other.open("/staff/account/password").submit(
        "Save",
        password=SENTENCE,
        new_password="another sentence",
        new_password_confirm="another sentence",
    )
    assert other.open("/staff/account/").text.count("this browser") == 1
    assert "Sign out everywhere else" not in other.open("/staff/account/").text
    assert person.open("/staff/peeters/").heading == "Sign in"


def test_a_forgotten_password_is_replaced_by_mail(joined, app, deliver):
    deliver()
    other = Visitor(app, BASE_URL, cookies=True)
    other.open("/staff/account/forgotten").submit("Send the link", email="ann@example.com")
    [mail] = deliver()
    page = other.open(link(mail)).submit(
        "Save", password="another sentence", password_confirm="another sentence"
    )
    assert page.heading == "Sign in"
    assert sign_in(other, "another sentence").heading.startswith("Today")
    assert sign_in(Visitor(app, BASE_URL, cookies=True)).heading == "Sign in"


def test_customers_pages_know_no_cookie(joined, person):
    page = person.open("/peeters/")
    assert "Set-Cookie" not in page.headers and "Cookie" not in page.headers.get("Vary", "")


def test_a_forged_request_changes_nothing(joined, person):
    page = person.open("/staff/peeters/team/", method="POST", data={"email": "eve@example.com"})
    assert page.status == 400


def test_a_sign_in_of_long_ago_is_gone_after_the_night(app, garage, clock):
    old = desk.at_desk(app, BASE_URL, "peeters")
    assert old.open("/staff/account/").status == 200
    with app.app_context():
        sign_ins.forget_old(clock.now())
    assert old.open("/staff/account/").path != "/staff/account/"


@pytest.mark.parametrize(
    ("address", "fetched_for", "renewed"),
    [
        ("/staff/peeters/brand/", "document", True),
        ("/staff/peeters/brand/", "", True),
        ("/staff/peeters/brand/preview", "iframe", False),
        ("/staff/peeters/brand/", "empty", False),
    ],
)
def test_only_a_page_gives_the_session_new_life(at_desk, address, fetched_for, renewed):
    """What is fetched for a page may be answered after a form was, and must not bring back the session before it."""
    asked_for = {"Sec_Fetch_Dest": fetched_for} if fetched_for else {}
    browser = at_desk()
    browser.open("/staff/peeters/brand/")
    answer = browser.open(address, **asked_for)
    assert answer.status == 200 and ("Set-Cookie" in answer.headers) == renewed
