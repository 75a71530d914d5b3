"""Ways to a repair that do not go straight: the deep link, another language, no times, taken, too late, called off."""

from datetime import date

import pytest

from portal.domain.booking import service
from portal.domain.cases import service as case_service
from tests.journeys.rows import counts, rows
from tests.journeys.walk import answer
from tests.journeys.workshop import bookings as booked_rows
from tests.journeys.workshop import change
from tests.support import bookings, cases, garages
from tests.web.world import links_of, personal

TIME = "2026-11-30T08:00"
BOOKED = "Your appointment is booked"


@pytest.fixture
def repairs(app, clock):
    garage = garages.apply(app, "repairs")
    cases.enter(app, garage, clock.now())
    return garage


@pytest.fixture
def link(app, repairs):
    """The deep link of the case."""
    return cases.link(app)


def check_page(client, link, timeslot=TIME):
    return answer(client.open(link).submit("Choose a time"), timeslot=timeslot)


@pytest.fixture
def sent(client, link):
    """Not booked yet."""
    return check_page(client, link).submit()


def other_takes(app, clock, garage, number, timeslot=TIME):
    """Somebody else books the repair of a case of theirs."""
    day, _, time = timeslot.partition("T")
    cases.enter(app, garage, clock.now(), number=number, plate=f"9-OTH-{number[-3:]}", mail="eve@example.com")
    with app.app_context():
        minute = int(time[:2]) * 60 + int(time[3:])
        when = date.fromisoformat(day)
        uid = bookings.request_repair(garage, number, clock.now(), day=when, minute=minute)
        service.confirm(uid, 1, clock.now())
    return uid


def staff_change(app, garage, clock, **changed):
    """Staff change the case."""
    with app.app_context():
        case_service.update(garage, cases.NUMBER, changed, clock.now())


class TestDeepLink:
    def test_it_asks_nothing_and_shows_what_it_is_about(self, client, link):
        page = client.open(link)
        assert page.heading == "Book the repair"
        assert not page.soup.select("main input:not([type=hidden]), main textarea, main select")
        assert cases.PLATE in page.text and cases.NUMBER in page.text and "Classic repair" in page.text
        assert "about 3 working days" in page.text and "Gentsesteenweg 300" in page.text

    def test_it_never_shows_the_address_but_masked(self, client, link, deliver):
        pages = [client.open(link)]
        pages.append(pages[-1].submit("Choose a time"))
        pages.append(answer(pages[-1], timeslot=TIME))
        pages.append(pages[-1].submit())
        assert deliver()[0].recipient == cases.EMAIL
        pages.append(client.open(pages[-1].path))
        assert "a•••@e•••.com" in pages[0].text and "a•••@e•••.com" in pages[-1].text
        for page in pages:
            assert cases.EMAIL.encode() not in page.data and "470 12 34 56" not in page.text

    def test_no_page_on_the_way_sets_a_cookie(self, client, link, deliver):
        page = client.open(link)
        seen = [
            page,
            page := page.submit("Choose a time"),
            page := answer(page, timeslot=TIME),
            page.submit(),
        ]
        mail = deliver()[0]
        seen += [client.open(mail.link), client.open(mail.link).submit()]
        mail = deliver()[0]
        seen += [client.open(each) for each in links_of(mail)]
        seen.append(client.open(personal(mail, "/cancel")).submit(sure=True))
        assert not [page.url for page in seen if page.headers.getlist("Set-Cookie")]

    def test_looking_makes_no_draft_and_each_press_makes_one_of_its_own(self, app, client, link):
        before = rows(app)
        page = client.open(link)
        assert rows(app) == before
        assert page.submit("Choose a time").path != page.submit("Choose a time").path
        assert counts(app)["draft"] == 2

    def test_the_booking_is_shown_instead_once_there_is_one(self, client, link, about, deliver):
        page = client.open(link)
        assert page.heading == "Your repair is booked" and "Monday 30 November 2026" in page.text
        assert not any(
            "/booking/" in each for each in page.links().values()
        )  # plate and number lead here too
        page = page.submit("Send me the links again")
        assert "on its way" in page.text
        [mail] = deliver()
        assert (mail.recipient, personal(mail)) == (cases.EMAIL, personal(about))

    def test_it_sends_the_links_a_few_times_only(self, client, link, about, deliver):
        page = client.open(link)
        assert [page.submit("Send me the links again").status for _ in range(5)] == [200] * 4 + [429]
        assert len(deliver()) <= 4

    def test_a_car_that_is_in_has_nothing_to_book(self, app, repairs, client, link, clock):
        page = client.open(link)
        staff_change(app, repairs, clock, vehicle_in="2026-11-23")
        assert client.open(link).heading == "Your car is with us"
        assert page.submit("Choose a time").heading == "Your car is with us"
        assert counts(app)["draft"] == 0

    def test_a_case_without_an_address_is_told_to_call(self, app, repairs, client, link, clock):
        page = client.open(link)
        staff_change(app, repairs, clock, mail="")
        shown = client.open(link)
        assert "We have no mail address of yours" in shown.text and "+32 53 20 00 00" in shown.text
        assert not shown.soup.select("main form")
        assert page.submit("Choose a time").text == shown.text and counts(app)["draft"] == 0

    @pytest.mark.parametrize(
        ("changed", "words"),
        [({"mail": ""}, "no mail address"), ({"vehicle_in": "2026-11-23"}, "nothing left to book")],
    )
    def test_what_staff_change_while_a_time_is_picked_is_said_at_the_last_press(
        self, app, repairs, client, link, clock, deliver, changed, words
    ):
        check = check_page(client, link)
        staff_change(app, repairs, clock, **changed)
        said = check.submit()
        assert said.status == 200 and words in said.text
        assert counts(app)["booking"] == 0 and deliver() == []

    @pytest.mark.parametrize("button", ["page", "link"])
    def test_what_ran_out_is_not_asked_for_again_once_the_car_is_in(
        self, app, repairs, client, sent, clock, deliver, button
    ):
        [mail] = deliver()
        clock.forward(minutes=31)
        page = client.open(sent.path if button == "page" else mail.link)
        staff_change(app, repairs, clock, vehicle_in="2026-11-23")
        again = page.soup.find("button", string=lambda words: words and "again" in words)
        assert page.submit(" ".join(again.get_text().split())).heading == "Your car is with us"


class TestTaken:
    def test_at_the_press_others_are_offered_and_one_goes_on_from_there(
        self, app, repairs, client, sent, clock, deliver
    ):
        [mail] = deliver()
        change(app, "repairs", place={"day_limit": 1})
        other_takes(app, clock, repairs, "2026-0901", "2026-12-01T08:00")
        change(app, "repairs", place={"closures": [{"first": "2026-11-30", "last": "2026-11-30"}]})
        page = client.open(mail.link).submit()
        assert (page.status, page.heading) == (409, "This time was just taken")
        assert "All your answers" not in page.text  # nobody typed any
        times = client.open(page.soup.select_one(".alternatives a")["href"])
        check = answer(times)
        assert check.heading == "Check your answers" and check.submit().heading == "Not booked yet"

    def test_before_it_is_sent_the_page_of_times_says_so(self, app, repairs, client, link, clock):
        change(app, "repairs", place={"day_limit": 1})
        check = check_page(client, link)
        other_takes(app, clock, repairs, "2026-0902")
        taken = check.submit()
        assert (taken.status, taken.heading) == (409, "This time was just taken")
        assert counts(app)["booking"] == 1

    def test_while_choosing_the_time_is_gone_and_the_page_stays(self, app, repairs, client, link, clock):
        change(app, "repairs", place={"day_limit": 1})
        times = client.open(client.open(link).submit("Choose a time").path + "?day=2026-11-30")
        other_takes(app, clock, repairs, "2026-0903")
        page = times.submit(timeslot=TIME)
        assert page.status == 409 and page.soup.select("[role=alert]")

    def test_a_move_to_a_place_that_went_keeps_the_old_one_and_offers_others(
        self, app, repairs, client, about, clock
    ):
        change(app, "repairs", place={"day_limit": 1})
        compare = answer(client.open(personal(about, "/change")), timeslot="2026-12-01T08:00")
        other_takes(app, clock, repairs, "2026-0904", "2026-12-01T08:00")
        before = rows(app)
        page = compare.submit()
        assert (page.status, page.heading) == (409, "This time was just taken")
        assert "Your old appointment stays: Monday 30 November 2026, 08:00" in page.text
        assert rows(app) == before
        times = client.open(page.soup.select_one(".alternatives a")["href"])
        again = answer(times, timeslot=times.options("timeslot")[0])
        assert again.submit().heading == "Your appointment"

    def test_a_place_that_went_while_a_move_was_picked_is_said_on_the_page_of_times(
        self, app, repairs, client, about, clock
    ):
        change(app, "repairs", place={"day_limit": 1})
        times = client.open(personal(about, "/change") + "?day=2026-12-01")
        other_takes(app, clock, repairs, "2026-0905", "2026-12-01T08:00")
        page = times.submit(timeslot="2026-12-01T08:00")
        assert page.status == 409 and "Your old appointment stays" in page.text


class TestLate:
    def test_a_link_that_ran_out_leads_on_to_a_booking(self, client, sent, clock, deliver):
        [mail] = deliver()
        clock.forward(minutes=16)
        late = client.open(mail.link)
        assert (late.status, late.heading) == (410, "That did not work")
        assert "answers and photos" not in late.text
        assert late.submit("Ask for this time again").heading == "Not booked yet"
        [again] = deliver()
        assert client.open(again.link).submit().heading == BOOKED
        assert client.open(mail.link).heading == BOOKED  # the first link knows

    def test_it_leads_on_to_another_time(self, client, sent, clock, deliver):
        [mail] = deliver()
        clock.forward(minutes=16)
        times = client.open(mail.link).click("Choose another time")
        assert times.heading == "Pick a time"
        assert answer(times, timeslot="2026-12-01T08:00").submit().heading == "Not booked yet"

    def test_it_is_offered_the_booking_that_a_second_device_made(
        self, client, another, link, sent, clock, deliver
    ):
        [first] = deliver()
        check_page(another, link, "2026-12-01T08:00").submit()
        assert client.open(first.link).status == 410  # while that waits, nothing is booked
        [second] = deliver()
        client.open(second.link).submit()
        for page in (client.open(first.link), client.open(first.link, method="POST")):
            assert page.heading == BOOKED and "Tuesday 1 December 2026" in page.text
        assert client.open(sent.path).heading == "Your repair is booked"
        asked = client.open(f"{first.link}/again", method="POST")
        assert asked.heading == BOOKED and "Tuesday 1 December 2026" in asked.text

    def test_a_mailbox_that_was_not_the_customers_learns_nothing_of_what_was_booked_since(
        self, app, repairs, client, link, clock, deliver
    ):
        staff_change(app, repairs, clock, mail="ann@exmaple.com")
        check_page(client, link).submit()
        [strangers] = deliver()
        staff_change(app, repairs, clock, mail=cases.EMAIL)
        check_page(client, link, "2026-12-01T08:00").submit()
        [mine] = deliver()
        client.open(mine.link).submit()
        for address, method in (
            (strangers.link, "GET"),
            (strangers.link, "POST"),
            (f"{strangers.link}/again", "POST"),
        ):
            page = client.open(address, method=method)
            assert page.status == 410 and "1 December" not in page.text
            assert not any("/booking/" in each for each in page.links().values())


class TestHiddenAndEmpty:
    def test_a_hidden_flow_has_no_button_and_its_deep_link_says_so_plainly(
        self, app, client, link, sent, deliver
    ):
        change(app, "repairs", flows=["assessment", "status"])
        assert not any("/repair/" in each for each in client.open("/repairs/").links().values())
        for address in (link, "/repairs/repair/", "/repairs/aalst/repair/"):
            page = client.open(address)
            assert (page.status, page.heading) == (404, "Please call or mail us")
            assert "+32 53 20 00 00" in page.text
        before = rows(app)
        assert client.open(link, method="POST").status == 404 and rows(app) == before
        page = client.open(deliver()[0].link).submit()
        assert page.status == 409 and counts(app)["case_event"] == 1

    def test_a_damage_flow_without_times_is_a_plain_page_and_nothing_is_lost(
        self, app, repairs, client, link
    ):
        hours = [
            {"damage_flow": "classic"},
            {"damage_flow": "spot", "hours": [{"days": "mon", "open": ["13:00-14:00"]}]},
        ]
        change(app, "repairs", place={"repair": hours})
        page = client.open(link).submit("Choose a time")
        assert (page.status, page.heading) == (200, "No free time at the moment")
        assert "+32 53 20 00 00" in page.text and "mailto:info@claes.example.com" in page.links().values()
        assert "photos" not in page.text
        garages.apply(app, "repairs")
        assert client.open(page.path).heading == "Pick a time"

    def test_a_move_without_times_keeps_what_one_has(self, app, repairs, client, about):
        change(app, "repairs", place={"repair": [{"damage_flow": "classic"}]})
        page = client.open(personal(about, "/change"))
        assert page.heading == "No free time at the moment"
        assert "Your appointment stays as it is: Monday 30 November 2026, 08:00" in page.text


class TestCancelled:
    @pytest.fixture
    def gone(self, client, about):
        page = client.open(personal(about, "/cancel")).submit(sure=True, reason="Sold the car")
        assert page.heading == "Your appointment is cancelled"
        return page

    def test_every_link_of_every_mail_says_so_and_changes_nothing(self, app, client, about, gone, deliver):
        deliver()
        before = rows(app)
        for address in (personal(about), personal(about, "/change"), personal(about, "/cancel")):
            assert client.open(address).heading == "Your appointment is cancelled"
            assert (
                client.open(address + "?timeslot=2026-12-01T08:00").heading == "Your appointment is cancelled"
            )
        for ending in ("/change", "/cancel"):
            page = client.open(personal(about, ending), method="POST", data={"sure": "y", "timeslot": TIME})
            assert page.heading == "Your appointment is cancelled"
        assert rows(app) == before

    def test_the_calendar_takes_it_out(self, client, about, gone):
        file = client.open(personal(about).split("?")[0] + "/appointment.ics").data
        assert b"METHOD:CANCEL" in file or b"STATUS:CANCELLED" in file

    def test_the_repair_is_booked_anew_from_the_mail_that_says_so(self, client, link, about, gone, deliver):
        [mail] = deliver()
        assert client.open(mail.link).heading == "Book the repair"
        assert check_page(client, link).submit().heading == "Not booked yet"
        client.open(deliver()[0].link).submit()
        assert client.open(personal(about)).heading == "Your appointment is cancelled"


class TestLanguages:
    @pytest.mark.parametrize("ending", ["", "/change", "/cancel"])
    def test_each_page_of_a_booking_is_read_in_another_language(self, client, about, ending):
        english = client.open(personal(about, ending))
        assert english.soup.html["lang"] == "en"
        other = client.open(f"{english.path}?lang=fr")
        assert other.soup.html["lang"] == "fr" and other.status == 200

    @pytest.mark.parametrize("language", ["nl", "fr", "de"])
    def test_the_deep_link_speaks_the_language_of_the_case_until_another_is_chosen(
        self, app, repairs, client, clock, language
    ):
        cases.enter(app, repairs, clock.now(), number="2026-0777", plate="7-LAN-777", language=language)
        link = cases.link(app, "2026-0777")
        assert client.open(link).soup.html["lang"] == language
        assert client.open(f"{link}?lang=en").soup.html["lang"] == "en"

    def test_the_walk_goes_on_in_the_language_that_was_chosen_and_the_mail_speaks_it(
        self, client, link, deliver
    ):
        page = client.open(f"{link}?lang=fr")
        times = client.open(page.soup.select_one("form#step")["action"], method="POST")
        assert times.soup.html["lang"] == "fr"
        check = answer(times, timeslot=TIME)
        sent = check.submit()
        assert check.soup.html["lang"] == sent.soup.html["lang"] == "fr"
        [mail] = deliver()
        assert client.open(mail.link).soup.html["lang"] == "fr"

    def test_what_was_typed_on_the_way_to_cancelling_is_no_press(self, app, client, about):
        before = rows(app)
        page = client.open(
            personal(about, "/cancel"), method="POST", data={"sure": "y", "reason": "x", "language": "fr"}
        )
        assert page.soup.html["lang"] == "fr" and rows(app) == before

    def test_choosing_a_language_on_the_way_to_moving_moves_nothing(self, app, client, about):
        compare = answer(client.open(personal(about, "/change")), timeslot="2026-12-01T08:00")
        before = rows(app)
        page = client.open(compare.url, method="POST", data={"language": "de"})
        assert page.soup.html["lang"] == "de" and rows(app) == before
        assert "timeslot=2026-12-01T08%3A00" in page.url or "timeslot=2026-12-01T08:00" in page.url


class TestAgainAndAgain:
    """A22 for moving and cancelling."""

    def test_a22_moving_twice_is_one_move_and_one_mail(self, app, client, another, about, deliver):
        mine = answer(client.open(personal(about, "/change")), timeslot="2026-12-01T08:00")
        theirs = another.open(mine.url)
        assert mine.submit().text == mine.submit().text == theirs.submit().text
        assert len(deliver()) == 1 and len(deliver(to_garage=True)) == 0

    def test_a22_cancelling_twice_is_one_mail_and_the_first_reason(
        self, app, client, another, about, deliver
    ):
        mine, theirs = client.open(personal(about, "/cancel")), another.open(personal(about, "/cancel"))
        first = mine.submit(sure=True, reason="Sick")
        assert first.text == mine.submit(sure=True).text == theirs.submit(sure=True, reason="Other").text
        assert first.hops == [303] and len(deliver()) == 1
        [booking] = booked_rows(app)
        assert booking.cancel_reason == "Sick"

    def test_a22_a_move_that_is_replayed_after_moving_on_moves_back_and_is_told(self, client, about, deliver):
        first = answer(client.open(personal(about, "/change")), timeslot="2026-12-01T08:00")
        first.submit()
        answer(client.open(personal(about, "/change")), timeslot="2026-12-02T08:00").submit()
        assert "Tuesday 1 December 2026" in first.submit().text
        [mail] = deliver()
        assert "Tuesday 1 December 2026" in mail.subject

    def test_a22_what_is_replayed_after_cancelling_revives_nothing(self, app, client, link, about):
        move = answer(client.open(personal(about, "/change")), timeslot="2026-12-01T08:00")
        client.open(personal(about, "/cancel")).submit(sure=True)
        before = rows(app)
        assert move.submit().heading == "Your appointment is cancelled"
        assert rows(app) == before

    @pytest.mark.parametrize("hours", [1, 24 * 6 + 1])
    def test_a22_back_after_cancelling_shows_that_it_is_cancelled(self, client, about, clock, hours):
        page = client.open(personal(about, "/cancel"))
        gone = page.submit(sure=True)
        clock.forward(hours=hours)
        assert client.open(page.url).text == gone.text == page.submit(sure=True).text

    @pytest.mark.parametrize("press", ["/change", "/cancel"])
    def test_a_press_after_the_cut_off_changes_nothing_and_says_whom_to_call(
        self, app, client, about, clock, press
    ):
        page = client.open(personal(about, press))
        page = answer(page, timeslot="2026-12-01T08:00") if press == "/change" else page
        before = rows(app)
        clock.at("2026-11-28 08:01")
        late = page.submit(**({} if press == "/change" else {"sure": True}))
        assert late.heading == "Your appointment" and "Please call us" in late.text
        assert rows(app) == before
