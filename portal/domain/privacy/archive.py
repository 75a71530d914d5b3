"""What is handed over to a person: one zip with everything, for people to read and for programs to read."""

import json
import tempfile
import zipfile
from datetime import datetime
from typing import IO

from portal.adapters.storage import NotStored, Storage
from portal.db import let_go, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.garage.views import GarageView
from portal.domain.photos import queries as photos
from portal.domain.photos import service as files
from portal.domain.privacy import dossier, people
from portal.domain.privacy.dossier import Document

IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger one is made on disk


def hand_over(garage: GarageView, uid: str, *, by: Actor, now: datetime) -> Document:
    """Everything known about a person, noted in the log as handed over.

    Raises:
        PersonUnknown: the garage knows no such person.
    """
    with transaction() as session:
        person = people.named(garage, uid)
        audit.record(
            session,
            by,
            "exported",
            garage_id=garage.id,
            about="person",
            subject=person.email or person.name,
            now=now,
        )
        return dossier.of(person)


def pack(storage: Storage, garage: GarageView, uid: str, document: Document, page: str) -> IO[bytes]:
    """The zip: `page` to be read by people, the document as JSON, and the photos; at its beginning.

    Raises:
        PersonUnknown: the person was erased meanwhile.
        StorageUnavailable: no photo can be had at the moment.
    """
    named = [
        (dossier.photo_name(view.case.number, position, photo), files.keys(photo.uid)[0])
        for view in people.named(garage, uid).cases
        for position, photo in enumerate(photos.of_case(view.case.id), 1)
    ]
    let_go()  # the store may take its time
    packed = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.html", page)
        archive.writestr("data.json", json.dumps(document, indent=2, ensure_ascii=False))
        for name, key in named:
            try:
                archive.writestr(zipfile.ZipInfo(name), storage.get(key))
            except NotStored:
                continue
    packed.seek(0)
    return packed
