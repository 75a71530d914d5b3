"""`flask erasures`: who was erased stays erased, also after a backup is restored."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import clock
from portal.domain.privacy import proofs
from portal.wiring import wired


@click.group()
def erasures() -> None:
    """Proofs of erasures; they say nothing about who it was."""


@erasures.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def save(path: Path) -> None:
    """Write every proof to FILE, one a line, to be kept beside the backups."""
    lines = [json.dumps(document, ensure_ascii=False) for document in proofs.documents()]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    click.echo(f"{path}: {len(lines)}")


@erasures.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def replay(path: Path) -> None:
    """Erase once more whoever a restored backup brought back, by the proofs in FILE."""
    done = proofs.replay(wired().storage, wired().tokens, read(path), clock.now())
    click.echo(f"{done} erased again")


def read(path: Path) -> list[proofs.Document]:
    """The proofs that `save` wrote to `path`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
