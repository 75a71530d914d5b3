"""Letters as their readers get them, whether a memory twin or a mail server took them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from flask import Flask

from portal.adapters.mailer import MemoryMailer, Outgoing
from portal.domain.garage import queries as garages
from portal.jobs import mail


@dataclass(frozen=True)
class Mail:
    """One letter: its words twice, and the files that came with it by their names."""

    recipient: str
    subject: str
    text: str
    html: str
    files: dict[str, bytes]

    @property
    def link(self) -> str:
        """The first address in the letter, which is what it wants to be pressed."""
        return self._first(r"https?://\S+")

    @property
    def code(self) -> str:
        """The six digits that do what the link does."""
        return self._first(r"(?m)^\d{3} ?\d{3}(?=\r?$)")

    def _first(self, pattern: str) -> str:
        found = re.search(pattern, self.text)
        assert found, f"nothing like {pattern} in:\n{self.text}"
        return found[0]


def of_outgoing(outgoing: Outgoing) -> Mail:
    """The letter that a memory mailer kept."""
    letter = outgoing.letter
    files = {file.name: file.data for file in letter.attachments}
    return Mail(outgoing.recipient, letter.subject, letter.text, letter.html, files)


def of_message(message: EmailMessage) -> Mail:
    """The letter in what a mail server took."""
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    files = {str(part.get_filename()): part.get_payload(decode=True) for part in message.iter_attachments()}
    return Mail(
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        text=plain.get_content() if plain else "",
        html=html.get_content() if html else "",
        files=files,  # type: ignore[arg-type]
    )


def delivery(app: Flask, mailer: MemoryMailer) -> Callable[..., list[Mail]]:
    """A function that does the worker's mail round once and returns the customers' letters that left with it.

    With `to_garage`, the letters to garages instead.
    """

    def deliver(*, to_garage: bool = False) -> list[Mail]:
        before = len(mailer.sent)
        with app.app_context():
            mail.deliver()
            desks = {location.notify for garage in garages.every() for location in garage.locations}
        letters = [of_outgoing(outgoing) for outgoing in mailer.sent[before:]]
        return [letter for letter in letters if (letter.recipient in desks) == to_garage]

    return deliver
