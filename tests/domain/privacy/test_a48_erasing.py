"""A48: who is erased is nowhere any more, while everybody else stays."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import requests
from portal.domain.booking.models import Booking, State
from portal.domain.cases import service as cases
from portal.domain.drafts import service as drafts
from portal.domain.privacy import dossier, erasing, people, proofs, retention
from portal.domain.privacy.errors import PersonUnknown
from portal.domain.privacy.models import Erasure
from portal.jobs import housekeeping
from portal.wiring import wired
from tests.domain.privacy.lives import BOB, DESK, ZOE, lived
from tests.support import bookings
from tests.support.traces import in_database_files, in_files, in_rows

DAY = date(2026, 12, 1)


@pytest.fixture
def zoe(app, garage, clock, mailer):
    """Zoë's case; Bob is there too."""
    uid = lived(app, garage, clock, mailer, ZOE, DAY)
    lived(app, garage, clock, mailer, BOB, DAY + timedelta(days=7))
    return uid


def erase(app, garage, uid, now):
    with app.app_context():
        proof = erasing.erase(wired().storage, wired().tokens, garage, uid, by=DESK, now=now)
        db.session.remove()
        return proof


def test_a48_no_row_and_no_file_says_anything_of_an_erased_person(
    app, garage, zoe, clock, database, settings, caplog
):
    caplog.set_level(logging.DEBUG)
    assert set(in_rows(app, ZOE.values)) >= {"customer", "vehicle", "message", "audit_entry", "booking"}
    files = len(list((settings.data_dir / "files" / "photos").rglob("*.jpg")))
    erase(app, garage, zoe, clock.now())
    assert in_rows(app, ZOE.values) == {}
    assert in_files(settings.data_dir, ZOE.values) == {}
    assert len(list((settings.data_dir / "files" / "photos").rglob("*.jpg"))) == files - 2
    assert not [value for value in ZOE.values if value in caplog.text]
    if database.kind == "sqlite":
        assert in_database_files(database.url, ZOE.values) == {}


def test_a48_somebody_who_was_not_erased_is_found_by_the_same_search(app, garage, zoe, clock, database):
    erase(app, garage, zoe, clock.now())
    found = in_rows(app, BOB.values)
    assert set(found) >= {"customer", "vehicle", "message", "audit_entry", "booking", "case_event"}
    if database.kind == "sqlite":
        assert in_database_files(database.url, BOB.values)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a48_without_emptying_the_log_of_the_database_it_would_still_be_there(
    app, garage, zoe, clock, database, monkeypatch
):
    monkeypatch.setattr(erasing, "empty_log", lambda: None)
    erase(app, garage, zoe, clock.now())
    assert in_rows(app, ZOE.values) == {}
    assert in_database_files(database.url, ZOE.values)


def test_places_that_are_over_stay_counted_and_are_nobodys(app, garage, zoe, clock):
    clock.at("2026-12-03 09:00")
    erase(app, garage, zoe, clock.now())
    with app.app_context():
        mine = db.session.scalars(select(Booking).where(Booking.day == DAY).order_by(Booking.id)).all()
        assert [each.state for each in mine] == [State.CANCELLED, State.BOOKED]
        assert {(each.case_id, each.email, each.phone, each.plate_key) for each in mine} == {
            (None, "", "", "")
        }


def test_a_coming_appointment_gives_its_place_back_and_nobody_is_written_to(app, garage, zoe, clock, deliver):
    erase(app, garage, zoe, clock.now())
    with app.app_context():
        states = set(db.session.scalars(select(Booking.state).where(Booking.day <= DAY + timedelta(days=1))))
    assert states == {State.CANCELLED, State.RELEASED}
    assert deliver() == [] and deliver(to_garage=True) == []


def test_the_proof_says_who_when_and_how_much_and_not_who_it_was(app, garage, zoe, clock):
    proof = erase(app, garage, zoe, clock.now())
    with app.app_context():
        found = proofs.one(garage.id, proof)
        assert (found.who, found.at) == ("Olga", clock.now())
        assert found.counts["case"] == 2 and found.counts["files"] == 1 and found.counts["booking"] == 3
        assert wired().tokens.is_seal(found.seal, erasing.SEAL, ZOE.email)
        assert not wired().tokens.is_seal(found.seal, erasing.SEAL, BOB.email)


def test_erasing_again_finds_nobody(app, garage, zoe, clock):
    erase(app, garage, zoe, clock.now())
    with pytest.raises(PersonUnknown):
        erase(app, garage, zoe, clock.now())


def test_another_garage_does_not_find_the_person(app, garage, group, zoe, clock):
    with pytest.raises(PersonUnknown):
        erase(app, group, zoe, clock.now())


def test_a_phone_that_others_share_stays_theirs(app, garage, zoe, clock):
    with app.app_context():
        told = {"plate": ZOE.plate, "phone": ZOE.phone, "mail": "tom@example.com", "first_name": "Tom"}
        cases.create(garage, told, clock.now())
    erase(app, garage, zoe, clock.now())
    with app.app_context():
        [tom] = people.find(garage, "tom@example.com")
        assert tom.phones == [ZOE.phone] and tom.plates == [ZOE.plate]


def test_who_comes_back_with_a_restored_backup_is_erased_again(app, garage, zoe, clock, mailer):
    erase(app, garage, zoe, clock.now())
    with app.app_context():
        kept = list(proofs.documents())
        db.session.remove()
    lived(app, garage, clock, mailer, ZOE, DAY + timedelta(days=14))
    with app.app_context():
        assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 1
        assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 0
        assert people.find(garage, ZOE.email) == []
        assert db.session.query(Erasure).count() == 2
        db.session.remove()
    assert in_rows(app, ZOE.values) == {}


@pytest.mark.parametrize("forgotten", [False, True])
def test_who_only_asked_and_comes_back_with_a_restored_backup_is_erased_again(
    app, garage, clock, deliver, forgotten
):
    told = {name: getattr(ZOE, name) for name in ("email", "phone", "plate", "last_name")}

    def ask():
        with app.app_context():
            uid = bookings.request(garage, clock.now(), day=DAY, **told)
        deliver()
        return uid

    erase(app, garage, ask(), clock.now())
    with app.app_context():
        kept = list(proofs.documents())
        db.session.remove()
    ask()
    with app.app_context():
        if forgotten:  # what was asked, and not yet where the letter went
            drafts.forget_expired(clock.now() + timedelta(days=2))
            requests.forget_requests(clock.now() + timedelta(days=2))
        assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 1
        assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 0
        db.session.remove()
    assert in_rows(app, told.values()) == {}


def test_who_comes_as_a_customer_after_being_erased_stays(app, garage, zoe, clock, mailer):
    erase(app, garage, zoe, clock.now())
    with app.app_context():
        kept = list(proofs.documents())
        db.session.remove()
    clock.forward(hours=1)
    lived(app, garage, clock, mailer, ZOE, DAY + timedelta(days=14))
    with app.app_context():
        assert proofs.replay(wired().storage, wired().tokens, kept, clock.now()) == 0
        assert people.find(garage, ZOE.email)


def test_a_person_is_found_by_mail_phone_plate_and_name(app, garage, zoe):
    with app.app_context():
        for words in (ZOE.email, "0471 99 88 77", "1 zqw 987", "quaghebeur zoë", "Quagh", "ZOE.QUAGH"):
            [found] = people.find(garage, words)
            assert found.email == ZOE.email and len(found.cases) == 2 and len(found.requests) == 1, words


def test_nobody_is_found_by_what_nobody_told(app, garage, zoe):
    with app.app_context():
        for words in ("", "%", "nobody@example.com", "0470", "1-XXX-000"):
            assert people.find(garage, words) == [], words


def test_an_address_that_was_mended_is_still_found_by_its_letters(app, garage, zoe):
    with app.app_context():
        [found] = people.find(garage, ZOE.mistyped)
        assert found.email == ZOE.mistyped and not found.cases


def test_all_that_is_known_is_told(app, garage, zoe):
    with app.app_context():
        known = dossier.of(people.named(garage, zoe))
    first, second = known["cases"]
    assert [each["state"] for each in first["appointments"]] == ["cancelled"]
    assert [each["state"] for each in second["appointments"]] == ["booked"]
    assert [each["file"] for each in first["photos"]] == [f"photos/{first['number']}/01-other.jpg"]
    assert [each["what"] for each in first["history"]] == ["booked", "changed", "moved", "cancelled"]
    assert {"mail": ZOE.mistyped, "last_name": ZOE.last_name} in [each["before"] for each in known["changes"]]
    assert {each["purpose"] for each in known["letters"]} == {"confirmation", "booked", "moved", "cancelled"}
    assert len(known["requests"]) == len(known["unfinished"]) == 1


def test_housekeeping_takes_nobody_who_is_still_wanted(app, garage, zoe, clock):
    before = in_rows(app, ZOE.values)
    with app.app_context():
        housekeeping.tidy()
        assert not retention.due(garage, garage.profile.retention, clock.now())
    assert in_rows(app, ZOE.values) == before
