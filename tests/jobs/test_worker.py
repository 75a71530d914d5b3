"""`flask worker`, the real process."""

import os
import signal
import time
from datetime import timedelta

import pytest

from portal import clock, jobs
from portal.adapters import queue
from portal.core.dates import local_clock
from portal.domain.booking import queries
from tests.support import bookings, smtp
from tests.support.live import AT_HOME, environment, start_worker
from tests.support.post_office import states

PATIENCE_SECONDS = 60


@pytest.fixture
def sink():
    with smtp.sink() as server:
        yield server


@pytest.fixture
def settings(settings, sink):
    return settings.model_copy(update={"smtp_port": sink.port, "smtp_timeout_seconds": 10})


@pytest.fixture
def worker(settings, tmp_path):
    return lambda: start_worker(environment(settings) | AT_HOME, tmp_path)


@pytest.fixture
def ask(context, garage):
    """Requests an assessment soon, now."""

    def ask(**given):
        now = clock.now()
        monday = now.date() + timedelta(days=7 - now.weekday())
        return bookings.request(garage, now, day=monday, **given)

    return ask


def until(what):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_gone(program):
    return not program.is_running()


def test_a_request_becomes_a_mail_that_names_the_servers_own_deadline(ask, worker, sink):
    with worker() as program:
        until(lambda: "executed" in program.words())
        uid = ask()
        until(lambda: states() == ["sent"])
    text = sink.received[0].message.get_body(("plain",)).get_content()
    assert f"until {local_clock(queries.appointment(uid).held_until, 'Europe/Brussels')}" in text


def test_what_no_nudge_told_of_is_swept_up(ask, worker, sink):
    ask()
    queue.running().flush()
    with worker():
        until(lambda: states() == ["sent"])
    assert sink.count() == 1


def test_a_worker_listens_to_redis(app, ask, settings, redis_url, tmp_path, sink):
    settings = settings.model_copy(update={"redis_url": redis_url})
    jobs.register(app, queue.build(settings))
    with start_worker(environment(settings) | AT_HOME, tmp_path) as program:
        until(lambda: "executed" in program.words())
        ask()
        until(lambda: states() == ["sent"])


def test_sigterm_lets_the_mail_in_hand_leave(ask, worker, sink):
    sink.answer_delay = 1
    ask()
    with worker() as program:
        until(lambda: sink.tries)
        os.kill(program.pid, signal.SIGTERM)
        until(lambda: is_gone(program))
    assert states() == ["sent"]
    assert "exiting" in program.words()


def test_sigint_ends_a_worker(context, worker):
    with worker() as program:
        until(lambda: "executed" in program.words())
        os.kill(program.pid, signal.SIGINT)
        until(lambda: is_gone(program))
    assert "exiting" in program.words()


def test_two_workers_send_each_mail_once(ask, worker, sink):
    times = range(9 * 60, 12 * 60, 30)
    for minute in times:
        ask(minute=minute, email=f"jan{minute}@example.com")
    with worker(), worker():
        until(lambda: set(states()) == {"sent"})
    assert sink.count() == len(set(sink.message_ids())) == len(times)
