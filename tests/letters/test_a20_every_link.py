"""A20: every link of every letter, looked at by anybody and anything: the page is there, and no row changes."""

import pytest

from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.support import every_letter
from tests.support.visitor import Visitor

pytestmark = on_sqlite
MAPS = "https://www.openstreetmap.org/"


@pytest.fixture
def ours(app, mailer, clock):
    """The links of all letters that lead to the portal: address and what for."""
    letters = every_letter.every(app, mailer, clock, "en")
    return {link: each.purpose for each in letters for link in each.links if not link.startswith(MAPS)}


def kind(link):
    """The address without what makes it personal."""
    return "/".join(part for part in link.removeprefix(BASE_URL).split("/") if "." not in part)


def test_every_link_is_of_a_known_kind(ours):
    assert {kind(link) for link in ours} == {
        "/repairs/confirm",
        "/repairs/unasked",
        "/repairs/booking",
        "/repairs/booking/change",
        "/repairs/booking/cancel",
        "/repairs/status",
        "/repairs/repair/case",
        "/repairs/assessment/case",
    }


@pytest.mark.parametrize("moment", ["2026-11-24 09:00", "2026-12-01 06:00", "2026-12-08 09:00"])
def test_a20_looking_at_any_link_of_any_letter_changes_nothing(app, ours, clock, moment):
    """While the booking can be changed, when it is too late for that, and when it is over."""
    clock.at(moment)
    before = rows(app)
    for link in ours:
        for visitor in (Visitor(app, BASE_URL), Visitor(app, BASE_URL)):
            assert visitor.open(link).status in {200, 410}, link
        assert app.test_client().head(link).status_code in {200, 302, 303, 410}, link
    assert rows(app) == before
