"""What is typed about damage flows, photos, questions and announcements."""

from functools import lru_cache

from wtforms import BooleanField, Field, HiddenField, SelectField, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional

from portal.domain.garage.damage_flows import Told
from portal.domain.garage.profile import FLOWS, PHOTO_LABELS
from portal.domain.garage.views import LocationView
from portal.web.fields import Line, Lines, at_most, choices, required
from portal.web.staff import parts
from portal.web.staff.hours.fields import Day
from portal.web.staff.parts import PartForm, PartOf
from portal.web.words import lazy_gettext as _

MOST = {"days": 365, "hours": 24}
LONGEST_NOTICE = 500
MOST_QUESTIONS = 5
KINDS = {"text": _("A few words"), "yes_no": _("Yes or no")}
FLOW_NAMES = {
    "assessment": _("Booking an assessment"),
    "repair": _("Booking a repair"),
    "status": _("Tracking a repair"),
}


class FlowForm(PartForm):
    """A damage flow: how long it takes; its name in each language is added by `flow_form`."""

    length = Line(_("How long it takes"), [required(_("Enter how long it takes.")), at_most(6)])
    unit = SelectField(_("Counted in"), choices=choices({"days": _("working days"), "hours": _("hours")}))

    def validate_length(self, field: Field) -> None:
        """A whole number that the unit allows."""
        most = MOST[self.unit.data if self.unit.data in MOST else "days"]
        if not (field.data.isascii() and field.data.isdigit() and 1 <= int(field.data) <= most):
            raise ValidationError(_("Enter a whole number from 1 to %(most)d.", most=most))

    @property
    def told(self) -> Told:
        """What was typed, once it is right."""
        number, unit = int(self.length.data), self.unit.data
        return Told(
            parts.typed(self, "name"),
            days=number if unit == "days" else None,
            hours=number if unit == "hours" else None,
        )


@lru_cache(maxsize=64)
def flow_form(languages: tuple[str, ...]) -> type[FlowForm]:
    """The form of a damage flow for a garage that speaks these."""

    def name(_code: str, language: str) -> UnboundField:
        sentence = _("Enter the name in this language: %(language)s.", language=language)
        full = _("Name, %(language)s", language=language)
        return Line(language, [required(sentence), at_most(80)], description=full)

    return parts.in_languages(FlowForm, languages, name=name)


class InheritingForm(PartForm):
    """What a garage has one of for all locations, unless one of them has its own."""

    as_garage = BooleanField(_("As for all locations"))

    def inherits(self, of: PartOf) -> bool:
        """Whether `of` is to have none of its own; only a location can do without."""
        return isinstance(of, LocationView) and bool(self.as_garage.data)


class PhotosForm(InheritingForm):
    """Which photos are asked for; each kind's own fields are added by `photos_form`."""

    required = BooleanField(_("At least one photo is required"))

    @property
    def asked(self) -> list[str]:
        """The kinds that are ticked, by their places."""
        ticked = [label for label in PHOTO_LABELS if self[f"ask_{label}"].data]
        return sorted(ticked, key=lambda label: int(self[f"place_{label}"].data))


@lru_cache(maxsize=64)
def photos_form(languages: tuple[str, ...]) -> type[PhotosForm]:
    """The form of the photo list of a garage that speaks these, or of one of its locations."""
    places = choices({number: str(number) for number in range(1, len(PHOTO_LABELS) + 1)})
    fields: dict[str, UnboundField] = {}
    for label in PHOTO_LABELS:
        fields[f"ask_{label}"] = BooleanField(_("Ask for this photo"))
        fields[f"place_{label}"] = SelectField(_("Place in the list"), choices=places, coerce=int)
    made = type("PhotosForm", (PhotosForm,), fields)
    for label in PHOTO_LABELS:
        made = parts.in_languages(
            made,
            languages,
            **{
                f"title_{label}": lambda _code, language: Line(
                    _("What to show, %(language)s", language=language), [at_most(80)]
                ),
                f"hint_{label}": lambda _code, language: Line(
                    _("Advice, %(language)s", language=language), [at_most(200)]
                ),
            },
        )
    return made


class AnnouncementsForm(PartForm):
    """An announcement for each flow; its fields are added by `announcements_form`."""


@lru_cache(maxsize=64)
def announcements_form(languages: tuple[str, ...]) -> type[AnnouncementsForm]:
    """The form of the announcements of a garage that speaks these, or of one of its locations."""
    fields: dict[str, UnboundField] = {}
    for flow in FLOWS:
        about = FLOW_NAMES[flow]
        fields[f"first_{flow}"] = BooleanField(
            _("Where it begins"), description=_("%(flow)s: where it begins", flow=about)
        )
        if flow != "status":
            fields[f"timeslot_{flow}"] = BooleanField(
                _("Where a time is picked"), description=_("%(flow)s: where a time is picked", flow=about)
            )
        fields[f"valid_from_{flow}"] = Day(
            _("From"), [Optional()], description=_("%(flow)s: from", flow=about)
        )
        fields[f"valid_until_{flow}"] = Day(
            _("Until"), [Optional()], description=_("%(flow)s: until", flow=about)
        )
    made = type("AnnouncementsForm", (AnnouncementsForm,), fields)
    for flow in FLOWS:
        made = parts.in_languages(made, languages, **{f"words_{flow}": _announcement_words})
    return made


def _announcement_words(_code: str, language: str) -> UnboundField:
    return Lines(
        language, [at_most(LONGEST_NOTICE)], description=_("Announcement, %(language)s", language=language)
    )


class QuestionsForm(InheritingForm):
    """The garage's own questions, or those of a location; the fields of each are added by `questions_form`. One without words is none."""


@lru_cache(maxsize=64)
def questions_form(languages: tuple[str, ...]) -> type[QuestionsForm]:
    """The form of the questions of a garage that speaks these, or of one of its locations."""
    fields: dict[str, UnboundField] = {}
    for at in range(MOST_QUESTIONS):
        fields[f"slug_{at}"] = HiddenField()
        fields[f"kind_{at}"] = SelectField(
            _("Kind of answer"),
            choices=choices(KINDS),
            validate_choice=False,  # questions that are not there send nothing
            filters=[lambda kind: kind if kind in KINDS else "text"],
        )
        fields[f"required_{at}"] = BooleanField(_("An answer is required"))
    made = type("QuestionsForm", (QuestionsForm,), fields)
    for at in range(MOST_QUESTIONS):
        made = parts.in_languages(made, languages, **{f"words_{at}": _question_words})
    return made


def _question_words(_code: str, language: str) -> UnboundField:
    return Line(language, [at_most(200)], description=_("Question, %(language)s", language=language))
