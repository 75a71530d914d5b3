"""Every day that is shown as free has a time that the very next request can book; every greyed one has none."""

import re
from datetime import date, timedelta
from random import Random

import pytest

from portal.core import codes
from portal.db import transaction
from portal.domain.booking import pressure
from portal.domain.booking import service as booking
from portal.domain.booking.errors import NoPlace
from portal.domain.drafts.models import Draft
from tests.journeys.walk import draft_of, walk
from tests.journeys.workshop import change
from tests.support.bookings import request

CONFIGURATIONS = range(8)
TODAY = date(2026, 11, 23)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def configuration(random):
    """Hours, breaks, places, holidays, closures and limits such as a garage might set, and some it should not."""
    open_days = random.sample(WEEKDAYS, random.randint(1, 6))
    spans = random.sample(
        [["08:00-12:00"], ["09:00-10:30", "13:00-15:15"], ["10:00-11:00"], ["00:00-24:00"]], 1
    )[0]
    days = [TODAY + timedelta(days=offset) for offset in range(10)]
    closed = random.choice(days)
    return {
        "day_limit": random.choice([None, None, 1, 3]),
        "public_holidays": random.random() < 0.5,
        "closures": random.choice([[], [{"first": closed, "last": closed + timedelta(days=1)}]]),
        "assessment": {
            "hours": [{"days": ",".join(open_days), "open": spans}],
            "exceptions": [
                {"day": day, "open": random.choice([[], ["14:00-15:00"]])} for day in random.sample(days, 2)
            ],
            "slot_minutes": random.choice([20, 30, 45, 60]),
            "places": random.choice([1, 1, 2]),
            "notice_minutes": random.choice([0, 120, 1440]),
            "horizon_days": random.choice([5, 9]),
        },
    }


def load(random, app, garage, now):
    """Other people's holds and bookings, on some of the times."""
    for _ in range(random.choice([0, 10, 60])):
        day = TODAY + timedelta(days=random.randrange(10))
        minute = random.choice([540, 600, 630, 840, random.randrange(0, 1440, 15)])
        with app.app_context():
            try:
                uid = request(garage, now, day=day, minute=minute)
            except NoPlace:
                continue
            if random.random() < 0.5:
                booking.confirm(uid, 1, now)


def shown(page):
    """The days of the strip: how many times each has, by its date."""
    free, greyed = {}, []
    first = TODAY
    for entry in page.soup.select(".strip li"):
        number = int(entry.strong.get_text())
        while first.day != number:
            first += timedelta(days=1)
        link = entry.find("a")
        if link:
            assert str(link["href"]).startswith(f"?day={first}")
            note = str(entry.small.get_text())
            free[first] = int(re.match(r"\d+", note)[0])
        else:
            greyed.append(first)
    return free, greyed


def copies(app, page):
    """Makes more drafts with the answers of the draft of `page`; the address of each."""
    uid = draft_of(page).rpartition("/")[2]

    def copy():
        with app.app_context(), transaction() as session:
            known = session.query(Draft).filter_by(uid=uid).one()
            names = ("garage_id", "entry_location_id", "language", "answers", "expires_at")
            fresh = Draft(uid=codes.uid(), **{name: getattr(known, name) for name in names})
            session.add(fresh)
            return draft_of(page).replace(uid, fresh.uid)

    return copy


@pytest.fixture
def patience(monkeypatch):
    """However many times are asked for and not confirmed, no effort is due."""
    monkeypatch.setattr(pressure, "FEW", 10_000)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("seed", CONFIGURATIONS)
def test_a06_what_is_shown_is_what_can_be_booked(garage, app, clock, client, seed):
    random = Random(seed)
    timeslot = walk(client, "timeslot")
    load(random, app, change(app, "peeters", place=configuration(random)), clock.now())
    clock.forward(minutes=random.choice([0, 5, 40]))
    copy, page = copies(app, timeslot), client.open(timeslot.url)
    free, greyed = shown(page)
    assert bool(free) == bool(page.soup.select(".strip"))
    for day in greyed:
        times = client.open(f"{timeslot.url}?day={day}")
        assert not times.soup.select(f'input[value^="{day}"]'), day
    for day, count in free.items():
        times = client.open(f"{copy()}/timeslot?day={day}")
        offered = times.options("timeslot")
        assert len(offered) == count and all(value.startswith(str(day)) for value in offered)
        check = times.submit(timeslot=random.choice(offered))
        assert check.path.endswith("/check"), (day, check.status)
        assert check.submit().heading == "Not booked yet", day


@pytest.mark.parametrize("seed", CONFIGURATIONS)
def test_a06_the_list_shows_the_same_days_as_the_strip(garage, app, clock, client, seed):
    random = Random(seed)
    timeslot = walk(client, "timeslot")
    load(random, app, change(app, "peeters", place=configuration(random)), clock.now())
    strip, listed = client.open(timeslot.url), client.open(f"{timeslot.url}?view=list")
    words = [
        item.select_one("strong, legend strong").get_text() for item in listed.soup.select(".day-list > li")
    ]
    free, greyed = shown(strip)
    assert len(words) == len(free) + len(greyed)
    links = [str(link["href"]) for link in listed.soup.select(".day-list > li > a")]
    opened = (
        {value[:10] for value in listed.options("timeslot")}
        if listed.soup.select(".day-list input")
        else set()
    )
    assert {re.search(r"day=([\d-]+)", link)[1] for link in links} | opened == {str(day) for day in free}
