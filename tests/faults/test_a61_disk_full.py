"""A61: when the disk is full in the middle, nothing that was answered is lost, people read a plain sentence, and with room
again everything goes on without a restart.

The kernel refuses the running processes to let any file grow, which they cannot tell from a full disk.
"""

import resource
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests as http
from bs4 import BeautifulSoup
from sqlalchemy import func, select, text

from portal.db import db
from portal.domain.booking.models import Booking, State
from portal.domain.mailing.models import Message
from portal.wiring import wired
from tests.files.pictures import file, four_corners
from tests.journeys.walk import CAR, YOU
from tests.journeys.workshop import always_open, waiting
from tests.support.databases import KINDS
from tests.support.live import running

BEFORE, MEANWHILE, PLACES = 12, 12, 9


@pytest.fixture(scope="module", params=KINDS)
def started(request, _databases, tmp_path_factory):
    database = _databases(f"full-{request.param}", request.param)
    with running(database.url, tmp_path_factory.mktemp("full")) as live:
        yield database, live


@pytest.fixture
def portal(started):
    """A running portal whose disk has room again afterwards."""
    database, live = started
    database.empty()
    live.sink.received.clear()
    yield live
    make_room(live)


def keeps_rows_here(live):
    """Whether the rows lie on the disk that gets full."""
    return live.settings.database_url.startswith("sqlite")


def pids(program):
    """A program and its children."""
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
    return [program.pid, *map(int, children)]


def let_files_grow(program, most):
    for pid in pids(program):
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


def fill_disk(live):
    for program in (live.web, live.worker):
        let_files_grow(program, 0)


def make_room(live):
    for program in (live.web, live.worker):
        let_files_grow(program, resource.RLIM_INFINITY)


def press(live, uid):
    with live.app.app_context():
        token = wired().tokens.sign("confirm", uid, 1)
    return http.post(
        f"{live.url}/peeters/confirm/{token}",
        headers={"Accept-Language": "en"},
        timeout=30,
        allow_redirects=False,
    )


def booked(live):
    with live.app.app_context():
        db.session.rollback()
        return set(db.session.scalars(select(Booking.uid).where(Booking.state == State.BOOKED)))


def test_a61_what_was_answered_is_there_and_the_rest_goes_on_with_room(portal):
    uids = waiting(portal.app, BEFORE + MEANWHILE, places=PLACES)
    heard_yes = {uid for uid in uids[:BEFORE] if press(portal, uid).status_code == 303}
    assert len(heard_yes) == BEFORE

    fill_disk(portal)
    answers = {uid: press(portal, uid) for uid in uids[BEFORE:]}
    heard_yes |= {uid for uid, answer in answers.items() if answer.status_code == 303}
    refused = [answer for answer in answers.values() if answer.status_code != 303]
    assert bool(refused) == keeps_rows_here(portal)
    for answer in refused:
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
        assert "Nothing is lost" in answer.text
    assert http.get(f"{portal.url}/peeters/", timeout=30).status_code == 200
    assert booked(portal) == heard_yes

    make_room(portal)
    assert all(press(portal, uid).status_code == 303 for uid in uids)
    assert booked(portal) == set(uids)
    if keeps_rows_here(portal):
        with portal.app.app_context():
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"


def test_a61_a_photo_is_refused_with_a_sentence_and_taken_with_room(portal):
    always_open(portal.app, places=PLACES)
    car = http.post(f"{portal.url}/peeters/assessment/", data=YOU | {"consent": "y"}, timeout=30).url
    photos = http.post(car, data=CAR, timeout=30)
    address = urljoin(photos.url, str(BeautifulSoup(photos.text, "html.parser").form["data-upload-url"]))
    picture = file(four_corners(), "JPEG")

    def upload():
        return http.post(
            address,
            data={"label": "overview", "key": "0" * 32},
            files={"photo": ("car.jpg", picture)},
            headers={"Accept": "application/json"},
            timeout=30,
        )

    fill_disk(portal)
    told = upload()
    assert told.status_code == 503 and told.json()["error"]
    make_room(portal)
    assert upload().status_code == 201


@pytest.mark.parametrize("started", ["sqlite"], indirect=True)
def test_a61_letters_wait_and_leave_once(portal):
    uids = waiting(portal.app, 3, places=PLACES)
    portal.worker.wait_until(lambda: letters_wait(portal) == 0)
    fill_disk(portal)
    assert {press(portal, uid).status_code for uid in uids} == {503 if keeps_rows_here(portal) else 303}
    time.sleep(3)  # the worker looks, and cannot write down what it finds
    make_room(portal)
    assert [press(portal, uid).status_code for uid in uids] == [303, 303, 303]
    portal.worker.wait_until(lambda: letters_wait(portal) == 0)
    ids = portal.sink.message_ids()
    assert len(ids) == len(set(ids)) and len(ids) >= 2 * len(uids)


def letters_wait(live):
    with live.app.app_context():
        db.session.rollback()
        return db.session.scalar(select(func.count()).where(Message.state.in_(["queued", "sending"])))
