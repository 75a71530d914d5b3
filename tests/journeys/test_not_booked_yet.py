"""After sending: the page says that nothing is booked, and what can be done until it is."""

import json

import pytest

from portal.adapters.mailer import RefusedForGood, RefusedForNow
from tests.journeys.rows import counts
from tests.journeys.walk import answer, draft_of, requested
from tests.web.world import personal

BOOKED = "Your appointment is booked"


def state(client, sent):
    return json.loads(client.open(f"{draft_of(sent)}/state").data)


def shown(page):
    """Which parts of the page are to be seen, by the states they are for."""
    return {str(part["data-when"]) for part in page.soup.select("[data-when]") if not part.has_attr("hidden")}


def test_the_page_and_its_title_say_that_nothing_is_booked(garage, clock, client, deliver):
    sent = requested(client, email="ann@example.com")
    assert sent.heading == "Not booked yet" and sent.title.startswith("Not booked yet")
    deliver()
    page = client.open(sent.url)
    assert "ann@example.com" in page.text and "09:15" in page.text


def test_the_state_follows_the_mail_and_the_booking(garage, clock, client, deliver):
    sent = requested(client)
    assert state(client, sent) == {"state": "queued", "until": None, "next": None}
    [mail] = deliver()
    assert state(client, sent) == {"state": "sent", "until": "09:15", "next": None}
    client.open(mail.link).submit()
    booked = state(client, sent)
    assert booked["state"] == "booked" and client.open(booked["next"]).heading == BOOKED


def test_another_time_can_be_chosen_while_the_mail_is_on_its_way(garage, clock, client, deliver):
    page = requested(client)
    [first] = deliver()
    times = page.click("Choose another time")
    other = next(each for each in times.options("timeslot") if each != times.value("timeslot"))
    sent = answer(answer(times, timeslot=other))
    assert sent.heading == "Not booked yet"
    [second] = deliver()
    assert client.open(first.link).submit().heading != BOOKED
    assert client.open(second.link).submit().heading == BOOKED


def test_the_state_says_when_it_is_too_late(garage, clock, client, deliver):
    sent = requested(client)
    deliver()
    clock.forward(minutes=15)
    assert state(client, sent) == {"state": "expired", "until": None, "next": None}


def test_the_state_says_when_the_mail_was_refused(garage, clock, client, deliver, mailer):
    sent = requested(client)
    mailer.trouble = RefusedForGood("no such user")
    deliver()
    assert state(client, sent)["state"] == "failed"
    page = client.open(sent.url)
    assert "did not arrive" in page.text and "09:30" in page.text
    mailer.trouble = None
    assert page.submit(email="ann@example.com").heading == "Not booked yet"
    assert client.open(deliver()[0].link).submit().heading == BOOKED


def test_a_mail_that_has_to_wait_keeps_the_place(garage, clock, client, deliver, mailer):
    sent = requested(client)
    mailer.trouble = RefusedForNow("busy")
    deliver()
    assert state(client, sent)["state"] == "queued"
    assert "Your time is kept until 09:30 at the latest." in client.open(sent.url).text


@pytest.mark.parametrize(("minutes", "part"), [(1, "queued sent"), (31, "expired")])
def test_only_what_fits_the_state_is_to_be_seen(garage, clock, client, minutes, part):
    sent = requested(client)
    clock.forward(minutes=minutes)
    page = client.open(sent.url)
    assert part in shown(page) and "booked" not in shown(page)


def test_another_device_confirms_and_the_page_shows_the_way(garage, clock, client, another, deliver):
    sent = requested(client)
    another.open(deliver()[0].link).submit()
    page = client.open(sent.url)
    assert page.title.startswith(BOOKED)
    assert page.click("Show my appointment").heading == BOOKED


def test_a_mended_address_gets_the_mail_and_the_first_link_is_worthless(garage, clock, client, deliver):
    sent = requested(client, email="ann@exmaple.com")
    [old] = deliver()
    page = sent.submit(email="ann@example.com")
    [new] = deliver()
    assert "ann@example.com" in client.open(page.url).text and new.recipient == "ann@example.com"
    worthless = client.open(old.link)
    assert worthless.status == 410 and worthless.heading == "There is a newer mail"
    assert client.open(old.link, method="POST").status == 410
    assert client.open(new.link).submit().heading == BOOKED


def test_a_mended_address_that_is_none_is_refused_and_kept(garage, clock, client, deliver):
    page = requested(client).submit(email="ann at example")
    assert page.status == 422 and page.errors == ["Enter a mail address like name@example.com."]
    assert page.value("email") == "ann at example"
    assert [mail.recipient for mail in deliver()] == ["ann@example.com"]


def test_an_address_that_few_mail_servers_take_is_refused_in_its_own_words(garage, clock, client, deliver):
    page = requested(client).submit(email="josé@example.com")
    assert page.status == 422
    assert page.errors == ["Enter a mail address without accents before the @, like name@example.com."]
    page.submit(email="jose@müller.example.com")
    assert "jose@müller.example.com" in [mail.recipient for mail in deliver()]


def test_sent_again_both_mails_work(garage, clock, client, deliver):
    sent = requested(client)
    [first] = deliver()
    sent.submit("Send the mail again")
    [second] = deliver()
    assert first.link == second.link and first.code == second.code
    assert client.open(first.link).submit().heading == BOOKED


def test_a_mail_can_be_asked_for_only_so_often(garage, clock, client, deliver):
    sent = requested(client)
    for _ in range(4):
        assert sent.submit("Send the mail again").status == 200
        deliver()
    page = sent.submit("Send the mail again")
    assert page.status == 429 and page.errors and "22 00 00" in page.text
    assert deliver() == []


def test_the_code_does_what_the_link_does(garage, app, clock, client, deliver):
    sent = requested(client)
    [mail] = deliver()
    page = sent.submit(code=f" {mail.code} ")
    assert page.heading == BOOKED and page.status == 200
    assert client.open(mail.link).text == page.text
    assert counts(app)["case"] == 1


def test_the_code_typed_twice_is_one_booking(garage, app, clock, client, deliver):
    sent = requested(client)
    [mail] = deliver()
    assert [sent.submit(code=mail.code).heading for _ in range(7)] == [BOOKED] * 7
    assert counts(app)["case"] == 1


def test_a_wrong_code_is_told_and_the_right_one_still_works(garage, clock, client, deliver):
    sent = requested(client)
    [mail] = deliver()
    wrong = sent.submit(code=f"{(int(mail.code.replace(' ', '')) + 1) % 1000000:06d}")
    assert wrong.status == 422 and len(wrong.errors) == 1
    assert wrong.submit(code=mail.code).heading == BOOKED


@pytest.mark.parametrize("code", ["", "   ", "abcdef", "12345", "١٢٣٤٥٦"])
def test_what_is_no_code_is_told(garage, clock, client, deliver, code):
    sent = requested(client)
    deliver()
    page = sent.submit(code=code)
    assert page.status == 422 and page.errors


def test_codes_cannot_be_guessed(garage, app, clock, client, deliver):
    sent = requested(client)
    [mail] = deliver()
    right = int(mail.code.replace(" ", ""))
    for step in range(1, 6):
        last = sent.submit(code=f"{(right + step) % 1000000:06d}")
    assert "no tries left" in " ".join(last.errors)
    assert sent.submit(code=mail.code).status == 422
    assert counts(app)["case"] == 0
    assert client.open(mail.link).submit().heading == BOOKED


def test_a_late_code_says_what_happened(garage, clock, client, deliver):
    sent = requested(client)
    [mail] = deliver()
    clock.forward(minutes=16)
    page = sent.submit(code=mail.code)
    assert "no longer works" in page.text and page.heading == "Not booked yet"


def test_the_code_of_a_mended_address_is_the_new_ones(garage, clock, client, deliver):
    sent = requested(client, email="ann@exmaple.com")
    [old] = deliver()
    sent.submit(email="ann@example.com")
    [new] = deliver()
    assert sent.submit(code=old.code).status == 422
    assert sent.submit(code=new.code).heading == BOOKED


@pytest.mark.parametrize("more", ["", "/appointment.ics"])
def test_whoever_got_the_first_mail_by_mistake_never_sees_the_booking(
    garage, clock, client, another, deliver, more
):
    sent = requested(client, email="ann@exmaple.com")
    [old] = deliver()
    sent.submit(email="ann@example.com")
    client.open(deliver()[0].link).submit()
    for method in ("GET", "POST"):
        stranger = another.open(f"{old.link}{more}", method=method)
        assert stranger.status >= 400 and "ann@example.com" not in stranger.text
        assert b"1-ABC-234" not in stranger.data


def test_what_was_booked_and_cancelled_is_not_said_to_be_booked(garage, clock, client, deliver):
    sent = requested(client, timeslot="2026-12-01T10:00")
    client.open(deliver()[0].link).submit()
    client.open(personal(deliver()[0], "/cancel")).submit(sure=True)
    page = client.open(sent.path)
    assert page.heading == "Your appointment is cancelled" and "is booked" not in page.text
