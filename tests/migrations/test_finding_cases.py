"""Cases that were there before they could be searched are found like new ones."""

import flask_migrate
import pytest
from sqlalchemy import insert, select, text

from portal import create_app
from portal.db import db
from portal.domain.cases import terms
from portal.domain.cases.models import CaseTerm
from portal.domain.customers.models import Customer, name_key
from tests.support.databases import KINDS, empty_database
from tests.support.post_office import settings

PEOPLE = [
    ("Renée", "van den Bergh-Müller", "renee.vdb@example.com", "+32470123456", "1-ABC-234", "WVWZZZ1JZXW000001"),
    ("", "", "", "", "K 123 BX", ""),
    ("İpek", "Łukasz", "ip@example.com", "0470", "ÄÖ-12", ""),
]  # fmt: skip


def fill(connection):
    tables = db.metadata.tables
    at = "2026-11-25 09:00:00"
    connection.execute(
        insert(tables["garage"]), [{"id": 1, "slug": "peeters", "revision": "r", "profile": {}}]
    )
    connection.execute(
        insert(tables["location"]),
        [{"id": 1, "garage_id": 1, "slug": "a", "position": 0, "listed": True, "profile": {}}],
    )
    for number, (first, last, mail, phone, plate, vin) in enumerate(PEOPLE, 1):
        for words in (
            "INSERT INTO customer (id, garage_id, first_name, last_name, email, phone, street, postcode, city, language)"
            " VALUES (:id, 1, :first, :last, :mail, :phone, '', '', '', 'nl')",
            "INSERT INTO vehicle (id, garage_id, plate, plate_key, plate_country, make, model, vin)"
            " VALUES (:id, 1, :plate, :plate, 'BE', '', '', :vin)",
            'INSERT INTO "case" (id, uid, garage_id, location_id, number, number_key, customer_id, vehicle_id, damage,'
            " language, created_at, changed_at) VALUES (:id, :uid, 1, 1, :number, :uid, :id, :id, '', 'nl', :at, :at)",
        ):
            values = {"id": number, "uid": f"u{number}", "number": f"GA-{number}", "at": at}
            told = {"first": first, "last": last, "mail": mail, "phone": phone, "plate": plate, "vin": vin}
            connection.execute(text(words), values | told)


@pytest.mark.parametrize("kind", KINDS)
def test_old_cases_get_the_terms_and_names_of_new_ones(kind, tmp_path):
    with empty_database(kind, tmp_path) as url:
        app = create_app(settings(tmp_path, database_url=url))
        with app.app_context():
            flask_migrate.upgrade(revision="0002")
            with db.engine.begin() as connection:
                fill(connection)
            flask_migrate.upgrade(revision="0005")
            for number, (first, last, mail, phone, plate, vin) in enumerate(PEOPLE, 1):
                found = set(db.session.scalars(select(CaseTerm.term).where(CaseTerm.case_id == number)))
                assert found == terms.of_values(
                    number=f"GA-{number}",
                    plate=plate,
                    vin=vin,
                    first_name=first,
                    last_name=last,
                    email=mail,
                    phone=phone,
                )
                assert db.session.get(Customer, number).name_key == name_key(first, last)
            db.session.remove()
            db.engine.dispose()
