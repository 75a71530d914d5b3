"""A garage and its first owner, from the shell."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.domain.booking import queries
from portal.domain.garage import queries as garages
from tests.support import cases, claes, desk
from tests.support.garages import FOLDER

KNOWN = {
    "name": "Garage Nieuw",
    "street": "Kerkstraat 1",
    "postcode": "9000",
    "city": "Gent",
    "phone": "09 123 45 67",
    "mail": "nieuw@example.com",
}
OPTIONS = [word for name, value in KNOWN.items() for word in (f"--{name}", value)]


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


def test_a_garage_is_made_closed_and_opens_when_told(app, run):
    assert run(args=["garage", "create", "nieuw", *OPTIONS]).exit_code == 0
    with app.app_context():
        assert not garages.known("nieuw").profile.active
    opened = run(args=["garage", "activate", "nieuw"])
    assert opened.exit_code == 0
    assert opened.output == "nieuw: open to customers at https://portal.example.com/nieuw/\n"
    with app.app_context():
        assert garages.find("nieuw").locations[0].takes("assessment")
    closed = run(args=["garage", "deactivate", "nieuw"])
    assert closed.output == "nieuw: closed to customers; the desk stays open\n"
    with app.app_context():
        assert not garages.known("nieuw").profile.active


def test_a_name_is_taken_once(run):
    run(args=["garage", "create", "nieuw", *OPTIONS])
    again = run(args=["garage", "create", "nieuw", *OPTIONS])
    assert again.exit_code == 1 and "already" in again.output


def test_what_is_wrong_is_named(run):
    wrong = run(args=["garage", "create", "staff", *OPTIONS])
    assert wrong.exit_code == 1 and "address of the portal itself" in wrong.output


def test_the_first_owner_is_invited_by_mail_and_the_link_is_printed(run, garage, deliver):
    printed = run(args=["staff", "invite", "peeters", "Ann@Example.com"])
    [mail] = deliver()
    assert mail.recipient == "Ann@example.com" and printed.output.strip() in mail.text
    invited = "Je bent uitgenodigd om met het portaal van Garage Peeters te werken"
    assert invited in mail.text and invited in mail.html and "command line" not in mail.text


def test_an_operator_is_made_and_unmade_and_it_says_so(app, run, garage):
    desk.member(app, "peeters", name="ann")
    made = run(args=["staff", "operator", "ann@desk.example.com"])
    assert made.output == "ann@desk.example.com looks after all garages\n"
    unmade = run(args=["staff", "operator", "ann@desk.example.com", "--no-longer"])
    assert unmade.output == "ann@desk.example.com no longer looks after all garages\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["invite", "nobody", "ann@example.com"], "no garage"),
        (["invite", "peeters", "ann"], "not a mail address"),
        (["invite", "peeters", "josé@example.com"], "accents before the @"),
        (["operator", "ann@example.com"], "has an account"),
    ],
)
def test_who_cannot_be_invited_is_told(run, garage, arguments, problem):
    refused = run(args=["staff", *arguments])
    assert refused.exit_code == 1 and problem in refused.output


def test_a_zone_that_a_file_puts_right_takes_the_moments_of_appointments_along(
    app, flask, repairs, clock, tmp_path
):
    known = cases.opened(app, repairs, clock.now(), location="aalst")
    uid = claes.book(app, known, clock)
    text = (FOLDER / "repairs.toml").read_text(encoding="utf-8")
    path = tmp_path / "repairs.toml"
    path.write_text(text.replace("Europe/Brussels", "Europe/Lisbon"), encoding="utf-8")
    flask("garage", "apply", path)
    with app.app_context():
        booked = queries.appointment(uid)
        assert (booked.start_minute, booked.starts_at) == (
            8 * 60,
            datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Europe/Lisbon")),
        )
