"""What the tests need beside Python: PostgreSQL, Redis and Chromium, found, started or missing with a reason.

One process of a test run asks `provide()` at its start; its workers read the answers from the environment.
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

from tests.support.processes import HOST, Died, Program, free_port, is_open

POSTGRES_URL, REDIS_URL, CHROMIUM = "TEST_POSTGRES_URL", "TEST_REDIS_URL", "PORTAL_TEST_CHROMIUM"
MISSING = "PORTAL_TEST_MISSING"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Missing(Exception):
    """A service is not there; the message says why, for a person."""


def provide(stack: ExitStack) -> None:
    """Name every service in the environment; those started for it end with `stack`."""
    reasons: dict[str, str] = {}
    ways: dict[str, tuple[str, Callable[[ExitStack], str]]] = {
        "postgresql": (POSTGRES_URL, _postgres),
        "redis": (REDIS_URL, _redis),
        "browser": (CHROMIUM, _chromium),
    }
    for name, (variable, find) in ways.items():
        try:
            os.environ[variable] = find(stack)
        except (Missing, Died, TimeoutError) as reason:
            os.environ[variable] = ""
            reasons[name] = " ".join(str(reason).split())
    os.environ[MISSING] = json.dumps(reasons)


def missing() -> dict[str, str]:
    """The services that are not there, each with the reason."""
    reasons: dict[str, str] = json.loads(os.environ.get(MISSING, "{}"))
    return reasons


def _postgres(stack: ExitStack) -> str:
    given = os.environ.get(POSTGRES_URL)
    url = _without_path(given or f"postgresql://postgres@{HOST}:5432")
    try:
        psycopg.connect(f"{url}/postgres", connect_timeout=5).close()
        return url
    except psycopg.OperationalError as error:
        if given:
            raise Missing(f"{POSTGRES_URL} does not answer: {error}") from error
    return _own_postgres(stack)


def _own_postgres(stack: ExitStack) -> str:
    programs = [
        shutil.which("initdb"),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True),
    ]
    initdb = next((Path(program) for program in programs if program), None)
    if initdb is None:
        raise Missing(f"no server at {HOST}:5432 and no initdb to start one")
    folder = _own_folder(stack, "postgresql")
    user = _unprivileged_user()
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [initdb, *options, "--pgdata", data],
        user=user,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Missing(f"initdb failed: {made.stderr.strip()}")
    settings = {
        "port": str(port),
        "listen_addresses": HOST,
        "unix_socket_directories": "",
        "max_connections": "200",
        "fsync": "off",
    }
    command: list[str | Path] = [initdb.with_name("postgres"), "-D", data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    server = stack.enter_context(
        Program(command, folder / "log", cwd=folder, user=user, stop_signal=signal.SIGINT)
    )
    server.wait_until(lambda: _answers(f"postgresql://postgres@{HOST}:{port}/postgres"))
    return f"postgresql://postgres@{HOST}:{port}"


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis(stack: ExitStack) -> str:
    given = os.environ.get(REDIS_URL)
    url = _without_path(given or f"redis://{HOST}:6379")
    try:
        redis.Redis.from_url(url).ping()
        return url
    except redis.RedisError as error:
        if given:
            raise Missing(f"{REDIS_URL} does not answer: {error}") from error
    server = shutil.which("redis-server")
    if server is None:
        raise Missing(f"no server at {HOST}:6379 and no redis-server to start one")
    folder, port = _own_folder(stack, "redis"), free_port()
    command: list[str | Path] = [server, "--port", str(port), "--bind", HOST, "--save", "", "--dir", folder]
    running = stack.enter_context(Program(command, folder / "log"))
    running.wait_until(lambda: is_open(port))
    return f"redis://{HOST}:{port}"


def _chromium(stack: ExitStack) -> str:
    if given := os.environ.get(CHROMIUM):
        if not shutil.which(given):
            raise Missing(f"{CHROMIUM} names no program: {given}")
        return given
    if found := _installed_chromium():
        return found
    if not os.environ.get("PORTAL_TEST_INSTALL_BROWSER"):
        raise Missing("no Chromium on the path; bin/test without arguments installs one where it may")
    _install_chromium()
    return _installed_chromium() or ""


def _installed_chromium() -> str | None:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def _install_chromium() -> None:
    apt = shutil.which("apt-get")
    if apt is None:
        raise Missing("no Chromium on the path and no apt-get to install one")
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if as_root and (
        not shutil.which("sudo") or subprocess.run([*as_root, "true"], capture_output=True).returncode
    ):
        raise Missing("no Chromium on the path and no right to install one")
    quiet = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "--quiet", "--quiet"]
    for step in (
        ["update"],
        ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    ):
        done = subprocess.run([*quiet, *step], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"apt-get {step[0]} failed: {done.stderr.strip()[-300:]}")


def _own_folder(stack: ExitStack, name: str) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"portal-test-{name}-")))


def _unprivileged_user() -> str | None:
    """Who may run PostgreSQL, which refuses root; None: ourselves."""
    if os.geteuid():
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _without_path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
