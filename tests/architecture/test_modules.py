"""What import-linter has no word for."""

import ast
import sys

from tests.support.processes import HOME

PORTAL = HOME / "portal"
MOST_LINES = 250


def modules(folder):
    return sorted((PORTAL / folder).rglob("*.py"))


def imported(path):
    """The names of the modules a file imports, in full."""
    package = path.relative_to(HOME).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *([node.module] if node.module else [])])


def test_no_module_is_long():
    lengths = {str(path.relative_to(HOME)): len(path.read_text("utf-8").splitlines()) for path in modules("")}
    assert not {name: lines for name, lines in lengths.items() if lines >= MOST_LINES}


def test_no_room_has_a_name_that_means_nothing():
    meaningless = {"utils", "helpers", "common", "misc", "manager"}
    assert not [
        path for path in modules("") if {part.removesuffix(".py") for part in path.parts} & meaningless
    ]


def test_scheduling_needs_the_standard_library_only():
    own = "portal.core.scheduling"
    for path in modules("core/scheduling"):
        for name in imported(path):
            inside = name == "portal.core" or f"{name}.".startswith(f"{own}.")
            assert inside or name.partition(".")[0] in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_nobody_inside_makes_an_app():
    makers = [path for path in modules("") if "create_app" in path.read_text("utf-8")]
    assert makers == [PORTAL / "__init__.py"]


def test_only_the_entrances_read_the_clock():
    readers = [
        path.relative_to(PORTAL).parts[0] for path in modules("") if "clock.now" in path.read_text("utf-8")
    ]
    assert set(readers) <= {"web", "jobs", "cli"}
