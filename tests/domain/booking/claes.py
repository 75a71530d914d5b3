"""Carrosserie Claes in Aalst with exactly as much room as a test wants, its cases, and who asks for their repairs."""

from datetime import date, datetime
from itertools import count
from typing import Any

from portal.domain.booking import offers, requests, service
from portal.domain.cases import queries as case_queries
from portal.domain.cases import service as case_service
from portal.domain.drafts import queries as draft_queries
from portal.domain.drafts import service as drafts
from portal.domain.garage import file as garage_files
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import Offering, assessments, repairs
from portal.domain.garage.views import GarageView, LocationView
from tests.domain.booking.given import DAY, NINE, NOW, set_up
from tests.support import bookings
from tests.support import garages as garage_folder

SLUG = "repairs"
FLOWS = ("classic", "spot")  # classic is the default one

_numbers = count(1)


def opens(
    *,
    classic: dict[str, Any] | None = None,
    spot: dict[str, Any] | None = None,
    place: dict[str, Any] | None = None,
    **garage: Any,
) -> LocationView:
    """Claes, from now on open every day from 09:00 to 12:00 for one car each half hour and kind of work, but for these."""
    usual = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0, "places": 1}
    own = {"classic": classic or {}, "spot": spot or {}}
    document = garage_files.read(garage_folder.FOLDER / f"{SLUG}.toml").model_dump(mode="json")
    document |= {"limits": {}} | garage
    document["locations"][0] |= {
        "public_holidays": False,
        "day_limit": None,
        "assessment": usual,
        "repair": [{"damage_flow": flow} | usual | own[flow] for flow in FLOWS],
    } | (place or {})
    return set_up(document).locations[0]


def garage() -> GarageView:
    """Claes as it is now."""
    return garages.find(SLUG)


def case(**given: str) -> int:
    """The id of a new case of a customer and a car of its own, but for what is `given`."""
    number = next(_numbers)
    usual = {
        "number": f"2026-{number:04d}",
        "location": "aalst",
        "plate": f"1-AAA-{number:03d}",
        "make": "Volvo",
        "model": "V60",
        "first_name": "Ann",
        "last_name": "Peeters",
        "mail": f"ann{number}@example.com",
        "phone": f"0470 00 {number // 100:02d} {number % 100:02d}",
        "language": "en",
    }
    made = case_service.create(garage(), usual | given, NOW)
    return case_queries.by_number(garage().id, made).case.id


def change_case(case_id: int, **given: str) -> None:
    """Staff change the case."""
    case_service.update(garage(), case_queries.by_id(case_id).case.number, given, NOW)


def offering(case_id: int, flow: str = "repair") -> Offering:
    """What an appointment in `flow` for a case is, as it is now."""
    if flow == "assessment":
        return assessing()
    return repairs(garage().locations[0], case_queries.by_id(case_id).case.damage_flow)


def draft(case_id: int, now: datetime = NOW, *, flow: str = "repair") -> int:
    """The id of a new draft for an appointment in `flow` for the case."""
    uid = drafts.begin_for_case(flow=flow, garage_id=garage().id, case_id=case_id, language="en", now=now)
    return draft_queries.find(garage().id, uid, now).id


def ask(
    case_id: int,
    *,
    flow: str = "repair",
    draft_id: int | None = None,
    day: date = DAY,
    minute: int = NINE,
    now: datetime = NOW,
) -> str:
    """Ask for `flow` for the case at local `minute` of `day`, from a new draft unless told; the request's uid."""
    return requests.request_for_case(
        draft_id=draft_id or draft(case_id, now, flow=flow),
        case_id=case_id,
        offering=offering(case_id, flow),
        day=day,
        minute=minute,
        language="en",
        now=now,
    )


def book(case_id: int | None = None, **asked: Any) -> str:
    """Book an appointment for a case, a new one unless told, and its repair unless told; the booking's uid."""
    uid = ask(case() if case_id is None else case_id, **asked)
    service.confirm(uid, 1, asked.get("now", NOW))
    return uid


def assess(*, day: date = DAY, minute: int = NINE, now: datetime = NOW, **told: Any) -> str:
    """Ask for an assessment at Claes; the request's uid."""
    return bookings.request(garage(), now, day=day, minute=minute, **told)


def book_assessment(**asked: Any) -> str:
    """Book an assessment at Claes; the booking's uid."""
    uid = assess(**asked)
    service.confirm(uid, 1, asked.get("now", NOW))
    return uid


def free(offered: Offering, *, day: date = DAY, now: datetime = NOW) -> list[int]:
    """The local minutes at which something is offered on `day`."""
    return [slot.start for slot in offers.offer(offered, now, day).timeslots if slot.refusal is None]


def assessing() -> Offering:
    """Assessments, as they are now."""
    return assessments(garage().locations[0])
