"""A real mail server for tests, that can also be as bad as real ones are."""

import asyncio
import email
import email.policy
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Received:
    """One mail as it arrived, every time it arrived."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class Sink:
    """Takes mail on a port of its own and counts it; the attributes say how it behaves from now on."""

    def __init__(self, certificate: ssl.SSLContext | None = None, implicit_tls: bool = False) -> None:
        self.received: list[Received] = []
        self.tries = 0
        self.mail_answer = ""
        self.recipient_answer = ""
        self.data_answer = ""
        self.greylist = False
        self.hang = ""  # "RCPT" or "DATA"
        self.cut_after_data = False
        self.answer_delay = 0.0
        self.most_mails_per_line = 0  # 0: any number
        self.port = _free_port()
        self._seen: set[str] = set()
        self._certificate = certificate
        self._implicit_tls = implicit_tls
        self._controller: Controller | None = None

    def start(self) -> None:
        tls = {"ssl_context": self._certificate} if self._implicit_tls else {"tls_context": self._certificate}
        self._controller = Controller(self, hostname=HOST, port=self.port, **tls)  # type: ignore[arg-type]
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def count(self) -> int:
        return len(self.received)

    def message_ids(self) -> list[str]:
        return [received.message_id for received in list(self.received)]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tries += 1
        session.mails = getattr(session, "mails", 0) + 1  # type: ignore[attr-defined]
        if self.most_mails_per_line and session.mails > self.most_mails_per_line:  # type: ignore[attr-defined]
            return "421 4.7.0 enough for one line"
        if self.mail_answer:
            return self.mail_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hang == "RCPT":
            await asyncio.sleep(3600)
        if self.recipient_answer:
            return self.recipient_answer
        if self.greylist and address not in self._seen:
            self._seen.add(address)
            return "450 4.2.0 greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hang == "DATA":
            await asyncio.sleep(3600)
        if self.data_answer:
            return self.data_answer
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        if self.cut_after_data:
            server.transport.abort()
        if self.answer_delay:
            await asyncio.sleep(self.answer_delay)
        return "250 OK"


@contextmanager
def sink(certificate: ssl.SSLContext | None = None, implicit_tls: bool = False) -> Iterator[Sink]:
    """A running sink."""
    server = Sink(certificate, implicit_tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that lets callers in and never says a word."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    """A port where nobody listens."""
    return _free_port()


def self_signed(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for `localhost` that nobody vouches for, and the file a client would have to trust."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", str(key), "-out", str(certificate)),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context, certificate


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port
