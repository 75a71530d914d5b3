"""`flask case import`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import clock
from portal.cli.cases import finding, words
from portal.domain.cases import importing
from portal.domain.cases.importing import Entry


@click.command("import")
@click.argument("garage")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply", is_flag=True, help="Write it; else only say what would be written.")
@with_appcontext
def import_cases(garage: str, path: Path, apply: bool) -> None:
    """Open and change cases of GARAGE from FILE, a CSV file as docs/import.md describes it: all rows, or none."""
    view, data = finding.garage(garage), path.read_bytes()
    done = importing.apply(view, data, clock.now()) if apply else importing.preview(view, data)
    if not (apply and done.problems):  # then nothing of it was done
        _tell(path, done.entries, apply)
    for problem in done.problems:
        column = "" if problem.field else " "
        click.echo(f"{path}:{problem.line}:{column}{words.sentence(problem)}", err=True)
    if done.problems:
        wrong = len(done.problems)
        click.echo(
            f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong; nothing was written", err=True
        )
        raise SystemExit(1)
    _count(done.entries, apply)


def _tell(path: Path, entries: list[Entry], applied: bool) -> None:
    for entry in entries:
        click.echo(f"{path}:{entry.line}: {_outcome(entry)}")
        if not entry.numbered and not applied:
            warning = "is empty, so every import of this row opens another case"
            click.echo(f"{path}:{entry.line}:number: {warning}", err=True)


def _outcome(entry: Entry) -> str:
    if entry.is_new:
        car = [entry.values.get(name, "") for name in ("plate", "make", "model")]
        return f"new: {entry.number or 'a number of ours'}, {' '.join(filter(None, car))}"
    if not entry.changes:
        return f"{entry.number} unchanged"
    fields = [f"{name} {words.changed(*texts)}" for name, texts in entry.changes.items()]
    return f"{entry.number} changed: {'; '.join(fields)}"


def _count(entries: list[Entry], applied: bool) -> None:
    new = sum(entry.is_new for entry in entries)
    changed = sum(bool(entry.changes) for entry in entries)
    click.echo(f"{new} new, {changed} changed, {len(entries) - new - changed} unchanged")
    if not applied and new + changed:
        click.echo("Nothing was written yet; --apply does it.")
