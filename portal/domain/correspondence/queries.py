"""Asking for the words of letters, and for letters that were sent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.core import codes
from portal.db import db
from portal.domain.booking import queries as bookings
from portal.domain.cases import queries as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case
from portal.domain.cases.queries import WHOLE, CaseView
from portal.domain.correspondence import ready
from portal.domain.correspondence.errors import LetterUnknown
from portal.domain.correspondence.models import LetterWords, WrittenLetter
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import GarageView

TEST_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class Template:
    """The words of one letter in one language as they hold now.

    `name` is empty for the letters everybody has. `own`: they are the garage's; `set_aside`: the garage wrote words
    that do not hold at present. `fingerprint` changes with what one can edit.
    """

    letter: str
    language: str
    purpose: str
    name: str
    subject: str
    words: str
    own: bool = False
    set_aside: bool = False
    changed_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        return codes.fingerprint("\0".join((self.name, self.subject, self.words)).encode())

    @property
    def ours(self) -> bool:
        """Whether the garage made this letter itself."""
        return self.letter != self.purpose


@dataclass(frozen=True)
class Line:
    """One letter in all languages of the garage."""

    letter: str
    purpose: str
    name: str
    templates: Mapping[str, Template]


def lines(garage: GarageView) -> list[Line]:
    """Every letter that the garage can change: the ready-made ones, then its own by name."""
    rows: dict[str, dict[str, LetterWords]] = defaultdict(dict)
    for row in db.session.scalars(select(LetterWords).where(LetterWords.garage_id == garage.id)):
        rows[row.letter][row.language] = row
    own = [
        (letter, row.purpose, row.name)
        for letter, known in rows.items()
        if letter not in ready.PURPOSES and (row := next(iter(known.values())))
    ]
    every: list[tuple[str, str, str]] = [(purpose, purpose, "") for purpose in ready.PURPOSES]
    every += sorted(own, key=lambda each: (each[2].casefold(), each[0]))
    return [
        Line(
            letter,
            purpose,
            name,
            {
                language: _template(letter, purpose, name, language, rows[letter].get(language))
                for language in garage.languages
            },
        )
        for letter, purpose, name in every
    ]


def template(garage: GarageView, letter: str, language: str) -> Template:
    """The words of `letter` in `language`.

    Raises:
        LetterUnknown: if the garage has no such letter, or does not speak the language.
    """
    found = next((line for line in lines(garage) if line.letter == letter), None)
    if found is None or language not in found.templates:
        raise LetterUnknown(letter, language)
    return found.templates[language]


def case(reach: Reach, number: str) -> CaseView:
    """The case with this number, under any spelling of it.

    Raises:
        CaseUnknown: if there is none within reach, or it was merged into another one.
    """
    found = cases.by_number(reach.garage_id, number)
    if found.case.merged_into is not None or reach.by_id(found.case.location_id) is None:
        raise CaseUnknown(number)
    return found


def fitting(view: CaseView, now: datetime) -> str:
    """The letter that fits a case best: once its repair is booked or the car is in, the one to follow it."""
    under_way = (
        view.case.vehicle_in_on is not None or bookings.coming(view.case.id, "repair", now) is not None
    )
    return "status" if under_way else "repair"


def newest_cases(reach: Reach, limit: int) -> list[CaseView]:
    """The newest cases within reach that a letter can be written about, to look at it with."""
    rows = db.session.execute(
        WHOLE.where(
            Case.garage_id == reach.garage_id,
            Case.location_id.in_(reach.location_ids),
            Case.merged_into.is_(None),
        )
        .order_by(Case.id.desc())
        .limit(limit)
    )
    return [CaseView(*row) for row in rows]


def sent(case_id: int) -> list[WrittenLetter]:
    """The letters that were sent from a case, newest first."""
    return list(
        db.session.scalars(
            select(WrittenLetter)
            .where(WrittenLetter.case_id == case_id, WrittenLetter.test.is_(False))
            .order_by(WrittenLetter.id.desc())
        )
    )


def sent_one(case_id: int, uid: str) -> WrittenLetter:
    """One of them.

    Raises:
        LetterUnknown: if none of this name was sent from the case.
    """
    found = next((each for each in sent(case_id) if each.uid == uid), None)
    if found is None:
        raise LetterUnknown(uid)
    return found


def written(uid: str) -> WrittenLetter | None:
    """The letter that an outbox row is about, unless it is gone."""
    return db.session.scalar(select(WrittenLetter).where(WrittenLetter.uid == uid))


def last_test(garage_id: int, member_id: int, uid: str) -> WrittenLetter | None:
    """A test that this member wrote, so that what they typed is still there after it left."""
    found = written(uid)
    mine = found is not None and (found.garage_id, found.member_id) == (garage_id, member_id)
    return found if found is not None and mine and found.test else None


def _template(letter: str, purpose: str, name: str, language: str, row: LetterWords | None) -> Template:
    if row is not None and row.set_aside_at is None:
        return Template(
            letter, language, purpose, name, row.subject, row.words, own=True, changed_at=row.changed_at
        )
    usual = ready.words(purpose, language)
    return Template(letter, language, purpose, name, usual.subject, usual.words, set_aside=row is not None)
