"""One way to write: all or nothing, one at a time where it matters, never while a page is only looked at."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Event

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from portal.db import NestedTransaction, WriteWhileReading, after_commit, db, transaction
from portal.domain.garage.models import Garage, Location
from portal.domain.mailing.models import Message
from tests.support.racers import together

MOMENT = datetime(2026, 12, 1, 9, 30, 15, 123456, tzinfo=UTC)
BRUSSELS = timezone(timedelta(hours=1))

pytestmark = pytest.mark.usefixtures("context")


def add_garage(session, slug="peeters"):
    garage = Garage(slug=slug, revision="1", profile={})
    session.add(garage)
    session.flush()
    return garage.id


def slugs():
    db.session.rollback()
    return list(db.session.scalars(select(Garage.slug).order_by(Garage.slug)))


def message(garage_id, **moments):
    usual = {"due_at": MOMENT, "queued_at": MOMENT, "give_up_at": MOMENT}
    return Message(
        uid="m",
        garage_id=garage_id,
        purpose="p",
        about="a",
        recipient="r",
        language="en",
        **(usual | moments),
    )


def test_what_a_transaction_did_is_durable_at_its_end():
    with transaction() as session:
        add_garage(session)
    assert slugs() == ["peeters"]


@pytest.mark.parametrize("trouble", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_whatever_is_raised_undoes_everything(trouble):
    with pytest.raises(trouble), transaction() as session:
        add_garage(session)
        raise trouble
    assert slugs() == []


def test_a_broken_rule_of_the_database_undoes_everything():
    with transaction() as session:
        add_garage(session)
    with pytest.raises(IntegrityError), transaction() as session:
        add_garage(session, "maes")
        add_garage(session, "peeters")
    assert slugs() == ["peeters"]


def test_a_failed_transaction_spoils_none_after_it():
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), transaction():
            raise ZeroDivisionError
    with transaction() as session:
        add_garage(session)
    assert slugs() == ["peeters"]


def test_what_was_changed_before_the_transaction_is_not_part_of_it():
    add_garage(db.session)
    with transaction() as session:
        add_garage(session, "maes")
    assert slugs() == ["maes"]


def test_what_was_read_before_the_transaction_is_read_anew_inside(app):
    with transaction() as session:
        add_garage(session)
    garage = db.session.scalars(select(Garage)).one()
    assert garage.revision == "1"

    def elsewhere():
        with transaction() as session:
            session.scalars(select(Garage)).one().revision = "2"

    together(app, [elsewhere])
    with transaction() as session:
        assert session.scalars(select(Garage)).one().revision == "2"
    assert garage.revision == "1"  # what was read stays readable, as it was


def test_a_reference_to_nothing_is_refused():
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(Location(garage_id=999, slug="gent", position=0, profile={}))


def test_a_transaction_inside_another_is_refused_and_undoes_both():
    with pytest.raises(NestedTransaction), transaction() as session:
        add_garage(session)
        with transaction():
            pass
    assert slugs() == []


def test_one_after_the_other_is_fine():
    for slug in ("maes", "peeters"):
        with transaction() as session:
            add_garage(session, slug)
    assert slugs() == ["maes", "peeters"]


def test_after_a_refused_one_the_next_is_fine():
    with pytest.raises(NestedTransaction), transaction(), transaction():
        pass
    with transaction() as session:
        add_garage(session)
    assert slugs() == ["peeters"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE"])
def test_no_transaction_opens_while_a_page_is_looked_at(app, method):
    with app.test_request_context("/", method=method), pytest.raises(WriteWhileReading), transaction():
        pytest.fail("opened")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_request_that_changes_something_may(app, method):
    with app.test_request_context("/", method=method), transaction() as session:
        add_garage(session)
    assert slugs() == ["peeters"]


def test_a_nudge_goes_out_once_what_was_written_can_be_seen(app):
    seen = []

    def look():
        seen.extend(together(app, [slugs]))

    with transaction() as session:
        add_garage(session)
        after_commit(look)
        assert seen == []
    assert seen == [["peeters"]]


def test_a_nudge_does_not_go_out_after_a_failure_nor_with_the_next_transaction():
    done = []
    with pytest.raises(ZeroDivisionError), transaction():
        after_commit(lambda: done.append("never"))
        raise ZeroDivisionError
    with transaction():
        after_commit(lambda: done.append("once"))
    with transaction():
        pass
    assert done == ["once"]


def test_a_nudge_does_not_go_out_when_the_commit_itself_fails():
    done = []
    with pytest.raises(IntegrityError), transaction() as session:
        after_commit(lambda: done.append("never"))
        session.add(Location(garage_id=999, slug="gent", position=0, profile={}))
    assert done == []


def test_a_nudge_that_fails_is_logged_and_hurts_nobody(caplog):
    done = []
    with transaction() as session:
        add_garage(session)
        after_commit(lambda: 1 / 0)
        after_commit(lambda: done.append("the next one"))
    assert slugs() == ["peeters"] and done == ["the next one"]
    assert "ZeroDivisionError" in caplog.text


def test_a_nudge_may_open_a_transaction_of_its_own():
    def write():
        with transaction() as session:
            add_garage(session, "maes")

    with transaction() as session:
        add_garage(session)
        after_commit(write)
    assert slugs() == ["maes", "peeters"]


def test_a_nudge_belongs_to_a_context():
    with ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError):
        pool.submit(after_commit, slugs).result()


@pytest.mark.parametrize("zone", [UTC, BRUSSELS, timezone(timedelta(hours=-8))])
def test_a_moment_of_any_zone_comes_back_the_same_and_in_utc(zone):
    with transaction() as session:
        garage_id = add_garage(session)
        session.add(message(garage_id, due_at=MOMENT.astimezone(zone)))
    found = db.session.scalar(select(Message.due_at))
    assert found == MOMENT and found.utcoffset() == timedelta()


def test_no_moment_stays_none():
    with transaction() as session:
        session.add(message(add_garage(session)))
    assert db.session.scalar(select(Message.sent_at)) is None


def test_moments_are_compared_as_moments_whatever_their_zone():
    with transaction() as session:
        session.add(message(add_garage(session)))
    for bound, found in (
        (MOMENT.astimezone(BRUSSELS), 1),
        ((MOMENT - timedelta(microseconds=1)).astimezone(BRUSSELS), 0),
    ):
        due = select(func.count()).select_from(Message).where(Message.due_at <= bound)
        assert db.session.scalar(due) == found


def test_a_naive_moment_is_refused_when_it_is_written():
    with pytest.raises(StatementError, match="naive datetime"), transaction() as session:
        session.add(message(add_garage(session), due_at=datetime(2026, 12, 1, 9, 0)))  # noqa: DTZ001
    assert slugs() == []


def test_a_naive_moment_is_refused_when_it_is_compared():
    with pytest.raises(StatementError, match="naive datetime"):
        db.session.scalar(select(Message.id).where(Message.due_at <= datetime(2026, 12, 1)))  # noqa: DTZ001


def held(app, first, second):
    """Whether the transaction with lock `second` has to wait while one with `first` is open."""
    opened, entered = Event(), Event()
    waited = []

    def holds():
        with transaction(first) as session:
            session.execute(text("SELECT 1"))
            opened.set()
            waited.append(not entered.wait(0.5))

    def comes():
        opened.wait(30)
        with transaction(second):
            entered.set()

    assert together(app, [holds, comes]) == [None, None]
    return waited[0]


def test_the_same_lock_is_taken_by_one_transaction_at_a_time(app):
    assert held(app, "place 1 2026-12-01", "place 1 2026-12-01")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_other_places_and_days_do_not_wait_for_each_other(app):
    assert not held(app, "place 1 2026-12-01", "place 1 2026-12-02")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_has_one_writer_whatever_the_lock(app):
    assert held(app, "place 1 2026-12-01", None)


def test_a_lock_is_free_again_after_a_failure(app):
    with pytest.raises(ZeroDivisionError), transaction("a"):
        raise ZeroDivisionError
    with transaction("a") as session:
        add_garage(session)
    assert slugs() == ["peeters"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 15_000),
        ("secure_delete", 1),
    ],
)
def test_every_connection_is_set_up_for_a_server(pragma, value):
    engine = db.engine
    for connection in [engine.connect() for _ in range(3)]:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        connection.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_transaction_that_need_not_be_durable_leaves_the_next_one_durable():
    def synchronous():
        return db.session.connection().exec_driver_sql("PRAGMA synchronous").scalar()

    with transaction(durable=False):
        assert synchronous() == 1
    with transaction():
        assert synchronous() == 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_commit_that_need_not_be_durable_does_not_wait_for_the_disk():
    def waits():
        return db.session.scalar(text("SHOW synchronous_commit"))

    with transaction(durable=False):
        assert waits() == "off"
    with transaction():
        assert waits() == "on"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_connection_that_died_while_it_rested_is_replaced_unnoticed(monkeypatch):
    with transaction() as session:
        add_garage(session)
    own = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.rollback()
    with create_engine(db.engine.url).connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": own})
    monkeypatch.setattr("portal.db.drivers.POSTGRES_REST_SECONDS", 0)
    assert slugs() == ["peeters"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_readers_do_not_wait_for_the_writer(app):
    with transaction() as session:
        add_garage(session)
        assert together(app, [slugs]) == [[]]
    assert together(app, [slugs]) == [["peeters"]]
