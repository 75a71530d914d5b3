"""Every page of the desk stands behind a rule, and behind its garage."""

import re

import pytest

from portal.domain.team.rights import RIGHTS, Right, Role
from portal.web.staff.door import Rule
from tests.conftest import BASE_URL
from tests.journeys.rows import rows
from tests.support import desk

SIGN_IN = "/staff/account/"


def staff_rules(app):
    """What stands below /staff/, but for sign-in, which Flask-Security guards."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff") and not rule.endpoint.startswith("security.")
    ]


def rule_of(app, rule):
    return getattr(app.view_functions[rule.endpoint], "rule", None)


def address(rule, garage="peeters"):
    filled = rule.rule.replace("<garage>", garage)
    return re.sub(r"<int:\w+>", "1", re.sub(r"<(?!int:)[^>]+>", "none", filled))


def test_a42_every_page_of_the_desk_has_a_rule(app):
    known = {*Right, Rule.ANYBODY, Rule.MEMBER, Rule.OPERATOR}
    without = {rule.rule for rule in staff_rules(app) if rule_of(app, rule) not in known}
    assert not without


def test_a42_what_stands_below_a_garage_asks_for_a_right_there(app):
    inside = [rule for rule in staff_rules(app) if "<garage>" in rule.rule]
    assert inside
    assert {rule.rule for rule in inside if rule_of(app, rule) not in set(Right)} == set()


@pytest.mark.parametrize("role", Role)
def test_a42_a_member_of_another_garage_finds_nothing(app, garage, group, role):
    eve = desk.at_desk(app, BASE_URL, "maes", role)
    before = rows(app)
    found = {}
    for rule in staff_rules(app):
        if "<garage>" in rule.rule:
            for method in {"GET", "POST"} & rule.methods:
                token = eve.token()
                page = eve.open(
                    address(rule), method=method, data={"csrf_token": token}, Referer=f"{BASE_URL}/"
                )
                found[method, rule.rule] = page.status
    assert set(found.values()) == {404}, found
    assert rows(app) == before


@pytest.mark.parametrize("role", Role)
def test_a42_a_role_reaches_what_its_rights_say_and_no_more(app, garage, role):
    member = desk.at_desk(app, BASE_URL, "peeters", role)
    for rule in staff_rules(app):
        if "<garage>" not in rule.rule or "GET" not in rule.methods:
            continue
        refused = member.open(address(rule)).status == 403
        assert refused == (rule_of(app, rule) not in RIGHTS[role]), rule.rule


def test_a42_who_is_not_signed_in_is_asked_to(app, garage, client):
    for rule in staff_rules(app):
        if rule_of(app, rule) != Rule.ANYBODY and "GET" in rule.methods:
            assert client.open(address(rule)).heading == "Sign in", rule.rule


def test_a42_only_operators_see_all_garages(app, garage):
    owner = desk.at_desk(app, BASE_URL, "peeters")
    assert owner.open("/staff/operator/").status == 404
    operator = desk.browser(app, BASE_URL, desk.member(app, name="olga", operator=True))
    assert operator.open("/staff/operator/").status == 200
    assert operator.open("/staff/peeters/").status == 404


@pytest.mark.parametrize("role", [*Role, None])
def test_a43_looking_at_every_page_of_the_desk_changes_no_row(app, garage, role):
    if role is None:
        visitor = desk.browser(app, BASE_URL, desk.member(app, name="olga", operator=True))
    else:
        visitor = desk.at_desk(app, BASE_URL, "peeters", role)
    before = rows(app)
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/staff") and "GET" in rule.methods:
            for method in ("GET", "HEAD"):
                assert visitor.open(address(rule), method=method).status < 500, rule.rule
    assert rows(app) == before
