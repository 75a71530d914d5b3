"""A20: every link of every letter the product can write, opened in a browser that runs its scripts."""

import threading
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from werkzeug.serving import make_server

from portal.domain.garage import queries as garages
from portal.jobs import mail
from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.support import bookings, browsers, every_letter

pytestmark = on_sqlite

A_WHILE = 1_500  # ms; a page that presses by itself has done so long before


@pytest.fixture
def links(app, mailer, clock):
    """Those of a whole life, and of a request that waits for its confirmation; the last is its link."""
    letters = every_letter.every(app, mailer, clock, "en")
    with app.app_context():
        garage = garages.find("repairs")
        bookings.request(garage, clock.now(), day=every_letter.DAY + timedelta(days=7))
        mail.deliver()
    waiting = BeautifulSoup(mailer.sent[-1].letter.html, "html.parser")
    found = {link for each in letters for link in each.links if link.startswith(BASE_URL)}
    return [*sorted(found), waiting.select_one('a[href*="/confirm/"]')["href"]]


@pytest.fixture
def address(app):
    """Where the app of this test, with its stopped clock, can be opened."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def scanner(chromium, address):
    """A browser like that of no customer; no script may fail in it."""
    windows = browsers.Windows(chromium, address)
    yield windows.open(viewport={"width": 1280, "height": 800})
    windows.close()
    assert not windows.faults


def test_a20_a_browser_that_runs_every_script_behind_every_link_changes_nothing(app, links, scanner, address):
    assert len(links) > 15
    before, tabs = rows(app), []
    for link in links:
        tab = scanner.context.new_page()
        tab.goto(link.replace(BASE_URL, address))
        assert tab.locator("h1").inner_text() and tab.locator("main a, main form").count()
        tabs.append(tab)
    for tab in tabs:  # some scripts sleep while nobody looks
        tab.bring_to_front()
    tabs[-1].wait_for_timeout(A_WHILE)
    assert rows(app) == before


def test_a20_control_a_script_that_presses_is_noticed(app, links, scanner, address):
    before = rows(app)
    scanner.goto(links[-1].replace(BASE_URL, address))
    scanner.evaluate("fetch(location.href, {method: 'POST'})")
    scanner.wait_for_timeout(A_WHILE)
    assert rows(app) != before
