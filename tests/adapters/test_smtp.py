"""The way out over SMTP, against a real server."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import getaddresses, parseaddr

import pytest
from flask import Flask

from portal.adapters.mailer import (
    Attachment,
    MemoryMailer,
    Outgoing,
    RefusedForGood,
    RefusedForNow,
    Unreachable,
)
from portal.adapters.smtp import SmtpMailer
from tests.support import smtp
from tests.support.post_office import letter, settings

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MAIL = Outgoing(uid="u-1", recipient="jan@example.com", language="nl", at=AT, letter=letter())


@pytest.fixture(autouse=True)
def _context():
    with Flask("mail").app_context():
        yield


@pytest.fixture
def sink():
    with smtp.sink() as server:
        yield server


@pytest.fixture
def mailer(sink, tmp_path):
    return SmtpMailer(settings(tmp_path, smtp_port=sink.port))


def send(mailer, *mails: Outgoing) -> None:
    with mailer.connection() as line:
        for mail in mails:
            line.send(mail)


def plain(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_mail_says_who_what_when_and_in_which_language(sink, mailer):
    send(mailer, MAIL)
    message = sink.received[0].message
    assert message["From"] == "Garage Peeters <noreply@portal.example.com>"
    assert message["To"] == "jan@example.com"
    assert message["Reply-To"] == "desk@garage.example.com"
    assert message["Subject"] == "Your appointment"
    assert message["Message-ID"] == "<u-1@portal.example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "nl"
    assert message["Date"].datetime == AT
    assert sink.received[0].sender == "noreply@portal.example.com"
    assert sink.received[0].recipients == ("jan@example.com",)


def test_a_second_attempt_has_the_same_message_id(sink, mailer):
    send(mailer, MAIL)
    send(mailer, replace(MAIL, at=AT.replace(hour=10)))
    assert sink.message_ids() == ["<u-1@portal.example.com>"] * 2


def test_text_and_html_and_files_arrive_as_they_were(sink, mailer):
    words = letter(
        text="Prüfung – déjà 🚗\n.\nlast line\n",
        html="<p>Prüfung – déjà 🚗</p>",
        attachments=(
            Attachment("afspraak é.ics", "text/calendar; charset=utf-8; method=PUBLISH", b"BEGIN\r\nEND\r\n"),
        ),
    )
    send(mailer, replace(MAIL, letter=words))
    message = sink.received[0].message
    assert plain(message) == words.text
    assert message.get_body(("html",)).get_content().strip() == words.html
    (file,) = message.iter_attachments()
    assert file.get_filename() == "afspraak é.ics"
    assert file.get_content_type() == "text/calendar" and file.get_param("method") == "PUBLISH"
    assert file.get_payload(decode=True) == b"BEGIN\r\nEND\r\n"


def test_no_line_is_longer_than_mail_servers_take(sink, mailer):
    words = letter(subject="é" * 900, text="x" * 5000, html=f"<p>{'ü' * 5000}</p>", sender_name="é" * 400)
    send(mailer, replace(MAIL, letter=words))
    assert max(len(line) for line in sink.received[0].raw.split(b"\r\n")) <= 998
    assert plain(sink.received[0].message).strip() == words.text


def test_many_mails_go_over_one_connection(sink, mailer):
    send(mailer, *(replace(MAIL, uid=f"u-{number}") for number in range(5)))
    assert len(set(sink.message_ids())) == 5


@pytest.mark.parametrize(
    "name",
    [
        'Garage "De Ster", Gent <x@evil.example>',
        "a@evil.example, b@evil.example",
        "Garage, " * 30 + "x",
        "Autobedrijf Özdemir & Zonen (Antwerpen); réparations – Unfallschäden, Lackiererei und mehr",
    ],
)
def test_a_garages_name_cannot_change_the_address_it_sends_from(sink, mailer, name):
    send(mailer, replace(MAIL, letter=letter(sender_name=name)))
    header = email.message_from_bytes(sink.received[0].raw)["From"].replace("\r\n", "")
    encoded, address = parseaddr(header)
    assert (str(make_header(decode_header(encoded))), address) == (name, "noreply@portal.example.com")
    assert len(getaddresses([header])) == 1


FORGED = "x\r\nBcc: victim@evil.example\r\n\r\nhello"


@pytest.mark.parametrize("field", ["subject", "sender_name"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00", "\x85"])
def test_a29_line_ends_in_a_header_add_no_header(sink, mailer, field, end):
    send(mailer, replace(MAIL, letter=letter(**{field: FORGED.replace("\r\n", end)})))
    _nothing_added(sink)


def test_a29_line_ends_in_language_uid_and_file_name_add_no_header(sink, mailer):
    file = Attachment(FORGED, "text/calendar", b"x")
    send(mailer, replace(MAIL, uid=FORGED, language=FORGED, letter=letter(attachments=(file,))))
    _nothing_added(sink)


@pytest.mark.parametrize(
    "address",
    [
        FORGED,
        "jan@example.com\r\nRCPT TO:<victim@evil.example>",
        "jan@example.com\n",
        "jan@example.com, victim@evil.example",
        "jan@example.com victim@evil.example",
        "Jan <victim@evil.example>",
        "jan@example.com\x00",
        "jan",
        "jürgen@example.com",
        "jan\ud800@example.com",
    ],
)
@pytest.mark.parametrize("field", ["recipient", "reply_to"])
def test_a29_an_address_that_is_not_one_is_refused_for_good(sink, mailer, address, field):
    mail = (
        replace(MAIL, recipient=address)
        if field == "recipient"
        else replace(MAIL, letter=letter(reply_to=address))
    )
    with mailer.connection() as line:
        with pytest.raises(RefusedForGood):
            line.send(mail)
        line.send(MAIL)  # the line is as good as before
    _nothing_added(sink)


def test_a29_half_characters_in_the_words_are_refused_for_good(sink, mailer):
    for words in (letter(subject="\ud800"), letter(text="\ud800"), letter(html="\ud800")):
        try:
            send(mailer, replace(MAIL, letter=words))
        except RefusedForGood:
            continue
        _nothing_added(sink)


def _nothing_added(sink):
    (received,) = sink.received
    assert received.recipients == ("jan@example.com",)
    assert received.message["Bcc"] is None
    assert plain(received.message) == letter().text


@pytest.mark.parametrize(
    ("domain", "sent"),
    [
        ("müller.example.com", "xn--mller-kva.example.com"),
        ("straße.example.com", "xn--strae-oqa.example.com"),
    ],
)
def test_an_international_domain_is_sent_as_mail_servers_know_it(sink, mailer, domain, sent):
    words = letter(reply_to=f"desk@{domain}")
    send(mailer, replace(MAIL, recipient=f"jose@{domain}", letter=words))
    received = sink.received[0]
    assert received.recipients == (f"jose@{sent}",)
    headers = email.message_from_bytes(received.raw)
    assert (headers["To"], headers["Reply-To"]) == (f"jose@{sent}", f"desk@{sent}")


@pytest.mark.parametrize(
    ("setting", "answer", "refusal"),
    [
        ("recipient_answer", "550 5.1.1 no such user", RefusedForGood),
        ("recipient_answer", "450 4.2.0 greylisted", RefusedForNow),
        ("recipient_answer", "530 5.7.0 authentication required", RefusedForNow),
        ("data_answer", "554 5.6.0 not in this house", RefusedForGood),
        ("data_answer", "451 4.3.0 later", RefusedForNow),
        ("mail_answer", "550 5.7.1 you may not send", RefusedForNow),
        ("mail_answer", "451 4.3.0 later", RefusedForNow),
    ],
)
def test_refusals_are_told_apart_and_the_line_stays_good(sink, mailer, setting, answer, refusal):
    with mailer.connection() as line:
        setattr(sink, setting, answer)
        with pytest.raises(refusal) as refused:
            line.send(MAIL)
        setattr(sink, setting, "")
        line.send(MAIL)
    assert type(refused.value) is refusal
    assert refused.value.answer == answer
    assert sink.count() == 1


@pytest.mark.parametrize("setting", ["mail_answer", "recipient_answer", "data_answer"])
def test_a_server_that_is_closing_is_unreachable(sink, mailer, setting):
    setattr(sink, setting, "421 4.3.2 shutting down")
    with pytest.raises(Unreachable, match="421"):
        send(mailer, MAIL)


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_server_that_hangs_is_unreachable(sink, mailer, step):
    sink.hang = step
    with pytest.raises(Unreachable):
        send(mailer, MAIL)


def test_a_server_that_cuts_after_the_data_is_unreachable(sink, mailer):
    sink.cut_after_data = True
    with pytest.raises(Unreachable):
        send(mailer, MAIL)


def test_a_server_that_never_says_hello_is_unreachable(tmp_path):
    with smtp.silent_server() as port, pytest.raises(Unreachable):
        send(SmtpMailer(settings(tmp_path, smtp_port=port)), MAIL)


def test_nobody_listening_is_unreachable(tmp_path):
    with pytest.raises(Unreachable, match="refused"):
        send(SmtpMailer(settings(tmp_path, smtp_port=smtp.closed_port())), MAIL)


def test_a_host_name_that_cannot_be_one_is_unreachable(tmp_path):
    with pytest.raises(Unreachable):
        send(SmtpMailer(settings(tmp_path, smtp_host="a" * 70 + ".example")), MAIL)


def test_a_sign_in_the_server_does_not_know_is_unreachable(sink, tmp_path):
    mailer = SmtpMailer(settings(tmp_path, smtp_port=sink.port, smtp_username="u", smtp_password="p"))
    with pytest.raises(Unreachable):
        send(mailer, MAIL)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_is_refused(tmp_path, security):
    context, _ = smtp.self_signed(tmp_path)
    with smtp.sink(context, implicit_tls=security == "tls") as server:
        mailer = SmtpMailer(
            settings(tmp_path, smtp_host="localhost", smtp_port=server.port, smtp_security=security)
        )
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            send(mailer, MAIL)
        assert server.tries == 0


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_certificate_is_taken_for_its_own_name_only(tmp_path, monkeypatch, security):
    context, certificate = smtp.self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp.sink(context, implicit_tls=security == "tls") as server:
        right = settings(tmp_path, smtp_host="localhost", smtp_port=server.port, smtp_security=security)
        send(SmtpMailer(right), MAIL)
        wrong = settings(tmp_path, smtp_host="127.0.0.1", smtp_port=server.port, smtp_security=security)
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            send(SmtpMailer(wrong), MAIL)
    assert server.count() == 1


def test_a_server_without_encryption_is_not_spoken_to_when_it_is_asked_for(sink, tmp_path):
    with pytest.raises(Unreachable):
        send(SmtpMailer(settings(tmp_path, smtp_port=sink.port, smtp_security="starttls")), MAIL)
    assert sink.tries == 0


def test_what_the_server_said_is_kept_short_and_on_one_line():
    assert RefusedForNow("450 a\r\nb\x00" + "c" * 999).answer == ("450 a  b " + "c" * 999)[:200]


def test_the_memory_mailer_keeps_mails_or_raises_its_trouble():
    mailer = MemoryMailer()
    send(mailer, MAIL)
    mailer.trouble = RefusedForNow("450 later")
    with pytest.raises(RefusedForNow):
        send(mailer, MAIL)
    assert mailer.sent == [MAIL]
