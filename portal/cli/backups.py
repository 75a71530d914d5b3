"""`flask backup` and `flask restore`: everything the portal keeps, of one moment, in one file."""

import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal import clock
from portal.adapters import archive
from portal.adapters.archive import NotABackup
from portal.adapters.storage import StorageUnavailable
from portal.cli import erasures as lists
from portal.db.snapshots import NotCopied
from portal.domain.backups import making, restoring
from portal.domain.backups.errors import (
    InUse,
    NotEmpty,
    NotRestored,
    OtherDatabase,
    OtherKey,
    Outdated,
    TooNew,
)
from portal.wiring import wired

_FILE = click.Path(dir_okay=False, path_type=Path)
_READ = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("path", metavar="FILE", type=_FILE)
@with_appcontext
def backup(path: Path) -> None:
    """Write all rows and files, of one moment, to FILE, which takes the place of an older one only when it is whole.

    Everybody may go on working. FILE holds personal data; .env, with its secret key, is not in it.
    """
    with _saying_why("nothing was written"):
        made = making.make(
            path.absolute(), wired().storage, wired().tokens, version=_version(), now=clock.now()
        )
    click.echo(f"{path}: {made.rows} rows, {made.files} photos and logos")
    if made.missing:
        click.echo(
            f"{len(made.missing)} photos have a row and no file, so they are not in it: {', '.join(made.missing)}"
        )


@click.command()
@click.argument("path", metavar="FILE", type=_READ)
@click.option(
    "--erasures",
    "proofs",
    type=_READ,
    multiple=True,
    help="A newer list of flask erasures save; may be repeated.",
)
@click.option("--overwrite", is_flag=True, help="Go on though there are rows already; they are lost.")
@with_appcontext
def restore(path: Path, proofs: tuple[Path, ...], overwrite: bool) -> None:
    """Put the backup FILE in the place of an empty portal, erase again who was erased since, and park its mail.

    Everything is checked before anything is touched. Stop web servers and workers first.
    """
    storage, tokens = wired().storage, wired().tokens
    with _saying_why("nothing was touched"):
        newer = [document for each in proofs for document in lists.read(each)]
        with archive.reading(path) as kept:
            restoring.check(kept, storage, tokens, overwrite=overwrite)
            with (
                _saying_why("it did not come to its end; do it again with --overwrite"),
                tempfile.TemporaryDirectory(dir=wired().settings.data_dir) as folder,
            ):
                done = restoring.restore(kept, storage, tokens, newer, Path(folder), clock.now())
            made_at = datetime.fromisoformat(kept.contents["made_at"])
    click.echo(f"{path}: as it was on {made_at:%Y-%m-%d %H:%M} UTC, {done.files} photos and logos")
    click.echo(f"{done.erased} erased again")
    click.echo(f"mail is parked, {done.waiting} waiting: look around, then run flask mail release")


@contextmanager
def _saying_why(so: str) -> Iterator[None]:
    try:
        yield
    except NotRestored as reason:
        raise click.ClickException(f"{_words(reason)}; {so}") from None
    except StorageUnavailable as reason:
        raise click.ClickException(
            f"the store of photos does not answer ({reason.__cause__}); {so}"
        ) from None
    except (NotABackup, NotCopied) as reason:
        raise click.ClickException(f"{reason}; {so}") from None
    except OSError as reason:
        raise click.ClickException(f"{reason.filename or 'writing'}: {reason.strerror}; {so}") from None


def _words(reason: NotRestored) -> str:
    match reason:
        case OtherDatabase():
            return f"the backup is of {reason}, and PORTAL_DATABASE_URL names another kind of database"
        case TooNew():
            return f"the backup has schema {reason}, which this version does not know: install the version it came from"
        case OtherKey():
            return (
                "the backup was made with another PORTAL_SECRET_KEY; put that one into PORTAL_SECRET_KEY or"
                " PORTAL_OLD_SECRET_KEYS, or links in mails end and nobody knows again who was erased"
            )
        case NotEmpty():
            return "there are rows already; --overwrite puts the backup in their place"
        case Outdated():
            return "the rows that are there have an older schema: run flask db upgrade first"
        case InUse():
            return "somebody is connected to the database: stop web servers and workers"
        case _:
            raise reason


def _version() -> str:
    project = Path(current_app.config["MIGRATIONS_DIR"]).parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
