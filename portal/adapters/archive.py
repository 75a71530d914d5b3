"""The file of a backup: a tar that is written whole or not at all, and in which every piece has its checksum.

Its last pieces are `contents.json`, which names every other piece with its checksum, and the checksum of that.
"""

import glob
import hashlib
import io
import json
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

CONTENTS, SEAL = "contents.json", "contents.sha256"
PIECE = 1024 * 1024
LONGEST_SECONDS = 24 * 3600  # no backup is under way for longer


class NotABackup(Exception):
    """The file is none, is cut off, or was changed; the message says which."""


class Writing:
    """A backup on its way. `folder` is for what is needed meanwhile; `contents` is what the backup says of itself."""

    def __init__(self, folder: Path, tar: tarfile.TarFile) -> None:
        self.folder = folder
        self.contents: dict[str, Any] = {}
        self._tar = tar
        self._sums: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """Add a piece."""
        self._sums[name] = hashlib.sha256(data).hexdigest()
        self._put(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        """Add the file at `path` as a piece."""
        with path.open("rb") as file:
            self._sums[name] = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            self._put(name, file, path.stat().st_size)

    def finish(self) -> None:
        """Say what is in it."""
        told = json.dumps(self.contents | {"pieces": self._sums}, ensure_ascii=False, indent=1).encode()
        self._put(CONTENTS, io.BytesIO(told), len(told))
        seal = hashlib.sha256(told).hexdigest().encode()
        self._put(SEAL, io.BytesIO(seal), len(seal))

    def _put(self, name: str, file: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, file)


class Reading:
    """A backup that was found whole. `contents` is what it says of itself."""

    def __init__(self, tar: tarfile.TarFile, contents: dict[str, Any]) -> None:
        self.contents = contents
        self._tar = tar

    def names(self, prefix: str) -> list[str]:
        """The pieces whose names begin with `prefix`."""
        return [name for name in self.contents["pieces"] if name.startswith(prefix)]

    def read(self, name: str) -> bytes:
        """One piece."""
        return _piece(self._tar, name).read()

    def save(self, name: str, path: Path) -> None:
        """Write one piece to `path`."""
        with path.open("xb") as file:
            shutil.copyfileobj(_piece(self._tar, name), file, PIECE)


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Write a backup to `path`, which only its owner may read and which is there once all of it is on the disk.

    Raises:
        OSError: whatever was at `path` before still is.
    """
    _clear_up(path)
    folder = path.with_name(f".{path.name}.{token_hex(4)}.half")
    folder.mkdir(mode=0o700)
    try:
        half = folder / "backup"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                under_way = Writing(folder, tar)
                yield under_way
                under_way.finish()
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        _keep_name(path.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """The backup at `path`, every piece of it checked.

    Raises:
        NotABackup: nothing in it is to be trusted.
        OSError: it cannot be read.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            yield Reading(tar, _checked(tar))
    except tarfile.TarError as error:
        raise NotABackup(f"it is no backup, or was cut off ({error})") from error


def _clear_up(path: Path) -> None:
    """Remove what earlier backups to `path` left that were killed, but not one that may still be under way."""
    for folder in path.parent.glob(f".{glob.escape(path.name)}.*.half"):
        if folder.stat().st_mtime < time.time() - LONGEST_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _checked(tar: tarfile.TarFile) -> dict[str, Any]:
    names = tar.getnames()
    if names[-2:] != [CONTENTS, SEAL]:
        raise NotABackup("it is no backup of the portal, or was cut off")
    told = _piece(tar, CONTENTS).read()
    if hashlib.sha256(told).hexdigest().encode() != _piece(tar, SEAL).read():
        raise NotABackup("what it says of itself was changed since it was written")
    contents: dict[str, Any] = json.loads(told)
    if names[:-2] != list(contents["pieces"]):
        raise NotABackup("pieces are missing")
    for name, expected in contents["pieces"].items():
        if hashlib.file_digest(_piece(tar, name), "sha256").hexdigest() != expected:  # type: ignore[arg-type]
            raise NotABackup(f"{name} was changed since it was written")
    return contents


def _piece(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    piece = tar.extractfile(name)
    if piece is None:
        raise NotABackup(f"{name} is no file")
    return piece


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
