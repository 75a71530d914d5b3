"""What others' rows say of somebody erased: only what can be meant for that person is taken out of them."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.core import codes
from portal.db import db, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.models import AuditEntry
from portal.domain.booking import changes, notices, service
from portal.domain.booking.models import Booking
from portal.domain.cases import queries
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case, CaseEvent, CaseNote
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.drafts.models import Draft
from portal.domain.mailing import service as mailing
from portal.domain.mailing.models import Message
from portal.domain.privacy import erasing, people
from portal.domain.privacy.errors import PersonUnknown
from portal.wiring import wired
from tests.domain.privacy.lives import DESK
from tests.support import bookings

ANN = {"plate": "1-ABC-234", "mail": "ann@example.com", "first_name": "Ann", "last_name": "Peeters"}
TUESDAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def inside(context):
    return context


@pytest.fixture
def erase(garage, clock):
    """`erase(**told)`: somebody with a case of their own, erased."""

    def done(**told):
        number = cases.create(garage, ANN | told, clock.now())
        uid = queries.by_number(garage.id, number).case.uid
        erasing.erase(wired().storage, wired().tokens, garage, uid, by=DESK, now=clock.now())

    return done


@pytest.fixture
def bob(garage, clock):
    """Another customer's case, in whose history an appointment was moved."""
    uid = bookings.request(
        garage, clock.now(), day=TUESDAY, email="bob@example.com", plate="1-BOB-321", phone="+32472112233"
    )
    service.confirm(uid, 1, clock.now())
    changes.move(uid, TUESDAY, 10 * 60, clock.now())
    return db.session.scalars(select(Booking).where(Booking.uid == uid)).one()


def details(case_id):
    return [event.detail for event in queries.history(case_id)]


def draft(garage, clock, **typed):
    with transaction() as session:
        session.add(
            Draft(
                uid=codes.uid(),
                garage_id=garage.id,
                language="en",
                answers={"you": {"typed": typed, "done": True}},
                expires_at=clock.now(),
            )
        )


@pytest.mark.parametrize("plate", ["20", "2026", "2026-12-01"])
def test_a_plate_that_fits_every_moment_takes_none_from_strangers(bob, erase, plate):
    before, uid = details(bob.case_id), bob.uid
    erase(plate=plate)
    assert details(bob.case_id) == before
    assert notices.inside(uid).moved_from is not None


def test_a_stranger_whose_address_or_name_only_holds_that_of_the_erased_stays(garage, clock, bob, erase):
    said = "mary-ann@example.com, j.ann@example.com, ann@example.com.au, Ann Peeters-Claes, 20 days"
    cases.update(garage, queries.by_id(bob.case_id).case.number, {"damage": said}, clock.now())
    erase(plate="20")
    assert queries.by_id(bob.case_id).case.damage == said
    assert details(bob.case_id)[-1]["fields"]["damage"][1] == said


def test_a_short_plate_is_taken_out_where_a_plate_stands(garage, clock, bob, erase):
    number = queries.by_id(bob.case_id).case.number
    for plate in ("20", "1-BOB-321"):
        cases.update(garage, number, {"plate": plate}, clock.now())
    erase(plate="20")
    assert [told["fields"]["plate"] for told in details(bob.case_id)[-2:]] == [
        ["1-BOB-321", "…"],
        ["…", "1-BOB-321"],
    ]


def test_drafts_of_strangers_stay_whatever_the_plate(garage, clock, erase):
    draft(garage, clock, email="bob@example.com", phone="0472 11 22 33", moment="2026-12-01")
    draft(garage, clock, email="ANN@example.com", phone="")
    draft(garage, clock, email="other@example.com", phone="0471 99 88 77")
    erase(plate="20", phone="+32471998877")
    kept = [each.answers["you"]["typed"]["email"] for each in db.session.scalars(select(Draft))]
    assert kept == ["bob@example.com"]


def test_notes_damage_and_letters_of_another_case_no_longer_speak_of_the_erased(garage, clock, bob, erase):
    said, case_id = "Ann Peeters (ann@example.com) drove 1-ABC-234 into it.", bob.case_id
    cases.update(garage, queries.by_id(case_id).case.number, {"damage": said}, clock.now())
    with transaction() as session:
        session.add(CaseNote(case_id=case_id, at=clock.now(), who="Olga", words=said))
        for recipient in ("bob@example.com", "ANN@example.com"):
            session.add(
                WrittenLetter(
                    uid=codes.uid(),
                    garage_id=garage.id,
                    case_id=case_id,
                    test=False,
                    letter="repair",
                    language="en",
                    subject="Hello",
                    words=said,
                    values={"Text": said},
                    recipient=recipient,
                    written_by="Olga",
                    written_at=clock.now(),
                )
            )
    erase()
    left = "… (…) drove … into it."
    assert db.session.scalars(select(CaseNote.words)).all() == [left]
    assert db.session.get_one(Case, case_id).damage == left
    assert details(case_id)[-1]["fields"]["damage"][1] == left
    [letter] = db.session.scalars(select(WrittenLetter)).all()
    assert (letter.recipient, letter.words, letter.values) == ("bob@example.com", left, {"Text": left})


def test_a_number_that_could_be_anything_leaves_the_rest_of_the_log_alone(garage, clock, erase):
    with transaction() as session:
        for about, after in (("hours", {"places": "20"}), ("case", {"into": "20"})):
            audit.record(
                session,
                DESK,
                "changed",
                garage_id=garage.id,
                about=about,
                subject="Gent",
                now=clock.now(),
                after=after,
            )
    erase(number="20")
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "Gent").order_by(AuditEntry.id)
    )
    assert [entry.after for entry in entries] == [{"places": "20"}, {"into": "…"}]


@pytest.mark.parametrize("purpose", ["garage_booked", "staff_invitation", "test_letter"])
def test_whoever_works_at_the_garage_is_no_person_of_whom_it_knows(garage, clock, bob, erase, purpose):
    with transaction():
        mailing.queue(
            garage_id=garage.id,
            purpose=purpose,
            about="elsewhere",
            recipient="office@example.com",
            language="en",
            now=clock.now(),
        )
    letter = select(Message).where(Message.recipient == "office@example.com")
    uid = db.session.scalars(letter).one().uid
    assert people.find(garage, "office@example.com") == []
    with pytest.raises(PersonUnknown):
        people.named(garage, uid)
    erase(mail="office@example.com")
    assert db.session.scalars(letter).one().uid == uid


def test_an_event_from_which_a_moment_was_erased_tells_no_former_time(bob):
    with transaction() as session:
        for event in session.scalars(select(CaseEvent).where(CaseEvent.what == "moved")):
            event.detail = event.detail | {"old": "…", "new": "…"}
    assert notices.inside(bob.uid).moved_from is None
