"""Whatever is known about people has words, or is left out of their page on purpose."""

from dataclasses import fields

import pytest

from portal.db import db
from portal.domain.cases.answers import Answers
from portal.domain.cases.models import Case, CaseTerm
from portal.domain.privacy.dossier import OURS
from portal.web.customer.assessment.forms import CarForm, LocationForm, YouForm
from portal.web.customer.walk.forms import TimeslotForm
from portal.web.staff.privacy import words


def handed_over():
    """The tables whose rows are handed over: what a case stands on, its mails, and whatever points at it."""
    pointing = {
        table
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is Case.__table__
    }
    named = {db.metadata.tables[name] for name in ("case", "customer", "vehicle", "consent", "message")}
    return (named | pointing) - {CaseTerm.__table__}


@pytest.mark.parametrize("table", sorted(handed_over(), key=str), ids=str)
def test_every_column_has_words_or_is_left_out(table):
    columns = {column.key for column in table.columns} - OURS
    assert columns <= words.FIELDS.keys() | words.UNSPOKEN


@pytest.mark.parametrize("table", sorted(handed_over(), key=str), ids=str)
def test_every_table_has_words(table):
    assert table.name in words.KINDS


def test_every_answer_has_words(app):
    checked = {field.name for field in fields(Answers)}
    with app.test_request_context():
        typed = {field.name for form in (YouForm, CarForm, LocationForm, TimeslotForm) for field in form()}
    assert {"mileage", "timeslot"} <= typed
    assert checked | typed <= words.FIELDS.keys()
