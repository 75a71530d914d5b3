"""Passwords and codes cannot be guessed, and whoever tries keeps no member out."""

import re

import pytest
from flask_security.utils import hash_password
from sqlalchemy import func, select

from portal.db import db
from portal.domain.correspondence import service as correspondence
from portal.domain.mailing.models import Message
from portal.domain.mailing.strangers import MOST_AN_HOUR
from portal.web import limits
from portal.web.staff import guessing
from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.support import desk
from tests.support.authenticator import digits
from tests.support.visitor import Visitor

MAIL, SENTENCE = "ann@desk.example.com", "a short sentence is good"
TRIES = int(limits.WRONG_ABOUT.partition("/")[0])
NETWORK_TRIES = int(guessing.SIGN_IN.partition("/")[0])

pytestmark = on_sqlite


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"rate_limits": True, "proxies": 1})


@pytest.fixture
def ann(app, garage):
    with app.app_context():
        hashed = hash_password(SENTENCE)
    return desk.member(app, "peeters", name="ann", password=hashed)


@pytest.fixture
def person(app):
    """`person(number)`: somebody in a network of their own."""

    def somebody(number):
        visitor = Visitor(app, BASE_URL, cookies=True)
        visitor.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        return visitor

    return somebody


def tried(visitor, email=MAIL, password="wrong"):
    return visitor.open("/staff/account/sign-in").submit("Sign in", email=email, password=password)


def test_one_network_tries_few_passwords_whatever_the_account(ann, person):
    guesser = person(1)
    pages = [tried(guesser, email=f"member{number}@desk.example.com") for number in range(NETWORK_TRIES + 1)]
    assert [page.status for page in pages[:-1]] == [200] * NETWORK_TRIES
    assert pages[-1].status == 429 and int(pages[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("email", [MAIL, "nobody@desk.example.com"])
def test_from_many_networks_one_account_takes_few_known_or_not(ann, person, email):
    pages = [tried(person(number), email) for number in range(TRIES + 1)]
    assert [page.status for page in pages] == [200] * TRIES + [429]
    assert "a link to a new password" in pages[-1].text
    assert tried(person(99), email.upper()).status == 429


def test_a_known_and_an_unknown_account_answer_alike(ann, person):
    known, unknown = (
        re.sub(rb'(csrf_token"[^>]*value=|value=)"[^"]*"', b"", tried(person(n), email).data)
        for n, email in enumerate((MAIL, "nun@desk.example.com"))
    )
    assert known == unknown


def test_whoever_forgot_a_password_hears_the_same_known_or_not(ann, app, person):
    pages = [
        person(number).open("/staff/account/forgotten").submit("Send the link", email=email)
        for number, email in enumerate((MAIL, "nobody@desk.example.com"))
    ]
    assert pages[0].status == pages[1].status
    assert pages[0].text.replace(MAIL, "") == pages[1].text.replace("nobody@desk.example.com", "")


def test_the_member_gets_in_by_mail_however_much_was_guessed(ann, person, deliver):
    for number in range(TRIES + 1):
        tried(person(number))
    member = person(50)
    assert tried(member, password=SENTENCE).status == 429
    member.open("/staff/account/forgotten").submit("Send the link", email=MAIL)
    [mail] = deliver()
    member.open(mail.link).submit("Save", password="another sentence", password_confirm="another sentence")
    assert tried(member, password="another sentence").heading.startswith("Today")


def test_right_passwords_are_free(ann, person):
    for number in range(TRIES + 1):
        assert tried(person(number), password=SENTENCE).heading.startswith("Today")


def test_control_without_the_count_of_an_account_guessing_goes_on(ann, garage, app, person, monkeypatch):
    monkeypatch.setattr(limits.limiter.limiter, "test", lambda *_args, **_more: True)
    assert {tried(person(number)).status for number in range(TRIES + 3)} == {200}


def test_the_second_step_takes_few_wrong_codes_from_wherever(ann, person):
    member = person(1)
    tried(member, password=SENTENCE)
    page = member.open("/staff/account/second-factor").submit("Set up a code from an app")
    assert not page.submit("Continue", code=digits(page.soup.select_one("code").text)).errors
    statuses = []
    for number in range(TRIES + 1):
        page = tried(person(number + 2), password=SENTENCE)
        assert page.heading == "Second step"
        statuses.append(page.submit("Sign in", code="000000").status)
    assert statuses == [200] * TRIES + [429]


def test_a_member_gets_few_letters_about_a_forgotten_password(ann, app, person, deliver):
    for number in range(MOST_AN_HOUR + 3):
        page = person(number).open("/staff/account/forgotten").submit("Send the link", email=MAIL)
        assert page.status == 200
    assert len(deliver()) == MOST_AN_HOUR
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Message.held_back == "often")) == 3


def test_letters_a_member_sends_have_an_end_each_day(monkeypatch, app, garage, clock, at_desk, deliver):
    monkeypatch.setattr(correspondence, "MOST_TESTS", 2)
    member = at_desk("owner")
    pages = []
    for _ in range(3):
        page = member.open("/staff/peeters/letters/repair/en/")
        pages.append(page.submit("Send a test to me"))
    assert [page.status for page in pages] == [200, 200, 422]
    assert len(deliver()) == 2 and "tomorrow" in pages[-1].text
    clock.forward(hours=25)
    assert member.open("/staff/peeters/letters/repair/en/").submit("Send a test to me").status == 200
