"""All answers of a draft together: checked once more before they are sent, and shown to be checked by eye."""

from datetime import date
from typing import Any

from flask import g, url_for

from portal.core import dates
from portal.core.normalise import phones, plates
from portal.domain.cases.answers import Answers
from portal.domain.drafts.queries import DraftView
from portal.domain.garage.views import LocationView
from portal.web.customer.assessment.forms import YES_NO, YouForm, answered, car_form, plate_countries
from portal.web.customer.walk.answers import photos, photos_missing, section
from portal.web.customer.walk.steps import still_holds, typed
from portal.web.words import gettext as _


def holds(draft: DraftView, step: str) -> bool:
    """Whether the answers of a step are right by the rules of now, which may be others than when they were typed."""
    if step == "photos":
        return not photos_missing(draft)
    if step not in ("you", "car") or still_holds(draft, step):
        return True
    form = YouForm.of(typed(draft, "you")) if step == "you" else _car(draft)
    return bool(form.validate())


def _car(draft: DraftView) -> Any:
    form = car_form(g.walk.asker(draft), g.language).of(typed(draft, "car"))
    form.plate_country.choices = plate_countries(g.language)
    return form


def answers(draft: DraftView, place: LocationView) -> Answers:
    """The answers in the spelling the house keeps."""
    you, car = typed(draft, "you"), typed(draft, "car")
    return Answers(
        first_name=you["first_name"],
        last_name=you["last_name"],
        email=you["email"],
        phone=phones.normalise(you["phone"], place.profile.country) or you["phone"],
        street=you["street"],
        postcode=you["postcode"],
        city=you["city"],
        language=draft.language,
        plate=plates.spelling(car["plate"]),
        plate_country=car["plate_country"],
        make=car["make"],
        model=car["model"],
        vin=car["vin"],
        mileage_km=int(car["mileage"]) if car["mileage"] else None,
        damage=car["damage"],
        consent_version=you["consent_version"],
        consent_language=you["consent_language"],
        consented_at=you["consented_at"],
        questions=[
            {"question": question, "answer": answer}
            for question, answer in answered(car, place, g.garage.languages[0])
        ],
    )


def sections(
    draft: DraftView, chosen_place: LocationView | None, day: date, minute: int
) -> list[dict[str, Any]]:
    """Every answer with the way to change it; `chosen_place` if the customer had the choice."""
    you, car = typed(draft, "you"), typed(draft, "car")
    address = ", ".join(filter(None, (you["street"], f"{you['postcode']} {you['city']}".strip())))
    shown = [
        _section(
            "you",
            _("About you"),
            (_("Name"), f"{you['first_name']} {you['last_name']}"),
            (_("Mail address"), you["email"]),
            (_("Phone"), you["phone"]),
            (_("Address"), address),
        ),
        _section(
            "car",
            _("Your car"),
            (_("Licence plate"), f"{car['plate']} ({car['plate_country']})"),
            (_("Car"), f"{car['make']} {car['model']}"),
            (_("Chassis number (VIN)"), car["vin"]),
            (_("Mileage in km"), car["mileage"]),
            (_("What happened?"), car["damage"]),
            *(
                (question, str(YES_NO.get(answer, answer)))
                for question, answer in answered(car, g.walk.asker(draft), g.language)
            ),
        ),
        photos(draft),
        _section(
            "timeslot",
            _("Your appointment"),
            (_("Day"), dates.long_day(day, g.language)),
            (_("Time"), dates.clock_time(minute)),
        ),
    ]
    if chosen_place is not None:
        where = f"{chosen_place.name}, {chosen_place.profile.street}, {chosen_place.profile.city}"
        shown.insert(3, _section("location", _("Location"), (_("Address"), where)))
    return shown


def _section(step: str, title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    return section(title, *rows, change_url=url_for(f"customer.assessment.{step}"))
