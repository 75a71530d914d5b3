"""Days that differ from the week: closures, exceptions, public holidays, and the limit of a day."""

from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.validators import Optional

from portal.core import scheduling
from portal.domain.garage.hours import DayException, WorkHours
from portal.domain.garage.views import LocationView
from portal.web.fields import Form, choices
from portal.web.staff.countries import regions
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
    start3 = TimeOfDay(_("And from"), [Optional()])
    end3 = TimeOfDay(_("Ends at"), [Optional()])
    slot_minutes = Whole(_("Minutes each"), [Optional(), between(5, 720)])
    places = Whole(_("Places"), [Optional(), between(1, 1000)])

    def __init__(self, *args: Any, works: list[Work], **more: Any) -> None:
        super().__init__(*args, prefix="exception-", **more)
        self.work.choices = choices({work.key: work.name for work in works})

    def fill(self, there: DayException) -> None:
        """Show what holds on the day, if there is room for all of it."""
        pairs = self._pairs()
        if len(there.open) > len(pairs):
            return
        for (first, last), (start, end) in zip(pairs, there.open, strict=False):
            first.data, last.data = start, end
        self.slot_minutes.data, self.places.data = there.slot_minutes, there.places

    def check(self, hours: WorkHours) -> bool:
        """Whether it can be saved; `hours` has what it leaves open."""
        if not self.validate():
            return False
        if self.closed.data:
            return True
        missing = list(self._missing())
        for field, sentence in missing:
            field.errors = [sentence]
        return not missing and self._is_sound(hours)

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

    def _pairs(self) -> tuple[tuple[TimeOfDay, TimeOfDay], ...]:
        """Room for so many spans."""
        return (self.start, self.end), (self.start2, self.end2), (self.start3, self.end3)

    def _written(self) -> list[tuple[TimeOfDay, TimeOfDay]]:
        return [(start, end) for start, end in self._pairs() if (start.data, end.data) != (None, None)]

    def _spans(self) -> list[tuple[int, int]]:
        pairs = ((start.data, end.data) for start, end in self._written())
        return [(start, end) for start, end in pairs if start is not None and end is not None]

    def _missing(self) -> Iterator[tuple[TimeOfDay, Any]]:
        """What is left out of a span that is begun; there is at least one."""
        for start, end in self._written() or self._pairs()[:1]:
            if start.data is None:
                yield (
                    start,
                    _("From when?") if self._written() else _("From when? Or tick that it is closed."),
                )
            if end.data is None:
                yield end, _("Until when?")

    def _is_sound(self, hours: WorkHours) -> bool:
        slot, places = self.slot_minutes.data or hours.slot_minutes, self.places.data or hours.places
        windows = tuple(scheduling.Window(None, start, end, slot, places) for start, end in self._spans())
        assert self.day.data is not None, "validated"
        broken = scheduling.exception_problems(scheduling.DayException(self.day.data, windows))
        for index, problem in broken:
            name, sentence = PROBLEMS[problem]
            start, end = self._written()[index]
            field = {"start": start, "end": end}.get(name) or self[name]
            field.errors = [sentence]
        return not broken


class WholeDayForm(Form):
    """What holds for every day and all work of a location."""

    public_holidays = BooleanField(_("Closed on public holidays"))
    region = SelectField(_("Region, for its own holidays"))
    day_limit = Whole(_("Most appointments a day, all work together"), [Optional(), between(1, 100_000)])

    def __init__(self, *args: Any, place: LocationView, **more: Any) -> None:
        super().__init__(*args, **more)
        self.region.choices = choices({"": _("The whole country"), **regions(place.profile.country)})

    @property
    def value(self) -> dict[str, Any]:
        """The section as it is stored."""
        return {
            "public_holidays": self.public_holidays.data,
            "region": self.region.data or None,
            "day_limit": self.day_limit.data,
        }
