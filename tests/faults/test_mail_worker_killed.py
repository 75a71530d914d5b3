"""A26: workers die at any moment, and every mail still arrives once.

`PORTAL_TEST_FULL=1` kills 100 workers over 3,000 mails instead of 8 over 100.
"""

import os
import random
import time

import pytest

from portal import clock
from tests.support import mail_workers, post_office, smtp
from tests.support.mail_workers import GUARDED, NOTED_FIRST, UNCLAIMED, nursery
from tests.support.post_office import queue, states

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
MAILS, KILLS = (3000, 100) if FULL else (100, 8)
PATIENCE_SECONDS = 600 if FULL else 90

pytestmark = pytest.mark.timeout(1800 if FULL else 300)


@pytest.fixture
def sink():
    with smtp.sink() as server:
        server.answer_delay = 0.004  # so that some workers die between the server's yes and their note
        yield server


def send_all_while_killing(database, folder, sink, guard):
    """Queue the mails and kill workers, one after the other, at random moments of their work."""
    chance = random.Random(26)
    with post_office.post_office(database.url), nursery(database.url, folder, sink.port, guard) as workers:
        uids = queue(MAILS, now=clock.now())
        deadline = time.monotonic() + PATIENCE_SECONDS
        kills = 0
        worker = workers.start()
        while _left() and time.monotonic() < deadline:
            if kills < KILLS:
                _wait_for(sink, sink.tries + chance.randint(1, 2 * MAILS // KILLS - 1), deadline)
                time.sleep(chance.uniform(0, 0.012))
                mail_workers.kill(worker)
                kills += 1
                worker = workers.start()
            else:
                time.sleep(0.2)
        return uids, kills, set(states())


def _left():
    return any(state in ("queued", "sending") for state in states())


def _wait_for(sink, tries, deadline):
    # A worker that has nothing to do may never get there: the last mails wait for a lease to run out.
    given_up = min(deadline, time.monotonic() + 5)
    while sink.tries < tries and time.monotonic() < given_up:
        time.sleep(0.0005)


def _ids(uids):
    return {f"<{uid}@portal.example.com>" for uid in uids}


def test_a26_no_mail_is_lost_and_each_death_doubles_at_most_one(database, tmp_path, sink):
    uids, kills, left = send_all_while_killing(database, tmp_path, sink, GUARDED)
    assert left == {"sent"}
    arrived = sink.message_ids()
    assert set(arrived) == _ids(uids)
    assert len(arrived) - len(set(arrived)) <= kills
    assert kills >= KILLS // 2


def test_a26_control_noting_before_sending_loses_mail(database, tmp_path, sink):
    uids, kills, _ = send_all_while_killing(database, tmp_path, sink, NOTED_FIRST)
    assert kills and _ids(uids) - set(sink.message_ids())


@pytest.mark.parametrize(("guard", "doubles"), [(GUARDED, False), (UNCLAIMED, True)])
def test_a26_several_workers_send_no_mail_twice_because_they_claim_it(
    database, tmp_path, sink, guard, doubles
):
    with post_office.post_office(database.url), nursery(database.url, tmp_path, sink.port, guard) as workers:
        queue(80, now=clock.now())
        for _ in range(3):
            workers.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while _left() and time.monotonic() < deadline:
            time.sleep(0.1)
        arrived = sink.message_ids()
    assert len(set(arrived)) == 80
    assert (len(arrived) > 80) is doubles
