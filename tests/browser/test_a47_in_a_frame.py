"""The whole booking in a frame on the garage's own site, in a browser that blocks the cookies of others."""

import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.db import db
from portal.domain.booking.models import Booking
from tests.browser import claes
from tests.browser.steps import ORDER, answer, booked, heading, primary
from tests.files.pictures import talkative_jpeg
from tests.journeys.walk import PORTAL
from tests.journeys.workshop import change
from tests.support import bookings, browsers
from tests.support.processes import HOST
from tests.support.services import CHROMIUM

OWN_SITE, OTHER_SITE = "www.peeters.example.com", "www.elsewhere.example.com"
STORED = "() => { try { localStorage.setItem('a', '1'); return true; } catch { return false; } }"


class Site(BaseHTTPRequestHandler):
    """Shows in a frame whatever the address asks for; at /cookie it gives a cookie that frames may have."""

    def do_GET(self):
        parts = urlsplit(self.path)
        cookies = self.headers.get("Cookie", "no cookie")
        page = (
            f"<p>{cookies}</p>"
            if parts.path == "/cookie"
            else f"<iframe src='{parts.query}' width=700 height=800></iframe>"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", "no-store")
        if parts.path == "/cookie":
            self.send_header("Set-Cookie", "given=1; SameSite=None; Secure")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>A site</title>{page}".encode())

    def log_message(self, *_words):
        pass


@contextmanager
def serving(handler):
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def port():
    """Where the sites answer, under whatever name."""
    with serving(Site) as port:
        yield port


@pytest.fixture(scope="module")
def strict_chromium(chromium):
    """A Chromium that blocks third-party cookies and finds the sites of the tests."""
    browser = chromium.browser_type.launch(
        executable_path=os.environ[CHROMIUM],
        args=[
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--test-third-party-cookie-phaseout",
            f"--host-resolver-rules=MAP *.example.com {HOST}",
        ],
    )
    yield browser
    browser.close()


@pytest.fixture
def strict_windows(strict_chromium, live):
    windows = browsers.Windows(strict_chromium, live.url)
    yield windows
    windows.close()
    assert not windows.faults


@pytest.fixture
def site(strict_windows, port):
    """Opens an address in a frame of the site of that name."""

    def site(name, address):
        page = strict_windows.open(viewport={"width": 800, "height": 900})
        page.goto(f"http://{name}:{port}/?{address}")
        return page

    return site


@pytest.fixture
def refused(strict_windows, port):
    """Opens an address in a frame of the site of that name, and waits for the browser to say why it is not shown."""

    def refused(name, address):
        page = strict_windows.open(viewport={"width": 800, "height": 900})
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text) as said:
            page.goto(f"http://{name}:{port}/?{address}")
        strict_windows.faults.remove(f"{page.url}: {said.value.text}")
        page.frames[1].wait_for_url("chrome-error://**")
        assert "Peeters" not in page.frames[1].locator("body").inner_text()
        return said.value.text

    return refused


@pytest.fixture
def allowed(live, port):
    """Garage Peeters lets its own site show the portal."""
    return change(live.app, "peeters", allowed_sites=[f"http://{OWN_SITE}:{port}"])


def arrived(frame, step):
    frame.wait_for_url(f"**/{step}")


def test_a47_control_the_browser_blocks_what_a_frame_wants_to_store(strict_windows, port):
    address = f"http://{HOST}:{port}/cookie"
    itself = strict_windows.open()
    for said in ("no cookie", "given=1"):
        itself.goto(address)
        expect(itself.locator("p")).to_have_text(said)
    assert itself.evaluate(STORED)
    page = itself.context.new_page()  # where the cookie already is
    page.goto(f"http://{OWN_SITE}:{port}/?{address}")
    frame = page.frames[1]
    for _ in range(2):
        expect(frame.locator("p")).to_have_text("no cookie")
        assert not frame.evaluate(STORED)
        frame.goto(address)


def test_a47_a_customer_books_in_a_frame_without_cookies(live, allowed, site, email):
    page = site(OWN_SITE, live.url + PORTAL)
    frame = page.frames[1]
    assert not frame.evaluate(STORED)
    answer(frame, "you", email=email)
    arrived(frame, "car")
    answer(frame, "car")
    arrived(frame, "photos")
    frame.locator("form.enhanced").wait_for()
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": talkative_jpeg()}
    frame.set_input_files("#gallery-overview", [photo])
    frame.locator(".shot[data-uid]").wait_for()
    primary(frame).click()
    arrived(frame, "timeslot")
    answer(frame, "timeslot")
    arrived(frame, "check")
    assert frame.locator(".thumbs img").count() == 1
    primary(frame).click()
    heading(frame, "Not booked yet")
    assert booked(live) == 0
    assert urlsplit(page.url).hostname == OWN_SITE
    tab = page.context.new_page()
    tab.goto(live.letter(email).link)
    heading(tab, "Confirm your appointment")
    primary(tab).click()
    heading(tab, "Your appointment is booked")
    assert booked(live) == 1
    page.bring_to_front()
    heading(frame, "Your appointment is booked")
    assert page.context.cookies() == []


def test_a40_under_pressure_the_sum_is_done_in_the_frame_too(live, port, site, email):
    now = datetime.now(UTC)
    hours = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0}
    garage = change(
        live.app,
        "peeters",
        allowed_sites=[f"http://{OWN_SITE}:{port}"],
        place={"public_holidays": False, "assessment": hours},
    )
    with live.app.app_context():
        for minute in (9 * 60, 10 * 60):  # two of the four places that may be held
            day = now.date() + timedelta(days=2)
            bookings.request(garage, now, day=day, minute=minute, email=f"at{minute}@example.com")
    page = site(OWN_SITE, live.url + PORTAL)
    frame = page.frames[1]
    asked = []
    page.on("response", lambda response: asked.append(response.status) if "check" in response.url else None)
    for step, following in pairwise(ORDER[:-1]):
        answer(frame, step, **({"email": email} if step == "you" else {}))
        arrived(frame, following)
    del asked[:]
    primary(frame).click()
    heading(frame, "Not booked yet")
    assert asked == [422, 303]
    with live.app.app_context():
        assert db.session.scalars(select(Booking.state).where(Booking.email == email)).all() == ["held"]


def test_a47_a_customer_books_a_repair_in_a_frame_and_follows_it_there(live, port, site, email):
    garage = claes.opens(live, allowed_sites=[f"http://{OWN_SITE}:{port}"])
    known = claes.knows(live, garage, email)
    page = site(OWN_SITE, live.url + claes.ENTRANCE)
    frame = page.frames[1]
    assert not frame.evaluate(STORED)
    claes.look_up(frame)
    heading(frame, "Book the repair")
    for step in ("timeslot", "check", "sent"):
        primary(frame).click()
        arrived(frame, step)
        if step == "timeslot":
            frame.locator("[name=timeslot]").last.check()
    heading(frame, "Not booked yet")
    tab = page.context.new_page()
    tab.goto(live.letter(email).link)
    heading(tab, "Confirm your appointment")
    primary(tab).click()
    heading(tab, "Your appointment is booked")
    assert booked(live) == 1
    page.bring_to_front()
    heading(frame, "Your repair is booked")
    frame.get_by_role("link", name="Follow the repair").click()
    heading(frame, "Your appointment is booked")
    known.change(datetime.now(UTC), vehicle_in=str(datetime.now(UTC).date()))
    frame.get_by_role("link", name="Look again").click()
    heading(frame, "Your car is with us")
    assert urlsplit(page.url).hostname == OWN_SITE
    assert page.context.cookies() == []


@pytest.mark.parametrize("address", [PORTAL, "/peeters/"])
def test_a47_another_site_sees_nothing_in_its_frame(live, allowed, site, refused, address):
    own = site(OWN_SITE, live.url + address)
    expect(own.frames[1].get_by_text("Garage Peeters").first).to_be_attached()
    assert f"http://{OWN_SITE}" in refused(OTHER_SITE, live.url + address)


def test_a47_a_garage_that_names_no_site_is_in_no_frame(live, refused):
    assert "frame-ancestors 'none'" in refused(OWN_SITE, live.url + PORTAL)
