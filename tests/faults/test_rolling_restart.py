"""A new version comes in while customers look and press: nobody is refused, nobody loses anything."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests as http
from sqlalchemy import func, select

from portal.db import db
from portal.domain.booking.models import Booking, State
from portal.wiring import wired
from tests.journeys.workshop import waiting
from tests.support.live import running

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
CUSTOMERS, LOOKERS, RELOADS, KILLS = (400, 6, 6, 3) if FULL else (40, 4, 1, 3)


@pytest.fixture
def portal(database, tmp_path):
    with running(database.url, tmp_path, worker=False) as live:
        yield live


def web_workers(live):
    return set(Path(f"/proc/{live.web.pid}/task/{live.web.pid}/children").read_text().split())


def reload(live):
    """As README says, and wait until every worker is a new one."""
    before = web_workers(live)
    os.kill(live.web.pid, signal.SIGHUP)
    live.web.wait_until(lambda: len(now := web_workers(live)) == 2 and not now & before)


def stop_hard(live):
    """What a rolling restart is not: the workers are gone in the middle of their work."""
    before = web_workers(live)
    for pid in before:
        os.kill(int(pid), signal.SIGKILL)
    live.web.wait_until(lambda: len(now := web_workers(live)) == 2 and not now & before)


def presses(live):
    """Every customer's press, still to be made."""
    uids = waiting(live.app, CUSTOMERS, places=CUSTOMERS)
    with live.app.app_context():
        return [wired().tokens.sign("confirm", uid, 1) for uid in uids]


def statuses(live, restart: Callable[[object], None], times: int) -> list[int]:
    """What customers hear who look all the time and press one after another, while `restart` happens; 0: nothing."""
    over, heard = threading.Event(), []

    def ask(method, path):
        try:
            answer = http.request(method, f"{live.url}{path}", timeout=60, allow_redirects=False)
            heard.append(answer.status_code)
        except OSError:
            heard.append(0)

    def look():
        while not over.is_set():
            ask("GET", "/peeters/")

    def press(tokens):
        for token in tokens:
            ask("POST", f"/peeters/confirm/{token}")
            time.sleep(0.1)

    tokens = presses(live)
    with ThreadPoolExecutor(LOOKERS + 2) as people:
        pressing = [people.submit(press, tokens[half::2]) for half in (0, 1)]
        looking = [people.submit(look) for _ in range(LOOKERS)]
        for _ in range(times):
            restart(live)
        for each in pressing:
            each.result()
        over.set()
        for each in looking:
            each.result()
    return heard


def test_whoever_comes_during_a_rolling_restart_is_answered(portal):
    heard = statuses(portal, reload, RELOADS)
    assert set(heard) == {200, 303}
    with portal.app.app_context():
        booked = select(func.count()).where(Booking.state == State.BOOKED)
        assert db.session.scalar(booked) == CUSTOMERS


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_control_when_the_workers_are_killed_instead_some_hear_nothing(portal):
    assert 0 in statuses(portal, stop_hard, KILLS)
