"""A week as rows of a form: days, from, to, how long an appointment takes, how many at a time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from portal.core import scheduling
from portal.core.scheduling import Problem
from portal.domain.garage.hours import WorkHours
from portal.domain.garage.profile import Flow
from portal.domain.garage.spelling import WEEKDAYS
from portal.web.fields import Form, choices
from portal.web.staff.hours.fields import Day, TimeOfDay, Whole, between, needed
from portal.web.staff.hours.words import PROBLEMS
from portal.web.words import lazy_gettext as _

MOST_ROWS = 60
SPARE_ROWS = 2  # empty ones, for who has no scripts
UNITS = {1440: _("days"), 60: _("hours"), 1: _("minutes")}
ROW_NAME = re.compile(r"rows-([0-9]{1,3})-")


class RowForm(Form):
    """Hours of some weekdays, maybe only between two days. One that is empty, or `gone`, is none."""

    mon = BooleanField()
    tue = BooleanField()
    wed = BooleanField()
    thu = BooleanField()
    fri = BooleanField()
    sat = BooleanField()
    sun = BooleanField()
    start = TimeOfDay(_("From"), [needed(_("From when? Write a time like 09:00."))])
    end = TimeOfDay(_("Ends at"), [needed(_("Until when? Write a time like 17:00."))])
    slot_minutes = Whole(
        _("Minutes each"), [needed(_("How many minutes does one appointment take?")), between(5, 720)]
    )
    places = Whole(_("Places"), [needed(_("How many appointments fit at a time?")), between(1, 1000)])
    valid_from = Day(_("First day"), [Optional()])
    valid_until = Day(_("Last day"), [Optional()])
    gone = BooleanField(_("Remove"))

    @property
    def days(self) -> list[int]:
        """The ticked days of the week, Monday being 0."""
        return [number for number, name in enumerate(WEEKDAYS) if self[name].data]

    @property
    def is_used(self) -> bool:
        """Whether the row says anything."""
        return not self.gone.data and bool(self.days or self.start._value() or self.end._value())

    @property
    def windows(self) -> list[scheduling.Window]:
        """The row as the scheduling core reads it, a window a day."""
        days: list[int | None] = [*self.days] or [None]
        return [
            scheduling.Window(
                weekday=day,
                start=self.start.data or 0,
                end=self.end.data or 0,
                slot_minutes=self.slot_minutes.data or 0,
                places=self.places.data or 0,
                valid_from=self.valid_from.data,
                valid_until=self.valid_until.data,
            )
            for day in days
        ]

    def shape(self, hours: WorkHours) -> dict[str, Any]:
        """What rows have in common that are stored as one."""
        slot, places = self.slot_minutes.data, self.places.data
        return {
            "days": self.days,
            "slot_minutes": None if slot == hours.slot_minutes else slot,
            "places": None if places == hours.places else places,
            "valid_from": self.valid_from.data and self.valid_from.data.isoformat(),
            "valid_until": self.valid_until.data and self.valid_until.data.isoformat(),
        }


class LimitsForm(Form):
    """How soon, how far ahead and how often a day."""

    notice = Whole(_("Notice"), [needed(_("How much notice do you need? 0 is none.")), between(0, 86400)])
    notice_unit = SelectField(_("Unit of the notice"), choices=choices(UNITS), coerce=int)
    horizon_days = Whole(
        _("Days ahead"), [needed(_("How many days ahead can customers book?")), between(1, 400)]
    )
    day_limit = Whole(_("Most appointments a day"), [Optional(), between(1, 100_000)])

    @property
    def notice_minutes(self) -> int:
        """The notice in minutes."""
        return int((self.notice.data or 0) * self.notice_unit.data)

    def validate(self, *args: Any, **more: Any) -> bool:
        """Also refuse a notice that is longer than sixty days."""
        sound = super().validate(*args, **more)
        if sound and self.notice_minutes > 60 * 1440:
            self.notice.errors = [_("The notice can be at most 60 days.")]
            return False
        return sound


@dataclass
class WeekForm:
    """The rows of a week and its limits."""

    rows: list[RowForm]
    limits: LimitsForm
    flow: Flow

    @classmethod
    def of(cls, hours: WorkHours, flow: Flow) -> "WeekForm":
        """The form of stored hours."""
        day_limit = getattr(hours, "day_limit", None)
        unit = next(unit for unit in UNITS if hours.notice_minutes % unit == 0)
        limits = LimitsForm(
            formdata=None,
            notice=hours.notice_minutes // unit,
            notice_unit=unit if hours.notice_minutes else 60,
            horizon_days=hours.horizon_days,
            day_limit=day_limit,
        )
        filled = [
            {
                **{name: number in each.days for number, name in enumerate(WEEKDAYS)},
                "start": start,
                "end": end,
                "slot_minutes": each.slot_minutes or hours.slot_minutes,
                "places": each.places or hours.places,
                "valid_from": each.valid_from,
                "valid_until": each.valid_until,
            }
            for each in hours.hours
            for start, end in each.open
        ]
        spare = {"slot_minutes": hours.slot_minutes, "places": hours.places}
        rows = [
            RowForm(formdata=None, prefix=f"rows-{index}-", data=data)
            for index, data in enumerate([*filled, *[spare] * SPARE_ROWS])
        ]
        return cls(rows, limits, flow)

    @classmethod
    def typed(cls, sent: Mapping[str, Any], flow: Flow) -> "WeekForm":
        """The form as it was sent."""
        numbers = sorted({int(found[1]) for name in sent if (found := ROW_NAME.match(name))})
        rows = [RowForm(prefix=f"rows-{number}-") for number in numbers]
        return cls(rows, LimitsForm(), flow)

    @property
    def used(self) -> list[RowForm]:
        """The rows that say something."""
        return [row for row in self.rows if row.is_used]

    @property
    def windows(self) -> list[scheduling.Window]:
        """What a picture can show of the rows: hours that have a beginning and a later end."""
        known = [row for row in self.used if row.start.data is not None]
        return [each for row in known for each in row.windows if each.start < each.end]

    @property
    def forms(self) -> list[Form]:
        """Everything that can be wrong, for the summary of mistakes."""
        return [*self.rows, self.limits]

    @property
    def template(self) -> RowForm:
        """An empty row, of which scripts make more."""
        return RowForm(formdata=None, prefix="rows-NEW-", slot_minutes=30, places=1)

    def validate(self) -> bool:
        """Whether all of it can be saved; else each wrong field says why."""
        used = self.used
        if len(used) > MOST_ROWS:  # each is compared with each
            used[MOST_ROWS].mon.errors = [_("A week has at most %(max)d rows.", max=MOST_ROWS)]
            return False
        sound = [row for row in used if row.validate()]
        complete = len(sound) == len(used)
        windows = [(row, window) for row in sound for window in row.windows]
        broken = scheduling.problems([window for _row, window in windows])
        for index, problem in broken:
            _tell(windows[index][0], problem)
        return self.limits.validate() and complete and not broken

    def values(self, hours: WorkHours) -> dict[str, Any]:
        """The section as it is stored (JSON values); `hours` is what it was, whose own defaults stay unsaid."""
        stored: list[dict[str, Any]] = []
        for row in self.used:
            shape, span = row.shape(hours), [row.start.data, row.end.data]
            if stored and all(stored[-1][name] == value for name, value in shape.items()):
                stored[-1]["open"].append(span)
            else:
                stored.append({**shape, "open": [span]})
        values = {
            "hours": stored,
            "notice_minutes": self.limits.notice_minutes,
            "horizon_days": self.limits.horizon_days.data,
        }
        return values if self.flow == "assessment" else values | {"day_limit": self.limits.day_limit.data}


def _tell(row: RowForm, problem: Problem) -> None:
    field, sentence = PROBLEMS[problem]
    if sentence not in row[field].errors:
        row[field].errors = [*row[field].errors, sentence]
