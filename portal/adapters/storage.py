"""Where files lie: a folder on disk, any S3, or memory. What is known about a file is in its row, not here."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError
from obstore.store import MemoryStore, ObjectStore, S3Store


class StorageUnavailable(Exception):
    """The store does not answer, is full, or does not let us in."""


class NotStored(Exception):
    """There is no file under this key."""


class Storage(ABC):
    """Files under keys like `photos/4f2a/large.jpg`. Every method may raise `StorageUnavailable`."""

    @abstractmethod
    def put(self, key: str, data: bytes) -> None:
        """Store `data` under `key`, wholly or not at all; what lay there before is replaced."""

    @abstractmethod
    def get(self, key: str) -> bytes:
        """The file under `key`.

        Raises:
            NotStored: there is none.
        """

    @abstractmethod
    def delete(self, keys: Iterable[str]) -> None:
        """Remove the files under `keys`; those that are not there are fine."""

    @abstractmethod
    def list(self, prefix: str, older_than: datetime) -> Iterator[str]:
        """The keys under the folder `prefix` that were last written before `older_than` (aware)."""

    def check(self) -> None:
        """Write, read and remove a small file; return only if all of it worked."""
        key, data = f"checks/{token_hex(8)}", token_hex(8).encode()
        self.put(key, data)
        try:
            if self.get(key) != data:
                raise StorageUnavailable
        except NotStored as error:
            raise StorageUnavailable from error
        finally:
            self.delete([key])


def open_store(
    url: str, *, endpoint: str = "", region: str = "", access_key: str = "", secret_key: str = ""
) -> Storage:
    """The store at `url`: `file:///folder` (made if missing), `memory://` or `s3://bucket/prefix`.

    The other arguments belong to S3; an empty one leaves the choice to its environment.

    Raises:
        ValueError: for any other kind of address.
        StorageUnavailable: if the folder cannot be made.
    """
    address = urlsplit(url)
    if address.scheme == "file" and not address.netloc:
        return DiskStorage(Path(url2pathname(address.path)))
    if address.scheme == "memory":
        return ObjectStorage(MemoryStore())
    if address.scheme == "s3" and address.netloc:
        given = {
            "endpoint": endpoint,
            "region": region,
            "access_key_id": access_key,
            "secret_access_key": secret_key,
        }
        return ObjectStorage(_s3(address.netloc, address.path.strip("/"), given))
    raise ValueError(f"no store at an address like {address.scheme}://")


class DiskStorage(Storage):
    """A folder. A put survives a power cut, and a half file left by a killed process is listed like any other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _unavailable_on(OSError):
            folder.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, data: bytes) -> None:
        path = self._folder / key
        half = path.with_name(f"{path.name}.{token_hex(4)}.half")
        with _unavailable_on(OSError):
            try:
                with _new_file(half) as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                half.replace(path)
            except BaseException:
                half.unlink(missing_ok=True)
                raise
            _keep_names(path.parent)

    def get(self, key: str) -> bytes:
        with _unavailable_on(OSError):
            try:
                return (self._folder / key).read_bytes()
            except FileNotFoundError:
                raise NotStored from None

    def delete(self, keys: Iterable[str]) -> None:
        with _unavailable_on(OSError):
            for path in (self._folder / key for key in keys):
                path.unlink(missing_ok=True)
                with suppress(OSError):  # other files are in it
                    path.parent.rmdir()

    def list(self, prefix: str, older_than: datetime) -> Iterator[str]:
        with _unavailable_on(OSError):
            for path in sorted((self._folder / prefix).rglob("*")):
                with suppress(FileNotFoundError):  # removed meanwhile
                    if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than:
                        yield path.relative_to(self._folder).as_posix()


class ObjectStorage(Storage):
    """An object store that obstore knows."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def put(self, key: str, data: bytes) -> None:
        with _unavailable_on(BaseError, OSError):
            obstore.put(self._store, key, data, use_multipart=False)

    def get(self, key: str) -> bytes:
        with _unavailable_on(BaseError, OSError):
            try:
                return bytes(obstore.get(self._store, key).bytes())
            except FileNotFoundError:
                raise NotStored from None

    def delete(self, keys: Iterable[str]) -> None:
        with _unavailable_on(BaseError, OSError):
            for key in keys:
                with suppress(FileNotFoundError):
                    obstore.delete(self._store, key)

    def list(self, prefix: str, older_than: datetime) -> Iterator[str]:
        with _unavailable_on(BaseError, OSError):
            for page in obstore.list(self._store, prefix):
                yield from (item["path"] for item in page if item["last_modified"] < older_than)


@contextmanager
def _unavailable_on(*classes: type[Exception]) -> Iterator[None]:
    try:
        yield
    except classes as error:
        raise StorageUnavailable from error


def _new_file(path: Path) -> BinaryIO:
    while True:  # a delete may take the empty folder away at any moment
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return path.open("xb")
        except FileNotFoundError:
            pass
        except FileExistsError:
            if path.parent.is_file():
                raise


def _keep_names(folder: Path) -> None:
    """Make the new name as durable as the file behind it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _s3(bucket: str, prefix: str, given: dict[str, str]) -> S3Store:
    options: dict[str, Any] = {name: value for name, value in given.items() if value}
    return S3Store(
        bucket,
        prefix=prefix or None,
        virtual_hosted_style_request=False,
        client_options={
            "allow_http": given["endpoint"].startswith("http://"),
            "connect_timeout": timedelta(seconds=1),
            "timeout": timedelta(seconds=4),
        },
        # A visitor is waiting: one quick second try, and only after a quick failure.
        retry_config={"max_retries": 1, "retry_timeout": timedelta(seconds=1)},
        **options,
    )
