"""Whatever is typed into the searches and forms of deliveries, privacy and log breaks nothing and runs nothing."""

from datetime import date

from portal.db import db
from portal.domain.mailing.models import Message
from tests.conftest import BASE_URL
from tests.domain.privacy.lives import ZOE, lived
from tests.journeys.rows import rows
from tests.web.naughty import NAUGHTY, arriving, in_an_address

BELOW = "/staff/peeters"


def test_a44_searches_take_it(app, garage, at_desk, clock, mailer):
    lived(app, garage, clock, mailer, ZOE, date(2026, 12, 1))
    owner, before, failed = at_desk(), rows(app), {}
    asked = ("deliveries/all?address={}", "deliveries/all?state={}", "privacy/?q={}", "log/?words={}")
    asked += ("log/?first={}", "log/log.csv?words={}", "deliveries/{}", "privacy/people/{}")
    for name, typed in NAUGHTY.items():
        for address in asked:
            word = in_an_address(typed[:5000] if "?" in address else typed.replace("/", "")[:300])
            status = owner.open(f"{BELOW}/{address.format(word)}").status
            if status >= 500:
                failed[name, address] = status
    assert not failed
    after = rows(app)
    before.pop("sign_in"), after.pop("sign_in")
    assert after == before


def test_a44_forms_take_it_or_say_what_is_wrong(app, garage, at_desk, clock, mailer):
    lived(app, garage, clock, mailer, ZOE, date(2026, 12, 1))
    owner = at_desk()
    with app.app_context():
        uid = db.session.query(Message.uid).filter(Message.purpose == "booked").first()[0]
        db.session.remove()
    token, failed = owner.token(), {}
    for name, text in NAUGHTY.items():
        typed = arriving(text)
        for address, fields in (
            (f"deliveries/{uid}/address", ("email", "expected")),
            ("privacy/retention", ("case_months", "request_days", "log_months", "expected")),
        ):
            data = dict.fromkeys(fields, typed) | {"csrf_token": token}
            page = owner.open(f"{BELOW}/{address}", method="POST", data=data, Referer=f"{BASE_URL}/")
            if page.status not in {409, 422}:
                failed[name, address] = page.status
    assert not failed
