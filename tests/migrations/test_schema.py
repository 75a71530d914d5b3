"""The migrations make the schema the models describe, on each database, even when they are cut short."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal import create_app
from portal.db import db
from tests.support.cut_short import POWER_CUT
from tests.support.databases import KINDS, empty_database
from tests.support.live import environment
from tests.support.post_office import settings
from tests.support.processes import HOME
from tests.support.schema import migrate


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with empty_database(request.param, tmp_path) as url:
        yield url


def differences(url, folder):
    app = create_app(settings(folder, database_url=url))
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, db.metadata)
    with app.app_context():
        db.engine.dispose()
    return found


def test_migrated_tables_are_those_of_the_models(url, tmp_path):
    migrate(url, tmp_path)
    assert differences(url, tmp_path) == []


def test_migrating_twice_changes_nothing(url, tmp_path):
    migrate(url, tmp_path)
    migrate(url, tmp_path)
    assert differences(url, tmp_path) == []


@pytest.mark.parametrize("changes", [0, 1, 5, 20])
def test_a63_a_migration_killed_in_the_middle_finishes_on_the_next_run(url, tmp_path, changes):
    command = [sys.executable, "-m", "tests.support.cut_short", str(changes)]
    env = environment(settings(tmp_path, database_url=url))
    killed = subprocess.run(command, cwd=HOME, env=env, capture_output=True, text=True, check=False)
    assert killed.returncode == POWER_CUT, killed.stderr
    migrate(url, tmp_path)
    assert differences(url, tmp_path) == []


def test_revisions_are_numbered_in_one_line():
    scripts = ScriptDirectory(str(HOME / "migrations"))
    line = [script.revision for script in scripts.walk_revisions()][::-1]
    assert line == [f"{number:04}" for number in range(1, len(line) + 1)]
