"""A21: every button behind every link of every letter, pressed by a machine before anybody reads it."""

import pytest

from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.support import every_letter
from tests.support.scanners import follow_everything
from tests.support.visitor import Visitor

pytestmark = on_sqlite

BEGUN = {"draft", "message"}  # walking on begins a draft, and a letter may be asked for once more


@pytest.fixture
def links(app, mailer, clock):
    letters = every_letter.every(app, mailer, clock, "en")
    return {link for each in letters for link in each.links if link.startswith(BASE_URL)}


def test_a21_whatever_is_pressed_nothing_is_booked_moved_cancelled_or_ended(app, links):
    before, scanner = rows(app), Visitor(app, BASE_URL)
    scanner.headers["Accept-Language"] = "en"
    for link in sorted(links):
        follow_everything(scanner, link)
    after = rows(app)
    assert len(after["draft"]) > len(before["draft"])  # it did press
    assert {name for name in after if after[name] != before[name]} <= BEGUN
