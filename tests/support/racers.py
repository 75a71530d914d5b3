"""Racers: processes, each with an app of its own, that all start at the same moment.

    python -m tests.support.racers

has everything imported already, forks the racers of one race for every line it reads, and answers with a line.
Also here: `together`, the same for a few threads of one app.
"""

import fcntl
import json
import multiprocessing
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flask import Flask

from portal.config import Settings
from portal.domain.booking import requests
from portal.domain.garage.offerings import assessments, repairs

HOME = Path(__file__).resolve().parents[2]
SLUG = "peeters"

Call = dict[str, Any]
Runner = list[list[Call]]  # a process: the calls of each of its threads, in order


@dataclass(frozen=True)
class Outcome:
    """How one call ended: `done`, the name of the exception, or `killed`; what it returned or refused with."""

    end: str
    value: str = ""


class Track:
    """Where races are held, one at a time on this machine: they need many connections to the database."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def race(self, settings: Settings, runners: Sequence[Runner], **conditions: Any) -> list[Outcome]:
        """Let all threads of all `runners` go at once; the outcomes of their calls, in the order given.

        Everybody dawdles for `dawdle` seconds between reading what is free and giving it away, guarded or not, so
        that whoever can collide does. `guarded=False` switches off what keeps two from deciding at once; then they
        dawdle until half of all have read the same, for most of a second unless told. `dies` names
        the point at which each process is killed (see DEATHS); `skews` are seconds by which the clock of each process
        is wrong, and `follow=False` keeps it from following the database's.
        """
        dawdle = 0.02 if conditions.get("guarded", True) else 0.8
        usual = {"guarded": True, "dawdle": dawdle, "dies": "", "skews": [0] * len(runners), "follow": True}
        plan = (
            usual
            | conditions
            | {
                "url": settings.database_url,
                "folder": str(settings.data_dir),
                "runners": runners,
            }
        )
        assert self._process.stdin and self._process.stdout
        with _alone():
            self._process.stdin.write(json.dumps(plan) + "\n")
            self._process.stdin.flush()
            return [Outcome(*each) for each in json.loads(self._process.stdout.readline())]


@contextmanager
def track() -> Iterator[Track]:
    """A place to hold races; nobody is left there afterwards."""
    command = [sys.executable, "-m", "tests.support.racers"]
    with subprocess.Popen(
        command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Track(process)
        assert process.stdin
        process.stdin.close()


def spread(calls: Sequence[Call], *, processes: int, threads: int = 1) -> list[Runner]:
    """`calls` dealt out to the threads of as many processes."""
    lanes = processes * threads
    hands = [list(calls[lane::lanes]) for lane in range(lanes)]
    return [hands[first::processes] for first in range(processes)]


def together(app: Flask, work: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do every piece of `work` at once, each in a thread with a context of its own; results or exceptions, in order."""
    line = threading.Barrier(len(work))

    def run(piece: Callable[[], Any]) -> Any:
        with app.app_context():
            line.wait()
            try:
                return piece()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"portal-test-races-{os.getuid()}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# From here on: what runs in the other processes.

READS = ("_load", "coming", "promised", "written", "reminders")
GLANCE = 0.005  # seconds between two looks for the others


class Company:
    """Those who read the same wait for one another until there are `size`, so that all of them decide by it.

    For `seconds` at most, as not everybody may come that far.
    """

    def __init__(self, fork: Any, size: int, seconds: float) -> None:
        self._size, self._seconds = size, seconds
        self._come = fork.Value("i", 0)

    def wait(self) -> None:
        deadline = time.monotonic() + self._seconds
        with self._come.get_lock():
            self._come.value += 1
            full = -(-self._come.value // self._size) * self._size
        while self._come.get_obj().value < full and time.monotonic() < deadline:
            time.sleep(GLANCE)


def _confirm(uid: str, round: int = 1, now: str = "") -> None:
    from portal.domain.booking import service

    service.confirm(uid, round, _moment(now))


def _request(draft_id: int, day: str, minute: int, now: str, slug: str = SLUG) -> str:
    from portal.domain.garage import queries
    from tests.support.bookings import answers

    garage, moment = queries.find(slug), _moment(now)
    return requests.request(
        draft_id=draft_id,
        garage_id=garage.id,
        offering=assessments(garage.locations[0]),
        day=datetime.fromisoformat(day).date(),
        minute=minute,
        answers=answers(moment),
        now=moment,
    )


def _request_repair(draft_id: int, case_id: int, day: str, minute: int, now: str) -> str:
    from portal.domain.cases import queries as cases
    from portal.domain.garage import queries

    case = cases.by_id(case_id).case
    place = queries.location(queries.by_id(case.garage_id), case.location_id)
    return requests.request_for_case(
        draft_id=draft_id,
        case_id=case_id,
        offering=repairs(place, case.damage_flow),
        day=datetime.fromisoformat(day).date(),
        minute=minute,
        language="en",
        now=_moment(now),
    )


def _move(uid: str, day: str, minute: int, now: str) -> None:
    from portal.domain.booking import changes

    changes.move(uid, datetime.fromisoformat(day).date(), minute, _moment(now))


def _cancel(uid: str, now: str) -> None:
    from portal.domain.booking import changes

    changes.cancel(uid, "", _moment(now))


def _live(**life: Any) -> str:
    from tests.support import lives

    return lives.live(**life)


def _send_again(uid: str, now: str, email: str | None = None) -> None:
    from portal.domain.booking import links

    links.send_again(uid, _moment(now), email=email)


def _start_link(uid: str, now: str) -> None:
    from portal.domain.booking import links

    links.start_link(uid, _moment(now))


def _remind(now: str) -> int:
    from portal.domain.booking import reminders

    return reminders.remind(_moment(now))


def _announce(now: str) -> int:
    from portal.domain.booking import daylists

    return daylists.announce(_moment(now))


def _photo(draft_id: int, client_key: str, now: str) -> str:
    from portal.adapters.images import Picture
    from portal.domain.photos import service
    from portal.wiring import wired

    return service.add(
        wired().storage,
        Picture(4, 3, b"large", b"thumb"),
        draft_id=draft_id,
        label="other",
        name="a.jpg",
        client_key=client_key,
        now=_moment(now),
    )


CALLS: dict[str, Callable[..., Any]] = {
    "confirm": _confirm,
    "request": _request,
    "request repair": _request_repair,
    "move": _move,
    "cancel": _cancel,
    "live": _live,
    "send again": _send_again,
    "start link": _start_link,
    "photo": _photo,
    "remind": _remind,
    "announce": _announce,
}


def _moment(now: str) -> datetime:
    from portal import clock

    return datetime.fromisoformat(now) if now else clock.now()


def _main() -> None:
    import portal
    from tests.support import bookings, lives  # noqa: F401 – imported once, before any race

    assert portal
    for line in sys.stdin:
        print(json.dumps(_race(json.loads(line))), flush=True)


def _race(plan: dict[str, Any]) -> list[list[str]]:
    fork = multiprocessing.get_context("fork")
    threads = sum(len(runner) for runner in plan["runners"])
    line = fork.Barrier(threads)
    companies = {name: Company(fork, max(2, threads // 2), plan["dawdle"]) for name in READS}
    answers = []
    for number in range(len(plan["runners"])):
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_run, args=(plan, number, line, companies, theirs))
        process.start()
        theirs.close()
        answers.append((process, ours))
    return _in_order(plan["runners"], [_answer(*each) for each in answers])


def _answer(process: Any, answer: Connection) -> list[list[list[str]]] | None:
    try:
        return answer.recv()  # type: ignore[no-any-return]
    except EOFError:
        process.join()
        if process.exitcode != -signal.SIGKILL:
            raise
        return None


def _in_order(runners: list[Runner], found: list[Any]) -> list[list[str]]:
    """The outcomes by the order in which `spread` dealt the calls out."""
    hands = [
        (found[number][lane] if found[number] else [["killed", ""]] * len(calls))
        for lane in range(max(len(runner) for runner in runners))
        for number, runner in enumerate(runners)
        if lane < len(runner)
        for calls in [runner[lane]]
    ]
    longest = max(len(hand) for hand in hands)
    return [hand[turn] for turn in range(longest) for hand in hands if turn < len(hand)]


def _run(
    plan: dict[str, Any], number: int, line: Any, companies: dict[str, Company], answer: Connection
) -> None:
    lanes = plan["runners"][number]
    try:
        app = _prepared(plan, number, companies)
    except BaseException:
        line.abort()  # or the others would wait for ever
        raise
    with ThreadPoolExecutor(len(lanes)) as pool:
        answer.send(list(pool.map(lambda calls: _lane(app, line, calls), lanes)))


def _prepared(plan: dict[str, Any], number: int, companies: dict[str, Company]) -> Flask:
    from portal import cli, create_app, web
    from portal.domain.booking import load
    from portal.domain.booking import queries as bookings
    from portal.domain.mailing import queries as letters
    from tests.support.post_office import settings

    if plan["skews"][number]:
        _skew(plan["skews"][number])
    if not plan["follow"]:
        _trust_own_clock()
    if not plan["guarded"]:
        _unguard(companies["reminders"])
    for queries, name in (
        (load, "_load"),
        (bookings, "coming"),
        (bookings, "promised"),
        (letters, "written"),
    ):
        _slow(queries, name, partial(time.sleep, plan["dawdle"]) if plan["guarded"] else companies[name].wait)
    web.init_app = cli.init_app = lambda *_given: (
        None
    )  # nobody opens a page, and registering all of them takes long
    app = create_app(settings(Path(plan["folder"]), database_url=plan["url"]))
    if plan["dies"]:
        DEATHS[plan["dies"]]()
    return app


def _lane(app: Flask, line: Any, calls: list[Call]) -> list[tuple[str, str]]:
    from portal.db import db
    from portal.domain.garage import queries

    with app.app_context():
        queries.every()
        db.session.rollback()
        line.wait()
        return [_outcome(call) for call in calls]


def _outcome(call: Call) -> tuple[str, str]:
    call = dict(call)
    try:
        return "done", str(CALLS[call.pop("do")](**call) or "")
    except Exception as error:
        return type(error).__name__, str(error).splitlines()[0] if str(error) else ""


def _slow(queries: Any, name: str, dawdle: Callable[[], None]) -> None:
    read = getattr(queries, name)

    def and_dawdle(*args: Any, **named: Any) -> Any:
        found = read(*args, **named)
        dawdle()
        return found

    setattr(queries, name, and_dawdle)


def _skew(seconds: float) -> None:
    import time_machine

    time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=True).start()


def _trust_own_clock() -> None:
    from portal import clock

    clock.follow = lambda reference: None


def _unguard(company: Company) -> None:
    """Python's own way with SQLite, no advisory locks on PostgreSQL, no locks on rows, no numbers of places."""
    from sqlalchemy import bindparam, select

    from portal import db
    from portal.db import drivers
    from portal.domain.booking import reminders, rows
    from portal.domain.booking.models import Booking
    from portal.domain.drafts import service as drafts
    from portal.domain.drafts.models import Draft

    connect = drivers._sqlite_connect

    def as_python_does(connection: Any, record: Any) -> None:
        connect(connection, record)
        connection.isolation_level = ""

    drivers._sqlite_connect = as_python_does
    drivers._sqlite_begin = lambda connection: None
    db._lock_key = lambda name: secrets.randbits(62)
    drafts.lock = lambda session, draft_id: session.get(Draft, draft_id)
    drafts.keep = lambda draft_id, now: None
    rows.take_place = lambda booking, places: None
    rows._DRAFT = select(Draft.id).where(Draft.uid == bindparam("asked"))
    for name in ("_BY_UID", "_OPEN_OF_CASE"):
        setattr(rows, name, select(Booking).where(getattr(rows, name).whereclause))
    for name in ("_OF_DRAFT", "_REQUEST"):
        locking = getattr(rows, name)
        setattr(rows, name, select(*locking.selected_columns).where(locking.whereclause))

    def read_then_mark(session: Any, due: Any, now: datetime) -> Any:
        found = session.scalars(select(Booking).where(*due)).all()
        company.wait()
        for booking in found:
            booking.reminded_at = now
        return found

    reminders._take = read_then_mark


def _die(*_args: Any, **_named: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_between_the_files() -> None:
    from portal.adapters.storage import DiskStorage

    put, written = DiskStorage.put, []

    def put_one(self: DiskStorage, key: str, data: bytes) -> None:
        if written:
            _die()
        put(self, key, data)
        written.append(key)

    DiskStorage.put = put_one  # type: ignore[method-assign]


def _die_before_the_row() -> None:
    from portal.domain.photos import service

    service.transaction = _die


def _die_before_the_commit() -> None:
    from portal.domain.photos import service

    insert = service._insert

    def and_die(session: Any, *args: Any) -> None:
        insert(session, *args)
        session.flush()
        _die()

    service._insert = and_die


def _die_with_the_row_before_the_files() -> None:
    """The order that the portal does not take."""
    from portal.adapters.storage import DiskStorage
    from portal.domain.photos import service

    inside = service.transaction

    @contextmanager
    def row_first(*locks: str) -> Iterator[Any]:
        with inside(*locks) as session:
            yield session
        _die()

    service.transaction = row_first
    DiskStorage.put = lambda self, key, data: None  # type: ignore[method-assign,assignment]


BETWEEN_FILES, BEFORE_ROW, BEFORE_COMMIT = "between the files", "before the row", "before the commit"
ROW_FIRST = "with the row before the files"

DEATHS: dict[str, Callable[[], None]] = {
    BETWEEN_FILES: _die_between_the_files,
    BEFORE_ROW: _die_before_the_row,
    BEFORE_COMMIT: _die_before_the_commit,
    ROW_FIRST: _die_with_the_row_before_the_files,
}


if __name__ == "__main__":
    _main()
