"""What a person may type: text made safe in one place, and sentences for what cannot be taken."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, StopValidation
from wtforms.widgets import TextInput
from wtforms.widgets.core import clean_key

from portal.core.normalise import emails, phones, plates, text, vin
from portal.web.words import lazy_gettext as _

Check = Callable[[Any, Field], None]


class Form(FlaskForm):
    """A form of the public pages.

    These pages know no session: the unguessable id in the address is the only authority, so there is nothing a
    forged request could borrow (docs/adr/0006).
    """

    class Meta(FlaskForm.Meta):
        csrf = False

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            # Flask-WTF would read a JSON body as well; forms are forms.
            if formdata is _Auto:
                return request.form if request.method == "POST" else None
            return formdata

    @classmethod
    def of(cls, answers: Mapping[str, Any] | None) -> "Form":
        """The form filled with kept answers, as if they were typed just now."""
        typed = MultiDict(
            {name: value for name, value in (answers or {}).items() if value not in (None, False)}
        )
        return cls(formdata=typed)

    def answers(self) -> dict[str, Any]:
        """What was typed, right or wrong, for keeping."""
        return {field.name: field.data for field in self}


class _Cleaned:
    """Keeps what a database and a mail can carry; says so when something had to go."""

    clean: Callable[[str], str]

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        try:
            self.data = self.clean(typed)
        except ValueError:
            self.data = self.clean(text.printable(typed))
            raise ValueError(
                _("This contains a character we cannot keep. We took it out: please check.")
            ) from None


class _LineInput(TextInput):
    @staticmethod
    def html_params(**given: object) -> str:
        """What WTForms makes of them, which fills a template for each, at ten times the price."""
        return " ".join(
            clean_key(name) if value is True else f'{clean_key(name)}="{_quoted(value)}"'
            for name, value in sorted(given.items())
            if value is not False
        )


def _quoted(value: object) -> str:
    return str(escape(value)).replace('"', "&quot;")  # words of ours are not escaped a second time


class Line(_Cleaned, StringField):
    """One line of text."""

    widget = _LineInput()
    clean = staticmethod(text.one_line)


class Lines(_Cleaned, TextAreaField):
    """Several lines of text."""

    clean = staticmethod(text.clean)


def choices(names: Mapping[Any, Any]) -> list[SelectChoice]:
    """What can be chosen: the value of each option and its words."""
    return [SelectChoice(value, words) for value, words in names.items()]


def required(sentence: Any) -> DataRequired:
    """An answer is needed; `sentence` says which."""
    return DataRequired(message=sentence)


def at_most(length: int) -> Check:
    """No longer than a database row and a screen like it; what is too long is not looked at any further."""

    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") > length:
            raise StopValidation(too_long(field.label.text, length))

    return check


def too_long(field: Any, most: int) -> str:
    """What is wrong with a text that is longer; it names the field, as a list of mistakes may be read alone."""
    return _("%(field)s: at most %(most)d characters.", field=field, most=most)


def email_address(form: Form, field: Field) -> None:
    """A mail address; the field keeps its normal form."""
    clean = emails.normalise(field.data)
    if clean is None and emails.is_accented(field.data):
        raise ValidationError(_("Enter a mail address without accents before the @, like name@example.com."))
    if clean is None:
        raise ValidationError(_("Enter a mail address like name@example.com."))
    field.data = clean


def phone_number(country: Callable[[], str]) -> Check:
    """A phone number; one without a country is read as a number of `country()`."""

    def check(form: Form, field: Field) -> None:
        clean = phones.normalise(field.data, country())
        if clean is None:
            raise ValidationError(_("Enter a phone number, for example +32 470 12 34 56."))
        field.data = phones.spoken(clean)

    return check


def licence_plate(form: Form, field: Field) -> None:
    """A plate of any country, under any spelling."""
    if not plates.plausible(field.data):
        raise ValidationError(_("Enter a licence plate, for example 1-ABC-234."))
    field.data = plates.spelling(field.data)


def vehicle_number(form: Form, field: Field) -> None:
    """A VIN; the field keeps its normal form."""
    clean = vin.normalise(field.data)
    if clean is None:
        raise ValidationError(_("A chassis number has 17 letters and digits, without I, O and Q."))
    field.data = clean
