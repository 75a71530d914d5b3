"""The demo's inbox, filled by the demo's mail server."""

import sys
from dataclasses import replace

import pytest

from portal import create_app
from portal.adapters.mailer import Attachment, Outgoing
from portal.adapters.smtp import SmtpMailer
from tests.journeys.kinds import on_sqlite
from tests.support.live import environment
from tests.support.post_office import NOW, letter
from tests.support.processes import Program, free_port, is_open

pytestmark = on_sqlite  # mails lie in a folder
MAIL = Outgoing(uid="one", recipient="jan@example.com", language="en", at=NOW, letter=letter())
HTML = (
    "<html><head><title>x</title></head><body><p onclick='x()'>Hi</p><script>alert(1)</script></body></html>"
)


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"inbox_dir": tmp_path / "mail" / "inbox", "smtp_port": free_port()})


@pytest.fixture
def send(app, settings, tmp_path):
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "inbox", "--port", str(settings.smtp_port)]
    with Program(command, tmp_path / "inbox.log", env=environment(settings)) as program:
        program.wait_until(lambda: is_open(settings.smtp_port))

        def send(**given):
            with app.app_context(), SmtpMailer(settings).connection() as line:
                line.send(replace(MAIL, letter=letter(**given)))

        yield send


@pytest.fixture
def mail(send, client):
    """The page of one mail with everything a mail can have."""
    file = Attachment(
        "appointment.ics", "text/calendar; charset=utf-8; method=PUBLISH", b"BEGIN:VCALENDAR\r\n"
    )
    send(subject="Déjà vu", text="Grüße\n", html=HTML, attachments=(file,))
    return client.open("/inbox/").click("Garage Peeters")


def test_an_empty_inbox_says_what_to_do(client):
    assert "Book an appointment" in client.open("/inbox/").text


def test_the_newest_mail_comes_first(send, client):
    for subject in ("First", "Second", "Third"):
        send(subject=subject)
    page = client.open("/inbox/")
    assert [item.text for item in page.soup.select(".subject")] == ["Third", "Second", "First"]


def test_a_mail_shows_who_it_is_from_its_text_and_its_headers(mail):
    assert mail.heading == "Déjà vu"
    assert "Garage Peeters <noreply@portal.example.com>" in mail.text
    assert "Grüße" in mail.text
    assert "Message-ID: <one@portal.example.com>" in mail.text


def test_its_html_is_shown_where_nothing_can_run(mail, client):
    frame = mail.soup.iframe
    assert "allow-scripts" not in frame["sandbox"] and "allow-same-origin" not in frame["sandbox"]
    page = client._client.get(frame["src"], base_url=client.base_url)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "script-src" not in policy
    assert policy.count("frame-ancestors") == 1 and "frame-ancestors 'self'" in policy
    assert "Hi" in page.text


def test_its_files_can_be_saved(mail):
    file = mail.click("appointment.ics")
    assert file.data == b"BEGIN:VCALENDAR\r\n"
    assert file.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path", ["/inbox/none/", "/inbox/none/html", "/inbox/none/files/0", "/inbox/../", "/inbox/%2e%2e/"]
)
def test_what_is_not_there_is_not_found(client, path):
    assert client._client.get(path, base_url=client.base_url).status_code == 404


def test_a_file_a_mail_does_not_have_is_not_found(mail, client):
    assert client._client.get(f"{mail.path}files/1", base_url=client.base_url).status_code == 404


def test_without_the_setting_there_is_no_inbox(settings):
    app = create_app(settings.model_copy(update={"inbox_dir": None}))
    assert "inbox" not in app.blueprints
