"""What is looked for in the log."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from wtforms import DateField, Field, SelectField, ValidationError
from wtforms.validators import Optional

from portal.domain.audit.search import Scope, Search, kinds, people
from portal.web.fields import Form, Line, at_most, choices
from portal.web.staff.filters import who
from portal.web.staff.log import words
from portal.web.words import lazy_gettext as _

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


def _of_our_time(_form: Form, field: Field) -> None:
    if field.data and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(_("This day is out of reach."))


class SearchForm(Form):
    """Who, what about, which kind, from when to when."""

    words = Line(_("What about"), [at_most(200)])
    who = SelectField(_("Who"))
    about = SelectField(_("Kind"))
    first = DateField(_("From"), [Optional(), _of_our_time])
    last = DateField(_("Until"), [Optional(), _of_our_time])

    @classmethod
    def asked(cls, scope: Scope) -> "SearchForm":
        """As the address says."""
        form = cls(formdata=request.args)
        form.who.choices = choices({"": _("Everybody")} | {name: who(name) for name in people(scope)})
        named = {about: words.kind(about) for about in kinds(scope)}
        form.about.choices = choices({"": _("Everything")} | named)
        for chosen in (form.who, form.about):
            if chosen.data is None:
                chosen.data = ""
        return form

    def validate_last(self, field: Field) -> None:
        """A search that ends before it begins finds nothing."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("This day lies before the first one."))

    def search(self, zone: str) -> Search:
        """What the log is asked; days are those of `zone`."""
        return Search(
            who=self.who.data,
            words=self.words.data or "",
            about=self.about.data,
            since=_begin(self.first.data, zone),
            until=_begin(self.last.data + timedelta(days=1), zone) if self.last.data else None,
        )

    def asked_for(self) -> dict[str, Any]:
        """The same as parts of an address."""
        told = {name: request.args.get(name, "") for name in ("words", "who", "about", "first", "last")}
        return {name: value for name, value in told.items() if value}


def _begin(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
