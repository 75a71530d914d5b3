"""Restoring a backup: everything is checked before anything is touched, and nothing leaves the restored copy by itself."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete

from portal.adapters.archive import NotABackup, Reading
from portal.adapters.storage import Storage
from portal.adapters.tokens import Tokens
from portal.db import db, schema, snapshots, transaction
from portal.domain.backups.errors import InUse, NotEmpty, OtherDatabase, OtherKey, Outdated, TooNew
from portal.domain.backups.making import ERASURES, FILES, KEY, ROWS
from portal.domain.mailing import parking
from portal.domain.photos.models import Photo
from portal.domain.privacy import proofs
from portal.domain.privacy.proofs import Document

_FILE = re.compile(r"files/(photos/[\w-]+/\w+\.jpg|logos/[\w-]+\.png)", re.ASCII)


@dataclass(frozen=True)
class Restored:
    """What was done. `erased`: how many people and cases the backup had brought back; `waiting`: letters that are parked."""

    files: int
    erased: int
    waiting: int


def check(backup: Reading, storage: Storage, tokens: Tokens, *, overwrite: bool) -> None:
    """Return if `backup` can be restored here; nothing is touched.

    Raises:
        NotABackup, NotRestored, NotCopied, StorageUnavailable: with the reason.
    """
    told = backup.contents
    if told["database"] != db.engine.dialect.name:
        raise OtherDatabase(told["database"])
    if not schema.is_known(told["schema"]):
        raise TooNew(told["schema"])
    if not tokens.is_seal(told["key"], KEY, told["made_at"]):
        raise OtherKey
    strange = [name for name in backup.names(FILES) if not _FILE.fullmatch(name)]
    if strange:
        raise NotABackup(f"{strange[0]} is no file of the portal")
    snapshots.check_tools()
    storage.check()
    if snapshots.is_in_use():
        raise InUse
    _check_rows(overwrite)


def restore(
    backup: Reading,
    storage: Storage,
    tokens: Tokens,
    erasures: Iterable[Document],
    folder: Path,
    now: datetime,
) -> Restored:
    """Put a backup that was checked in the place of all rows, its mail parked, and erase again who was erased since.

    That is: by the list in the backup, by the rows that were here before, and by `erasures`. `folder` is an empty one
    that is this restore's alone. A restore that is cut short may be done again.
    """
    before = list(proofs.documents()) if schema.present() else []
    inside = [json.loads(line) for line in backup.read(ERASURES).decode().splitlines()]
    files = backup.names(FILES)
    for name in files:  # before the rows, as always
        storage.put(name.removeprefix(FILES), backup.read(name))
    rows = folder / ROWS
    backup.save(ROWS, rows)
    snapshots.put_back(rows, parking.PARK)
    schema.upgrade()
    _forget_photos(backup.contents["removed_meanwhile"])
    erased = proofs.replay(storage, tokens, [*inside, *before, *erasures], now)
    parking.finish()
    return Restored(len(files), erased, parking.waiting())


def _check_rows(overwrite: bool) -> None:
    if schema.present() is None:
        return
    if schema.present() != schema.newest():
        raise Outdated
    with db.engine.connect() as connection:
        if any(snapshots.counts(connection).values()) and not overwrite:
            raise NotEmpty


def _forget_photos(uids: list[str]) -> None:
    with transaction() as session:
        session.execute(delete(Photo).where(Photo.uid.in_(uids)))
