"""A case erased: no trace of whoever it was about, and the day of the workshop as full as it was."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, update

from portal.db import db, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.models import AuditEntry
from portal.domain.booking import changes, load, reminders
from portal.domain.booking.models import Booking
from portal.domain.cases import notes
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case
from portal.domain.casework import merging
from portal.domain.drafts import queries as drafts
from portal.domain.drafts import service as draft_service
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.garage.offerings import repairs
from portal.domain.mailing.models import Message
from portal.domain.photos import service as album
from portal.domain.privacy import case_erasing, erasing, proofs
from portal.domain.privacy.errors import StillComing
from portal.wiring import wired
from tests.journeys.rows import rows
from tests.support import claes
from tests.support.bookings import request_repair
from tests.support.claes import TUESDAY, WIM
from tests.support.tabs import Halfway, Tab
from tests.support.traces import in_database_files

PERSONAL = (
    "ann@",
    "Ann",
    "Peeters",
    "+32470123456",
    "1-ABC-234",
    "1ABC234",
    "car park",
    "Calls back",
    "Hail",
)


@pytest.fixture
def known(app, clock):
    return claes.case(app, clock)


@pytest.fixture
def another(app, clock, known):
    """A second case of the same car."""
    return claes.case(app, clock, number="GA-7", damage="Hail.", phone="")


@pytest.fixture(autouse=True)
def inside(context, known):
    return known


def erase(known, clock, reach=None):
    case_erasing.erase_case(
        wired().storage, wired().tokens, reach or claes.reach(), known.number, by=WIM, now=clock.now()
    )
    db.session.rollback()


def traces(app):
    """Rows in which something of Ann can still be read, but for the members' and garages' own."""
    found = rows(app)
    for table in ("garage", "location", "member"):
        found.pop(table)
    return [
        (name, row) for name, each in found.items() for row in each if any(p in repr(row) for p in PERSONAL)
    ]


def test_a48_no_trace_of_the_customer_is_left_and_the_day_is_as_full_as_it_was(
    app, known, another, clock, deliver, settings
):
    known.change(clock.now(), phone="+32470123456", city="Peetersdorp")
    notes.add(claes.reach(), known.number, "Calls back.", by=WIM, now=clock.now())
    claes.add_photo(app, known, clock)
    claes.write_letter(app, known, clock)
    claes.book(app, known, clock)
    cancelled = claes.book(app, known, clock, flow="assessment", minute=9 * 60)
    changes.cancel(cancelled, "Ann is ill.", clock.now())
    merging.merge(claes.reach(), known.number, another.number, by=WIM, now=clock.now())
    deliver()
    clock.at("2026-12-02 09:00")
    assert traces(app)
    before = load.booked(repairs(known.garage.locations[0], None), TUESDAY)
    erase(known, clock)
    assert traces(app) == []
    assert load.booked(repairs(known.garage.locations[0], None), TUESDAY) == before
    assert not list(Path(urlsplit(settings.storage_url).path, "photos").glob("*"))
    found = rows(app)
    for table in (
        "case",
        "customer",
        "vehicle",
        "consent",
        "case_event",
        "case_note",
        "photo",
        "draft",
        "written_letter",
    ):
        assert found[table] == [], table


def test_a_coming_appointment_is_cancelled_first(app, known, clock):
    uid = claes.book(app, known, clock)
    with pytest.raises(StillComing):
        erase(known, clock)
    changes.cancel(uid, "", clock.now(), by=WIM)
    erase(known, clock)


def test_letters_that_wait_are_not_sent(app, known, clock, deliver):
    uid = claes.book(app, known, clock)
    changes.cancel(uid, "", clock.now(), by=WIM)
    erase(known, clock)
    assert db.session.scalars(select(Message)).all() == []
    assert deliver() == []


def test_a_request_that_waits_is_let_go_and_its_link_leads_nowhere(app, known, clock, deliver, client):
    request_repair(known.garage, known.number, clock.now(), day=TUESDAY)
    [mail] = deliver()
    erase(known, clock)
    assert client.open(mail.link).status == 404
    (booking,) = db.session.scalars(select(Booking))
    assert (booking.state, booking.case_id, booking.email) == ("released", None, "")


@pytest.fixture
def unfinished(known, clock):
    """The id of a draft for its assessment."""
    garage = known.garage
    uid = draft_service.begin_for_case(
        flow="assessment", garage_id=garage.id, case_id=known.row.id, language="en", now=clock.now()
    )
    return drafts.find(garage.id, uid, clock.now()).id


@pytest.fixture
def add_photo(unfinished, clock):
    """The customer adds a photo to the draft."""

    def add():
        album.add(
            wired().storage,
            claes.PICTURE,
            draft_id=unfinished,
            label="overview",
            name="car.jpg",
            client_key="a",
            now=clock.now(),
        )

    return add


def files(settings):
    return list(Path(urlsplit(settings.storage_url).path).glob("photos/*/*"))


def test_an_unfinished_walk_goes_with_its_case_and_so_do_its_photos(
    app, known, unfinished, add_photo, clock, settings
):
    add_photo()
    assert len(files(settings)) == 2
    erase(known, clock)
    found = rows(app)
    assert found["draft"] == found["photo"] == files(settings) == []


def test_a_photo_that_comes_meanwhile_goes_too(
    app, known, unfinished, add_photo, clock, settings, monkeypatch
):
    db.session.rollback()
    adding, erasing_it = Tab(app, add_photo), Tab(app, lambda: erase(known, clock))
    Halfway(monkeypatch, album, "_insert").meet(adding, erasing_it)
    assert (adding.error, erasing_it.error) == (None, None)
    found = rows(app)
    assert found["draft"] == found["photo"] == files(settings) == []


def test_a_photo_that_comes_too_late_is_not_kept(
    app, known, unfinished, add_photo, clock, settings, monkeypatch
):
    db.session.rollback()
    adding, erasing_it = Tab(app, add_photo), Tab(app, lambda: erase(known, clock))
    Halfway(monkeypatch, erasing.removal, "make_nobodys").meet(erasing_it, adding)
    assert erasing_it.error is None and isinstance(adding.error, DraftUnknown)
    assert rows(app)["photo"] == files(settings) == []


def test_the_log_keeps_who_erased_which_number_and_nothing_else(known, clock):
    known.change(clock.now(), phone="0471 00 00 00")
    erase(known, clock)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.who, each.what, each.before, each.after) for each in entries] == [
        ("command line", "opened", {}, {}),
        ("command line", "changed", {}, {}),
        ("Wim", "erased", {}, {}),
    ]


def test_nobody_erases_what_is_out_of_reach_or_gone(known, clock):
    with pytest.raises(CaseUnknown):
        erase(known, clock, claes.reach("tilburg"))
    erase(known, clock)
    with pytest.raises(CaseUnknown):
        erase(known, clock)


def test_nobody_is_reminded_of_an_appointment_that_was_erased(app, known, clock, deliver):
    claes.book(app, known, clock)
    deliver()
    clock.at("2026-12-01 12:00")
    erase(known, clock)
    before = rows(app)["message"]
    reminders.remind(clock.now())
    assert rows(app)["message"] == before


def test_the_log_keeps_no_address_of_a_case_whatever_it_calls_it(known, clock):
    with transaction() as session:
        for subject in (known.number, "1ABC234"):
            audit.record(
                session,
                WIM,
                "changed",
                garage_id=known.garage.id,
                about="request",
                subject=subject,
                now=clock.now(),
                after={"mail": "ann@example.com"},
            )
    number = known.number
    erase(known, clock)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.about == "request")).all()
    assert [(entry.subject, entry.after) for entry in entries] == [(number, {}), ("…", {})]


def test_a_restored_backup_brings_back_no_erased_case_and_the_customers_other_case_stays(
    app, known, another, clock
):
    uid, other_id = known.row.uid, another.row.id
    erase(known, clock)
    kept = list(proofs.documents())
    assert [proof["who"] for proof in kept] == ["Wim"] and kept[0]["counts"]["case"] == 1
    back = claes.case(app, clock, number="GA-8")
    with transaction() as session:
        session.execute(update(Case).where(Case.number == back.number).values(uid=uid))
    assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 1
    assert db.session.scalars(select(Case.id)).all() == [other_id]
    assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 0


def test_a_merged_case_with_work_goes_with_the_one_it_became_part_of(known, another, clock):
    another.change(clock.now(), activities="Painting")
    merging.merge(claes.reach(), known.number, another.number, by=WIM, now=clock.now())
    erase(known, clock)
    assert db.session.scalars(select(Case)).all() == []
    assert len(list(proofs.documents())) == 2


def test_nothing_of_an_erased_case_is_left_in_the_files_of_the_database(known, clock, database):
    erase(known, clock)
    db.session.remove()
    if database.kind == "sqlite":
        assert in_database_files(database.url, ["ann@example.com", "Peeters"]) == {}
