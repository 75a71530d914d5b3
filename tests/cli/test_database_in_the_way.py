"""A database without our tables, or none at all: every command says so in a sentence."""

import pytest

from portal import create_app
from tests.support.post_office import settings
from tests.support.processes import free_port


@pytest.fixture(params=["no tables", "nobody answers"])
def run(request, tmp_path):
    """Runs a command of a portal whose database is in its way; what it said."""
    there = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    nobody = f"postgresql://portal@127.0.0.1:{free_port()}/portal"
    app = create_app(settings(tmp_path, database_url=there if request.param == "no tables" else nobody))

    def run(*words):
        done = app.test_cli_runner().invoke(args=words)
        assert done.exit_code == 1 and isinstance(done.exception, SystemExit), done.exception
        return done.output

    return run


@pytest.mark.parametrize(
    "command",
    [
        ("garage", "show", "peeters"),
        ("case", "list", "peeters"),
        ("mail", "list"),
        ("staff", "operator", "ann@example.com"),
    ],
)
def test_a_command_says_so_and_where_to_ask(run, command):
    said = run(*command)
    assert "the database refuses: " in said and "`flask doctor` says what to mend" in said
    assert "SELECT" not in said and "Traceback" not in said


def test_the_doctor_names_it_without_the_statement(run):
    said = run("doctor")
    assert "MEND  schema: " in said and "MEND  outbox: " in said
    assert "SELECT" not in said and "sqlalche.me" not in said
