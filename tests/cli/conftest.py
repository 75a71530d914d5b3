"""The garage of the tests of the commands."""

import pytest

from tests.support import garages


@pytest.fixture
def repairs(app):
    """Carrosserie Claes: Aalst and Tilburg, classic and spot repairs."""
    return garages.apply(app, "repairs")


@pytest.fixture
def flask(app):
    """Runs a command as the shell would; what it said, on both channels. It must work, unless it `fails` with 1."""

    def run(*words, fails=False):
        done = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert done.exit_code == (1 if fails else 0), f"{done.output}{done.exception!r}"
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.output

    return run
