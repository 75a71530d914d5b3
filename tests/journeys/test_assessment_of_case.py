"""A customer whose case the garage knows books its assessment from a letter, and types nothing."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import service
from portal.domain.cases import queries
from portal.domain.casework import merging
from portal.domain.deliveries import correcting
from portal.domain.drafts.models import Draft
from portal.domain.mailing.models import Message
from portal.domain.photos.models import Photo
from portal.domain.privacy import case_erasing
from portal.wiring import wired
from tests.files.pictures import file, four_corners
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import counts, rows
from tests.journeys.walk import CAR, YOU, answer, draft_of, requested, step_of
from tests.journeys.workshop import change
from tests.support import bookings, claes, every_letter
from tests.web.world import personal

TIME, LATER = "2026-12-01T09:00", "2026-12-01T10:00"
BOOKED, OFFERED = "Your appointment is booked", "Book an assessment"
MASKED, ADDRESS = "a•••@e•••.com", b"ann@example.com"
PICTURE = file(four_corners(60, 40), "JPEG")
PHOTO = {"overview": [("car.jpg", PICTURE)]}
TYPED = "main input:not([type=hidden]):not([type=radio]):not([type=file]), main textarea, main select"


@pytest.fixture
def known(app, clock):
    return claes.case(app, clock)


def photos_page(client, known):
    return client.open(known.assessment).submit("Continue")


def times_page(client, known, files=None):
    return photos_page(client, known).submit("Continue", files=files)


def check_page(client, known, timeslot=TIME, files=None):
    return answer(times_page(client, known, files), timeslot=timeslot)


@pytest.fixture
def sent(client, known):
    """Not booked yet."""
    return check_page(client, known).submit()


def invitation(app, known, clock, deliver):
    """The letter in which the garage asks when to look at the damage."""
    with app.app_context():
        every_letter.write_to_customer(known.garage, known.number, "assessment", "en", clock.now())
    [mail] = deliver()
    return mail


def other_takes(app, known, clock, timeslot=TIME):
    """A customer whom nobody knows yet books an assessment."""
    day, _, time = timeslot.partition("T")
    with app.app_context():
        minute = int(time[:2]) * 60 + int(time[3:])
        told = {"email": "eve@example.com", "plate": "9-OTH-999", "phone": "+32470999999"}
        when = date.fromisoformat(day)
        uid = bookings.request(known.garage, clock.now(), day=when, minute=minute, **told)
        service.confirm(uid, 1, clock.now())


def photos_of(app):
    """Of every photo whether it is a draft's or a case's."""
    with app.app_context():
        found = db.session.scalars(select(Photo).order_by(Photo.id))
        return ["draft" if photo.draft_id else "case" for photo in found]


def history(app, known):
    """What happened to the case, in words."""
    with app.app_context():
        return [event.what for event in queries.history(known.row.id)]


class TestLooks:
    @pytest.mark.parametrize("flow", ["assessment", "repair"])
    def test_from_the_link_to_the_booking_every_page_wears_those_of_the_location(
        self, known, client, deliver, flow
    ):
        pages = [client.open(getattr(known, flow))]
        pages.append(pages[-1].submit())
        if flow == "assessment":
            pages.append(pages[-1].submit("Continue"))
        pages.append(answer(pages[-1], timeslot=TIME))
        pages.append(pages[-1].submit())
        pages.append(client.open(deliver()[0].link).submit())
        for page in pages:
            assert page.soup.select('link[href*="/aalst/brand.css"]'), page.path


class TestWholeWay:
    def test_the_letter_leads_to_a_booked_assessment_of_the_same_case_and_nothing_is_typed(
        self, app, known, client, clock, deliver
    ):
        before = counts(app)
        pages = [client.open(invitation(app, known, clock, deliver).link)]
        assert pages[0].heading == OFFERED and known.number in pages[0].text
        pages.append(pages[-1].submit("Continue"))
        assert step_of(pages[-1]) == "photos"
        pages.append(pages[-1].submit("Continue", files=PHOTO))
        pages.append(answer(pages[-1], timeslot=TIME))
        assert len(pages[-1].soup.select(".thumbs img")) == 1
        pages.append(pages[-1].submit())
        assert pages[-1].heading == "Not booked yet"
        [mail] = deliver()
        assert mail.recipient == "ann@example.com" and "1-ABC-234" in mail.subject
        pages += [client.open(pages[-1].path), client.open(mail.link)]
        for page in pages:
            typed = [each for each in page.soup.select(TYPED) if each.get("name") != "code"]
            assert typed == [] and ADDRESS not in page.data and "470 12 34 56" not in page.text, page.url
            assert not page.headers.getlist("Set-Cookie")
        for page in (pages[0], pages[3], pages[5]):
            assert MASKED in page.text
        booked = pages[-1].submit()
        assert booked.heading == BOOKED and known.number in booked.text
        after = counts(app)
        for table in ("case", "customer", "vehicle", "consent"):
            assert after[table] == before[table], table
        assert (after["booking"], photos_of(app)) == (1, ["case"])
        page = client.open(known.assessment)
        assert page.heading == BOOKED and "Damage assessment" in page.text and MASKED in page.text
        assert client.open(pages[4].path).heading == BOOKED

    @on_sqlite
    def test_the_history_and_the_letters_tell_of_it(self, app, known, client, clock, deliver):
        check_page(client, known, files=PHOTO).submit()
        client.open(deliver()[0].link).submit()
        with app.app_context():
            purposes = list(db.session.scalars(select(Message.purpose).order_by(Message.id)))
        assert purposes == ["confirmation", "booked", "garage_booked"]
        [mine] = deliver()
        assert "1-ABC-234" in mine.subject and known.number in mine.text and "Volkswagen Golf" in mine.text
        assert b"DTSTART:20261201T080000Z" in next(iter(mine.files.values()))
        told = claes.sit_down(app).open(f"/staff/repairs/cases/{known.number}/").text
        assert "1 photo added" in told and "Damage assessment booked: Tuesday 1 December 2026" in told

    @on_sqlite
    def test_the_garage_hears_who_comes(self, known, client, sent, deliver):
        client.open(deliver()[0].link).submit()
        [mail] = deliver(to_garage=True)
        for words in (
            "Schadebeoordeling",
            known.number,
            "Volkswagen Golf",
            "Ann Peeters",
            "+32 470 12 34 56",
        ):
            assert words in mail.text, words

    @on_sqlite
    def test_it_is_moved_and_cancelled_with_the_personal_links(self, known, client, about, deliver):
        page = client.open(personal(about))
        assert page.heading == "Your appointment" and "Damage assessment" in page.text
        calendar = client.open(personal(about).partition("?")[0] + "/appointment.ics")
        assert b"BEGIN:VEVENT" in calendar.data
        moved = answer(answer(page.click("Choose another time"), timeslot=LATER))
        assert moved.heading == "Your appointment" and "10:00" in moved.text
        [mail] = deliver()
        gone = client.open(personal(mail, "/cancel")).submit(sure=True)
        assert gone.heading == "Your appointment is cancelled"
        assert client.open(known.assessment).heading == OFFERED

    @on_sqlite
    @pytest.mark.parametrize("way", ["page", "letter"])
    def test_it_is_booked_again_for_the_same_case(self, app, known, client, about, deliver, way):
        gone = client.open(personal(about, "/cancel")).submit(sure=True)
        [mail] = deliver()
        page = gone.click("Book another time") if way == "page" else client.open(mail.link)
        assert (page.heading, page.path) == (OFFERED, known.assessment)
        sent = answer(page.submit("Continue").submit("Continue"), timeslot=TIME).submit()
        assert sent.heading == "Not booked yet"
        client.open(deliver()[0].link).submit()
        assert counts(app)["case"] == 1

    @on_sqlite
    def test_whoever_typed_everything_once_types_nothing_to_book_again(self, app, known, client, deliver):
        requested(client, "/repairs/assessment/", timeslot=TIME, plate="5-NEW-555", email="new@example.com")
        client.open(deliver()[0].link).submit()
        [mail] = deliver()
        client.open(personal(mail, "/cancel")).submit(sure=True)
        before = counts(app)
        page = client.open(deliver()[0].link)
        assert page.heading == OFFERED and "5-NEW-555" in page.text
        answer(page.submit("Continue").submit("Continue"), timeslot=LATER).submit()
        [mail] = deliver()
        assert mail.recipient == "new@example.com"
        client.open(mail.link).submit()
        assert counts(app)["case"] == before["case"] == 2

    @on_sqlite
    def test_the_code_from_the_mail_does_the_same(self, known, sent, deliver):
        [mail] = deliver()
        assert sent.submit("Confirm with the code", code=mail.code).heading == BOOKED
        assert sent.visitor.open(known.assessment).heading == BOOKED

    @on_sqlite
    def test_the_open_page_learns_that_it_is_booked_and_leads_to_the_case_not_to_the_personal_links(
        self, known, client, sent, deliver
    ):
        client.open(deliver()[0].link).submit()
        page = client.open(sent.path).click("Show my appointment")
        assert (page.heading, page.path) == (BOOKED, known.assessment)
        assert not any("/booking/" in each for each in page.links().values())


@on_sqlite
class TestDeepLink:
    def test_looking_makes_no_draft_and_each_press_makes_one_of_its_own(self, app, known, client):
        before = rows(app)
        page = client.open(known.assessment)
        assert rows(app) == before
        assert page.submit("Continue").path != page.submit("Continue").path

    def test_the_links_are_sent_once_more_and_only_a_few_times(self, known, client, about, deliver):
        page = client.open(known.assessment)
        first = page.submit("Send me the links again")
        assert "on its way" in first.text and first.path == known.assessment
        [mail] = deliver()
        assert (mail.recipient, personal(mail)) == ("ann@example.com", personal(about))
        assert [page.submit("Send me the links again").status for _ in range(4)] == [200] * 3 + [429]

    def test_a_car_that_is_in_has_nothing_to_book(self, app, known, client, clock):
        page = client.open(known.assessment)
        known.change(clock.now(), vehicle_in="2026-11-23")
        assert client.open(known.assessment).heading == "Your car is with us"
        assert page.submit("Continue").heading == "Your car is with us"
        assert counts(app)["draft"] == 0

    def test_a_case_without_an_address_is_told_to_call(self, app, known, client, clock):
        page = client.open(known.assessment)
        known.change(clock.now(), mail="")
        shown = client.open(known.assessment)
        assert "We have no mail address of yours" in shown.text and not shown.soup.select("main form")
        assert page.submit("Continue").text == shown.text and counts(app)["draft"] == 0

    @pytest.mark.parametrize(
        ("changed", "words"),
        [({"mail": ""}, "no mail address"), ({"vehicle_in": "2026-11-23"}, "nothing left to book")],
    )
    def test_what_staff_change_meanwhile_is_said_at_the_last_press(
        self, app, known, client, clock, deliver, changed, words
    ):
        check = check_page(client, known)
        known.change(clock.now(), **changed)
        said = check.submit()
        assert said.status == 200 and words in said.text
        assert counts(app)["booking"] == 0 and deliver() == []

    def test_a_link_that_is_cut_leads_to_no_look_up_of_repairs(self, known, client):
        page = client.open(known.assessment[:-3])
        assert (page.status, page.heading) == (404, "We do not know this link")
        assert list(page.links()).count("To the first page") == 1
        assert not any("repair by plate" in words for words in page.links())


@on_sqlite
class TestRepairBooked:
    """An old letter still invites to an assessment, and meanwhile the repair has its time."""

    DAY, INSTEAD = date(2026, 12, 2), "You need not book an assessment any more"

    @pytest.mark.parametrize(
        ("language", "heading"),
        [
            ("nl", "Je reparatie is geboekt"),
            ("fr", "Votre réparation est réservée"),
            ("de", "Ihre Reparatur ist gebucht"),
            ("en", "Your repair is booked"),
        ],
    )
    def test_the_page_says_when_the_repair_is_and_leads_to_it(self, known, client, language, heading):
        known.booked(self.DAY)
        page = client.open(f"{known.assessment}?lang={language}")
        assert page.heading == heading and not page.soup.select("main form")
        assert "09:00" in page.soup.select_one(".ticket-when").text
        repair = client.open(page.soup.select_one("main .actions a.button")["href"])
        assert (repair.path, repair.heading) == (known.repair, heading)
        assert repair.soup.html["lang"] == language

    def test_a_press_on_a_page_that_was_open_begins_nothing(self, app, known, client):
        page = client.open(known.assessment)
        known.booked(self.DAY)
        assert self.INSTEAD in page.submit("Continue").text
        assert counts(app)["draft"] == 0

    def test_a_walk_that_began_before_ends_there(self, app, known, client, deliver):
        check = check_page(client, known)
        known.booked(self.DAY)
        assert self.INSTEAD in check.submit().text
        assert counts(app)["booking"] == 1 and deliver() == []

    def test_where_repairs_are_hidden_it_leads_to_no_page_of_theirs(self, app, known, client):
        known.booked(self.DAY)
        change(app, "repairs", flows=["assessment", "status"])
        page = client.open(known.assessment)
        assert self.INSTEAD in page.text and not any("/repair/" in each for each in page.links().values())

    def test_an_assessment_that_is_booked_too_stays_what_its_link_shows(self, known, client):
        known.booked(date(2026, 12, 1), flow="assessment")
        known.booked(self.DAY)
        assert client.open(known.assessment).heading == BOOKED

    def test_a_repair_that_was_cancelled_or_is_over_leaves_one_to_book(self, known, client):
        known.booked(self.DAY, state="cancelled")
        known.booked(date(2026, 11, 2))
        assert client.open(known.assessment).heading == OFFERED

    def test_the_link_of_a_test_letter_shows_the_same(self, known, client):
        known.booked(self.DAY)
        page = client.open(known.assessment.replace(known.token, known.test_token))
        assert self.INSTEAD in page.text and "This is the link of a test letter" in page.text


@on_sqlite
class TestNothingElse:
    """A draft about a case has no steps that ask who one is."""

    @pytest.mark.parametrize("step", ["you", "car", "location"])
    def test_steps_that_it_has_not_lead_on_and_keep_nothing(self, app, known, client, step):
        draft = draft_of(photos_page(client, known))
        given = {
            "you": YOU | {"consent": "y"},
            "car": CAR | {"plate_country": "BE"},
            "location": {"location": "aalst"},
        }
        for method, data in (
            ("GET", None),
            ("POST", given[step]),
            ("POST", {}),
            ("POST", {"language": "fr"}),
        ):
            page = client.open(f"{draft}/{step}", method=method, data=data)
            assert (page.status, page.path) == (200, f"{draft}/photos")
        with app.app_context():
            assert db.session.scalars(select(Draft.answers)).one() == {}

    def test_another_address_is_not_taken(self, app, known, client, sent, deliver):
        assert not sent.soup.select("[name=email]") and "Use another address" not in sent.text
        deliver()
        before = rows(app)
        page = client.open(f"{draft_of(sent)}/mend", method="POST", data={"email": "eve@example.com"})
        assert page.status == 404 and rows(app) == before and deliver() == []

    def test_the_first_page_of_an_assessment_cannot_take_it_over(self, known, client, deliver):
        photos = photos_page(client, known)
        uid = draft_of(photos).rpartition("/")[2]
        page = client.open("/repairs/assessment/").submit(draft=uid, **YOU | {"email": "eve@example.com"})
        assert step_of(page) == "photos"
        check = answer(page.submit("Continue"), timeslot=TIME)
        assert MASKED in check.text and b"eve@" not in check.data
        check.submit()
        assert [mail.recipient for mail in deliver()] == ["ann@example.com"]

    def test_it_is_no_repair(self, known, client):
        draft = draft_of(photos_page(client, known))
        assert client.open(draft.replace("/assessment/", "/repair/") + "/timeslot").status == 410


@on_sqlite
class TestPhotos:
    def test_a_garage_that_wants_one_asks_for_it(self, app, known, client):
        change(app, "repairs", photos_required=True)
        page = photos_page(client, known)
        assert "Add at least one." in page.text
        wrong = page.submit("Continue")
        assert wrong.status == 422 and wrong.errors == ["Add at least one photo of the damage."]
        assert step_of(wrong.submit("Continue", files=PHOTO)) == "timeslot"

    def test_nobody_gets_past_it_by_the_address_of_a_later_step(self, app, known, client):
        change(app, "repairs", photos_required=True)
        draft = draft_of(photos_page(client, known))
        times = client.open(f"{draft}/timeslot")
        assert step_of(answer(times, timeslot=TIME)) == "photos"
        assert step_of(client.open(f"{draft}/check")) == "photos"

    def test_the_one_that_is_taken_out_again_is_asked_for_at_the_last_press(
        self, app, known, client, deliver
    ):
        change(app, "repairs", photos_required=True)
        check = check_page(client, known, files=PHOTO)
        photos = client.open(f"{draft_of(check)}/photos")
        photos.submit("Remove car.jpg")
        page = check.submit()
        assert step_of(page) == "photos" and counts(app)["booking"] == 0 and deliver() == []

    def test_one_on_the_case_is_enough(self, app, known, client, clock):
        change(app, "repairs", photos_required=True)
        claes.add_photo(app, known, clock)
        page = photos_page(client, known)
        assert "Just continue." in page.text
        added = page.submit("Add these photos", files=PHOTO)
        assert "Just continue." in added.text
        assert check_page(client, known).submit().heading == "Not booked yet"

    def test_those_on_the_case_are_not_shown_to_whoever_has_the_link(self, app, known, client, clock):
        claes.add_photo(app, known, clock)
        page = photos_page(client, known)
        assert not page.soup.select(".shot")
        check = answer(page.submit("Continue"), timeslot=TIME)
        assert not check.soup.select(".thumbs")

    def test_they_are_kept_when_the_link_runs_out(self, app, known, client, clock, deliver):
        sent = check_page(client, known, files=PHOTO).submit()
        deliver()
        clock.forward(minutes=16)
        late = client.open(sent.url)
        assert "your time is not kept any more" in late.text and "All your answers" not in late.text
        late.submit("Ask for this time again")
        client.open(deliver()[-1].link).submit()
        assert photos_of(app) == ["case"]


@on_sqlite
class TestBackAndTabs:
    def test_back_leads_through_every_step_to_the_case(self, known, client):
        page, seen = check_page(client, known), []
        while page.path != known.assessment:
            seen.append(step_of(page))
            page = client.open(str(page.soup.select_one("a.back")["href"]))
        assert seen == ["check", "timeslot", "photos"] and page.heading == OFFERED

    def test_a_reloaded_step_is_the_same_page(self, known, client, sent):
        draft = draft_of(sent)
        for step in ("photos", "timeslot", "check", "sent"):
            page = client.open(f"{draft}/{step}")
            assert step_of(page) == step and client.open(page.url).text == page.text

    def test_sending_twice_and_from_two_tabs_is_one_request_and_one_mail(self, app, known, client, deliver):
        check = check_page(client, known)
        other = client.open(check.url)
        assert check.submit().text == check.submit().text == other.submit().text
        assert counts(app)["booking"] == 1 and len(deliver()) == 1

    def test_what_another_tab_changed_is_shown_before_it_is_sent(self, app, known, client):
        times = client.open(times_page(client, known).path + "?day=2026-12-01")
        shown = answer(times, timeslot=TIME)
        answer(times, timeslot=LATER)
        page = shown.submit()
        assert page.status == 409 and "Nothing was sent" in page.text and "10:00" in page.text
        assert counts(app)["booking"] == 0

    def test_back_after_booking_leads_to_the_booking(self, app, known, client, sent, about):
        for step in ("photos", "timeslot", "check"):
            assert client.open(f"{draft_of(sent)}/{step}").heading == BOOKED
        before = rows(app)
        refused = client.open(f"{draft_of(sent)}/photos", method="POST", data={})
        assert refused.heading == BOOKED and rows(app) == before


@on_sqlite
class TestSomethingInBetween:
    def test_a_second_device_that_books_is_what_the_first_one_sees(
        self, known, client, another, sent, deliver
    ):
        [first] = deliver()
        other = check_page(another, known, LATER).submit()
        [second] = deliver()
        assert client.open(first.link).status == 410
        waiting = client.open(sent.path)
        another.open(second.link).submit()
        assert client.open(f"{first.link}/again", method="POST").heading == BOOKED
        page = waiting.submit("Ask for this time again")
        assert page.text == client.open(sent.path).text
        assert (page.heading, page.path) == (BOOKED, known.assessment) and "10:00" in page.text
        assert another.open(other.path).heading == BOOKED

    def test_a_late_link_leads_on_to_a_booking(self, known, client, sent, clock, deliver):
        [mail] = deliver()
        clock.forward(minutes=16)
        late = client.open(mail.link)
        assert (late.status, late.heading) == (410, "That did not work")
        assert "answers and photos" not in late.text  # nobody typed any
        assert late.submit("Ask for this time again").heading == "Not booked yet"
        assert client.open(deliver()[0].link).submit().heading == BOOKED

    def test_a_late_link_leads_on_to_another_time(self, known, client, sent, clock, deliver):
        [mail] = deliver()
        clock.forward(minutes=16)
        times = client.open(mail.link).click("Choose another time")
        assert answer(times, timeslot=LATER).submit().heading == "Not booked yet"

    def test_a_link_of_yesterday_leads_to_the_case_and_not_to_typing(
        self, app, known, client, sent, clock, deliver
    ):
        [mail] = deliver()
        clock.forward(hours=25)
        late = client.open(mail.link)
        assert (late.status, late.heading) == (410, "Please start again")
        page = late.click("Start again")
        assert (page.heading, page.path) == (OFFERED, known.assessment)

    def test_a_time_that_went_before_it_was_sent_is_said_with_others(self, app, known, client, clock):
        check = check_page(client, known)
        other_takes(app, known, clock)
        taken = check.submit()
        assert (taken.status, taken.heading) == (409, "This time was just taken")
        assert "All your answers" not in taken.text and counts(app)["booking"] == 1
        times = client.open(taken.soup.select_one(".alternatives a")["href"])
        assert answer(times).submit().heading == "Not booked yet"

    def test_a_time_that_went_while_choosing_keeps_the_page(self, app, known, client, clock):
        times = client.open(times_page(client, known).path + "?day=2026-12-01")
        other_takes(app, known, clock)
        page = times.submit(timeslot=TIME)
        assert page.status == 409 and page.soup.select("[role=alert]")

    def test_a_hidden_flow_says_so_plainly_and_books_nothing(self, app, known, client, about, clock):
        other = claes.case(app, clock, plate="2-DEF-567", mail="b@example.com", phone="")
        draft = draft_of(times_page(client, other))
        change(app, "repairs", flows=["repair", "status"])
        page = client.open(known.assessment)
        assert (page.status, page.heading) == (404, "Please call or mail us")
        assert "does not book assessments online" in page.text and "+32 53 20 00 00" in page.text
        before = rows(app)
        for more in ("", "/links"):
            assert client.open(known.assessment + more, method="POST").status == 404
        assert rows(app) == before
        assert client.open(f"{draft}/timeslot").heading == "No free time at the moment"
        client.open(personal(about, "/cancel")).submit(sure=True)
        assert "Book another time" not in client.open(personal(about)).text

    def test_a_request_that_waits_is_not_booked_once_the_flow_is_hidden(
        self, app, known, client, sent, deliver
    ):
        change(app, "repairs", flows=["repair", "status"])
        page = client.open(deliver()[0].link).submit()
        assert page.status == 409 and "booked" not in history(app, known)

    def test_a_location_without_assessments_says_so(self, app, known, client, clock):
        known.change(clock.now(), location="tilburg")
        page = client.open(known.assessment)
        assert page.status == 404 and "+31 13 200 0000" in page.text

    def test_a_location_without_hours_loses_nothing(self, app, known, client):
        change(app, "repairs", place={"assessment": {"hours": []}})
        page = times_page(client, known, files=PHOTO)
        assert (page.status, page.heading) == (200, "No free time at the moment")
        assert "Your answers and photos" not in page.text and "Look again later" in page.text
        change(app, "repairs")
        assert answer(client.open(page.path), timeslot=TIME).submit().heading == "Not booked yet"
        assert photos_of(app) == ["draft"]

    def test_a_case_that_moved_to_another_location_is_offered_that_ones_times(
        self, app, known, client, clock
    ):
        check = check_page(client, known)
        known.change(clock.now(), location="tilburg")
        page = client.open(f"{draft_of(check)}/timeslot")
        assert page.heading == "No free time at the moment" and "Claes Tilburg" in page.text
        assert check.submit().status == 409 and counts(app)["booking"] == 0

    def test_a_case_that_became_part_of_another_goes_on_as_that_one(self, app, known, client, clock, deliver):
        kept = claes.case(app, clock, number="GA-7")
        check = check_page(client, known, files=PHOTO)
        with app.app_context():
            merging.merge(claes.reach(), kept.number, known.number, by=claes.WIM, now=clock.now())
        assert "GA-7" in client.open(check.path).text
        check.submit()
        client.open(deliver()[0].link).submit()
        assert client.open(known.assessment).heading == client.open(kept.assessment).heading == BOOKED
        assert photos_of(app) == ["case"]
        assert "booked" in history(app, kept)

    def test_a_case_that_is_erased_leaves_nothing_of_the_walk(self, app, known, client, clock, settings):
        check = check_page(client, known, files=PHOTO)
        with app.app_context():
            case_erasing.erase_case(
                wired().storage, wired().tokens, claes.reach(), known.number, by=claes.WIM, now=clock.now()
            )
        found = counts(app)
        assert (found["draft"], found["photo"], found["case"]) == (0, 0, 0)
        assert not list(Path(urlsplit(settings.storage_url).path).glob("photos/*/*"))
        assert (client.open(check.path).status, check.submit().status) == (410, 410)
        assert client.open(known.assessment).status == 404

    def test_a_mended_address_gets_the_link_and_the_first_mailbox_learns_nothing(
        self, app, known, client, clock, deliver
    ):
        known.change(clock.now(), mail="ann@exmaple.com")
        sent = check_page(client, known).submit()
        [first] = deliver()
        with app.app_context():
            uid = db.session.scalars(select(Message.uid)).one()
            correcting.correct(
                claes.reach(),
                uid,
                "ann@example.com",
                expected="ann@exmaple.com",
                by=claes.WIM,
                now=clock.now(),
            )
        [mail] = deliver()
        assert mail.recipient == "ann@example.com"
        for method in ("GET", "POST"):
            assert client.open(first.link, method=method).status == 410
        assert client.open(mail.link).submit().heading == BOOKED
        assert client.open(sent.path).heading == BOOKED

    def test_what_ran_out_goes_to_the_address_on_the_case_by_now(self, known, client, clock, deliver):
        known.change(clock.now(), mail="ann@exmaple.com")
        sent = check_page(client, known).submit()
        deliver()
        known.change(clock.now(), mail="ann@example.com")
        clock.forward(minutes=31)
        client.open(sent.path).submit("Ask for this time again")
        [mail] = deliver()
        assert mail.recipient == "ann@example.com"
        assert client.open(mail.link).submit().heading == BOOKED


@on_sqlite
class TestLanguages:
    @pytest.mark.parametrize("language", ["nl", "fr", "de"])
    def test_the_deep_link_speaks_the_language_of_the_case_until_another_is_chosen(
        self, app, client, clock, language
    ):
        known = claes.case(app, clock, language=language)
        assert client.open(known.assessment).soup.html["lang"] == language
        assert client.open(f"{known.assessment}?lang=en").soup.html["lang"] == "en"

    def test_the_walk_and_the_mail_go_on_in_the_chosen_language_and_so_does_back(
        self, known, client, deliver
    ):
        page = client.open(f"{known.assessment}?lang=fr")
        photos = client.open(page.soup.select_one("form#step")["action"], method="POST")
        back = client.open(str(photos.soup.select_one("a.back")["href"]))
        assert back.path == known.assessment
        assert photos.soup.html["lang"] == back.soup.html["lang"] == "fr"
        sent = answer(photos.submit(), timeslot=TIME).submit()
        [mail] = deliver()
        assert sent.soup.html["lang"] == client.open(mail.link).soup.html["lang"] == "fr"

    def test_a_language_chosen_on_the_way_keeps_the_photos(self, app, known, client):
        page = photos_page(client, known).submit("FR Français", files=PHOTO)
        assert step_of(page) == "photos" and page.soup.html["lang"] == "fr"
        assert len(page.soup.select(".shot")) == 1

    def test_booking_again_goes_on_in_the_language_of_the_page(self, known, client, about):
        client.open(personal(about, "/cancel")).submit(sure=True)
        page = client.open(f"{personal(about)}?lang=fr")
        again = next(link for link in page.links().values() if "/assessment/case/" in link)
        assert client.open(again).soup.html["lang"] == "fr"
