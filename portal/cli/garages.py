"""`flask garage`: set up garages from readable files."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import clock
from portal.core import dates
from portal.domain.booking import leftovers
from portal.domain.booking.leftovers import Leftover
from portal.domain.garage import file, queries, service
from portal.domain.garage.errors import FileRefused
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
        _list_leftovers(leftovers.of(document, clock.now()), keep_bookings)
        applied = service.apply(document, folder=path.parent, storage=wired().storage)
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
