"""Whatever is typed comes back as it was, or its field says what is wrong with it. Nothing of it ever runs.

Every page on the way is looked through for scripts and handlers that should not be there, see `markup`. Short
words of plain signs are the same to every database: PostgreSQL gets them only where they go through to its rows, or with
`PORTAL_TEST_FULL=1`.
"""

import os
import unicodedata
from datetime import date

import pytest

from portal.db import db
from portal.domain.booking import queries, service
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.garage import queries as garages
from portal.letters import links
from tests.journeys.rows import rows
from tests.journeys.walk import CAR, YOU, draft_of, requested, step_of, walk
from tests.support import bookings
from tests.web.naughty import NAUGHTY, arriving, in_an_address, telling
from tests.web.world import links_of

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
DAY = date(2026, 12, 1)
USUAL = {"you": YOU, "car": CAR}
WORDS = {
    "you": ("first_name", "last_name", "email", "phone", "street", "postcode", "city"),
    "car": ("plate", "make", "model", "vin", "mileage", "damage"),
}
FREE = (
    "first_name",
    "last_name",
    "street",
    "city",
    "make",
    "model",
    "damage",
)  # these take nearly everything
TYPED = {name: arriving(text) for name, text in NAUGHTY.items()}


@pytest.fixture
def naughty(database):
    """What is typed, by name, as it was meant."""
    return {
        name: text for name, text in NAUGHTY.items() if FULL or database.kind == "sqlite" or telling(text)
    }


@pytest.fixture
def typed_ones(naughty):
    """What is typed, by name, as it arrives."""
    return {name: TYPED[name] for name in naughty}


def same(text):
    """`text` as it may be compared: NFC, without outer and double spaces, in capitals as plates are."""
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", text).split()).upper())


def wrong_fields(page):
    """The names of the fields that say what is wrong with them; the summary names the same ones."""
    named = {str(link["href"])[1:] for link in page.soup.select("[data-error-summary] a")}
    assert named == {str(control["name"]) for control in page.soup.select("[aria-invalid=true]")}
    return named


def sent(step_page, typed):
    """The page after every field of words got `typed`, and the fields that refused it."""
    step = step_of(step_page)
    page = step_page.submit(**{**USUAL[step], **dict.fromkeys(WORDS[step], typed)})
    assert page.status in {200, 422}
    return page, wrong_fields(page) if page.status == 422 else set()


@pytest.mark.parametrize("step", WORDS)
def test_a44_a_field_keeps_it_or_says_what_is_wrong(garage, clock, client, step, typed_ones):
    page = walk(client, step)
    lost = {}
    for name, typed in typed_ones.items():
        shown, wrong = sent(page, typed)
        kept = shown if wrong else client.open(f"{draft_of(shown)}/{step}")
        lost |= {
            (name, field): kept.value(field)
            for field in WORDS[step]
            if field not in wrong and same(kept.value(field)) != same(typed)
        }
    assert not lost


@pytest.mark.parametrize("step", WORDS)
def test_a44_what_is_refused_is_still_there_to_be_mended(garage, clock, client, step, typed_ones):
    page = walk(client, step)
    lost = {}
    for name, typed in typed_ones.items():
        shown, wrong = sent(page, typed)
        keepable = same(
            "".join(sign for sign in typed if unicodedata.category(sign) != "Cc" or sign in "\r\n\t")
        )
        lost |= {(name, field): shown.value(field) for field in wrong if same(shown.value(field)) != keepable}
    assert not lost


@pytest.mark.parametrize("turn", [0, 3])
def test_a44_it_goes_through_to_the_case_and_the_mails_as_it_is(garage, app, clock, client, deliver, turn):
    short = [typed for typed in TYPED.values() if 0 < len(typed) <= 60 and typed.strip()]
    taken = [
        typed for typed in short if not any(unicodedata.category(sign) == "Cc" for sign in typed.strip())
    ]
    assert len(taken) > 25
    for at in range(0, len(taken), len(FREE)):
        told = {field: taken[(at + turn + number) % len(taken)] for number, field in enumerate(FREE)}
        requested(client, email=f"ann{at}@example.com", **told)
        [mail] = deliver()
        booked = client.open(mail.link).submit()
        assert booked.heading == "Your appointment is booked"
        [about] = deliver()
        assert not {"\r", "\n"} & set(mail.subject + about.subject)
        with app.app_context():
            newest = [
                db.session.query(kind).order_by(kind.id.desc()).first() for kind in (Customer, Vehicle, Case)
            ]
            kept = {
                field: next(getattr(row, field) for row in newest if hasattr(row, field)) for field in FREE
            }
        assert {field: same(text) for field, text in kept.items()} == {
            field: same(text) for field, text in told.items()
        }


@pytest.mark.parametrize("field", ["code", "email"])
def test_a44_the_waiting_page_takes_it_too(garage, clock, client, field, typed_ones):
    page = requested(client)
    for name, typed in typed_ones.items():
        wrong = page.submit(**{field: typed})
        assert wrong.status == 422 and wrong_fields(wrong) == {field}, name


@pytest.mark.parametrize(
    ("step", "field"), [("location", "location"), ("timeslot", "timeslot"), ("car", "plate_country")]
)
def test_a44_a_field_that_offers_a_choice_takes_nothing_else(group, clock, client, step, field, typed_ones):
    page = walk(client, step, "/maes/assessment/")
    for name, typed in typed_ones.items():
        if typed or field != "plate_country":  # a country that is not said is the garage's
            wrong = client.open(page.path, method="POST", data={**CAR, field: typed})
            assert wrong.status in {409, 422} and step_of(wrong) == step and wrong.errors, name


@pytest.mark.parametrize(
    ("step", "field"), [("you", "draft"), ("photos", "action"), ("car", "language"), ("you", "consent")]
)
def test_a44_a_field_nobody_sees_breaks_nothing(garage, clock, client, step, field, typed_ones):
    page = walk(client, step)
    for name, typed in typed_ones.items():
        assert (
            client.open(page.path, method="POST", data={**USUAL.get(step, {}), field: typed}).status < 500
        ), name


def test_a44_addresses_take_it_too(garage, clock, client, naughty):
    timeslot = walk(client, "timeslot")
    below = ["/{}/", "/peeters/{}/", "/peeters/{}/privacy", "/peeters/assessment/{}/you", "/static/{}"]
    below += ["/peeters/logo/{}", "/peeters/confirm/{}", draft_of(timeslot) + "/photos/{}.jpg"]
    failed = {}
    for name, typed in naughty.items():
        word = in_an_address(typed.replace("/", "")[:300])
        found = [address.format(word) for address in below]
        found += [f"{timeslot.path}?{key}={in_an_address(typed)}" for key in ("day", "view", "lang")]
        failed |= {
            (name, address): status for address in found if (status := client.open(address).status) >= 500
        }
    assert not failed


TIMES = (
    "2026-12-01T99:99",
    "2026-12-01T-1:-1",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "2026-12-01T9" + "9" * 400,
)


def test_a44_the_personal_page_of_a_booking_takes_it_too(portal, app, client, typed_ones):
    """Nothing that stands in its addresses or is sent there breaks it, and nothing of it moves the booking."""
    personal = next(
        link for link in links_of(portal.mails["repair booked since"]) if link.endswith("/change")
    )
    booking = personal.removesuffix("/change")
    before, failed = rows(app), {}
    for typed in (*typed_ones.values(), *TIMES):
        word = in_an_address(typed[:5000])
        asked = [(f"{booking}/move?timeslot={word}", method) for method in ("GET", "POST")]
        asked.append((f"{booking}/change?day={word}&view={word}&lang={word}", "GET"))
        failed |= {
            ask: page.status for ask in asked if (page := client.open(ask[0], method=ask[1])).status >= 500
        }
        page = client.open(personal, method="POST", data={"timeslot": typed})
        assert page.status in {409, 422} and page.heading == "Choose another time", typed
    assert not failed
    assert rows(app) == before


def test_a44_the_reason_to_cancel_is_kept_or_refused_with_its_name(garage, app, clock, client, typed_ones):
    lost = {}
    for number, (name, typed) in enumerate(typed_ones.items()):
        with app.app_context():
            uid = bookings.request(
                garages.find("peeters"), clock.now(), day=DAY, email=f"ann{number}@example.com"
            )
            service.confirm(uid, 1, clock.now())
            link = links.cancel(queries.appointment(uid))
        page = client.open(link).submit(sure=True, reason=typed)
        if page.status == 422:
            assert wrong_fields(page) == {"reason"}, name
            page = page.submit(sure=True, reason="")
        else:
            with app.app_context():
                kept = db.session.query(Booking).order_by(Booking.id.desc()).first().cancel_reason
            lost |= {name: kept} if same(kept) != same(typed) else {}
        assert page.heading == "Your appointment is cancelled", name
    assert not lost


def test_a44_headers_take_it_too(garage, client, typed_ones):
    for name, typed in typed_ones.items():
        value = "".join(sign for sign in typed if sign not in "\r\n\x00")[:4000].encode().decode("latin-1")
        page = client.open("/peeters/assessment/", Accept_Language=value, User_Agent=value, Accept=value)
        assert page.status == 200, name
