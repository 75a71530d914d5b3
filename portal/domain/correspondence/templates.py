"""Changing the words of letters."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core import codes
from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.correspondence import queries, ready
from portal.domain.correspondence.errors import LetterUnknown, NotOurs, WordsOvertaken
from portal.domain.correspondence.models import LetterWords
from portal.domain.correspondence.queries import Template
from portal.domain.garage.views import GarageView

ABOUT = "letter"  # in the audit log


def save(
    garage: GarageView,
    letter: str,
    language: str,
    *,
    subject: str,
    words: str,
    name: str = "",
    expected: str,
    by: Actor,
    now: datetime,
) -> None:
    """Keep words for a letter, and the `name` of one that is the garage's own.

    `expected` is the fingerprint of the template as it was read.

    Raises:
        LetterUnknown: if there is no such letter.
        WordsOvertaken: somebody else saved it since.
    """
    with transaction(_lock(garage)) as session:
        before = queries.template(garage, letter, language)
        if before.fingerprint != expected:
            raise WordsOvertaken
        row = _row(session, garage, letter, language)
        if (before.subject, before.words) != (subject, words):
            if row is None:
                row = LetterWords(
                    garage_id=garage.id,
                    letter=letter,
                    language=language,
                    purpose=before.purpose,
                    name=before.name,
                )
                session.add(row)
            row.subject, row.words, row.changed_at, row.set_aside_at = subject, words, now, None
        if before.ours and name != before.name:
            session.flush()
            session.execute(update(LetterWords).where(*_of(garage, letter)).values(name=name))
        after = {"subject": subject, "words": words, "name": name if before.ours else before.name}
        if after != _told(before):
            _note(session, by, "saved", garage, before, now, before=_told(before), after=after)


def restore(garage: GarageView, letter: str, language: str, *, by: Actor, now: datetime) -> None:
    """Let the ready-made words hold again; the garage's are set aside. Done twice, it changes nothing.

    Raises:
        LetterUnknown: if there is no such letter.
    """
    with transaction(_lock(garage)) as session:
        before = queries.template(garage, letter, language)
        row = _row(session, garage, letter, language)
        if row is None or row.set_aside_at is not None:
            return
        row.set_aside_at = now
        usual = ready.words(before.purpose, language)
        after = {"subject": usual.subject, "words": usual.words}
        _note(session, by, "restored", garage, before, now, before=_told(before), after=after)


def take_back(garage: GarageView, letter: str, language: str, *, by: Actor, now: datetime) -> None:
    """Let the words hold again that were set aside, if there are any.

    Raises:
        LetterUnknown: if there is no such letter.
    """
    with transaction(_lock(garage)) as session:
        before = queries.template(garage, letter, language)
        row = _row(session, garage, letter, language)
        if row is None or row.set_aside_at is None:
            return
        row.set_aside_at = None
        after = {"subject": row.subject, "words": row.words}
        _note(session, by, "taken back", garage, before, now, before=_told(before), after=after)


def duplicate(garage: GarageView, letter: str, *, name: str, by: Actor, now: datetime) -> str:
    """A letter of the garage's own with the words of `letter` in all its languages; what it is called in addresses.

    Raises:
        LetterUnknown: if there is no such letter.
    """
    with transaction(_lock(garage)) as session:
        copied = [queries.template(garage, letter, language) for language in garage.languages]
        new = codes.uid()
        session.add_all(
            LetterWords(
                garage_id=garage.id,
                letter=new,
                language=each.language,
                purpose=each.purpose,
                name=name,
                subject=each.subject,
                words=each.words,
                changed_at=now,
            )
            for each in copied
        )
        audit.record(
            session,
            by,
            "duplicated",
            garage_id=garage.id,
            about=ABOUT,
            subject=name,
            now=now,
            after={"of": copied[0].name or letter},
        )
    return new


def remove(garage: GarageView, letter: str, *, by: Actor, now: datetime) -> None:
    """Remove a letter that the garage made itself, in all languages. Letters that were sent stay.

    Raises:
        LetterUnknown: if there is no such letter.
        NotOurs: if it is one that everybody has.
    """
    if letter in ready.PURPOSES:
        raise NotOurs(letter)
    with transaction(_lock(garage)) as session:
        rows = list(session.scalars(select(LetterWords).where(*_of(garage, letter))))
        if not rows:
            raise LetterUnknown(letter)
        before = {row.language: {"subject": row.subject, "words": row.words} for row in rows}
        for row in rows:
            session.delete(row)
        audit.record(
            session,
            by,
            "removed",
            garage_id=garage.id,
            about=ABOUT,
            subject=rows[0].name,
            now=now,
            before=before,
        )


def _lock(garage: GarageView) -> str:
    return f"letters {garage.id}"


def _of(garage: GarageView, letter: str) -> tuple:
    return LetterWords.garage_id == garage.id, LetterWords.letter == letter


def _row(session: Session, garage: GarageView, letter: str, language: str) -> LetterWords | None:
    return session.scalar(select(LetterWords).where(*_of(garage, letter), LetterWords.language == language))


def _told(template: Template) -> dict[str, str]:
    return {"subject": template.subject, "words": template.words, "name": template.name}


def _note(
    session: Session,
    by: Actor,
    what: str,
    garage: GarageView,
    template: Template,
    now: datetime,
    *,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    audit.record(
        session,
        by,
        what,
        garage_id=garage.id,
        about=ABOUT,
        subject=f"{template.name or template.letter} ({template.language})",
        now=now,
        before=before,
        after=dict(before) | dict(after),
    )
