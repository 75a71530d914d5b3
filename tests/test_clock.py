"""One clock: aware, in UTC, and the database's where there is one for several servers."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from sqlalchemy import text

from portal import clock
from portal.db import db

NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_offset(monkeypatch):
    monkeypatch.setattr(clock, "_offset", timedelta())


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta()


def test_this_machine_is_trusted_until_told_otherwise():
    with time_machine.travel(NINE, tick=False):
        assert clock.now() == NINE


@pytest.mark.parametrize("apart", [timedelta(minutes=2), timedelta(minutes=-2), timedelta(days=400)])
def test_a_clock_that_is_wrong_follows_the_reference_from_then_on(apart):
    with time_machine.travel(NINE + apart, tick=False) as machine:
        clock.follow(NINE)
        assert clock.now() == NINE
        machine.shift(timedelta(minutes=10))
        assert clock.now() == NINE + timedelta(minutes=10)


def test_the_reference_may_be_told_in_any_zone():
    with time_machine.travel(NINE, tick=False):
        clock.follow(datetime(2026, 12, 1, 10, 1, tzinfo=timezone(timedelta(hours=1))))
        assert clock.now() == NINE + timedelta(minutes=1)


def test_following_again_forgets_the_first_correction():
    with time_machine.travel(NINE, tick=False):
        clock.follow(NINE + timedelta(minutes=5))
        clock.follow(NINE)
        assert clock.now() == NINE


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_follows_the_database_with_each_new_connection(context):
    db.engine.connect().close()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=True):
        assert clock.now() - _database_now() > timedelta(minutes=1)
        db.engine.dispose()
        found = _database_now()
        assert abs(clock.now() - found) < timedelta(minutes=1)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_one_machine_alone_trusts_itself(context):
    with time_machine.travel(NINE, tick=False):
        db.engine.connect().close()
        assert clock.now() == NINE


def _database_now():
    with db.engine.connect() as connection:
        return connection.scalar(text("SELECT clock_timestamp()"))
