"""Words of letters that differ from the ready-made ones, and letters as they were sent."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class LetterWords(Model):
    """The garage's own words of one letter in one language.

    `letter` is the purpose of a ready-made letter, or names one of the garage's own, which then has a `name` and was
    made for the same `purpose`. Words `set_aside_at` some moment are kept to be taken back; meanwhile the ready-made
    ones hold.
    """

    __table_args__ = (UniqueConstraint("garage_id", "letter", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    letter: Mapped[str]
    language: Mapped[str]
    purpose: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    words: Mapped[str]
    changed_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]


class WrittenLetter(Model):
    """One letter as somebody at the desk wrote it, to a customer about a case, or to themselves as a `test`.

    `subject` and `words` still hold their tags; `values` is what these stood for at that moment. Tags of addresses
    are not among them: no signed link is kept. A test may have no case and goes after a day.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    test: Mapped[bool]
    letter: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]
    values: Mapped[dict] = mapped_column(JSON)
    recipient: Mapped[str]
    written_by: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime]
