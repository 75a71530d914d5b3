"""Portals to restore into: an empty database and an empty folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal import create_app
from portal.adapters.mailer import MemoryMailer
from portal.config import Settings
from portal.db import db
from portal.domain.photos import service as photos
from portal.domain.photos.models import Photo
from tests.support.databases import empty_database


@dataclass(frozen=True)
class Copy:
    """A portal that nobody used yet, or that holds a restored backup."""

    app: Flask
    settings: Settings

    def flask(self, *words: object, fails: bool = False) -> str:
        """What a command says."""
        done = self.app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert done.exit_code == (1 if fails else 0), f"{done.output}{done.exception!r}"
        return str(done.output)

    def restored(self, path: Path, *options: object) -> str:
        """`flask restore`."""
        return self.flask("restore", path, *options)

    def files(self) -> set[str]:
        """Every file that lies there."""
        folder = self.settings.data_dir / "files"
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    def without_file(self) -> set[str]:
        """Files that a row points at and that are not there."""
        with self.app.app_context():
            wanted = {key for uid in db.session.scalars(select(Photo.uid)) for key in photos.keys(uid)}
            db.session.remove()
        return wanted - self.files()


@contextmanager
def empty_portal(kind: str, folder: Path, settings: Settings) -> Iterator[Copy]:
    """A portal with the other settings of `settings`, without even tables."""
    folder.mkdir()
    with empty_database(kind, folder) as url:
        own = settings.model_copy(
            update={"database_url": url, "data_dir": folder, "storage_url": (folder / "files").as_uri()}
        )
        app = create_app(own)
        app.extensions["portal"] = replace(app.extensions["portal"], mailer=MemoryMailer())
        copy = Copy(app, own)
        yield copy
        with copy.app.app_context():
            db.session.remove()
            db.engine.dispose()
