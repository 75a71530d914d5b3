"""Times of day and numbers as planners type them."""

import re
from typing import Any

from wtforms import DateField, Field, IntegerField, StringField, ValidationError
from wtforms.validators import StopValidation

from portal.web.fields import Check
from portal.web.words import lazy_gettext as _

A_DAY = 24 * 60
TYPED = re.compile(r"(\d{1,2})(?:\s*[:.hu]?\s*(\d{2}))?\s*[hu]?", re.IGNORECASE)


def hhmm(minute: int) -> str:
    """Minutes since midnight as `09:00`; the end of the day is `24:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


class TimeOfDay(StringField):
    """A time on the clock, kept as minutes since midnight: `9`, `9:30`, `0930` and `24:00` are all understood."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data: int | None = None
        if not typed:
            return
        found = TYPED.fullmatch(typed)
        minute = int(found[1]) * 60 + int(found[2] or 0) if found else A_DAY + 1
        if found is None or int(found[2] or 0) > 59 or minute > A_DAY:
            raise ValueError(_("Write a time like 09:00."))
        self.data = minute

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else hhmm(self.data)


class Whole(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"-?[0-9]{1,9}", typed):
            raise ValueError(_("Write a whole number."))
        self.data = int(typed)


class Day(DateField):
    """A day, as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a day like 2026-12-24.")) from None


def needed(sentence: Any) -> Check:
    """An answer is needed, and nought is one; `sentence` says which. What could not be read has told so itself."""

    def check(_form: Any, field: Field) -> None:
        if field.data is None and not field.errors:
            raise StopValidation(sentence)

    return check


def between(least: int, most: int) -> Check:
    """A number from `least` to `most`, if there is one."""

    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(_("Write a number from %(least)d to %(most)d.", least=least, most=most))

    return check
