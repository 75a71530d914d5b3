"""A second step at sign-in: a code from an app, and recovery codes for the day the phone is lost."""

import time

import pytest
from flask_security.utils import hash_password

from tests.conftest import BASE_URL
from tests.support import desk
from tests.support.authenticator import STEP_SECONDS, digits
from tests.support.visitor import Visitor

SENTENCE = "a short sentence is good"


@pytest.fixture
def ann(app, garage):
    """Ann, owner of Peeters, in a browser that has just signed in."""
    with app.app_context():
        hashed = hash_password(SENTENCE)
    desk.member(app, "peeters", name="ann", password=hashed)
    return signed_in(app)


def signed_in(app):
    visitor = Visitor(app, BASE_URL, cookies=True)
    page = visitor.open("/staff/account/sign-in")
    page.submit("Sign in", email="ann@desk.example.com", password=SENTENCE)
    return visitor


def set_up(ann):
    """Ann sets up her app; its key."""
    page = ann.open("/staff/account/second-factor").submit("Set up a code from an app")
    key = page.soup.select_one("code").text
    done = page.submit("Continue", code=digits(key))
    assert done.status == 200 and not done.errors
    return key


def test_after_setting_it_up_the_password_alone_does_not_open_the_desk(ann, app):
    key = set_up(ann)
    other = signed_in(app)
    assert other.open("/staff/peeters/").heading == "Sign in"
    page = other.open("/staff/account/sign-in").submit(
        "Sign in", email="ann@desk.example.com", password=SENTENCE
    )
    assert page.heading == "Second step"
    assert page.submit("Sign in", code="000000").heading == "Second step"
    page = page.submit("Sign in", code=digits(key, time.time() + STEP_SECONDS))
    assert page.heading.startswith("Today")


def test_a_recovery_code_opens_once(ann, app):
    set_up(ann)
    shown = ann.open("/staff/account/recovery-codes").submit("Make new codes")
    codes = [each.text for each in shown.soup.select(".recovery code")]
    assert len(codes) == 5
    page = second_step(app).click("Use a recovery code")
    assert page.submit("Sign in", code=codes[0]).heading.startswith("Today")
    page = second_step(app).click("Use a recovery code")
    assert page.submit("Sign in", code=codes[0]).heading == "Use a recovery code"
    assert page.submit("Sign in", code=codes[1]).heading.startswith("Today")


def test_it_can_be_switched_off_again(ann, app):
    set_up(ann)
    ann.open("/staff/account/second-factor").submit("Switch it off")
    assert signed_in(app).open("/staff/peeters/").heading.startswith("Today")


def test_the_account_page_says_whether_it_is_on(ann):
    assert "Code from an app off" in ann.open("/staff/account/").text
    set_up(ann)
    assert "Code from an app on" in ann.open("/staff/account/").text


def second_step(app):
    visitor = Visitor(app, BASE_URL, cookies=True)
    page = visitor.open("/staff/account/sign-in")
    return page.submit("Sign in", email="ann@desk.example.com", password=SENTENCE)
