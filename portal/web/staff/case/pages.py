"""The page of a case: everything about it at a glance, and each next step one press away."""

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import g
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates, zones
from portal.core.normalise import phones
from portal.core.stages import Name, Timeline
from portal.domain.booking import queries as bookings
from portal.domain.booking.models import Booking, State
from portal.domain.cases import details, notes, timeline
from portal.domain.cases import queries as cases
from portal.domain.casework import letters, merging
from portal.domain.photos import queries as photos
from portal.web.staff import page
from portal.web.staff.case import forms, history, undo, words
from portal.web.staff.case.forms import NoteForm, PhotosForm
from portal.web.words import gettext as _

RECENT = 8  # lines of the history before the rest is folded away


class Step(NamedTuple):
    """A stage of the repair as the desk sees it: `press` is what the button says, empty if there is none."""

    field: str
    title: str
    when: str
    done: bool
    now: bool
    press: str
    expected: str


def show(
    *,
    status: int = 200,
    refused: str = "",
    note_form: NoteForm | None = None,
    photos_form: PhotosForm | None = None,
    photo_errors: list[str] | None = None,
    activity: str = "",
    activity_error: str = "",
) -> Response:
    """The page; with `refused`, a sentence about what was just not done."""
    known, now = g.case, clock.now()
    booked = bookings.of_case(known.case.id)
    values = known.values
    events = history.told(cases.history(known.case.id), known.place)
    return page.render(
        "case/page.html",
        status=status,
        failed=status >= 400,
        refused=refused,
        undo=undo.offered(),
        case=known.case,
        customer=known.customer,
        vehicle=known.vehicle,
        place=known.place,
        name=f"{known.customer.first_name} {known.customer.last_name}".strip(),
        car=f"{known.vehicle.make} {known.vehicle.model}".strip(),
        phone=phones.spoken(known.customer.phone) if known.customer.phone else "",
        language_name=dates.NATIVE_NAMES.get(known.case.language, known.case.language),
        consents=cases.consents(known.customer.id),
        flows=forms.flows(),
        flow_expected=details.fingerprint(values, ["damage_flow"]),
        steps=steps(booked, now),
        activities=values["activities"],
        activities_expected=details.fingerprint(values, ["activities"]),
        activity=activity,
        activity_error=activity_error,
        coming=[_booking(each) for each in _by_time(booked) if _is_coming(each, now)],
        past=[_booking(each) for each in reversed(_by_time(booked)) if not _is_coming(each, now)],
        photos=[_photo(each) for each in photos.of_case(known.case.id)],
        photos_form=photos_form or PhotosForm(formdata=None),
        photo_errors=photo_errors or [],
        hit=zones.listed(known.case.damage_zones),
        zone_names=words.ZONES,
        notes=notes.of_case(known.case.id),
        note_form=note_form or NoteForm(formdata=None),
        letters=[_letter(each) for each in letters.of_case(known.case)],
        recent=events[:RECENT],
        earlier=events[RECENT:],
        twins=merging.candidates(g.desk.reach, known.case.number),
        may_book_repair=_may_book_repair(booked, now),
        zone=known.place.zone,
    )


def steps(booked: list[Booking], now: datetime) -> list[Step]:
    """The stages, with one press for each that is the desk's to say."""
    case, place = g.case.case, g.case.place
    progress = timeline.progress(case.garage_id, case.uid)
    repair = next(
        (each for each in reversed(booked) if each.flow == "repair" and each.state == State.BOOKED), None
    )
    line = timeline.of(
        progress,
        place,
        g.case.place.today(now),
        appointment_on=repair.day if repair else None,
        appointment_minute=repair.start_minute if repair else None,
    )
    by_activity = place.garage.work_starts_when == "first_activity"
    waits = any(piece.started_on is None for piece in g.case.values["activities"])
    found = [
        _step(line, Name.APPOINTMENT, _("Appointment for the repair")),
        _step(line, Name.VEHICLE_IN, _("Car brought in"), "vehicle_in", _("Car is here")),
    ]
    if by_activity:
        found.append(_ready(case.ready_on))
        press = _("Work started") if waits else ""
        found.append(_step(line, Name.WORK_STARTED, _("Work started"), "activities", press))
    else:
        found.append(_step(line, Name.WORK_STARTED, _("Work started"), "ready", _("Work started")))
    found.append(_step(line, Name.FINISHED, _("Work finished"), "finished", _("Work finished")))
    found.append(_step(line, Name.COLLECTED, _("Car collected"), "collected", _("Car collected")))
    return found


def _step(line: Timeline, name: Name, title: str, field: str = "", press: str = "") -> Step:
    stage = line[name]
    when = ""
    if stage.on is not None:
        when = dates.long_day(stage.on, g.language)
        if stage.minute is not None:
            when = f"{when}, {dates.clock_time(stage.minute)}"
        if stage.is_expected and name == Name.FINISHED:
            when = _("expected on %(day)s", day=when)
    open_ = bool(press) and not _is_said(field)
    return Step(
        field=field,
        title=title,
        when=when,
        done=stage.done,
        now=name == line.next,
        press=press if open_ else "",
        expected=_expected(field),
    )


def _ready(on: date | None) -> Step:
    when = dates.long_day(on, g.language) if on else ""
    press = "" if on else _("Ready for the work")
    return Step("ready", _("Ready for the work"), when, on is not None, False, press, _expected("ready"))


def _is_said(field: str) -> bool:
    value = g.case.values[field]
    return any(piece.started_on for piece in value) if field == "activities" else value is not None


def _expected(field: str) -> str:
    return details.fingerprint(g.case.values, [field]) if field else ""


def _may_book_repair(booked: list[Booking], now: datetime) -> bool:
    case = g.case.case
    here = any((case.vehicle_in_on, case.finished_on, case.collected_on))
    return not here and not any(each.flow == "repair" and _is_coming(each, now) for each in booked)


def _is_coming(booking: Booking, now: datetime) -> bool:
    return booking.state == State.BOOKED and booking.ends_at > now


def _by_time(booked: list[Booking]) -> list[Booking]:
    return sorted(booked, key=lambda each: each.starts_at)


def _booking(booking: Booking) -> dict[str, Any]:
    return {
        "uid": booking.uid,
        "flow": words.FLOWS[booking.flow],
        "work": history.damage_flow(booking.damage_flow) if booking.flow == "repair" else "",
        "when": f"{dates.long_day(booking.day, g.language)}, {dates.clock_time(booking.start_minute)}",
        "cancelled": booking.state == State.CANCELLED,
        "begun": booking.starts_at <= clock.now(),
        "place": _place(booking.location_id),
    }


def _place(location_id: int) -> str:
    place = g.desk.reach.by_id(location_id)
    return place.name if place else ""


def _photo(photo: Any) -> dict[str, Any]:
    return {"uid": photo.uid, "label": words.PHOTOS.get(photo.label, photo.label), "photo": photo}


def _letter(message: Any) -> dict[str, Any]:
    state, kind = words.LETTER_STATES[message.state]
    return {
        "title": words.LETTERS.get(message.purpose, message.purpose),
        "to": message.recipient,
        "at": message.sent_at or message.queued_at,
        "state": state,
        "kind": kind,
    }
