"""A test run says what it skipped, and where nothing may be skipped it fails."""

import os
import subprocess
import sys

import pytest

from tests.support.processes import HOME
from tests.support.services import CHROMIUM, POSTGRES_URL, REDIS_URL
from tests.support.session import TRIES_OF_A_CONTROL

TESTS = """
import pytest

@pytest.fixture
def redis_url(): ...

@pytest.fixture
def chromium(): ...

@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_rows(kind): ...

def test_counters(redis_url): ...

def test_pages(chromium): ...
"""
NOWHERE = {
    POSTGRES_URL: "postgresql://127.0.0.1:1",
    REDIS_URL: "redis://127.0.0.1:1",
    CHROMIUM: "/nowhere/chromium",
}


CHANCE = """
from pathlib import Path

def seen():
    with Path("seen").open("a+") as file:
        file.write("x")
        file.seek(0)
        return len(file.read())

def test_{name}_twenty_presses():
    assert seen() == {time}
"""


@pytest.fixture
def run(tmp_path):
    """Runs `tests` without any service; the lines it ends with, and its status."""

    def run(tests=TESTS, **more):
        (tmp_path / "test_all.py").write_text(tests)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.support.session",
            "-p",
            "no:cacheprovider",
            "-q",
        ]
        env = {
            name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "PYTEST_"))
        }
        env |= {"PYTHONPATH": str(HOME), **NOWHERE, **more}
        done = subprocess.run(
            [*command, "."], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines()[-5:], done.returncode

    return run


def test_the_last_lines_name_what_was_skipped_and_why(run):
    lines, status = run()
    assert status == 0
    assert lines[-1] == "1 passed, 0 failed, 3 skipped"
    for name, variable in {"postgresql": POSTGRES_URL, "redis": REDIS_URL, "browser": CHROMIUM}.items():
        assert any(line.startswith(f"skipped 1 – {name}: {variable} ") for line in lines), lines


def test_where_nothing_may_be_missing_the_run_fails(run):
    lines, status = run(PORTAL_TEST_REQUIRE_ALL="1")
    assert status == 1
    assert "failed: postgresql, redis, browser may not be missing here" in lines


@pytest.mark.parametrize(
    ("name", "time", "end"),
    [
        ("a01_control_without_the_guards", TRIES_OF_A_CONTROL, "1 passed, 0 failed, 0 skipped"),
        ("a01_control_without_the_guards", TRIES_OF_A_CONTROL + 1, "0 passed, 1 failed, 0 skipped"),
        ("a01", 2, "0 passed, 1 failed, 0 skipped"),
    ],
)
def test_only_a_control_that_did_not_go_wrong_is_tried_again_and_not_for_ever(run, name, time, end):
    lines, _ = run(CHANCE.format(name=name, time=time))
    assert lines[-1] == end
