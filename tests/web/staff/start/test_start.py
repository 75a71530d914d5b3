"""From a garage somebody just made to its first booking."""

import pytest

from portal.domain.audit.service import COMMAND_LINE
from portal.domain.booking import readiness
from portal.domain.booking import service as booking
from portal.domain.booking.readiness import Step
from portal.domain.garage import beginning, editing
from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk
from tests.support.bookings import request

KNOWN = {
    "slug": "nieuw",
    "name": "Garage Nieuw",
    "languages": ["nl", "en"],
    "phone": "09 123 45 67",
    "mail": "nieuw@example.com",
    "street": "Kerkstraat 1",
    "postcode": "9000",
    "city": "Gent",
    "country": "BE",
}


@pytest.fixture
def new(app, clock):
    """A garage that was made this minute."""
    clock.at("2026-12-01 08:00")
    with app.app_context():
        editing.create(beginning.document(**KNOWN), by=COMMAND_LINE, now=clock.now())


@pytest.fixture
def left(app, new, clock):
    """`left()`: the steps that are not done."""

    def ask():
        with app.app_context():
            return [
                each.step for each in readiness.steps(garages.known("nieuw"), clock.now()) if not each.done
            ]

    return ask


@pytest.fixture
def change(app, clock):
    """`change(field=…)`: fields of the garage get other values."""

    def save(**values):
        with app.app_context():
            garage = garages.known("nieuw")
            expected = editing.part(garage, values).fingerprint
            editing.save(garage, values, expected=expected, by=COMMAND_LINE, now=clock.now(), about="garage")

    return save


def test_a_new_garage_has_hours_and_everything_else_before_it(left):
    assert left() == [Step.LOOKS, Step.PRIVACY, Step.OPEN, Step.BOOKING]


def test_each_step_is_done_by_doing_it(app, left, change, clock):
    change(brand={"accent": "#aa3311"})
    change(privacy={"nl": "Onze woorden.", "en": "Our words."})
    assert left() == [Step.OPEN, Step.BOOKING]
    change(active=True)
    assert left() == [Step.BOOKING]
    with app.app_context():
        uid = request(garages.find("nieuw"), clock.now(), day=clock.now().date(), minute=13 * 60)
        assert left() == [Step.BOOKING]
        booking.confirm(uid, 1, clock.now())
    assert left() == []


def test_an_owner_is_led_to_the_next_step_and_the_operator_opens_the_portal(app, new):
    owner = desk.at_desk(app, BASE_URL, "nieuw")
    page = owner.open("/staff/nieuw/")
    page = page.click("First steps")
    assert "4 steps are left." in page.text and "Tell them that you are ready" in page.text
    assert "once it is open: https://portal.example.com/nieuw/" in page.text
    assert f"{BASE_URL}/nieuw/" not in page.links().values()  # it would lead to a page that is not there
    operator = desk.browser(app, BASE_URL, desk.member(app, "nieuw", name="olga", operator=True))
    operator.open("/staff/nieuw/start/").submit("Open the portal")
    with app.app_context():
        assert garages.find("nieuw").profile.active


def test_who_does_not_own_the_garage_is_not_bothered(app, new):
    reception = desk.at_desk(app, BASE_URL, "nieuw", Role.RECEPTION)
    assert "First steps" not in reception.open("/staff/nieuw/").links()
    assert reception.open("/staff/nieuw/start/").status == 403
