"""What ruff, mypy and import-linter think of the code; their rules stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import HOME

TOOLS = Path(sys.executable).parent
CONCISE = ["--output-format", "concise"]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", *CONCISE], ["ruff", "format", "--check", *CONCISE], ["lint-imports"], ["mypy"]],
    ids=["ruff", "format", "imports", "types"],
)
def test_the_tools_find_nothing(command):
    program, *arguments = command
    done = subprocess.run(
        [TOOLS / program, *arguments], cwd=HOME, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}:\n{done.stdout}{done.stderr}", pytrace=False)
