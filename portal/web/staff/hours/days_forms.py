"""Days that differ from the week: closures, exceptions, public holidays, and the limit of a day."""

from typing import Any

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.validators import Optional

from portal.core import scheduling
from portal.domain.garage import rest_days
from portal.domain.garage.hours import WorkHours
from portal.domain.garage.views import LocationView
from portal.web.fields import Form, choices
from portal.web.staff.hours.fields import Day, TimeOfDay, Whole, between, needed
from portal.web.staff.hours.room import Work
from portal.web.staff.hours.words import PROBLEMS
from portal.web.words import lazy_gettext as _


class ClosureForm(Form):
    """Days on which nothing is offered."""

    first = Day(_("First day"), [needed(_("From which day?"))])
    last = Day(_("Last day"), [Optional()])

    def validate_last(self, field: Any) -> None:
        """One day alone needs no last one."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day lies before the first."))

    @property
    def value(self) -> dict[str, str]:
        """The closure as it is stored."""
        first = self.first.data
        assert first is not None, "validated"
        return {"first": first.isoformat(), "last": (self.last.data or first).isoformat()}


class ExceptionForm(Form):
    """One day with other hours, or none."""

    work = SelectField(_("For"))
    day = Day(_("Day"), [needed(_("Which day?"))])
    closed = BooleanField(_("Closed that day"))
    start = TimeOfDay(_("From"), [Optional()])
    end = TimeOfDay(_("Ends at"), [Optional()])
    start2 = TimeOfDay(_("And from"), [Optional()])
    end2 = TimeOfDay(_("Ends at"), [Optional()])
    slot_minutes = Whole(_("Minutes each"), [Optional(), between(5, 720)])
    places = Whole(_("Places"), [Optional(), between(1, 1000)])

    def __init__(self, *args: Any, works: list[Work], **more: Any) -> None:
        super().__init__(*args, prefix="exception-", **more)
        self.work.choices = choices({work.key: work.name for work in works})

    def check(self, hours: WorkHours) -> bool:
        """Whether it can be saved; `hours` has what it leaves open."""
        if not self.validate():
            return False
        if self.closed.data:
            return True
        half = [
            (one, sentence)
            for first, one, other, sentence in (
                (True, self.start, self.end, _("From when? Or tick that it is closed.")),
                (True, self.end, self.start, _("Until when?")),
                (False, self.start2, self.end2, _("From when?")),
                (False, self.end2, self.start2, _("Until when?")),
            )
            if one.data is None and (first or other.data is not None)
        ]
        for field, sentence in half:
            field.errors = [sentence]
        return not half and self._is_sound(hours)

    @property
    def value(self) -> dict[str, Any]:
        """The exception as it is stored."""
        spans = [] if self.closed.data else self._spans()
        assert self.day.data is not None, "validated"
        return {
            "day": self.day.data.isoformat(),
            "open": [list(span) for span in spans],
            "slot_minutes": self.slot_minutes.data if spans else None,
            "places": self.places.data if spans else None,
        }

    def _spans(self) -> list[tuple[int, int]]:
        pairs = ((self.start.data, self.end.data), (self.start2.data, self.end2.data))
        return [(first, last) for first, last in pairs if first is not None and last is not None]

    def _is_sound(self, hours: WorkHours) -> bool:
        slot, places = self.slot_minutes.data or hours.slot_minutes, self.places.data or hours.places
        windows = tuple(scheduling.Window(None, start, end, slot, places) for start, end in self._spans())
        assert self.day.data is not None, "validated"
        broken = scheduling.exception_problems(scheduling.DayException(self.day.data, windows))
        for index, problem in broken:
            name, sentence = PROBLEMS[problem]
            second = "2" if index and name in {"start", "end"} else ""
            self[f"{name}{second}"].errors = [sentence]
        return not broken


class WholeDayForm(Form):
    """What holds for every day and all work of a location."""

    public_holidays = BooleanField(_("Closed on public holidays"))
    region = SelectField(_("Region, for its own holidays"))
    day_limit = Whole(_("Most appointments a day, all work together"), [Optional(), between(1, 100_000)])

    def __init__(self, *args: Any, place: LocationView, **more: Any) -> None:
        super().__init__(*args, **more)
        self.region.choices = choices(
            {"": _("The whole country"), **rest_days.regions(place.profile.country)}
        )

    @property
    def value(self) -> dict[str, Any]:
        """The section as it is stored."""
        return {
            "public_holidays": self.public_holidays.data,
            "region": self.region.data or None,
            "day_limit": self.day_limit.data,
        }
