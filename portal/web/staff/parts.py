"""Forms that change a part of a garage: what they stand on, and what is said when somebody else was quicker."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from flask import abort, g, redirect, request, url_for
from wtforms import BooleanField, Field, HiddenField
from wtforms.fields.core import UnboundField

from portal import clock
from portal.core.dates import NATIVE_NAMES
from portal.domain.garage import editing, queries
from portal.domain.garage.errors import PartRefused
from portal.domain.garage.views import GarageView, LocationView
from portal.web.fields import Form
from portal.web.staff import page
from portal.web.words import gettext as _

PartOf = GarageView | LocationView
Kind = TypeVar("Kind", bound=type[Form])


class PartForm(Form):
    """A form over some fields; `expected` is what they looked like when it was made."""

    expected = HiddenField()


class Newer(NamedTuple):
    """What somebody else saved meanwhile, for one field."""

    label: str
    value: str


def whole_garage() -> GarageView:
    """The garage, for whoever works for all of it; else there is no such page."""
    if not g.desk.reach.whole:
        abort(404)
    garage: GarageView = g.desk.garage
    return garage


def place(slug: str) -> LocationView:
    """The location of this name that customers see, if it is within reach; else there is no such page."""
    found = g.desk.reach.place(slug)
    if found is None or not found.listed:
        abort(404)
    return found


def part_of(slug: str | None) -> PartOf:
    """The location of this name, or the whole garage."""
    return whole_garage() if slug is None else place(slug)


def of_address(slug: str | None) -> PartOf:
    """`part_of` for a page that both have; whoever works for some locations only is led to the first of theirs."""
    reach = g.desk.reach
    if slug is None and not reach.whole and reach.listed:
        abort(redirect(url_for(str(request.endpoint), location=reach.listed[0].slug), 303))
    return part_of(slug)


def as_place(of: PartOf) -> LocationView | None:
    """What `editing` is told: the location, None for the garage itself."""
    return of if isinstance(of, LocationView) else None


def fresh(of: PartOf) -> PartOf:
    """The same as it is now."""
    garage = queries.by_id(g.desk.garage.id)
    return queries.location(garage, of.id) if isinstance(of, LocationView) else garage


def fingerprint(of: PartOf, fields: Collection[str]) -> str:
    """What these fields look like now."""
    return editing.part(of, fields).fingerprint


def save(form: PartForm, of: PartOf, changes: Mapping[str, Any], *, about: str) -> None:
    """Store `changes` of what the form stands on.

    Raises:
        Overtaken, PartRefused: as `editing.save`.
    """
    editing.save(
        g.desk.garage,
        changes,
        place=as_place(of),
        expected=str(form.expected.data),
        by=page.actor(),
        now=clock.now(),
        about=about,
    )


def overtaken(
    form: PartForm, of: PartOf, fields: Collection[str], filled: Callable[[PartOf], Form]
) -> list[Newer]:
    """What the others saved where it differs from what stands in `form`, which from now on stands on theirs.

    `filled` makes the form that shows the fields as they are stored.
    """
    now = fresh(of)
    form.expected.data = fingerprint(now, fields)
    theirs = filled(now)
    return [
        Newer(str(field.description or field.label.text), _shown(theirs[field.name]))
        for field in form
        if field.name in theirs and field.name != "expected" and _differ(field, theirs[field.name])
    ]


def _differ(mine: Field, theirs: Field) -> bool:
    # What was sent empty is "", what was never filled is None.
    return bool((mine.data or None) != (theirs.data or None))


def _shown(field: Field) -> str:
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    if getattr(field, "choices", None):
        chosen = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        return chosen.get(str(field.data), "")
    return str(field.data or _("empty"))


def complain(
    form: Form, refused: PartRefused, fields: dict[tuple[str, ...], Field], otherwise: Field
) -> None:
    """Put what the rules of a garage say below the field it is about, by where it stands in the document."""
    for loc, message in refused.problems:
        words = [str(each) for each in loc]
        field = next((each for path, each in fields.items() if words[: len(path)] == list(path)), otherwise)
        field.errors = [*field.errors, message.removeprefix("Value error, ")]


def in_languages(
    kind: Kind, languages: Collection[str], **fields: Callable[[str, str], UnboundField]
) -> Kind:
    """The form with a field in each language, `name_nl` for the name in Dutch.

    Each of `fields` is told the language's code and own name.
    """
    made = {
        f"{name}_{code}": field(code, NATIVE_NAMES[code])
        for name, field in fields.items()
        for code in languages
    }
    return type(kind.__name__, (kind,), made)  # type: ignore[return-value]


def typed(form: Form, name: str) -> dict[str, str]:
    """What was typed for `name`, by language; empty ones are left out."""
    return dict(_typed(form, name))


def _typed(form: Form, name: str) -> Iterator[tuple[str, str]]:
    for code in NATIVE_NAMES:
        field = getattr(form, f"{name}_{code}", None)
        if field is not None and field.data:
            yield code, field.data


def spread(name: str, words: dict[Any, str]) -> dict[str, str]:
    """Words by language as the data of such fields."""
    return {f"{name}_{code}": text for code, text in words.items()}


def keep_unspoken(
    before: dict[Any, Any], typed: dict[str, Any], languages: Collection[str]
) -> dict[str, Any]:
    """What was typed, and the words of languages that the garage does not speak at the moment."""
    return {code: words for code, words in before.items() if code not in languages} | typed
