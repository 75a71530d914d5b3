"""A62: a backup is one moment of rows and files; a restored copy keeps its mail, and whoever was erased stays erased."""

import json
import os
import resource
import shutil
import stat
import tarfile
import time
from datetime import date

import pytest
from sqlalchemy import create_engine, func, select, text

from portal.adapters.storage import DiskStorage
from portal.db import db, schema
from portal.domain.backups import restoring
from portal.domain.booking import reminders, service
from portal.domain.cases.models import Case
from portal.domain.mailing.models import Message, ParkedMail
from portal.domain.photos import service as photos
from portal.domain.photos.models import Photo
from portal.domain.privacy import erasing, people
from portal.jobs import mail as mail_jobs
from portal.wiring import wired
from tests.domain.photos import given
from tests.domain.privacy.lives import BOB, DESK, ZOE, lived
from tests.journeys.kinds import on_sqlite
from tests.support import bookings, garages
from tests.support.backups import empty_portal
from tests.support.letterbox import delivery
from tests.support.processes import HOME


@pytest.fixture
def lives(app, garage, clock, mailer):
    """Zoë and Bob, of whom everything is known, and a draft with two photos."""
    days = {ZOE: date(2026, 12, 1), BOB: date(2026, 12, 8)}
    uids = [lived(app, garage, clock, mailer, life, day) for life, day in days.items()]
    with app.app_context():
        draft_id = given.draft(garage.id)
        booked = bookings.request(garage, clock.now(), day=date(2026, 12, 16), email="jan@example.com")
        bookings.request(garage, clock.now(), day=date(2026, 12, 17), email="piet@example.com")
        service.confirm(booked, 1, clock.now())
        shots = [given.add(draft_id, key) for key in ("stays", "goes")]
        db.session.remove()
    return {"zoe": uids[0], "draft": draft_id, "goes": shots[1]}


@pytest.fixture
def flask(app):
    def run(*words, fails=False):
        done = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert done.exit_code == (1 if fails else 0), f"{done.output}{done.exception!r}"
        return done.output

    return run


@pytest.fixture
def copy(settings, database, tmp_path):
    with empty_portal(database.kind, tmp_path / "copy", settings) as copy:
        yield copy


@pytest.fixture
def kept(lives, flask, tmp_path):
    """A backup of them."""
    path = tmp_path / "kept"
    flask("backup", path)
    return path


@pytest.fixture
def small(app, garage, flask, tmp_path):
    """A backup of one photo."""
    with app.app_context():
        given.add(given.draft(garage.id))
        db.session.remove()
    flask("backup", tmp_path / "kept")
    return tmp_path / "kept"


def counts(app):
    with app.app_context():
        found = {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in db.metadata.sorted_tables
            if table is not ParkedMail.__table__
        }
        db.session.remove()
        return found


def is_known(app, garage, life):
    with app.app_context():
        return bool(people.find(garage, life.email))


def erase_zoe(app, garage, lives, clock):
    with app.app_context():
        storage, tokens = wired().storage, wired().tokens
        erasing.erase(storage, tokens, garage, lives["zoe"], by=DESK, now=clock.forward(hours=1))
        db.session.remove()


def test_a62_everything_comes_back_and_nobody_else_may_read_the_file(app, kept, copy, tmp_path):
    said = copy.restored(kept)
    assert counts(copy.app) == counts(app) and copy.files() and not copy.without_file()
    files = {path.relative_to(tmp_path / "data/files") for path in (tmp_path / "data/files").rglob("*.*")}
    assert copy.files() == {path.as_posix() for path in files}
    assert "mail is parked" in said and stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(path.name for path in kept.parent.iterdir() if "kept" in path.name) == ["kept"]


@on_sqlite
def test_it_says_what_it_is(small, database):
    with tarfile.open(small) as tar:
        told = json.load(tar.extractfile("contents.json"))
    assert (told["database"], told["schema"], told["rows"]["garage"]) == (database.kind, NEWEST, 1)
    assert told["portal"] and told["made_at"] and told["pieces"]["rows"]


@pytest.fixture
def busy_backup(app, garage, lives, clock, flask, tmp_path, monkeypatch):
    """A backup in whose middle a photo comes, one is removed, and Zoë is erased."""
    get, left = DiskStorage.get, [True]

    def meanwhile(self, key):
        if left:
            left.clear()
            with app.app_context():
                given.add(lives["draft"], "comes")
                photos.remove(wired().storage, draft_id=lives["draft"], uid=lives["goes"])
                db.session.remove()
            erase_zoe(app, garage, lives, clock)
        return get(self, key)

    monkeypatch.setattr(DiskStorage, "get", meanwhile)
    # The commands share no context with what others do meanwhile.
    flask("backup", tmp_path / "busy")
    return tmp_path / "busy"


def test_a62_what_goes_while_files_are_copied_is_gone_in_the_copy(busy_backup, copy, garage):
    said = copy.restored(busy_backup)
    assert "1 erased again" in said and not copy.without_file()
    assert not is_known(copy.app, garage, ZOE) and is_known(copy.app, garage, BOB)


def test_a62_control_a_backup_that_does_not_say_what_went_leaves_rows_without_files(
    busy_backup, copy, garage, monkeypatch
):
    monkeypatch.setattr(restoring, "_forget_photos", lambda _uids: None)
    monkeypatch.setattr(restoring.proofs, "replay", lambda *_all: 0)
    copy.restored(busy_backup)
    assert copy.without_file() and is_known(copy.app, garage, ZOE)


def letters_leave(copy):
    deliver = delivery(copy.app, copy.app.extensions["portal"].mailer)
    return [letter.recipient for _ in range(3) for letter in deliver()]


def test_a62_no_mail_leaves_the_copy_until_it_is_released(kept, copy, clock):
    copy.restored(kept)
    clock.at("2026-11-30 10:00")
    with copy.app.app_context():
        reminders.remind(clock.now())
        db.session.remove()
    assert letters_leave(copy) == []
    assert "mail is parked since" in copy.flask("doctor", fails=True)
    clock.at("2026-12-01 09:30")
    assert "waiting" in copy.flask("mail", "release")
    assert letters_leave(copy)
    with copy.app.app_context():
        mail_jobs.deliver()
        states = set(db.session.scalars(select(Message.state)))
        db.session.remove()
    assert not states & {"queued", "sending"}
    assert "not parked" in copy.flask("mail", "release", fails=True)


def test_a62_control_a_copy_that_is_not_parked_sends_at_once(kept, copy, monkeypatch):
    monkeypatch.setattr(restoring.parking, "PARK", ())
    copy.restored(kept)
    assert letters_leave(copy)


@on_sqlite
def test_what_is_of_no_use_when_mail_is_released_is_skipped_and_listed(kept, copy, clock):
    copy.restored(kept)
    clock.at("2026-12-20 09:00")
    copy.flask("mail", "release")
    assert letters_leave(copy) == []
    skipped = json.loads(copy.flask("mail", "list", "--state", "skipped", "--json"))
    assert {each["purpose"] for each in skipped} >= {"booked", "garage_booked", "confirmation"}


@on_sqlite
def test_whoever_was_erased_after_the_backup_stays_erased(
    app, garage, lives, kept, copy, clock, flask, tmp_path
):
    erase_zoe(app, garage, lives, clock)
    flask("erasures", "save", tmp_path / "erased")
    assert "1 erased again" in copy.restored(kept, "--erasures", tmp_path / "erased")
    assert not is_known(copy.app, garage, ZOE) and not copy.without_file()
    # And once more over it, without the list: the rows that are lost knew.
    assert "1 erased again" in copy.restored(kept, "--overwrite")
    assert not is_known(copy.app, garage, ZOE)


@on_sqlite
def test_control_without_the_list_the_backup_brings_them_back(app, garage, lives, kept, copy, clock):
    erase_zoe(app, garage, lives, clock)
    copy.restored(kept)
    assert is_known(copy.app, garage, ZOE)


def test_rows_that_are_there_are_not_lost_unasked(small, copy):
    copy.restored(small)
    garages.apply(copy.app, "maes")
    before = counts(copy.app)
    assert "there are rows already" in copy.flask("restore", small, fails=True)
    assert counts(copy.app) == before
    copy.restored(small, "--overwrite")
    assert counts(copy.app)["garage"] == before["garage"] - 1


def cut(data):
    return data[: len(data) // 2]


def without_end(data):
    return data[:-20480]


def flipped(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def another(_data):
    return b"What is this?"


@on_sqlite
@pytest.mark.parametrize("spoil", [cut, without_end, flipped, another])
def test_a_backup_that_is_not_whole_touches_nothing(small, copy, spoil):
    small.write_bytes(spoil(small.read_bytes()))
    assert "nothing was touched" in copy.flask("restore", small, fails=True)
    with copy.app.app_context():
        assert schema.present() is None and not copy.files()


NEWEST = max(path.name for path in (HOME / "migrations" / "versions").glob("*.py"))[:4]


def migrations(folder, change):
    shutil.copytree(HOME / "migrations", folder)
    change(folder / "versions")
    return folder


def forget_newest(versions):
    next(versions.glob(f"{NEWEST}_*.py")).unlink()


def add_one(versions):
    (versions / "9999_more.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision, down_revision, branch_labels, depends_on = '9999', '{NEWEST}', None, None\n"
        "def upgrade():\n    op.create_table('more', sa.Column('id', sa.Integer(), primary_key=True))\n"
    )


@on_sqlite
def test_a_backup_of_a_newer_version_is_refused(small, copy, tmp_path):
    copy.app.config["MIGRATIONS_DIR"] = migrations(tmp_path / "older", forget_newest)
    said = copy.flask("restore", small, fails=True)
    assert f"{NEWEST}, which this version does not know" in said and "nothing was touched" in said


def test_a_backup_of_an_older_version_is_brought_up_to_date(small, copy, tmp_path):
    copy.app.config["MIGRATIONS_DIR"] = migrations(tmp_path / "newer", add_one)
    copy.restored(small)
    with copy.app.app_context():
        assert schema.present() == schema.newest() == "9999"


@on_sqlite
def test_a_backup_made_with_another_secret_key_is_refused(small, settings, database, tmp_path):
    other = settings.model_copy(update={"secret_key": type(settings.secret_key)("o" * 32)})
    with empty_portal(database.kind, tmp_path / "other", other) as copy:
        assert "another PORTAL_SECRET_KEY" in copy.flask("restore", small, fails=True)


@on_sqlite
def test_a_backup_of_another_kind_of_database_is_refused(small, settings, tmp_path, monkeypatch):
    with empty_portal("postgresql", tmp_path / "other", settings) as copy:
        assert "another kind of database" in copy.flask("restore", small, fails=True)


def test_a_portal_that_is_running_is_left_alone(small, copy):
    url = copy.settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    others = create_engine(url)
    with others.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.execute(text("CREATE TABLE somebodys (id INTEGER)"))
        connection.commit()
        connection.execute(text("SELECT * FROM somebodys"))
        assert "somebody is connected" in copy.flask("restore", small, fails=True)
    others.dispose()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_the_programs_of_postgresql_it_says_what_to_install(garage, flask, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    said = flask("backup", tmp_path / "kept", fails=True)
    assert "pg_dump is not on the path: install" in said and "nothing was written" in said
    assert not [path for path in tmp_path.iterdir() if "kept" in path.name]


@on_sqlite
def test_a_full_disk_leaves_the_earlier_backup_and_nothing_half(small, flask):
    before = small.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        said = flask("backup", small, fails=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "nothing was written" in said and small.read_bytes() == before
    assert [path for path in small.parent.iterdir() if "kept" in path.name] == [small]


@on_sqlite
def test_what_a_killed_backup_left_goes_with_the_next_one_a_day_later(small, flask):
    killed, under_way = (small.with_name(f".{small.name}.{name}.half") for name in ("0123", "4567"))
    for folder in (killed, under_way):
        folder.mkdir()
        (folder / "backup").write_bytes(b"half")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(killed, (long_ago, long_ago))
    flask("backup", small)
    assert (killed.exists(), under_way.exists()) == (False, True)


@on_sqlite
def test_a_photo_whose_file_was_lost_before_is_told(app, lives, flask, copy, tmp_path):
    with app.app_context():
        uid = db.session.scalars(select(Photo.uid).join(Case, Case.id == Photo.case_id)).first()
        wired().storage.delete(photos.keys(uid))
        db.session.remove()
    assert f"so they are not in it: {uid}" in flask("backup", tmp_path / "kept")
    copy.restored(tmp_path / "kept")
    assert copy.without_file() == set(photos.keys(uid))
