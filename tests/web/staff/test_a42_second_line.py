"""A42: a page that forgot to ask within its garage still finds nothing of another one."""

import pytest

from portal.db import apart, transaction
from portal.domain.privacy import people
from portal.domain.team.models import Membership
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import cases, desk

NUMBER = "K7M-2QX-9RA"


@pytest.fixture
def forgotten(app, garage, group, clock, monkeypatch):
    """A page of Peeters about a customer of Maes, which takes its address for granted, whoever's it is."""
    known = cases.opened(app, group, clock.now(), location=group.locations[0].slug, number=NUMBER)
    named = people.named
    monkeypatch.setattr(people, "named", lambda _garage, uid: named(group, uid))
    with app.app_context():
        return f"/staff/peeters/privacy/people/{known.row.uid}"


def test_a42_a_forgotten_check_finds_nothing(forgotten, at_desk, caplog):
    page = at_desk().open(forgotten)
    assert page.status == 404 and NUMBER not in page.text
    assert "asked for a Case of another garage" in caplog.text


def test_a42_control_without_the_second_line_the_case_of_another_garage_is_shown(
    forgotten, at_desk, monkeypatch
):
    monkeypatch.setattr(apart, "serve", lambda garage_id: None)
    assert NUMBER in at_desk().open(forgotten).text


def test_a42_whoever_works_at_two_garages_goes_from_one_to_the_other(app, garage, group):
    ann = desk.member(app, "peeters", name="ann")
    with app.app_context(), transaction() as session:
        session.add(Membership(member_id=ann, garage_id=group.id, role=Role.OWNER))
    browser = desk.browser(app, BASE_URL, ann)
    there = browser.open("/staff/peeters/").click(group.name)
    assert there.status == 200 and there.path == "/staff/maes/"
    assert there.click(garage.name).path == "/staff/peeters/"
