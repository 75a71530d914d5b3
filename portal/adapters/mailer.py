"""Mail on its way out of the house: what a letter is, and what can keep it from leaving."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

ANSWER_LENGTH = 200


class Refused(Exception):
    """The mail did not leave; `answer` is what the server said, or what kept us from asking."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = "".join(sign if sign.isprintable() else " " for sign in answer)[:ANSWER_LENGTH]


class RefusedForGood(Refused):
    """The server will never take this mail."""


class RefusedForNow(Refused):
    """The server may take this mail later."""


class Unreachable(RefusedForNow):
    """There is no talking to the server at the moment, whatever the mail."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; `content_type` may carry parameters."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """What a writer writes: the words twice, and in whose name."""

    subject: str
    text: str
    html: str
    sender_name: str
    reply_to: str | None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """A letter on its way; `uid` gives it the same Message-ID at every attempt."""

    uid: str
    recipient: str
    language: str
    at: datetime
    letter: Letter


class Line(Protocol):
    """An open connection to a mail server."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand one mail over.

        Raises:
            RefusedForGood, RefusedForNow: it did not leave.
            Unreachable: it did not leave, and this line is dead.
        """


class Mailer(Protocol):
    """The way to a mail server."""

    def connection(self) -> AbstractContextManager[Line]:
        """One kept connection.

        Raises:
            Unreachable: on entering, if there is none to be had.
        """


class MemoryMailer:
    """The twin for tests: keeps what was sent, or raises `trouble` instead."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.trouble: Refused | None = None

    @contextmanager
    def connection(self) -> Iterator[Self]:
        yield self

    def send(self, outgoing: Outgoing) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.sent.append(outgoing)
