"""Sending a letter from a case, and reading it again."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.cases import queries as case_queries
from portal.domain.casework import merging
from portal.domain.garage.reach import Reach
from portal.domain.team.rights import Role
from tests.journeys.rows import counts, rows
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.support.visitor import Visitor


@pytest.fixture
def rita(at_claes):
    return at_claes(Role.RECEPTION, name="rita")


def room(known):
    return f"/staff/repairs/cases/{known.number}/letters/"


def writing(rita, known, letter="repair"):
    return rita.open(room(known)).submit("Look at it", letter=letter)


def test_a_letter_is_sent_from_a_case_and_its_link_books_the_repair(rita, known, deliver, app, client):
    page = writing(rita, known)
    assert page.heading == "Invitation to the repair"
    page = page.submit("Send")
    assert "on its way to ann@example.com" in page.text
    [mail] = deliver()
    assert (mail.recipient, mail.subject) == (
        "ann@example.com",
        "Ready to repair 1-ABC-234: choose your day",
    )
    assert client.open(mail.link).status == 200 and mail.link.endswith(known.repair)


def test_it_begins_in_the_language_of_the_customer(app, claes, clock, rita):
    french = cases.opened(app, claes, clock.now(), location="aalst", language="fr")
    assert rita.open(room(french)).value("language") == "fr"
    assert "Bonne nouvelle" in writing(rita, french).value("words")


@pytest.mark.parametrize("letter", ["assessment", "repair", "status"])
def test_all_three_address_tags_lead_somewhere(rita, known, deliver, app, letter):
    writing(rita, known, letter).submit("Send")
    [mail] = deliver()
    before = rows(app)
    assert Visitor(app, rita.base_url).open(mail.link).status == 200
    assert rows(app) == before


def test_words_are_changed_for_this_one_letter_and_kept_as_they_were_sent(rita, known, deliver, clock, app):
    words = "Dear [FirstName],\nyour [Make] is here.\n\n[URLStatusRepair]"
    writing(rita, known).submit("Send", subject="Only [Plate]", words=words)
    deliver()
    known.change(clock.now(), first_name="Anna", make="Volvo")
    page = rita.open(room(known)).click("Invitation to the repair")
    assert page.heading == "Only 1-ABC-234"
    assert "Dear Ann, your Volkswagen is here." in page.text and known.token in page.text
    assert "sent" in page.text
    mail = rita.raw(f"{page.path}mail").text
    assert "Dear Ann,<br>your Volkswagen is here." in mail
    assert "Ready to repair" in writing(rita, known).value("subject").replace("[Plate]", "")


def test_no_signed_link_is_kept(rita, known, app):
    writing(rita, known).submit("Send")
    assert known.token not in repr(rows(app)["written_letter"])


def test_it_stands_in_the_history_of_the_case_and_in_the_audit_log(rita, known, app):
    writing(rita, known).submit("Send")
    with app.app_context():
        [event] = [each for each in case_queries.history(known.row.id) if each.what == "letter"]
        assert (event.actor, event.detail["letter"]) == ("Rita", "repair")
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what != "opened")).one()
        assert (entry.who, entry.what, entry.subject) == ("Rita", "letter sent", known.number)


def test_pressing_send_twice_sends_one_and_says_so(rita, known, deliver):
    page = writing(rita, known)
    page.submit("Send", subject="The first")
    again = page.submit("Send", subject="The second")
    assert again.heading == "The first" and "It is not sent a second time." in again.text
    assert [mail.subject for mail in deliver()] == ["The first"]


def test_back_leads_to_the_letter_that_was_sent_and_not_to_another_one(rita, known, deliver, app):
    page = writing(rita, known)
    page.submit("Send", subject="Come to us")
    before = rows(app)
    back = rita.open(page.url)
    assert back.heading == "Come to us" and "This letter was sent." in back.text
    assert rows(app) == before and len(deliver()) == 1


def test_a_test_of_it_does_not_pass_for_the_letter_and_back_from_there_is_the_same_one(rita, known, deliver):
    first = writing(rita, known)
    tried = first.submit("Send a test to me", subject="Trying")
    tried.submit("Send a test to me")
    tried.submit("Send")
    for page in (tried, first):
        assert "This letter was sent." in rita.open(page.url).text
    assert [mail.subject for mail in deliver()] == ["Test: Trying", "Test: Trying", "Trying"]


def test_after_a_test_that_was_refused_send_still_sends_the_letter(rita, known, deliver):
    page = writing(rita, known).submit("Send a test to me", words="Hello [Nmae]")
    page.submit("Send", words="Hello [FirstName]")
    assert [mail.recipient for mail in deliver()] == ["ann@example.com"]


def test_who_writes_another_letter_sends_another(rita, known, deliver):
    for _ in range(2):
        writing(rita, known).submit("Send")
    assert len(deliver()) == 2


def test_a_customer_without_an_address_is_called(app, claes, clock, rita):
    silent = cases.opened(app, claes, clock.now(), location="aalst", mail="")
    page = rita.open(room(silent))
    assert "no mail address" in page.text and "Call +32 470 12 34 56" in page.links()
    data = {"csrf_token": rita.token(), "subject": "x", "words": "x"}
    page = rita.open(f"{room(silent)}new/repair/en/", method="POST", data=data, Referer=rita.base_url)
    assert page.status == 409 and "no mail address" in page.text
    assert counts(app)["written_letter"] == counts(app)["message"] == 0


def test_a_tag_that_would_leave_a_hole_is_refused(rita, known, app):
    page = writing(rita, known).submit("Send", words="See you on [AppointmentDay] with [FirstName].")
    assert page.status == 422
    assert page.errors == [
        "[AppointmentDay] stands for nothing in this case. Take it out, or write it yourself."
    ]
    assert counts(app)["message"] == 0


def test_the_appointment_is_told_while_there_is_one(rita, known, clock, deliver):
    known.booked(clock.now().date().replace(month=12, day=1))
    writing(rita, known).submit("Send", words="[AppointmentDay] at [AppointmentTime], done [ExpectedEnd].")
    [mail] = deliver()
    assert "Tuesday 1 December 2026 at 09:00, done" in mail.text


def test_while_the_portal_is_not_active_letters_with_its_addresses_are_refused(rita, known, app):
    set_up(app, document("repairs") | {"active": False})
    page = writing(rita, known)
    assert "your portal is not open" in page.text
    assert page.submit("Send").status == 422
    assert page.submit("Send", words="Please call us.").status == 200
    assert counts(app)["written_letter"] == 1


def test_a_letter_whose_addresses_died_before_it_left_is_not_sent(rita, known, app, deliver):
    writing(rita, known).submit("Send")
    set_up(app, document("repairs") | {"active": False})
    assert deliver() == []
    assert "not sent" in rita.open(room(known)).text


def test_unknown_tags_are_named_before_anything_is_sent(rita, known, app):
    for words in ("Hello [Nmae]", "Hello [FirstName,"):
        page = writing(rita, known).submit("Send", words=words)
        assert page.status == 422 and "Line 1, column 7" in page.errors[0]
    assert counts(app)["message"] == 0


def test_a28_what_a_customer_typed_becomes_neither_link_nor_tag(app, claes, clock, rita, deliver):
    eve = cases.opened(
        app,
        claes,
        clock.now(),
        location="aalst",
        first_name="www.evil.example",
        make="[URLBookRepair] evil.example/x",
    )
    writing(rita, eve).submit("Send", words="Hello [FirstName],\nyour [Make].\n[URLStatusRepair]")
    [mail] = deliver()
    assert "Hello,\nyour [URLBookRepair] evil. example/ x." in mail.text
    assert "evil.example" not in mail.text + mail.html


def test_a_test_of_it_goes_to_whoever_wrote_it_and_is_no_letter_of_the_case(rita, known, deliver):
    page = writing(rita, known).submit("Send a test to me", subject="Trying")
    assert page.value("subject") == "Trying"
    [mail] = deliver()
    assert (mail.recipient, mail.subject) == ("rita@desk.example.com", "Test: Trying")
    assert known.test_token in mail.text and known.token not in mail.text + mail.html
    assert "No letters yet" in rita.open(room(known)).text


def test_looking_while_writing_shows_this_case_and_keeps_nothing(rita, known, look, app):
    page = writing(rita, known)
    before = rows(app)
    shown = look(page, words="[CaseNumber] now\n[URLBookRepair]").text
    assert f"{known.number} now" in shown and known.test_token in shown and known.token not in shown
    assert rows(app) == before


def test_a42_a_viewer_reads_what_was_sent_and_writes_nothing(rita, known, at_claes):
    writing(rita, known).submit("Send")
    viewer = at_claes(Role.VIEWER, name="vic")
    page = viewer.open(room(known))
    assert "Write a letter" not in page.text
    assert page.click("Invitation to the repair").status == 200
    assert viewer.open(f"{room(known)}new/repair/en/").status == 403


def test_a42_letters_of_another_case_are_not_found_here(rita, known, app, claes, clock):
    writing(rita, known).submit("Send")
    address = rita.open(room(known)).links()["Invitation to the repair"]
    other = cases.opened(app, claes, clock.now(), location="aalst")
    assert rita.open(address.replace(known.number.replace("-", ""), other.number)).status == 404


def test_the_number_of_a_merged_case_leads_to_the_letters_of_the_kept_one(app, claes, clock, known, rita):
    other = cases.opened(app, claes, clock.now(), location="aalst")
    everywhere = Reach(claes, claes.locations, whole=True)
    with app.app_context():
        merging.merge(everywhere, known.number, other.number, by=COMMAND_LINE, now=clock.now())
    for address in (room(other), f"{room(other)}new/repair/en/"):
        page = rita.open(address)
        assert page.status == 200 and f"{other.number} was merged into this case." in page.text
        assert page.path == room(known)
    assert rita.open("/staff/repairs/cases/none/letters/").status == 404
