"""A life of random deeds at Carrosserie Claes: customers book, move and cancel, the garage changes hours and capacity.

Each life keeps a journal, and each deed happens at a moment of its own, by which the history of a case names it. What
became of many lives at once is looked through by `faults`, what should be left of them is told by `left`.
"""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.domain.booking import changes, requests, service
from portal.domain.booking.models import Booking, State
from portal.domain.cases import queries as case_queries
from portal.domain.cases.models import CaseEvent
from portal.domain.drafts import queries as draft_queries
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import Offering, assessments, repairs
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.views import LocationView
from portal.wiring import wired
from tests.support import bookings
from tests.support import garages as garage_folder

SLUG = "repairs"
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)  # one only: the more meet there, the better
MINUTES = range(9 * 60, 10 * 60 + 30, 30)
SPANS = ("09:00-10:30", "09:00-10:00", "09:30-10:30")
BOTH_FLOWS = ("classic", "spot")
MOST = 4  # open bookings of one life; then it gives one back

Place = list[Any]  # day and start minute, as JSON has them


@dataclass(frozen=True)
class Rules:
    """What the garage allows: open hours, places a timeslot by kind of work, and the limits of a day."""

    span: str
    places: dict[str, int]
    classic_limit: int
    day_limit: int

    def allow(self, taken: Counter[tuple[str, str, int]], day: str, minute: int, work: str) -> bool:
        """Whether `taken` (by day, kind of work and start) may have come to be by giving this place away."""
        opens, closes = (int(hour[:2]) * 60 + int(hour[3:]) for hour in self.span.split("-"))
        of_day = {key: count for key, count in taken.items() if key[0] == day}
        of_classic = sum(count for key, count in of_day.items() if key[1] == "classic")
        return (
            opens <= minute < closes
            and taken[day, work, minute] <= self.places[work]
            and (work != "classic" or of_classic <= self.classic_limit)
            and sum(of_day.values()) <= self.day_limit
        )


@dataclass(frozen=True)
class Deed:
    """One line of a journal: what, when by its own clock and by the machine's, how it ended, and with which values."""

    what: str
    at: str
    began: float
    ended: float
    end: str
    told: dict[str, Any]


FIRST_RULES = Rules("09:00-10:30", {"assessment": 2, "classic": 2, "spot": 2}, 3, 6)


def apply(rules: Rules) -> None:
    """The garage works by `rules` from now on."""
    from portal.domain.garage import file, service

    document = file.read(garage_folder.FOLDER / f"{SLUG}.toml").model_dump(mode="json")
    work = {
        name: {"hours": [{"days": "mon-sun", "open": [rules.span]}], "notice_minutes": 0, "places": places}
        for name, places in rules.places.items()
    }
    document["limits"] = {}
    document["appointments"] = {"change_until_hours": 0}
    document["locations"][0] |= {
        "public_holidays": False,
        "day_limit": rules.day_limit,
        "assessment": work["assessment"],
        "repair": [
            {"damage_flow": "classic", **work["classic"], "day_limit": rules.classic_limit},
            {"damage_flow": "spot", **work["spot"]},
        ],
    }
    service.apply(
        GarageFile.model_validate(document),
        folder=garage_folder.FOLDER,
        storage=wired().storage,
        now=clock.now(),
    )


def live(seed: int, deeds: int, cases: list[int]) -> str:
    """A life of so many deeds, with `cases` of its own; its journal as JSON."""
    return json.dumps([asdict(deed) for deed in _Life(seed, cases).live(deeds)])


class _Life:
    def __init__(self, seed: int, cases: list[int]) -> None:
        self._random = Random(seed)
        self._seed = seed
        self._idle = cases
        self._booked: dict[str, int | None] = {}  # uid to the case that is free again afterwards

    def live(self, deeds: int) -> list[Deed]:
        return [self._deed(number) for number in range(deeds)]

    def _deed(self, number: int) -> Deed:
        now = START + timedelta(minutes=number, microseconds=self._seed)
        what = self._random.choices(["book", "move", "cancel", "change the rules"], [55, 25, 17, 3])[0]
        if what in {"move", "cancel"} and not self._booked:
            what = "book"
        if what == "book" and len(self._booked) >= MOST:
            what = "cancel"
        told: dict[str, Any] = {}
        began = time.monotonic()
        try:
            {"book": self._book, "move": self._move, "cancel": self._cancel, "change the rules": self._rule}[
                what
            ](now, told)
            end = "done"
        except Exception as error:
            end = type(error).__name__
            db.session.rollback()
        return Deed(what, now.isoformat(), began, time.monotonic(), end, told)

    def _place(self) -> Place:
        return [DAY.isoformat(), self._random.choice(MINUTES)]

    def _book(self, now: datetime, told: dict[str, Any]) -> None:
        garage = garages.find(SLUG)
        case_id = self._random.choice([None, *self._idle])
        told["place"] = day, minute = self._place()
        if case_id is None:
            told["work"] = "assessment"
            uid = bookings.request(garage, now, day=date.fromisoformat(day), minute=minute)
        else:
            case = case_queries.by_id(case_id).case
            offering = self._offering(garage.locations[0], case.damage_flow)
            told["work"] = offering.damage_flow or "assessment"
            draft = drafts.begin_for_case(
                flow=offering.flow, garage_id=garage.id, case_id=case_id, language="en", now=now
            )
            uid = requests.request_for_case(
                draft_id=draft_queries.find(garage.id, draft, now).id,
                case_id=case_id,
                offering=offering,
                day=date.fromisoformat(day),
                minute=minute,
                language="en",
                now=now,
            )
        service.confirm(uid, 1, now)
        told["uid"] = uid
        self._booked[uid] = case_id
        if case_id is not None:
            self._idle.remove(case_id)

    def _offering(self, place: LocationView, damage_flow: str | None) -> Offering:
        """What a customer whose case is known comes for."""
        return assessments(place) if self._random.random() < 0.2 else repairs(place, damage_flow)

    def _move(self, now: datetime, told: dict[str, Any]) -> None:
        told["uid"], told["place"] = self._random.choice(list(self._booked)), self._place()
        day, minute = told["place"]
        changes.move(told["uid"], date.fromisoformat(day), minute, now)

    def _cancel(self, now: datetime, told: dict[str, Any]) -> None:
        told["uid"] = self._random.choice(list(self._booked))
        changes.cancel(told["uid"], "", now)
        case_id = self._booked.pop(told["uid"])
        if case_id is not None:
            self._idle.append(case_id)

    def _rule(self, now: datetime, told: dict[str, Any]) -> None:
        rules = Rules(
            self._random.choice(SPANS),
            {work: self._random.randint(1, 2) for work in ("assessment", *BOTH_FLOWS)},
            self._random.choice([2, 3]),
            self._random.choice([4, 6]),
        )
        told["rules"] = asdict(rules)
        apply(rules)


def read(journals: Sequence[str]) -> list[Deed]:
    """The deeds of all lives, each in its order."""
    return [Deed(**deed) for journal in journals for deed in json.loads(journal)]


def left(deeds: Sequence[Deed]) -> dict[str, tuple[str, str, str, int]]:
    """What the model says is left: by booking its state, kind of work, day and start."""
    model: dict[str, tuple[str, str, str, int]] = {}
    for deed in deeds:
        if deed.end != "done" or deed.what == "change the rules":
            continue
        uid = deed.told["uid"]
        if deed.what == "book":
            day, minute = deed.told["place"]
            model[uid] = (State.BOOKED, deed.told["work"], day, minute)
        elif deed.what == "move":
            day, minute = deed.told["place"]
            model[uid] = (State.BOOKED, model[uid][1], day, minute)
        else:
            model[uid] = (State.CANCELLED, *model[uid][1:])
    return model


def found() -> dict[str, tuple[str, str, str, int]]:
    """What the database says is left, as `left` does."""
    db.session.rollback()
    kept = select(Booking).where(Booking.state.in_((State.BOOKED, State.CANCELLED)))
    return {
        each.uid: (each.state, each.damage_flow or "assessment", each.day.isoformat(), each.start_minute)
        for each in db.session.scalars(kept)
    }


def faults(deeds: Sequence[Deed]) -> list[str]:
    """Every moment at which more was given away than any rules allowed that may have been in force.

    Places are given away under the lock of their day, so the lines of the cases' histories are numbered in the order in
    which that happened; a place that was given back is numbered before it could be given away again.
    """
    db.session.rollback()
    by_moment = {deed.at: deed for deed in deeds}
    repairs_of = {
        each.case_id: each.damage_flow for each in db.session.scalars(select(Booking)) if each.damage_flow
    }
    taken: Counter[tuple[str, str, int]] = Counter()
    wrong = []
    events = (
        select(CaseEvent).where(CaseEvent.what.in_(("booked", "moved", "cancelled"))).order_by(CaseEvent.id)
    )
    for event in db.session.scalars(events):
        told = event.detail
        work = repairs_of[event.case_id] if told["flow"] == "repair" else "assessment"
        if event.what != "booked":
            old = told["old"] if event.what == "moved" else told["starts_at"]
            taken[_key(old, work)] -= 1
        if event.what != "cancelled":
            key = _key(told["new"] if event.what == "moved" else told["starts_at"], work)
            taken[key] += 1
            deed = by_moment.pop(event.at.isoformat())
            if not any(rules.allow(taken, key[0], key[2], work) for rules in _in_force(deeds, deed)):
                wrong.append(f"{deed.what} {key}: {dict(taken)}")
    unseen = [deed for deed in by_moment.values() if deed.what == "book" and deed.end == "done"]
    assert not unseen, "every booking is a line of a history"
    return wrong


def _key(moment: str, work: str) -> tuple[str, str, int]:
    local = datetime.fromisoformat(moment) + timedelta(hours=1)  # December in Aalst
    return local.date().isoformat(), work, local.hour * 60 + local.minute


def _in_force(deeds: Sequence[Deed], deed: Deed) -> list[Rules]:
    """The rules that may have been in force at some moment of `deed`."""
    known = [each for each in deeds if each.what == "change the rules" and each.end == "done"]
    rules = [(0.0, 0.0, FIRST_RULES)] + [
        (each.began, each.ended, Rules(**each.told["rules"])) for each in known
    ]
    return [
        each
        for began, ended, each in rules
        if began <= deed.ended
        and min((later.ended for later in known if later.began > ended), default=deed.ended) >= deed.began
    ]
