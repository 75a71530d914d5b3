"""A62: a backup made while customers book, add photos and take them away is one moment all the same.

Real web workers serve real customers, and the backup is a process of its own. `PORTAL_TEST_FULL=1` has ten times as many
customers and three backups. The control copies the way one would by hand, and must go wrong.
"""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import requests as http
from sqlalchemy import func, select

from portal.db import db, snapshots
from portal.domain.booking import notices
from portal.domain.booking.models import Booking, State
from portal.domain.cases.models import Case, CaseEvent
from portal.domain.customers.models import Consent
from portal.domain.mailing.models import Message
from portal.domain.photos import service as album
from portal.domain.photos.models import Photo
from portal.wiring import wired
from tests.domain.photos import given
from tests.files.pictures import file, four_corners
from tests.journeys.workshop import waiting
from tests.support.backups import empty_portal
from tests.support.live import environment, running
from tests.support.processes import HOME

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
CUSTOMERS, BACKUPS = (800, 3) if FULL else (80, 1)
PRESSING, SHOWING = 4, 3  # customers at once: those who press, and those who add photos and take them away

pytestmark = pytest.mark.timeout(1800 if FULL else 300)


@pytest.fixture
def portal(database, tmp_path):
    with running(database.url, tmp_path / "live", worker=False) as live:
        yield live


@pytest.fixture(autouse=True)
def _folder(tmp_path):
    (tmp_path / "live").mkdir()


@dataclass
class Heard:
    """What customers heard so far: who was told that it is booked, how many photos were taken."""

    booked: list[str] = field(default_factory=list)
    photos: int = 0


@contextmanager
def busy(live):
    """Customers press one after another, others add photos and take them away, until all have pressed."""
    uids = waiting(live.app, CUSTOMERS, places=CUSTOMERS)
    with live.app.app_context():
        garage_id = db.session.scalar(select(Booking.garage_id).limit(1))
        tokens = {uid: wired().tokens.sign("confirm", uid, 1) for uid in uids}
        drafts = [f"draft-with-photos-{number:04d}" for number in range(SHOWING)]
        for uid in drafts:
            given.draft(garage_id, uid)
        db.session.remove()
    heard, over = Heard(), threading.Event()
    with ThreadPoolExecutor(PRESSING + SHOWING) as people:
        pressing = [
            people.submit(_press, live, tokens, uids[own::PRESSING], heard) for own in range(PRESSING)
        ]
        showing = [people.submit(_show, live, uid, heard, over) for uid in drafts]
        while not (heard.booked and heard.photos):
            time.sleep(0.01)
        try:
            yield heard
            for each in pressing:
                each.result()
        finally:
            over.set()
        for each in showing:
            each.result()


def _press(live, tokens, uids, heard):
    for uid in uids:
        answer = http.post(f"{live.url}/peeters/confirm/{tokens[uid]}", timeout=60, allow_redirects=False)
        assert answer.status_code == 303
        heard.booked.append(uid)


def _show(live, draft, heard, over):
    picture = file(four_corners(), "JPEG")
    address = f"{live.url}/peeters/assessment/{draft}/photos/upload"
    stays, removal = False, None  # the first one stays
    while not over.is_set():
        sent = http.post(address, data={"label": "overview"}, files={"photo": ("a.jpg", picture)}, timeout=60)
        assert sent.status_code == 201, sent.text
        heard.photos += 1
        if removal:
            http.post(removal, headers={"Accept": "application/json"}, timeout=60).raise_for_status()
        removal = f"{live.url}{sent.json()['remove_url']}" if stays else None
        stays = True


def backup(live, path):
    """`flask backup`, as the shell calls it."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "backup", path],
        cwd=HOME,
        env=environment(live.settings),
        check=True,
        capture_output=True,
    )


def written():
    """How often each part of a booking is there; all of them are written in one transaction."""
    about = {
        "booking": select(func.count()).where(Booking.state == State.BOOKED),
        "case": select(func.count()).select_from(Case),
        "consent": select(func.count()).select_from(Consent),
        "history": select(func.count()).where(CaseEvent.what == "booked"),
        "letter": select(func.count()).where(Message.purpose == notices.BOOKED),
    }
    for part, counted in about.items():
        db.session.rollback()
        yield part, db.session.scalar(counted)


def booked():
    return set(db.session.scalars(select(Booking.uid).where(Booking.state == State.BOOKED)))


def test_a62_a_backup_under_load_is_one_moment_and_has_every_file(portal, database, tmp_path):
    kept = []
    with busy(portal) as heard:
        for number in range(BACKUPS):
            before = set(heard.booked)
            backup(portal, tmp_path / f"kept-{number}")
            kept.append((tmp_path / f"kept-{number}", before, set(heard.booked)))
    assert kept[0][1] < kept[-1][2], "customers were told yes meanwhile"
    for number, (path, before, _after) in enumerate(kept):
        with empty_portal(database.kind, tmp_path / f"copy-{number}", portal.settings) as copy:
            assert "mail is parked" in copy.restored(path)
            with copy.app.app_context():
                assert before <= booked()
                assert len(set(dict(written()).values())) == 1
            assert copy.files() and not copy.without_file()


def test_a62_control_copied_by_hand_photos_miss_their_files_and_bookings_their_cases(portal, tmp_path):
    def files_first():
        folder = portal.settings.data_dir / "files"
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
        time.sleep(0.2)
        with portal.app.app_context(), snapshots.taken(tmp_path / "rows") as moment:
            uids = list(moment.scalars(select(Photo.uid)))
        return {key for uid in uids for key in album.keys(uid) if key not in there}

    def part_by_part():
        with portal.app.app_context():
            found = {}
            for part, count in written():
                found[part] = count
                time.sleep(0.1)
        return set(found.values())

    with busy(portal):
        torn, missing = part_by_part(), files_first()
    assert len(torn) > 1 and missing
