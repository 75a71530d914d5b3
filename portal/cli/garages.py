"""`flask garage`: set up garages from readable files."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.domain.garage import file, queries, service
from portal.domain.garage.errors import FileRefused
from portal.wiring import wired


@click.group()
def garage() -> None:
    """Garages and their locations."""


@garage.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def apply(path: Path) -> None:
    """Make a garage equal to FILE. Everything is checked first; repeating changes nothing."""
    try:
        applied = service.apply(file.read(path), folder=path.parent, storage=wired().storage)
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


def _document(view) -> dict:  # type: ignore[no-untyped-def]
    document = view.profile.model_dump(mode="json")
    document["locations"] = [location.profile.model_dump(mode="json") for location in view.locations]
    return document
