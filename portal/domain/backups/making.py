"""Making a backup: one moment of the rows, and every file that these rows point at.

The rows come first. A file is stored before its row and removed after it, so whatever the rows of that moment point at is
there, unless it was removed while we copied. Then its row is gone as well by now, and the backup says so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from portal.adapters import archive
from portal.adapters.archive import Writing
from portal.adapters.storage import NotStored, Storage
from portal.adapters.tokens import Tokens
from portal.db import db, let_go, schema, snapshots
from portal.domain.garage import logos
from portal.domain.photos import service as photos
from portal.domain.photos.models import Photo
from portal.domain.privacy import proofs

ROWS, ERASURES, FILES = "rows", "erasures.jsonl", "files/"
KEY = "backup"  # what the seal of a backup is for: it tells whether the secret key is still the same


@dataclass(frozen=True)
class Made:
    """What a backup holds. `missing`: photos whose files are nowhere, though their rows still are."""

    rows: int
    files: int
    missing: Sequence[str]


def make(path: Path, storage: Storage, tokens: Tokens, *, version: str, now: datetime) -> Made:
    """Write a backup to `path`, while everybody goes on working.

    Raises:
        NotCopied, StorageUnavailable, OSError: whatever was at `path` before still is.
    """
    with archive.writing(path) as backup:
        rows = backup.folder / ROWS
        with snapshots.taken(rows) as moment:
            revision, counts = schema.of(moment), snapshots.counts(moment)
            uids = list(moment.scalars(select(Photo.uid).order_by(Photo.id)))
        backup.add_file(ROWS, rows)
        rows.unlink()
        absent = [uid for uid in uids if not _copied(backup, storage, photos.keys(uid))]
        # All of them, for letters that left show earlier ones too. They are never removed.
        kept = list(storage.list(logos.PREFIX, older_than=datetime.max.replace(tzinfo=UTC)))
        for key in kept:
            backup.add(f"{FILES}{key}", storage.get(key))
        missing = _still_known(absent)
        # After the files: whoever was erased while they were copied is erased again by this.
        backup.add(ERASURES, "".join(f"{json.dumps(each)}\n" for each in proofs.documents()).encode())
        let_go()
        backup.contents |= {
            "portal": version,
            "made_at": now.isoformat(),
            "database": db.engine.dialect.name,
            "schema": revision,
            "key": tokens.seal(KEY, now.isoformat()),
            "rows": counts,
            "removed_meanwhile": [uid for uid in absent if uid not in missing],
            "missing": missing,
        }
    files = len(uids) - len(absent) + len(kept)
    return Made(sum(counts.values()), files, missing)


def _copied(backup: Writing, storage: Storage, keys: Sequence[str]) -> bool:
    """Whether all of `keys` are there; if not, none of them is in the backup."""
    try:
        files = [(key, storage.get(key)) for key in keys]
    except NotStored:
        return False
    for key, data in files:
        backup.add(f"{FILES}{key}", data)
    return True


def _still_known(uids: Sequence[str]) -> list[str]:
    """Those of `uids` that have a row now."""
    let_go()
    return [uid for uid in uids if db.session.scalar(select(Photo.id).where(Photo.uid == uid)) is not None]
