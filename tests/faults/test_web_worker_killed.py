"""A05: web workers die while customers press, and no acknowledged booking is lost, none double, none unasked for.

A worker is killed whenever some more customers have heard yes. `PORTAL_TEST_FULL=1` takes ten times as many customers.
"""

import http.client
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db import db
from portal.domain.booking.models import Booking, State
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case
from portal.wiring import wired
from tests.journeys.workshop import change
from tests.support import bookings
from tests.support.live import running

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
REQUESTS, SILENT, CLIENTS = (1600, 200, 8) if FULL else (40, 8, 8)
KILL_AFTER = 6  # more customers heard yes
PATIENCE = 60  # presses of one customer
FLOW = {
    "slug": "classic",
    "default": True,
    "days": 3,
    "name": dict.fromkeys(("nl", "fr", "de", "en"), "Classic"),
}
HOURS = {"hours": [{"days": "mon-sun", "open": ["00:00-24:00"]}], "places": 50, "notice_minutes": 0}
OPEN = {"public_holidays": False, "assessment": HOURS, "repair": [{"damage_flow": "classic", **HOURS}]}

pytestmark = pytest.mark.timeout(1800 if FULL else 300)


@dataclass
class History:
    """What customers of both flows did and heard."""

    pressed: set[str] = field(default_factory=set)
    heard_yes: set[str] = field(default_factory=set)
    kills: int = 0


def asked(live):
    """Requests of different customers that hold their places, every other one for a repair; their uids."""
    now = clock.now()
    garage = change(live.app, "peeters", damage_flows=[FLOW], place=OPEN)
    day = now.date() + timedelta(days=2)

    def ask(number):
        minute, email = 30 * (number % 40), f"customer{number}@example.com"
        if number % 2:
            return bookings.request(garage, now, day=day, minute=minute, email=email)
        known = cases.create(garage, {"plate": "1-ABC-234", "mail": email}, now)
        return bookings.request_repair(garage, known, now, day=day, minute=minute)

    with live.app.app_context():
        return [ask(number) for number in range(REQUESTS)]


def press(live, history, uid, chance):
    """Press until somebody says yes, as people do; a few give up after the first silence."""
    with live.app.app_context():
        token = wired().tokens.sign("confirm", uid, 1)
    history.pressed.add(uid)
    for _ in range(PATIENCE):
        connection = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=20)
        with suppress(OSError, http.client.HTTPException):
            connection.request("POST", f"/peeters/confirm/{token}", headers={"Content-Length": "0"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status in {303, 503}, answer.status
            if answer.status == 303:
                history.heard_yes.add(uid)
                break
        connection.close()
        if chance.random() < 0.3:
            break
        time.sleep(0.2)


def web_workers(live):
    children = Path(f"/proc/{live.web.pid}/task/{live.web.pid}/children").read_text()
    return [int(pid) for pid in children.split()]


def kill_now_and_then(live, history, stop, chance):
    wanted = KILL_AFTER
    while not stop.wait(0.002):
        workers = web_workers(live)
        if len(history.heard_yes) >= wanted and len(workers) > 1:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                history.kills += 1
                wanted = len(history.heard_yes) + KILL_AFTER


def press_while_workers_die(live, uids):
    history, stop = History(), threading.Event()
    killer = threading.Thread(target=kill_now_and_then, args=(live, history, stop, random.Random(5)))
    killer.start()
    try:
        with ThreadPoolExecutor(CLIENTS) as clients:
            work = [
                clients.submit(press, live, history, uid, random.Random(number))
                for number, uid in enumerate(uids)
            ]
            for each in work:
                each.result()
    finally:
        stop.set()
        killer.join()
    time.sleep(1)  # what is under way ends
    return history


def booked(live):
    with live.app.app_context():
        db.session.rollback()
        rows = db.session.execute(
            select(Booking.uid, Booking.case_id, Booking.flow).where(Booking.state == State.BOOKED)
        ).all()
        cases_there = db.session.scalar(select(func.count()).select_from(Case))
        return rows, cases_there - REQUESTS // 2  # every repair had its case before


def test_a05_no_acknowledged_booking_is_lost_none_double_none_unasked_for(database, tmp_path):
    with running(database.url, tmp_path, worker=False) as live:
        uids = asked(live)
        history = press_while_workers_die(live, uids[SILENT:])
        rows, new_cases = booked(live)
    found = {row.uid for row in rows}
    assert history.kills >= 3
    assert len(history.heard_yes) > REQUESTS / 2
    assert history.heard_yes <= found <= history.pressed
    assert len({row.case_id for row in rows}) == len(rows)
    assert {row.flow for row in rows} == {"assessment", "repair"}
    assert new_cases == sum(row.flow == "assessment" for row in rows)


def test_a05_control_a_portal_that_says_yes_too_early_loses_bookings(database, tmp_path):
    with running(database.url, tmp_path, worker=False, application="tests.support.hasty:app") as live:
        uids = asked(live)
        history = press_while_workers_die(live, uids[SILENT:])
        rows, _new_cases = booked(live)
    assert history.kills
    assert history.heard_yes - {row.uid for row in rows}, "nothing was lost, so nothing was measured"
