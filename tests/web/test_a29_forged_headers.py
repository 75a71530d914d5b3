"""Nothing a stranger sends along moves a link to another host or a mail to another reader."""

from dataclasses import replace

import pytest

from portal.adapters.smtp import SmtpMailer
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.walk import CAR, PORTAL, YOU, requested
from tests.support import smtp
from tests.web.world import links_of

EVIL = "evil.example"
FORGED = {
    "Host": EVIL,
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "Forwarded": f"host={EVIL};proto=gopher",
}
INJECTIONS = [
    "Ann\r\nBcc: eve@evil.example",
    "Ann\nSubject: You won\n\nClick here",
    "Ann\rTo: eve@evil.example",
    "Ann%0d%0aBcc:eve@evil.example",
    "=?utf-8?q?=0d=0aBcc:_eve@evil.example?=",
    "Ann\u2028Bcc: eve@evil.example",
    "Ann>\r\n.\r\nRCPT TO:<eve@evil.example>\r\n",
]


@pytest.fixture(params=[0, 1], ids=["no proxy", "one proxy"])
def settings(settings, request):
    return settings.model_copy(update={"proxies": request.param})


@pytest.fixture
def sink(app, settings):
    """A real mail server that takes what the portal sends."""
    with smtp.sink() as sink:
        wiring = app.extensions["portal"]
        mailer = SmtpMailer(settings.model_copy(update={"smtp_port": sink.port}))
        app.extensions["portal"] = replace(wiring, mailer=mailer)
        yield sink


@on_sqlite
@pytest.mark.parametrize("header", FORGED)
def test_a29_links_in_mails_keep_the_configured_address(garage, clock, client, deliver, header):
    client.headers[header] = FORGED[header]
    sent = requested(client)
    mails = deliver()
    client.open(mails[0].link).submit()
    mails += deliver()
    assert len(mails) == 2 and sent.heading == "Not booked yet"
    for mail in mails:
        assert EVIL not in mail.text + mail.html and "/evil" not in mail.text + mail.html
        assert b"evil" not in b"".join(mail.files.values())
        assert all(link.startswith("https://portal.example.com/peeters/") for link in links_of(mail))


@on_sqlite
@pytest.mark.parametrize("header", FORGED)
def test_a29_no_page_leads_to_the_forged_host(garage, app, client, header):
    http = app.test_client()
    for address in ("/peeters/", "/peeters", "/peeters/leuven/", "/nobody/", "/peeters/assessment"):
        answer = http.get(address, headers={header: FORGED[header]}, base_url=client.base_url)
        assert EVIL not in answer.text.replace("evil.example.com", "")
        assert EVIL not in answer.headers.get("Location", ""), address
        assert EVIL not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("typed", INJECTIONS)
def test_a29_nothing_typed_adds_a_header_or_a_recipient(garage, app, clock, client, deliver, sink, typed):
    for step, usual in (("you", YOU), ("car", CAR)):
        for field in usual:
            if field not in {"consent", "email"}:
                page = client.open(PORTAL).submit(**{**YOU, field: typed} if step == "you" else YOU)
                if step == "car":
                    page = page.submit(**{**CAR, field: typed})
                assert page.status in {200, 422}
    keepable = typed.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    sent = requested(client, first_name=keepable, make=keepable[:60], model=keepable[:60], damage=typed)
    deliver()
    code = next(line for line in body(sink).splitlines() if line.replace(" ", "").isdigit())
    sent.submit(code=code)
    deliver()
    customer, desk = "ann@example.com", "info@peeters.example.com"
    heard = [(mail.recipients, mail.message["To"]) for mail in sink.received]
    assert heard == [((address,), address) for address in (customer, customer, desk)]
    for received in sink.received:
        message = received.message
        assert message["Bcc"] is None and message["Cc"] is None
        assert all(len(message.get_all(name)) == 1 for name in ("To", "From", "Subject", "Message-ID"))
        assert message["Subject"] != "You won" and "evil" not in message["From"]


def body(sink):
    return sink.received[-1].message.get_body(("plain",)).get_content()


@on_sqlite
@pytest.mark.parametrize(
    "email", [f"ann@example.com{more[3:]}" for more in INJECTIONS] + ["a@example.com,b@example.com"]
)
def test_a29_a_mail_address_with_more_in_it_is_refused(garage, app, clock, client, email):
    before = rows(app)["message"]
    page = client.open(PORTAL).submit(**{**YOU, "email": email})
    assert page.status == 422 and page.errors
    sent = requested(client)
    assert sent.submit(email=email).status == 422
    assert len(rows(app)["message"]) == len(before) + 1
