"""The way to a mail server: Flask-Mail over SMTP, with what it leaves out."""

import email.errors
import quopri
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from email.mime.nonmultipart import MIMENonMultipart

import flask_mail
from flask import current_app

from portal.adapters.mailer import Outgoing, Refused, RefusedForGood, RefusedForNow, Unreachable
from portal.config import Settings
from portal.core.normalise import emails

HEADER_LENGTH = 250
# "Sign in first", in its spellings: our own trouble, not the recipient's.
SIGN_IN_CODES = frozenset({530, 534, 535, 538})
CLOSING = 421
# A message would ask the network for this machine's name, every time, for an id that is replaced anyway.
flask_mail.make_msgid = str  # type: ignore[assignment, attr-defined, unused-ignore]

PLAIN_ADDRESS = re.compile(r"""[^\s<>()\[\],;:\\"@]+@[^\s<>()\[\],;:\\"@]+""")


class SmtpMailer:
    """Flask-Mail with what it leaves out: timeouts, checked certificates, short lines, errors with a meaning."""

    def __init__(self, settings: Settings) -> None:
        self._mail = flask_mail.Mail().init_mail(
            {
                "MAIL_SERVER": settings.smtp_host,
                "MAIL_PORT": settings.smtp_port,
                "MAIL_USE_TLS": settings.smtp_security == "starttls",
                "MAIL_USE_SSL": settings.smtp_security == "tls",
                "MAIL_USERNAME": settings.smtp_username,
                "MAIL_PASSWORD": settings.smtp_password.get_secret_value(),
            }
        )
        self._sender = settings.mail_sender
        self._host = str(settings.base_url.host)
        self._timeout = settings.smtp_timeout_seconds
        self._tls = ssl.create_default_context() if settings.smtp_security != "none" else None

    @contextmanager
    def connection(self) -> Iterator["SmtpLine"]:
        """One kept connection; see `Mailer`."""
        # Flask-Mail's messages look for their settings there.
        current_app.extensions.setdefault("mail", self._mail)
        line = _Connection(self._mail, self._host, self._timeout, self._tls)
        try:
            line.__enter__()
        except smtplib.SMTPResponseException as error:
            raise Unreachable(_said(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        try:
            yield SmtpLine(line, self._sender, self._host)
        finally:
            line.hang_up()


class SmtpLine:
    """A connection that turns outgoing letters into MIME."""

    def __init__(self, connection: "_Connection", sender: str, host: str) -> None:
        self._connection = connection
        self._sender = sender
        self._host = host

    def send(self, outgoing: Outgoing) -> None:
        """Hand one mail over; see `Line`."""
        with _plain_errors():
            self._connection.send(self._mime(outgoing), envelope_from=self._sender)

    def _mime(self, outgoing: Outgoing) -> flask_mail.Message:
        letter = outgoing.letter
        message = _Message(
            subject=_one_line(letter.subject),
            recipients=[_plain_address(outgoing.recipient)],
            body=letter.text,
            html=letter.html,
            sender=self._sender,
            reply_to=_plain_address(letter.reply_to) if letter.reply_to else None,
            date=outgoing.at.timestamp(),
            charset="us-ascii",  # of headers: only those that need it are encoded, as UTF-8
            extra_headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": _one_line(outgoing.language),
            },
        )
        # Flask-Mail would glue name and address together and read them apart again: a name could smuggle an address.
        message.sender = (_one_line(letter.sender_name), self._sender)
        message.msgId = f"<{_one_line(outgoing.uid)}@{self._host}>"
        for file in letter.attachments:
            message.attach(_one_line(file.name), file.content_type, file.data)
        return message


class _Message(flask_mail.Message):
    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMENonMultipart:  # type: ignore[override]
        # Mail servers cut or refuse lines over 998 octets, which Flask-Mail would send as they are.
        part = MIMENonMultipart("text", subtype, charset="utf-8")
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(quopri.encodestring((text or "").encode()).decode("ascii"))
        return part

    def as_bytes(self) -> bytes:
        # The email package would fold a header by reading it, and write a name's commas and brackets as addresses.
        return _written(self._message()).replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")


def _written(part: Message, depth: int = 0) -> str:
    headers = "".join(f"{name}: {value}\n" for name, value in part.raw_items())
    if not part.is_multipart():
        return f"{headers}\n{part.get_payload()}"
    boundary = f"=_{depth}"  # neither quoted-printable nor base64 ever writes that
    headers = re.sub(
        "^Content-Type: .*", rf'\g<0>; boundary="{boundary}"', headers, count=1, flags=re.MULTILINE
    )
    parts = "".join(f"--{boundary}\n{_written(inner, depth + 1)}\n" for inner in part.get_payload())  # type: ignore[arg-type]
    return f"{headers}\n{parts}--{boundary}--\n"


class _Connection(flask_mail.Connection):
    def __init__(self, mail: flask_mail._Mail, name: str, timeout: float, tls: ssl.SSLContext | None) -> None:
        super().__init__(mail)  # type: ignore[arg-type]  # made for the state, whatever it says
        self._name = name
        self._timeout = timeout
        self._tls = tls

    def configure_host(self) -> smtplib.SMTP:
        mail = self.mail
        if mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.server, mail.port, self._name, timeout=self._timeout, context=self._tls
            )
        else:
            host = smtplib.SMTP(mail.server, mail.port, self._name, timeout=self._timeout)
        try:
            if mail.use_tls:
                host.starttls(context=self._tls)
            if mail.username and mail.password:
                host.login(mail.username, mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def hang_up(self) -> None:
        """Say goodbye if anybody listens; the mails are noted already."""
        if self.host is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.host.quit()
            self.host.close()


def _one_line(text: str) -> str:
    """`text` as a header may carry it: no line ends, no controls, no endless line."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))[:HEADER_LENGTH]


def _plain_address(address: str) -> str:
    # Flask-Mail would write ß in a domain as ss, which is somebody else's.
    plain = address if address.isascii() else emails.on_the_wire(address) or ""
    if not PLAIN_ADDRESS.fullmatch(plain) or not plain.isprintable():
        raise RefusedForGood("not an address a mail can go to")
    return plain


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPSenderRefused as error:
        kind = Unreachable if error.smtp_code == CLOSING else RefusedForNow
        raise kind(_said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:
        raise Unreachable(_said(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    except (ValueError, email.errors.MessageError, flask_mail.BadHeaderError) as error:
        raise RefusedForGood(f"not a mail: {type(error).__name__}") from error


def _refusal(code: int, words: bytes | str) -> Refused:
    if code == CLOSING:
        return Unreachable(_said(code, words))
    if 500 <= code < 600 and code not in SIGN_IN_CODES:
        return RefusedForGood(_said(code, words))
    return RefusedForNow(_said(code, words))


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
