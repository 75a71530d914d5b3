"""A test run as a whole: services are found first, what lacks one is skipped by name, the last lines say so."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support import services

# What a test asks for tells what it needs: a parameter, or a fixture.
NEEDED_BY_PARAMETER = {"postgresql": "postgresql"}
NEEDED_BY_FIXTURE = {"redis_url": "redis", "chromium": "browser"}

# A control shows what can go wrong without a guard, which chance may spare once. Whatever has its guard is never repeated.
TRIES_OF_A_CONTROL = 4


def pytest_configure(config: pytest.Config) -> None:
    if _is_worker(config) or config.option.help or config.option.collectonly:
        return
    for name in [
        name for name in os.environ if name.startswith("PORTAL_") and not name.startswith("PORTAL_TEST_")
    ]:
        del os.environ[name]  # the settings of somebody's real portal are none of ours
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)  # tidy up, even if a shell said to ignore it
    stack = ExitStack()
    config.add_cleanup(stack.close)
    services.provide(stack)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reasons = services.missing()
    for item in items:
        for name in _needs(item) & reasons.keys():
            item.add_marker(pytest.mark.skip(reason=f"{name}: {reasons[name]}"))
        if "_control_" in item.name:
            item.add_marker(pytest.mark.flaky(reruns=TRIES_OF_A_CONTROL - 1))
    items.sort(key=lambda item: "architecture" not in item.path.parts)  # the quick answers first


def _needs(item: pytest.Item) -> set[str]:
    parameters = list(item.callspec.params.values()) if hasattr(item, "callspec") else []
    needs = {need for value, need in NEEDED_BY_PARAMETER.items() if value in parameters}
    return needs | {
        NEEDED_BY_FIXTURE[name] for name in getattr(item, "fixturenames", ()) if name in NEEDED_BY_FIXTURE
    }


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _is_worker(session.config) or reporter is None or session.config.option.collectonly:
        return
    counts = {name: len(reporter.getreports(name)) for name in ("passed", "failed", "error", "skipped")}
    reasons = Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ") for report in reporter.getreports("skipped")
    )
    for reason, count in reasons.most_common():
        reporter.write_line(f"skipped {count} – {reason}")
    if os.environ.get("PORTAL_TEST_REQUIRE_ALL") and services.missing():
        reporter.write_line(f"failed: {', '.join(services.missing())} may not be missing here")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    failed = counts["failed"] + counts["error"]
    reporter.write_line(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped")


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
