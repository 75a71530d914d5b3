"""`flask erasures`: the proofs lie beside the backups, and are applied to what a backup brought back."""

import json
from datetime import date

import pytest

from portal.db import db
from portal.domain.privacy import erasing, people
from portal.wiring import wired
from tests.domain.privacy.lives import BOB, DESK, ZOE, lived


@pytest.fixture
def erasures(app):
    """Runs `flask erasures` and returns what it says."""

    def run(*arguments):
        done = app.test_cli_runner().invoke(args=["erasures", *map(str, arguments)])
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_proofs_are_saved_and_applied_once_more(app, garage, clock, mailer, erasures, tmp_path):
    kept = tmp_path / "erasures.jsonl"
    uid = lived(app, garage, clock, mailer, ZOE, date(2026, 12, 1))
    with app.app_context():
        erasing.erase(wired().storage, wired().tokens, garage, uid, by=DESK, now=clock.now())
        db.session.remove()
    assert erasures("save", kept) == f"{kept}: 1\n"
    assert not [value for value in ZOE.values if value in kept.read_text()]
    assert json.loads(kept.read_text())["garage"] == "peeters"
    lived(app, garage, clock, mailer, ZOE, date(2026, 12, 8))
    lived(app, garage, clock, mailer, BOB, date(2026, 12, 15))
    clock.forward(hours=1)
    assert erasures("replay", kept) == "1 erased again\n"
    assert erasures("replay", kept) == "0 erased again\n"
    with app.app_context():
        assert not people.find(garage, ZOE.email) and people.find(garage, BOB.email)
