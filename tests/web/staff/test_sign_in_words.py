"""Sign-in speaks our words, in the language of whoever signs in."""

import re

import pytest
from flask_security.core import _default_messages
from flask_security.utils import hash_password

from portal.web.staff.sign_in_words import MESSAGES
from tests.conftest import BASE_URL
from tests.support import desk
from tests.support.authenticator import digits
from tests.support.visitor import Visitor

SENTENCE = "a short sentence is good"
FILLED_IN = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def ann(app, garage):
    """Ann, owner of Peeters, in a browser that has just signed in."""
    with app.app_context():
        hashed = hash_password(SENTENCE)
    desk.member(app, "peeters", name="ann", password=hashed)
    visitor = Visitor(app, BASE_URL, cookies=True)
    visitor.open("/staff/account/sign-in").submit("Sign in", email="ann@desk.example.com", password=SENTENCE)
    return visitor


def labels(page):
    return [label.get_text() for label in page.soup.select("main label")]


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_stands_for_one_there_is_and_fills_in_nothing_else(name):
    words, category = MESSAGES[name]
    theirs, their_category = _default_messages[name]
    assert category == their_category
    assert set(FILLED_IN.findall(words._args[0])) <= set(FILLED_IN.findall(theirs))


def test_fields_are_called_as_everywhere_else(app, garage, ann):
    visitor = Visitor(app, BASE_URL, cookies=True)
    assert labels(visitor.open("/staff/account/sign-in")) == ["Mail address", "Password"]
    assert labels(visitor.open("/staff/account/passkey")) == ["Mail address (optional)"]
    assert labels(ann.open("/staff/account/password")) == [
        "Password",
        "New password",
        "The new password once more",
    ]
    assert labels(ann.open("/staff/account/passkeys"))[0] == "Name"


def test_they_speak_the_language_that_was_chosen(app, garage):
    page = Visitor(app, BASE_URL, cookies=True).open("/staff/account/sign-in?lang=nl")
    assert labels(page) == ["Mailadres", "Wachtwoord"]


def test_a_second_factor_is_told_of_in_plain_words(ann):
    page = ann.open("/staff/account/second-factor").submit("Set up a code from an app")
    assert labels(page) == ["Code"]
    wrong = page.submit("Continue", code="000000")
    assert "This code does not work. Type the one that the app shows now." in wrong.text
    again = wrong.submit("Set up a code from an app")
    done = again.submit("Continue", code=digits(again.soup.select_one("code").text))
    assert "From now on you sign in with a code from your app." in done.text


def test_what_is_wrong_with_a_new_password_is_said_plainly(ann):
    page = ann.open("/staff/account/password")
    wrong = page.submit("Save", password="x", new_password="short", new_password_confirm="other")
    assert "The two passwords are not the same." in wrong.text
    wrong = page.submit("Save", password="x", new_password="y" * 10, new_password_confirm="y" * 10)
    assert "This is not your password." in wrong.text
    wrong = page.submit("Save", password=SENTENCE, new_password="short", new_password_confirm="short")
    assert "Use 10 to 128 characters." in wrong.text


@pytest.mark.parametrize("mail", ["ann@desk.example.com", "nobody@example.com"])
def test_asking_for_a_link_never_says_who_is_a_member(app, ann, mail):
    page = Visitor(app, BASE_URL, cookies=True).open("/staff/account/forgotten")
    told = page.submit("Send the link", email=mail)
    assert f"If somebody signs in with {mail}, the link is on its way." in told.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter a mail address."),
        (" ", "Enter a mail address."),
        ("nobody", "Enter a mail address like name@example.com."),
    ],
)
def test_what_is_no_address_is_not_said_to_get_a_link(app, garage, typed, words):
    page = Visitor(app, BASE_URL, cookies=True).open("/staff/account/forgotten")
    told = page.submit("Send the link", email=typed)
    assert words in told.text and "on its way" not in told.text
