"""What is in the database before a measure begins, put there in bulk."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, cycle, islice, product, zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.databases import Database
from portal import clock
from portal.core import codes
from portal.core.normalise import case_numbers, plates
from portal.domain.booking.models import Booking
from portal.domain.cases import terms
from portal.domain.cases.answers import Answers
from portal.domain.customers.models import name_key
from portal.domain.drafts.models import Draft
from portal.domain.garage.offerings import assessments
from portal.domain.garage.views import GarageView
from portal.domain.mailing.models import Message

ZONE = ZoneInfo("Europe/Brussels")
SLOT_MINUTES, PLACES = 30, 3
STARTS = range(8 * 60, 18 * 60, SLOT_MINUTES)
BUSY, QUIET = STARTS[:6], STARTS[6:]  # other people take places of the first only
DAYS_AHEAD = 40
FIRST_ID = 1_000_000  # above whatever the portal itself numbers meanwhile

Place = tuple[date, int]

YOU = {
    "first_name": "An",
    "last_name": "Peeters",
    "email": "an@example.com",
    "phone": "+32 470 12 34 56",
    "street": "",
    "postcode": "",
    "city": "",
}
NAMES = list(
    product(
        ("An", "Bo", "Céline", "Dirk", "Eva", "Fatima", "Greet", "Hilde", "İpek", "Jan"),
        ("Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Müller", "De Smet"),
    )
)
CAR = {
    "plate": "1-ABC-234",
    "plate_country": "BE",
    "make": "Volvo",
    "model": "V60",
    "vin": "",
    "damage": "A post in a car park: the bumper is torn.",
}
CONSENT = {"consent_version": "1", "consent_language": "en", "consented_at": clock.now().isoformat()}
ANSWERS = Answers(
    **(YOU | CAR | CONSENT | {"phone": "+32470123456", "mileage_km": 45000, "language": "en"})  # type: ignore[arg-type]
)


def open_days(first: date, step: int = 1) -> Iterator[date]:
    """The days the garage works, from `first` on or (`step` -1) back."""
    for number in count():
        day = first + timedelta(days=number * step)
        if day.weekday() < 6:
            yield day


def places(starts: Iterable[int], most: int) -> list[Place]:
    """The first `most` places from tomorrow on, day by day, that start at one of `starts`."""
    starts = list(starts)
    tomorrow = clock.now().date() + timedelta(days=1)
    every = ((day, start) for day in open_days(tomorrow) for start in starts for _ in range(PLACES))
    return list(islice(every, most))


def apart(starts: Iterable[int], most: int) -> list[Place]:
    """The same, day after day of the horizon, so that few requests keep places of any one week."""
    days = list(islice(open_days(clock.now().date() + timedelta(days=1)), DAYS_AHEAD))
    every = ((day, start) for _ in range(PLACES) for start in starts for day in days)
    return list(islice(every, most))


def let_go(database: Database) -> None:
    """Nobody waits for a confirmation any more, as on any quiet minute: too many who do would cost effort."""
    with closing(database.connect()) as connection:
        connection.execute("UPDATE booking SET state = 'released' WHERE state = 'held'")
        connection.commit()


def past(database: Database, garage: GarageView, most: int) -> None:
    """`most` bookings on full days before today, at all locations."""
    yesterday = clock.now().date() - timedelta(days=1)
    every = ((day, start) for day in open_days(yesterday, -1) for start in STARTS for _ in range(PLACES))
    everywhere = ((place, where.id) for place in every for where in garage.locations)
    database.insert(
        "booking",
        (_booking(garage, place) | {"location_id": where} for place, where in islice(everywhere, most)),
    )


def present(database: Database, garage: GarageView, flow: str = "assessment", damage_flow: str = "") -> None:
    """Other people's bookings and holds inside the horizon: six a day and location, one in six a hold."""
    schedule = assessments(garage.locations[0]).schedule(clock.now().year)
    days = [day for day, start in places(BUSY[:1], PLACES * schedule.horizon_days)[::PLACES]]
    last = clock.now().date() + timedelta(days=schedule.horizon_days)
    database.insert(
        "booking",
        (
            _booking(garage, (day, start), state="held" if number == 0 else "booked")
            | {"flow": flow, "damage_flow": damage_flow, "location_id": where.id}
            for day in days
            if day <= last
            for where in garage.locations
            for number, start in enumerate(BUSY)
        ),
    )


def bookings(database: Database, garage: GarageView, taken: list[Place]) -> None:
    """A booking of somebody else at each of `taken`."""
    database.insert("booking", (_booking(garage, place) for place in taken))


def drafts(
    database: Database,
    garage: GarageView,
    chosen: list[Place | None],
    first_id: int = FIRST_ID,
    at: Sequence[str] = (),
) -> list[str]:
    """A draft for each of `chosen`, filled in as far as the time, or with it; their uids.

    Where there are several locations, `at` names one for each.
    """
    rows = [
        _draft(garage, place, number, where)
        for number, (place, where) in enumerate(zip_longest(chosen, at), first_id)
    ]
    database.insert("draft", rows)
    return [str(row["uid"]) for row in rows]


def repair_draft(database: Database, garage: GarageView, case_id: int) -> str:
    """A draft for the repair of a case, no time picked yet; its uid."""
    draft = _draft(garage, None, FIRST_ID) | {"flow": "repair", "case_id": case_id, "answers": "{}"}
    database.insert("draft", [draft])
    return str(draft["uid"])


def cases(database: Database, garage: GarageView, most: int) -> list[str]:
    """`most` cases, the customer, the car and the number of each its own; their uids."""
    now, own = stamp(clock.now()), {"garage_id": garage.id}
    uids = [codes.uid() for _ in range(most)]
    car = {name: value for name, value in CAR.items() if name not in ("damage", "plate")}
    people = [YOU | {"first_name": first, "last_name": last} for first, last in islice(cycle(NAMES), most)]
    database.insert(
        "customer",
        (
            {**own, **person, "id": number, "language": "en", "name_key": name_key(*_named(person))}
            for number, person in enumerate(people, FIRST_ID)
        ),
    )
    database.insert(
        "vehicle",
        (
            {**own, **car, "id": FIRST_ID + turn, "plate": plate(turn), "plate_key": plates.key(plate(turn))}
            for turn in range(most)
        ),
    )
    database.insert(
        "case",
        (
            {
                **own,
                "id": FIRST_ID + turn,
                "uid": uid,
                "location_id": garage.locations[0].id,
                "number": case_number(turn),
                "number_key": case_numbers.key(case_number(turn)),
                "customer_id": FIRST_ID + turn,
                "vehicle_id": FIRST_ID + turn,
                "damage": CAR["damage"],
                "language": "en",
                "created_at": now,
                "changed_at": now,
                "vehicle_in_on": clock.now().date().isoformat(),
            }
            for turn, uid in enumerate(uids)
        ),
    )
    database.insert(
        "case_term",
        (
            {**own, "case_id": FIRST_ID + turn, "term": term}
            for turn, person in enumerate(people)
            for term in _terms(turn, *_named(person))
        ),
    )
    return uids


def _named(person: Mapping[str, str]) -> tuple[str, str]:
    return person["first_name"], person["last_name"]


def _terms(turn: int, first_name: str, last_name: str) -> set[str]:
    return terms.of_values(
        number=case_number(turn),
        plate=plate(turn),
        vin="",
        first_name=first_name,
        last_name=last_name,
        email=YOU["email"],
        phone=ANSWERS.phone,
    )


def plate(turn: int) -> str:
    """The plate of the car of case `turn`."""
    return f"1-B{turn:06}"


def case_number(turn: int) -> str:
    """The number of case `turn`."""
    return f"26-{turn:06}"


def requests(database: Database, garage: GarageView, chosen: list[Place]) -> list[str]:
    """A request with its draft for each of `chosen`, held and not confirmed; their uids."""
    drafts(database, garage, list(chosen))
    answers = json.dumps(asdict(ANSWERS))
    rows = [
        _booking(garage, place, state="held", answers=answers) | {"draft_id": number}
        for number, place in enumerate(chosen, FIRST_ID)
    ]
    database.insert("booking", rows)
    return [str(row["uid"]) for row in rows]


def letters(database: Database, garage: GarageView, about: list[str], purpose: str) -> None:
    """A letter in the outbox about each request."""
    now = clock.now()
    database.insert(
        "message",
        (
            {
                **_defaults(Message),
                "uid": codes.uid(),
                "garage_id": garage.id,
                "purpose": purpose,
                "about": uid,
                "recipient": YOU["email"],
                "language": "en",
                "due_at": stamp(now),
                "queued_at": stamp(now),
                "give_up_at": stamp(now + timedelta(hours=24)),
            }
            for uid in about
        ),
    )


def stamp(moment: datetime) -> str:
    """A moment as both databases read it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _booking(
    garage: GarageView, place: Place, state: str = "booked", answers: str = "{}"
) -> dict[str, object]:
    (day, start), now = place, clock.now()
    starts_at = datetime.combine(day, time(), ZONE) + timedelta(minutes=start)
    return {
        **_defaults(Booking),
        "uid": codes.uid(),
        "garage_id": garage.id,
        "location_id": garage.locations[0].id,
        "flow": "assessment",
        "day": day.isoformat(),
        "start_minute": start,
        "end_minute": start + SLOT_MINUTES,
        "starts_at": stamp(starts_at),
        "ends_at": stamp(starts_at + timedelta(minutes=SLOT_MINUTES)),
        "state": state,
        "requested_at": stamp(now),
        "held_until": stamp(now + timedelta(minutes=30)),
        "booked_at": stamp(now) if state == "booked" else None,
        "draft_id": None,
        "email": YOU["email"],
        "phone": ANSWERS.phone,
        "plate_key": plates.key(CAR["plate"]),
        "language": "en",
        "answers": answers,
    }


def _draft(
    garage: GarageView, place: Place | None, number: int, where: str | None = None
) -> dict[str, object]:
    you = YOU | CONSENT | {"consent": True}
    steps: dict[str, object] = {
        "you": _done(garage, you),
        "car": _done(garage, CAR | {"mileage": "45000"}),
        "photos": _done(garage, {}),
    }
    if where:
        steps["location"] = _done(garage, {"location": where})
    if place:
        day, start = place
        steps["timeslot"] = _done(garage, {"timeslot": f"{day}T{start // 60:02d}:{start % 60:02d}"})
    return {
        **_defaults(Draft),
        "id": number,
        "uid": codes.uid(),
        "garage_id": garage.id,
        "language": "en",
        "answers": json.dumps(steps),
        "expires_at": stamp(clock.now() + timedelta(hours=24)),
    }


def _done(garage: GarageView, typed: Mapping[str, object]) -> dict[str, object]:
    return {"typed": typed, "done": True, "sent": True, "rules": garage.revision}


def _defaults(model: Any) -> dict[str, object]:
    """What the portal itself would fill in."""
    columns = model.__table__.columns
    return {
        column.name: column.default.arg for column in columns if column.default and column.default.is_scalar
    }
