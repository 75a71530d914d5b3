"""Requests for assessments and repairs, without walking through the pages."""

from datetime import date, datetime, timedelta

from portal.core import codes
from portal.db import transaction
from portal.domain.booking import requests
from portal.domain.cases import queries as cases
from portal.domain.cases.answers import Answers
from portal.domain.drafts import queries as draft_queries
from portal.domain.drafts import service as drafts
from portal.domain.drafts.models import Draft
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import assessments, repairs
from portal.domain.garage.views import GarageView


def answers(now: datetime, **given: object) -> Answers:
    """What an ordinary customer answers."""
    usual: dict[str, object] = {
        "first_name": "Jan",
        "last_name": "Jansen",
        "email": "jan@example.com",
        "phone": "+32470123456",
        "street": "",
        "postcode": "",
        "city": "",
        "language": "en",
        "plate": "1-ABC-234",
        "plate_country": "BE",
        "make": "Volkswagen",
        "model": "Golf",
        "vin": "",
        "mileage_km": None,
        "damage": "A post in a car park.",
        "consent_version": "1",
        "consent_language": "en",
        "consented_at": now.isoformat(),
    }
    return Answers(**(usual | given))  # type: ignore[arg-type]


def request(garage: GarageView, now: datetime, *, day: date, minute: int = 9 * 60, **given: object) -> str:
    """Request an assessment on `day` at local `minute`; its uid. A confirmation letter is queued with it."""
    with transaction() as session:
        draft = Draft(
            uid=codes.uid(),
            garage_id=garage.id,
            language="en",
            answers={},
            expires_at=now + timedelta(days=1),
        )
        session.add(draft)
        session.flush()
        draft_id = draft.id
    return requests.request(
        draft_id=draft_id,
        garage_id=garage.id,
        offering=assessments(garage.locations[0]),
        day=day,
        minute=minute,
        answers=answers(now, **given),
        now=now,
    )


def request_repair(
    garage: GarageView, number: str, now: datetime, *, day: date, minute: int = 8 * 60, language: str = "en"
) -> str:
    """Request the repair of the case `number` on `day` at local `minute`; its uid. A letter is queued with it."""
    return request_for_case("repair", garage, number, now, day=day, minute=minute, language=language)


def request_for_case(
    flow: str,
    garage: GarageView,
    number: str,
    now: datetime,
    *,
    day: date,
    minute: int = 9 * 60,
    language: str = "en",
    keep: bool = True,
) -> str:
    """The same in `flow`, an assessment or a repair."""
    case = cases.by_number(garage.id, number).case
    case_id, place = case.id, garages.location(garage, case.location_id)
    offering = assessments(place) if flow == "assessment" else repairs(place, case.damage_flow)
    draft = drafts.begin_for_case(flow=flow, garage_id=garage.id, case_id=case_id, language=language, now=now)
    return requests.request_for_case(
        draft_id=draft_queries.find(garage.id, draft, now).id,
        case_id=case_id,
        offering=offering,
        day=day,
        minute=minute,
        language=language,
        now=now,
        keep=keep,
    )
