"""Owners find a person, hand over what is known, erase it with proof, and set how long things are kept."""

import io
import json
import zipfile
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case
from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.domain.privacy.lives import ZOE, lived
from tests.support import desk
from tests.support.traces import in_rows

PRIVACY = "/staff/peeters/privacy/"
RETENTION = f"{PRIVACY}retention"


@pytest.fixture
def zoe(app, garage, clock, mailer):
    """The page of Zoë, of whom everything is known."""
    return f"{PRIVACY}people/{lived(app, garage, clock, mailer, ZOE, date(2026, 12, 1))}"


@pytest.fixture
def case(app, garage, clock):
    """`case(local)`: a case that was opened then; its number."""

    def opened(moment):
        now, then = clock.now(), clock.at(moment)
        with app.app_context():
            number = cases.create(garage, {"plate": "1-ABC-234", "mail": "ann@example.com"}, then)
            db.session.remove()
        clock.forward(seconds=(now - then).total_seconds())
        return number

    return opened


def test_a_person_is_found_and_shown(at_desk, zoe):
    page = at_desk().open(PRIVACY).submit("Find", q="zqw987")
    page = page.click("What is known")
    assert page.heading == "Zoë-Wilhelmina Quaghebeur"
    assert ZOE.email in page.text and ZOE.damage in page.text
    assert "1 coming appointment is cancelled with it" in page.text


def test_nobody_found_says_so(at_desk, zoe):
    page = at_desk().open(PRIVACY).submit("Find", q="Nobody")
    assert "Nobody found" in page.text and page.soup.select_one("#q")["value"] == "Nobody"


def test_what_is_known_is_handed_over_as_one_file(app, at_desk, zoe):
    saved = at_desk().open(zoe).submit("Save everything as zip")
    assert saved.status == 200 and saved.headers["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(saved.data))
    document = json.loads(archive.read("data.json"))
    assert document["mail"] == ZOE.email and document["plates"] == [ZOE.plate]
    readable = archive.read("data.html").decode()
    for value in (ZOE.last_name, ZOE.vin, ZOE.email, ZOE.mistyped, "What Garage Peeters knows about you"):
        assert value in readable
    number = document["cases"][0]["number"]
    assert archive.read(f"photos/{number}/01-other.jpg") == b"large"
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.about, entry.what, entry.subject) == ("person", "exported", ZOE.email)


def test_the_page_that_is_handed_over_reads_in_words(at_desk, zoe):
    saved = at_desk().open(zoe).submit("Save everything as zip")
    archive = zipfile.ZipFile(io.BytesIO(saved.data))
    told = lines(archive.read("data.html").decode())
    assert {
        "For: Damage assessment",
        "Day: Tuesday 1 December 2026",
        "Begins: 10:00",
        "State: cancelled",
        "State: not confirmed",
        "State: not delivered",
        "Purpose: To handle the damage case",
        "Booked: Monday 23 November 2026, 09:00",
        "After: Tuesday 1 December 2026, 10:00",
        f"Mail address: {ZOE.mistyped} → {ZOE.email}",
        "What: moved",
    } <= told
    [case, _later] = json.loads(archive.read("data.json"))["cases"]
    for key in (case["uid"], case["number_key"], case["customer"]["name_key"], "+00:00"):
        assert not any(key in line for line in told)


def test_it_is_in_the_language_of_the_person_whatever_the_desk_speaks(at_desk, zoe):
    saved = at_desk(language="nl").open(zoe).submit("Alles opslaan als zip")
    told = lines(zipfile.ZipFile(io.BytesIO(saved.data)).read("data.html").decode())
    assert {"For: Damage assessment", "State: booked", "What: moved"} <= told


def lines(page):
    """What a page says of each value."""
    return {
        f"{term.get_text()}: {term.find_next('dd').get_text()}"
        for term in BeautifulSoup(page, "html.parser").select("dt")
    }


def test_a48_erasing_needs_a_tick_and_leaves_a_proof(app, at_desk, zoe):
    owner = at_desk()
    owner.open(zoe).submit("Save everything as zip")
    page = owner.open(zoe).submit("Erase this person")
    assert page.status == 422 and page.errors == ["Tick this box first."]
    proof = page.submit("Erase this person", sure=True)
    assert proof.status == 200 and proof.heading == "Proof of erasure"
    assert "Owner erased a person or a case" in proof.text and "Cases 2" in proof.text
    assert in_rows(app, ZOE.values) == {}
    assert owner.open(zoe).status == 404
    assert owner.open(PRIVACY).click("Monday 23 November 2026").heading == "Proof of erasure"


def test_a_form_that_was_open_while_another_erased_finds_nobody(at_desk, zoe):
    mine, theirs = at_desk(name="ann").open(zoe), at_desk(name="ben").open(zoe)
    assert theirs.submit("Erase this person", sure=True).status == 200
    assert mine.submit("Erase this person", sure=True).status == 404
    assert mine.submit("Save everything as zip").status == 404


def test_tonight_is_seen_before_anything_is_kept(app, at_desk, case):
    old, _young = case("2026-10-24 09:00"), case("2026-10-25 09:00")
    page = at_desk().open(RETENTION)
    assert "With these times nothing goes tonight." in page.text
    looked = page.submit("Only look what would go tonight", case_months="1")
    assert looked.hops == [303] and old in looked.text and "last on Saturday 24 October 2026" in looked.text
    assert len(looked.soup.select(".old li")) == 1
    refused = looked.submit("Save")
    assert refused.status == 422 and old in refused.text
    assert refused.errors == ["More would go tonight than with the present times. Look at the list first."]
    saved = refused.submit("Save", sure=True)
    assert saved.status == 200 and "every night from now on" in saved.text
    with app.app_context():
        assert garages.known("peeters").profile.retention.case_months == 1
        assert db.session.query(Case).count() == 2
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.about != "case")).all()
        assert entry.about == "retention" and entry.after["retention"]["case_months"] == 1


def test_longer_times_are_kept_without_asking(app, at_desk, case):
    case("2026-10-24 09:00")
    assert at_desk().open(RETENTION).submit("Save", case_months="120").hops == [303]


@pytest.mark.parametrize("typed", ["", "0", "241", "x", "-1", "1e9", "9" * 5000])
def test_times_that_are_none_are_refused_with_their_words(at_desk, garage, typed):
    page = at_desk().open(RETENTION)
    for button in ("Save", "Only look what would go tonight"):
        wrong = page.submit(button, case_months=typed, request_days="12")
        assert wrong.status == 422 and "Enter a number from 1 to 240." in " ".join(wrong.errors), button
        assert wrong.value("request_days") == "12"


def test_two_people_who_set_times_at_once_hear_of_each_other(at_desk, garage):
    mine, theirs = at_desk(name="ann").open(RETENTION), at_desk(name="ben").open(RETENTION)
    theirs.submit("Save", case_months="100")
    page = mine.submit("Save", case_months="90")
    assert page.status == 409 and "Cases: 100 months after something" in page.text
    assert page.value("case_months") == "90"
    assert page.submit("Save").hops == [303]


def test_a42_privacy_is_for_who_owns_the_whole_garage(app, at_desk, zoe, group):
    addresses = (PRIVACY, zoe, RETENTION, f"{PRIVACY}erasures/1")
    for role in (Role.PLANNER, Role.RECEPTION, Role.VIEWER):
        member = at_desk(role)
        assert {member.open(address).status for address in addresses} == {403}
        data = {"csrf_token": member.token(), "sure": "y"}
        sent = member.open(f"{zoe}/erase", method="POST", data=data, Referer=f"{BASE_URL}/")
        assert sent.status == 403
    part = desk.at_desk(app, BASE_URL, "peeters", name="part", locations=["leuven"])
    assert {part.open(address).status for address in addresses} == {403}
    elsewhere = desk.at_desk(app, BASE_URL, "maes", name="eve")
    theirs = zoe.replace("peeters", "maes")
    assert elsewhere.open(theirs).status == 404
    for deed in ("erase", "export"):
        data = {"csrf_token": elsewhere.token(), "sure": "y"}
        sent = elsewhere.open(f"{theirs}/{deed}", method="POST", data=data, Referer=f"{BASE_URL}/")
        assert sent.status == 404
    assert in_rows(app, ZOE.values)["customer"]
