"""`flask garage`: set up garages from readable files."""

import json
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import clock
from portal.core import dates
from portal.db import db
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.booking import leftovers, rezoning
from portal.domain.booking.leftovers import Leftover
from portal.domain.garage import beginning, editing, file, queries, service
from portal.domain.garage.errors import FileRefused, PartRefused, SlugTaken
from portal.domain.garage.profile import LANGUAGES, GarageFile, Language
from portal.wiring import wired


@click.group()
def garage() -> None:
    """Garages and their locations."""


@garage.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--keep-bookings", is_flag=True, help="Go on even if bookings would lie outside the new hours.")
@with_appcontext
def apply(path: Path, keep_bookings: bool) -> None:
    """Make a garage equal to FILE. Everything is checked first; repeating changes nothing.

    Bookings that the new hours or places would leave outside are listed, and nothing is changed, unless you say that
    they are to be kept: no booking is ever cancelled by this.
    """
    try:
        document = file.read(path)
        applied = service.apply(
            document,
            folder=path.parent,
            storage=wired().storage,
            now=clock.now(),
            check=lambda: _see_to_bookings(document, keep_bookings, clock.now()),
        )
    except FileRefused as refused:
        for problem in refused.problems:
            click.echo(f"{path}: {problem}", err=True)
        raise SystemExit(1) from None
    if applied.created:
        click.echo(f"{applied.slug}: created with {', '.join(applied.changed)}")
    else:
        click.echo(
            f"{applied.slug}: "
            + (f"changed {', '.join(applied.changed)}" if applied.changed else "unchanged")
        )


@garage.command()
@click.argument("slug", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, everything.")
@with_appcontext
def show(slug: str | None, as_json: bool) -> None:
    """Show all garages, or the one named SLUG with its locations."""
    garages = [view for view in queries.every() if slug in (None, view.slug)]
    if slug and not garages:
        raise click.ClickException(f"there is no garage {slug}")
    if as_json:
        click.echo(json.dumps([_document(view) for view in garages], indent=2, ensure_ascii=False))
        return
    for view in garages:
        state = "" if view.profile.active else " (not active)"
        click.echo(f"{view.slug}{state}: {view.name}, {', '.join(view.languages)}")
        for location in view.locations:
            address = f"{location.profile.street}, {location.profile.postcode} {location.profile.city}"
            click.echo(f"  {location.slug}: {location.name}, {address}, {location.zone}")


@garage.command()
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--country", type=click.Choice(list(beginning.ZONES)), default="BE", show_default=True)
@click.option("--street", required=True)
@click.option("--postcode", required=True)
@click.option("--city", required=True)
@click.option("--phone", required=True)
@click.option("--mail", required=True)
@with_appcontext
def create(slug: str, language: Language, **known: str) -> None:
    """Make a garage named SLUG with one location and usual hours. Its portal opens with `activate`."""
    languages = [language, *(other for other in LANGUAGES if other != language)]
    try:
        document = beginning.document(slug=slug, languages=languages, **known)
        editing.create(document, by=COMMAND_LINE, now=clock.now())
    except SlugTaken:
        raise click.ClickException(f"there is a garage {slug} already") from None
    except PartRefused as refused:
        for place, problem in refused.problems:
            click.echo(f"{'.'.join(map(str, place))}: {problem}", err=True)
        raise SystemExit(1) from None
    click.echo(f"{slug}: created; next: flask staff invite {slug} MAIL")


@garage.command()
@click.argument("slug")
@with_appcontext
def activate(slug: str) -> None:
    """Open the portal of a garage to customers."""
    _set_active(slug, active=True)
    click.echo(f"{slug}: open to customers at {wired().settings.public_url}/{slug}/")


@garage.command()
@click.argument("slug")
@with_appcontext
def deactivate(slug: str) -> None:
    """Close the portal of a garage; its desk stays open."""
    _set_active(slug, active=False)
    click.echo(f"{slug}: closed to customers; the desk stays open")


def _set_active(slug: str, *, active: bool) -> None:
    view = queries.known(slug)
    if view is None:
        raise click.ClickException(f"there is no garage {slug}")
    editing.set_active(view, active=active, by=COMMAND_LINE, now=clock.now())


def _see_to_bookings(document: GarageFile, keep: bool, now: datetime) -> None:
    _list_leftovers(leftovers.of(document, now), keep)
    rezoning.follow_file(db.session(), document, now)


def _list_leftovers(found: list[Leftover], keep: bool) -> None:
    for each in found:
        time = dates.clock_time(each.start_minute)
        click.echo(f"{each.day} {time} {each.location}, {each.flow}: {each.refusal}", err=True)
    if found and not keep:
        raise click.ClickException(
            f"{len(found)} of these bookings would lie outside; nothing was changed. "
            "Call the customers, or keep the bookings with --keep-bookings."
        )


def _document(view) -> dict:  # type: ignore[no-untyped-def]
    document = view.profile.model_dump(mode="json")
    document["locations"] = [location.profile.model_dump(mode="json") for location in view.locations]
    return document
