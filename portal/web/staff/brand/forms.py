"""What is typed about looks, contact, words and languages."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import g
from wtforms import Field, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional

from portal.core import colours
from portal.core.normalise import phones, sites
from portal.domain.garage import editing
from portal.domain.garage.views import GarageView, LocationView
from portal.web.fields import Form, Line, Lines, at_most, email_address, phone_number, required
from portal.web.staff import parts
from portal.web.staff.parts import PartForm, PartOf
from portal.web.words import lazy_gettext as _

MOST_TO_BRING = 20
LONGEST_PRIVACY = 20_000
GARAGE_FIELDS = ("brand", "contact", "mail", "name")
PLACE_FIELDS = ("brand", "contact", "notify")
WORD_FIELDS = ("bring", "privacy", "imprint")


def country(of: PartOf | None = None) -> str:
    """The country whose phone numbers need no prefix."""
    place = of if isinstance(of, LocationView) else g.desk.garage.locations[0]
    return str(place.profile.country)


def _accent(_form: Form, field: Field) -> None:
    colour = field.data if field.data.startswith("#") else f"#{field.data}"
    if colours.parse(colour) is None:
        raise ValidationError(_("Write the colour as six digits of 0 to 9 and a to f, for example #0b5d4e."))
    field.data = colour.lower()


def _web_address(_form: Form, field: Field) -> None:
    if sites.normalise(field.data) is None or any(sign.isspace() for sign in field.data):
        raise ValidationError(_("Enter a web address like https://www.example.com."))
    if not urlsplit(field.data).scheme or "://" not in field.data:
        field.data = f"https://{field.data}"


_MAIL = [Optional(), at_most(254), email_address]


class PlaceForm(PartForm):
    """Looks and contact of one location; what is empty is the garage's."""

    accent = Line(_("Accent colour"), [Optional(), at_most(7), _accent])
    website = Line(_("Web site"), [Optional(), at_most(200), _web_address])
    phone = Line(_("Phone"), [Optional(), at_most(40), phone_number(country)])
    mail = Line(_("Mail address"), _MAIL)
    notify = Line(_("Who hears of bookings"), _MAIL)

    def changes(self, of: PartOf) -> dict[str, Any]:
        """The fields of the document as they would be, JSON values by name."""
        contact = {
            "phone": phones.normalise(self.phone.data, country(of)) or None,
            "mail": self.mail.data or None,
        }
        return {**self._brand(of), "contact": contact, "notify": self.notify.data or None}

    def _brand(self, of: PartOf) -> dict[str, Any]:
        brand = editing.part(of, ["brand"]).values["brand"]
        typed = {"accent": self.accent.data or None, "website": self.website.data or None}
        return {"brand": {**brand, **typed}}


class GarageForm(PlaceForm):
    """Looks and contact of the garage, and how its letters are signed."""

    name = Line(_("Name of the garage"), [required(_("Enter the name of the garage.")), at_most(120)])
    accent = Line(_("Accent colour"), [required(_("Choose an accent colour.")), at_most(7), _accent])
    phone = Line(_("Phone"), [required(_("Enter a phone number.")), at_most(40), phone_number(country)])
    mail = Line(_("Mail address"), [required(_("Enter a mail address.")), at_most(254), email_address])
    sender_name = Line(_("Name of the sender"), [required(_("Enter the name of the sender.")), at_most(120)])
    reply_to = Line(_("Where answers go"), _MAIL)

    def changes(self, of: PartOf) -> dict[str, Any]:
        """As for a location, with the name and the signature of letters."""
        changes = super().changes(of)
        mail = {
            "sender_name": self.sender_name.data,
            "reply_to": self.reply_to.data or None,
            "notify": changes.pop("notify"),
        }
        return {**changes, "name": self.name.data, "mail": mail}


def looks_form(of: PartOf) -> type[PlaceForm]:
    """The form for a garage or a location."""
    return GarageForm if isinstance(of, GarageView) else PlaceForm


def filled_looks(of: PartOf) -> PlaceForm:
    """The form as it is stored."""
    brand, contact = of.profile.brand, of.profile.contact
    number = phones.normalise(contact.phone, country(of)) if contact.phone else None
    data: dict[str, Any] = {
        "accent": brand.accent or "",
        "website": str(brand.website or ""),
        "phone": phones.spoken(number) if number else "",
        "mail": contact.mail or "",
    }
    if isinstance(of, GarageView):
        mail = of.profile.mail
        data |= {"name": of.name, "sender_name": mail.sender_name}
        data |= {"reply_to": mail.reply_to or "", "notify": mail.notify or ""}
    else:
        data["notify"] = of.profile.notify or ""
    return looks_form(of)(formdata=None, **data)


class WordsForm(PartForm):
    """What to bring, the privacy words and the legal notice; the fields are added by `words_form`."""

    def bring(self) -> dict[str, list[str]]:
        """What to bring, one thing a line, by language."""
        return {
            code: [line.strip() for line in text.splitlines() if line.strip()]
            for code, text in parts.typed(self, "bring").items()
        }


def _short_list(_form: Form, field: Field) -> None:
    lines = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
    if len(lines) > MOST_TO_BRING:
        raise ValidationError(_("Name at most %(max)d things.", max=MOST_TO_BRING))
    if any(len(line) > 200 for line in lines):
        raise ValidationError(_("One of these lines is longer than 200 characters."))


@lru_cache(maxsize=64)
def words_form(languages: tuple[str, ...], whole: bool) -> type[WordsForm]:
    """The form of the words of a garage that speaks these (`whole`), or of one of its locations."""

    def bring(_code: str, language: str) -> UnboundField:
        full = _("What to bring, %(language)s", language=language)
        return Lines(language, [_short_list], description=full)

    def privacy(_code: str, language: str) -> UnboundField:
        missing = _("Write the privacy words in this language: %(language)s.", language=language)
        checks = [required(missing)] if whole else []
        full = _("Privacy, %(language)s", language=language)
        return Lines(language, [*checks, at_most(LONGEST_PRIVACY)], description=full)

    def imprint(_code: str, language: str) -> UnboundField:
        full = _("Legal notice, %(language)s", language=language)
        return Lines(language, [at_most(LONGEST_PRIVACY)], description=full)

    return parts.in_languages(WordsForm, languages, bring=bring, privacy=privacy, imprint=imprint)


def filled_words(of: PartOf) -> WordsForm:
    """The form as it is stored."""
    bring: Mapping[Any, list[str]] = of.profile.bring
    data = parts.spread("bring", {code: "\n".join(lines) for code, lines in bring.items()})
    data |= parts.spread("privacy", dict(of.profile.privacy))
    data |= parts.spread("imprint", dict(of.profile.imprint))
    return words_form(tuple(g.desk.garage.languages), isinstance(of, GarageView))(formdata=None, **data)


class LanguageForm(PartForm):
    """What a new language needs; the names of damage flows are added by `language_form`."""

    privacy = Lines(_("Privacy words"), [required(_("Write the privacy words.")), at_most(LONGEST_PRIVACY)])


def language_form(flows: Mapping[str, str]) -> type[LanguageForm]:
    """The form for a garage with these damage flows, names by slug."""
    fields = {
        f"flow_{slug}": Line(name, [required(_("Enter a name for “%(flow)s”.", flow=name)), at_most(80)])
        for slug, name in flows.items()
    }
    return type("LanguageForm", (LanguageForm,), fields)
