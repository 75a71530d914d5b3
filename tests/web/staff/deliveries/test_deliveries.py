"""Staff see what became of every letter, send it again, and correct the address it went to."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.adapters.mailer import RefusedForGood, RefusedForNow, Unreachable
from portal.core import codes
from portal.db import db, transaction
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.booking import by_garage, changes, links, reminders, service
from portal.domain.booking.models import Booking
from portal.domain.cases import queries as cases
from portal.domain.cases.models import Case
from portal.domain.correspondence import service as correspondence
from portal.domain.garage.reach import Reach
from portal.domain.mailing.models import Message, ParkedMail
from portal.domain.team import invitations
from portal.domain.team.rights import Role
from portal.jobs import mail
from tests.conftest import BASE_URL
from tests.support import bookings, desk
from tests.support.cases import opened
from tests.support.garages import apply

DAY = date(2026, 12, 1)
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
DELIVERIES = "/staff/peeters/deliveries/"
WRONG, RIGHT = "jan@exmaple.com", "jan@example.com"


@pytest.fixture
def ask(app, garage, clock):
    """`ask(email)`: somebody asks for an assessment; its uid."""

    def request(email=WRONG, **told):
        with app.app_context():
            return bookings.request(garage, clock.now(), **{"day": DAY, "email": email} | told)

    return request


@pytest.fixture
def book(app, ask, clock, deliver):
    """`book(email)`: the same, confirmed by code; its letters wait to leave."""

    def request(email=WRONG, **told):
        uid = ask(email, **told)
        deliver()
        with app.app_context():
            service.confirm(uid, 1, clock.now())
        return uid

    return request


@pytest.fixture
def refused(app, mailer, deliver):
    """Delivers while the server takes nothing to the wrong address."""

    def send(trouble=None):
        mailer.trouble = trouble or RefusedForGood(f"550 5.1.1 <{WRONG}>: unknown user")
        deliver()
        mailer.trouble = None

    return send


def letter(app, purpose, n=-1):
    """The address of the page of the newest letter of this purpose."""
    with app.app_context():
        uids = db.session.scalars(select(Message.uid).where(Message.purpose == purpose).order_by(Message.id))
        return f"{DELIVERIES}{list(uids)[n]}"


def personal(mail):
    """The link with which a booking is seen, moved and cancelled."""
    return re.search(r"https://\S+/booking/[^/\s]+", mail.text)[0]


def row(app, kind, **which):
    with app.app_context():
        return db.session.scalars(select(kind).filter_by(**which).order_by(kind.id.desc())).first()


def test_a25_what_became_of_a_letter_is_seen_within_a_minute(app, at_desk, book, refused, clock, deliver):
    viewer = at_desk(Role.VIEWER)
    book()
    assert "On its way" in viewer.open(f"{DELIVERIES}all?purpose=booked").text
    refused(RefusedForNow("451 greylisted, come back later"))
    page = viewer.open(f"{DELIVERIES}all?purpose=booked")
    assert "Next try: 09:01" in page.text
    assert "The mail server said: 451 greylisted, come back later" in page.text
    clock.forward(minutes=1)
    deliver()
    assert "Sent 09:01" in viewer.open(f"{DELIVERIES}all?purpose=booked").text


def test_a25_a_server_that_is_out_of_reach_is_told_of(at_desk, book, refused, clock):
    viewer = at_desk(Role.VIEWER)
    book()
    refused(Unreachable("ConnectionRefusedError: [Errno 111]"))
    assert "waiting for more" not in viewer.open(DELIVERIES).text
    clock.forward(minutes=6)
    page = viewer.open(DELIVERIES)
    assert "2 letters have been waiting for more than five minutes." in page.text
    assert "ConnectionRefusedError" in page.text
    assert len(page.click("Show them").soup.select("tbody tr")) == 2


def test_a62_whoever_looks_at_a_restored_copy_reads_that_no_mail_leaves(app, at_desk, book, deliver):
    viewer = at_desk(Role.VIEWER)
    book()
    with app.app_context(), transaction() as session:
        session.add(ParkedMail(since=MOMENT, finished=True))
    assert deliver() == []
    page = viewer.open(DELIVERIES)
    assert "No mail leaves at the moment." in page.text and page.click("Show them")


def test_letters_that_failed_stand_first_until_somebody_saw_to_them(app, at_desk, book, refused, clock):
    reception = at_desk(Role.RECEPTION)
    assert reception.open(DELIVERIES).soup.select_one(".empty")
    book()
    refused()
    page = reception.open(DELIVERIES)
    assert "550 5.1.1 <jan@exmaple.com>: unknown user" in page.text
    one = page.click("Booked")
    assert one.heading == "Booked" and "Jan Jansen" in one.text
    again = one.submit("Send again")
    assert again.status == 200 and "on its way again" in again.text
    assert not [link for link in reception.open(DELIVERIES).links() if link.startswith("Booked")]
    entry = row(app, AuditEntry)
    assert (entry.about, entry.what, entry.after) == ("letter", "sent again", {"purpose": "booked"})


def test_a_failed_letter_about_an_appointment_that_is_over_needs_nobody(at_desk, book, refused, clock):
    book()
    refused()
    viewer = at_desk(Role.VIEWER)
    assert len(viewer.open(DELIVERIES).soup.select("tbody tr")) == 2
    clock.at("2026-12-01 12:00")
    assert not viewer.open(DELIVERIES).soup.select("tbody tr")


def test_correcting_the_address_mends_case_and_appointment_and_sends_again(
    app, at_desk, book, refused, deliver
):
    book()
    refused()
    page = at_desk(Role.RECEPTION).open(letter(app, "booked"))
    page = page.submit("Correct and send again", email="Jan@Example.COM")
    assert page.status == 200 and "from now on" in page.text
    [sent] = deliver()
    assert sent.recipient == "Jan@example.com" and "booked" in sent.subject.lower()
    assert row(app, Booking).email == "Jan@example.com"
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert cases.by_id(case.id).customer.email == "Jan@example.com"
        assert cases.history(case.id)[-1].detail == {
            "fields": {"mail": [WRONG, "Jan@example.com"]},
            "by": "Reception",
        }
    entry = row(app, AuditEntry)
    assert (entry.about, entry.before, entry.after) == ("case", {"mail": WRONG}, {"mail": "Jan@example.com"})


def test_links_that_reached_the_wrong_address_end(app, at_desk, book, deliver, client):
    uid = book()
    [wrong] = deliver()
    assert client.open(personal(wrong)).heading == "Your appointment"
    at_desk().open(letter(app, "booked")).submit("Correct and send again", email=RIGHT)
    assert client.open(personal(wrong)).status == 404
    [right] = deliver()
    assert right.recipient == RIGHT
    assert client.open(personal(right)).heading == "Your appointment"
    assert row(app, Booking, uid=uid) is None
    assert at_desk(name="ben").open(letter(app, "booked")).status == 200


def test_a_letter_that_waits_goes_to_the_corrected_address_at_once(app, at_desk, book, refused, deliver):
    book()
    refused(RefusedForNow("450 mailbox busy"))
    page = at_desk().open(letter(app, "booked"))
    assert "on its way already" in page.text and "Send again" not in page.soup.select_one("form button").text
    page.submit("Correct and send again", email=RIGHT)
    assert [sent.recipient for sent in deliver()] == [RIGHT]
    assert row(app, Message, purpose="booked").recipient == RIGHT


def test_the_link_of_a_request_goes_to_the_corrected_address_and_no_other(app, at_desk, ask, deliver, client):
    ask()
    [wrong] = deliver()
    page = at_desk(Role.RECEPTION).open(letter(app, "confirmation"))
    page.submit("Correct and send again", email=RIGHT)
    [right] = deliver()
    assert right.recipient == RIGHT
    assert "Your appointment is booked" not in client.open(wrong.link).text
    assert client.open(right.link).submit().heading == "Your appointment is booked"


def test_a_link_is_sent_again_as_often_as_it_may_and_while_it_helps(app, at_desk, ask, deliver, clock):
    ask(RIGHT)
    deliver()
    member = at_desk()
    for _ in range(links.MAX_LETTERS - 1):
        assert "on its way again" in member.open(letter(app, "confirmation")).submit("Send again").text
        deliver()
    page = member.open(letter(app, "confirmation"))
    assert "as often as it may be" in page.text
    forced = member.open(
        f"{page.path}/again", method="POST", data={"csrf_token": member.token()}, Referer=f"{BASE_URL}/"
    )
    assert forced.status == 409 and forced.errors == [
        "This letter was sent as often as it may be. Please call instead."
    ]
    assert deliver() == []
    clock.forward(minutes=31)
    assert "is over" in member.open(letter(app, "confirmation")).text


def test_a_letter_that_is_no_longer_so_is_not_sent_again(app, at_desk, book, deliver, clock):
    uid = book(RIGHT)
    deliver()
    with app.app_context():
        changes.move(uid, date(2026, 12, 2), 600, clock.now())
    deliver()
    member = at_desk()
    assert "another letter tells what is" in member.open(letter(app, "booked")).text
    assert "on its way again" in member.open(letter(app, "moved")).submit("Send again").text
    assert [each.subject for each in deliver()] != []
    assert "another letter tells what is" in member.open(letter(app, "confirmation")).text
    with app.app_context():
        changes.cancel(uid, "", clock.now())
    deliver()
    assert "on its way again" in member.open(letter(app, "cancelled")).submit("Send again").text
    assert len(deliver()) == 1


def test_a_reminder_and_the_garages_own_letters_can_be_sent_again(app, at_desk, book, deliver, clock):
    book(RIGHT)
    deliver()
    clock.at("2026-11-30 09:30")
    with app.app_context():
        reminders.remind(clock.now())
    deliver()
    member = at_desk()
    member.open(letter(app, "reminder")).submit("Send again")
    page = member.open(letter(app, "garage_booked"))
    assert "email" not in page.soup.select_one(".columns").decode() or not page.soup.select_one("#email")
    page.submit("Send again")
    with app.app_context():
        mail.deliver()
    assert row(app, Message, purpose="reminder").state == "sent"
    assert row(app, Message, purpose="garage_booked").state == "sent"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter a mail address."),
        ("nonsense", "Enter a mail address like name@example.com."),
        (WRONG, "This is the address the letters go to already."),
        ("x" * 300 + "@example.com", "Correct address: at most 254 characters."),
    ],
)
def test_an_address_that_is_none_is_refused_with_its_words(app, at_desk, book, refused, typed, sentence):
    book()
    refused()
    page = at_desk().open(letter(app, "booked")).submit("Correct and send again", email=typed)
    assert page.status == 422 and page.errors == [sentence]
    assert page.value("email") == typed
    assert row(app, AuditEntry) is None


def test_two_people_who_correct_at_once_hear_of_each_other(app, at_desk, book, refused):
    book()
    refused()
    mine = at_desk(name="ann").open(letter(app, "booked"))
    theirs = at_desk(name="ben").open(letter(app, "booked"))
    theirs.submit("Correct and send again", email=RIGHT)
    page = mine.submit("Correct and send again", email="other@example.com")
    assert page.status == 409 and page.errors == [
        f"Somebody changed the address meanwhile: it is {RIGHT} now."
    ]
    assert page.submit("Correct and send again", email="other@example.com").status == 200


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        (by_garage.call_off, "Appointment cancelled by us"),
        (by_garage.ask_for_another_time, "Please choose another time"),
    ],
)
def test_what_the_garage_told_of_its_own_plans_needs_somebody_and_is_sent_again(
    app, at_desk, book, refused, deliver, clock, plan, name
):
    uid = book()
    deliver()
    with app.app_context(), transaction() as session:
        plan(session, uid, by=COMMAND_LINE, now=clock.now())
    refused()
    page = at_desk(Role.RECEPTION).open(DELIVERIES).click(name)
    assert page.heading == name
    assert "on its way again" in page.submit("Send again").text
    assert len(deliver()) == 1


def test_a_customer_who_chose_another_time_is_asked_no_more(app, at_desk, book, refused, deliver, clock):
    uid = book()
    deliver()
    with app.app_context(), transaction() as session:
        by_garage.ask_for_another_time(session, uid, by=COMMAND_LINE, now=clock.now())
    refused()
    with app.app_context():
        changes.move(uid, date(2026, 12, 2), 600, clock.now())
    member = at_desk()
    assert "another letter tells what is" in member.open(letter(app, "another_time")).text
    assert not [each for each in member.open(DELIVERIES).links() if each.startswith("Please choose")]


@pytest.fixture
def write(app, garage, clock):
    """`write()`: the desk writes to the customer of the only case; `to`: tries the letter out instead."""

    def letter(to=""):
        with app.app_context():
            reach = Reach(garage, garage.locations, whole=True)
            words = {"letter": "assessment", "language": "en", "subject": "A word", "words": "Dear Jan"}
            told = words | {"uid": codes.uid(), "values": {}, "by": COMMAND_LINE, "now": clock.now()}
            number = db.session.scalars(select(Case.number)).one()
            if to:
                correspondence.try_out(reach, number, recipient=to, **told)
            else:
                correspondence.send(reach, number, **told)

    return letter


def test_a_letter_written_at_the_desk_that_failed_is_seen_to(app, at_desk, book, write, refused, deliver):
    book()
    deliver()
    write()
    refused()
    reception = at_desk(Role.RECEPTION)
    page = reception.open(DELIVERIES).click("Letter written at the desk")
    number = row(app, Case).number
    assert number in page.text and row(app, Message).purpose == "case_letter"
    page = page.submit("Correct and send again", email=RIGHT)
    assert page.status == 200
    [sent] = [each for each in deliver() if each.subject == "A word"]
    assert sent.recipient == RIGHT
    assert not [each for each in reception.open(DELIVERIES).links() if each.startswith("Letter written")]
    assert "on its way again" in reception.open(letter(app, "case_letter")).submit("Send again").text
    assert [each.recipient for each in deliver()] == [RIGHT]


def test_a_letter_of_the_desk_that_waits_goes_to_the_corrected_address(
    app, at_desk, book, write, refused, deliver
):
    book()
    deliver()
    write()
    refused(RefusedForNow("450 mailbox busy"))
    at_desk().open(letter(app, "booked")).submit("Correct and send again", email=RIGHT)
    assert "A word" in [each.subject for each in deliver()]
    assert row(app, Message, purpose="case_letter").recipient == RIGHT


def test_a_test_of_a_letter_that_failed_needs_nobody_and_is_no_way_to_the_customers_address(
    app, at_desk, book, write, refused, deliver
):
    book()
    deliver()
    write(to="rita@example.com")
    refused()
    member = at_desk()
    assert member.open(DELIVERIES).soup.select_one(".empty")
    page = member.open(letter(app, "test_letter"))
    assert page.heading == "Test of a letter" and not page.soup.select_one("#email")
    assert "not sent again from here" in page.text


def test_a_viewer_looks_and_does_nothing(app, at_desk, book, refused):
    book()
    refused()
    viewer = at_desk(Role.VIEWER)
    page = viewer.open(letter(app, "booked"))
    assert page.status == 200 and not page.soup.select("main form")
    for deed in ("again", "address"):
        data = {"csrf_token": viewer.token(), "email": RIGHT, "expected": WRONG}
        sent = viewer.open(f"{page.path}/{deed}", method="POST", data=data, Referer=f"{BASE_URL}/")
        assert sent.status == 403


def test_letters_to_the_team_are_the_owners_alone(app, garage, at_desk, clock, deliver):
    with app.app_context():
        invitations.invite(
            garage,
            email="new@example.com",
            role=Role.VIEWER,
            locations=None,
            language="en",
            by=COMMAND_LINE,
            now=clock.now(),
        )
    deliver()
    address = letter(app, "staff_invitation")
    planner = at_desk(Role.PLANNER)
    assert planner.open(address).status == 404
    assert "new@example.com" not in planner.open(f"{DELIVERIES}all").text
    owner = at_desk()
    [row] = owner.open(f"{DELIVERIES}all").soup.select("tbody tr")
    assert row.select_one('[data-name="About"]').contents == []
    page = owner.open(address)
    assert not page.soup.select_one("#email")
    page.submit("Send again")
    assert [sent.recipient for sent in deliver()] == ["new@example.com"]


def test_a42_letters_of_other_garages_and_locations_are_not_there(app, at_desk, book, clock, deliver):
    book(RIGHT)
    claes = apply(app, "repairs")
    known = opened(app, claes, clock.now(), location="tilburg")
    with app.app_context():
        bookings.request_repair(claes, known.number, clock.now(), day=date(2026, 12, 3))
    uid = letter(app, "confirmation").rpartition("/")[2]
    assert at_desk().open(f"{DELIVERIES}{uid}").status == 404
    there = desk.at_desk(app, BASE_URL, "repairs", Role.RECEPTION, name="tim", locations=["tilburg"])
    elsewhere = desk.at_desk(app, BASE_URL, "repairs", Role.RECEPTION, name="ada", locations=["aalst"])
    assert "ann@example.com" in there.open("/staff/repairs/deliveries/all").text
    assert there.open(f"/staff/repairs/deliveries/{uid}").status == 200
    assert "ann@example.com" not in elsewhere.open("/staff/repairs/deliveries/all").text
    for deed, method in (("", "GET"), ("/again", "POST"), ("/address", "POST")):
        data = {"csrf_token": elsewhere.token(), "email": RIGHT, "expected": "ann@example.com"}
        page = elsewhere.open(
            f"/staff/repairs/deliveries/{uid}{deed}", method=method, data=data, Referer=f"{BASE_URL}/"
        )
        assert page.status == 404


def test_a_repair_that_waits_for_its_link_gets_it_at_the_corrected_address(app, clock, deliver, client):
    claes = apply(app, "repairs")
    known = opened(app, claes, clock.now(), mail=WRONG, location="aalst")
    with app.app_context():
        bookings.request_repair(claes, known.number, clock.now(), day=date(2026, 12, 1))
    [wrong] = deliver()
    member = desk.at_desk(app, BASE_URL, "repairs", Role.RECEPTION, locations=["aalst"])
    uid = letter(app, "confirmation").rpartition("/")[2]
    member.open(f"/staff/repairs/deliveries/{uid}").submit("Correct and send again", email=RIGHT)
    [right] = deliver()
    assert right.recipient == RIGHT
    assert "booked" not in client.open(wrong.link).heading.lower()
    assert client.open(right.link).submit().heading == "Your appointment is booked"


def test_letters_are_found_by_address_state_and_purpose_and_go_on_page_by_page(
    app, at_desk, ask, deliver, monkeypatch
):
    monkeypatch.setattr("portal.domain.deliveries.queries.PAGE", 2)
    for n in range(3):
        ask(f"c{n}@example.com", plate=f"1-AAA-00{n}", minute=540 + 30 * n)
        deliver()
    viewer = at_desk(Role.VIEWER)
    page = viewer.open(f"{DELIVERIES}all")
    assert [n in page.text for n in ("c0@", "c1@", "c2@")] == [False, True, True]
    older = page.click("Older")
    assert "c0@" in older.text and "Older" not in older.links()
    assert len(page.submit("Show", address="C1@").soup.select("tbody tr")) == 1
    assert page.submit("Show", address="%").soup.select_one(".empty")
    assert page.submit("Show", state="failed").soup.select_one(".empty")
    for odd in ("before=x", "before=" + "9" * 400, "before=-1"):
        assert viewer.open(f"{DELIVERIES}all?{odd}").status == 200
    assert viewer.open(f"{DELIVERIES}all?state=nonsense").status == 422


def test_a_letter_that_failed_is_seen_to_and_opened_again(app, at_desk, book, refused, clock):
    book()
    refused()
    ann = at_desk(Role.RECEPTION)
    address = letter(app, "booked")
    page = ann.open(address).submit("Seen to")
    assert page.hops == [303] and "Reception saw to it on" in page.text
    assert row(app, AuditEntry, what="seen to").who == "Reception"
    assert address not in ann.open(DELIVERIES).links().values()
    assert "One mail could not be delivered" in ann.open("/staff/peeters/").text
    assert page.submit("It still needs somebody").hops == [303]
    assert "2 mails could not be delivered" in ann.open("/staff/peeters/").text
    assert row(app, AuditEntry, what="open again") and row(app, Message, purpose="booked").seen_to_at is None


def test_only_what_failed_is_seen_to_and_by_nobody_who_only_looks(app, at_desk, book, deliver, clock):
    book()
    deliver()
    address = letter(app, "booked")
    ann, viewer = at_desk(Role.RECEPTION), at_desk(Role.VIEWER)
    assert "Without the letter" not in ann.open(address).text
    for member, status in ((ann, 200), (viewer, 403)):
        data = {"csrf_token": member.token()}
        sent = member.open(f"{address}/seen-to", method="POST", data=data, Referer=BASE_URL + address)
        assert sent.status == status
    assert row(app, Message, purpose="booked").seen_to_at is None
