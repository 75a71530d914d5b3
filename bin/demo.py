"""Runs the portal on made-up garages until it is stopped: web server, mail worker, and an inbox for its mail."""

import argparse
import csv
import fcntl
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TextIO
from urllib.error import URLError
from urllib.request import urlopen

HOME = Path(__file__).resolve().parent.parent
GARAGES = sorted((HOME / "demo").glob("*.toml"))
CASES = {"vermeulen": HOME / "demo" / "cases.csv"}
CASES_AS_OF = date(2026, 12, 2)  # on which day they are as they stand in the file
HOST = "127.0.0.1"
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
MARK = "demo-secret"  # the file that makes a folder a demo's own
FILLED = "demo-filled"  # the cases are there; what was done to them since is not undone
INVITED = "demo-invited"  # the links with which one joins the team of each garage
OWNER = "owner@example.com"
MAIL_SERVER = "mail server"
START_SECONDS = 60
STOP_SECONDS = 10


class CannotRun(Exception):
    """The demo cannot go on; the message says why."""


def main() -> int:
    """Set up, start, watch, stop; the status for the shell."""
    options = _options()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have told it to be ignored
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    running: dict[str, subprocess.Popen[bytes]] = {}
    held: TextIO | None = None
    try:
        _refuse_taken(options.port)
        env = _environment(options)
        held = _hold(options.data)
        _fill(env, options.data)
        for name, command in _programs(options, env).items():
            running[name] = _start(command, env, None if options.debug else _log(options.data, name))
            if name == MAIL_SERVER:  # else the first mails would be tried again a minute later
                _wait_until(lambda: _listens(int(env["PORTAL_SMTP_PORT"])), name, running)
        _wait_until(lambda: _answers(env["PORTAL_BASE_URL"]), "the portal", running)
        _show(env["PORTAL_BASE_URL"], options.data)
        while True:
            _refuse_dead(running)
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    except CannotRun as reason:
        print(f"bin/demo: {reason}", file=sys.stderr)
        return 1
    finally:
        _stop(running)
        if held:
            held.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the portal listens (%(default)s)")
    parser.add_argument("--data", type=Path, default=HOME / "var" / "demo", help="folder that keeps its data")
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier demo kept there")
    parser.add_argument("--debug", action="store_true", help="restart with every change of the code")
    options = parser.parse_args()
    options.data = options.data.resolve()
    return options


def _environment(options: argparse.Namespace) -> dict[str, str]:
    """The settings of the demo. Those of a real portal, if there are any, stay out of it."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return inherited | {
        "FLASK_SKIP_DOTENV": "1",
        "PORTAL_SECRET_KEY": _secret(options.data, fresh=options.fresh),
        "PORTAL_BASE_URL": f"http://localhost:{options.port}",
        "PORTAL_DATA_DIR": str(options.data),
        "PORTAL_INBOX_DIR": str(options.data / "inbox"),
        "PORTAL_SMTP_HOST": HOST,
        "PORTAL_SMTP_PORT": str(_free_port()),
        "PORTAL_SMTP_SECURITY": "none",
    }


def _secret(folder: Path, *, fresh: bool) -> str:
    """The secret key of the demo in `folder`, which is made if it is not there."""
    file = folder / MARK
    if folder.exists() and not file.exists() and any(folder.iterdir()):
        raise CannotRun(f"{folder} is not empty and holds no demo; choose another folder with --data")
    if fresh and folder.exists():
        shutil.rmtree(folder)
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def _hold(folder: Path) -> TextIO:
    """Keep the folder to this demo until the returned file is closed."""
    file = (folder / MARK).open()
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CannotRun(f"another demo is running on {folder}") from None
    return file


def _fill(env: dict[str, str], folder: Path) -> None:
    """Bring the tables up to date, apply every garage file, and enter some cases the first time."""
    _flask(env, "db", "upgrade")
    for path in GARAGES:
        print(_flask(env, "garage", "apply", str(path), "--keep-bookings"), end="")
    if not (folder / FILLED).exists():
        for garage, path in CASES.items():
            moved = folder / path.name
            moved.write_text(_as_of_today(path.read_text(encoding="utf-8")), encoding="utf-8")
            _flask(env, "case", "import", garage, str(moved), "--apply")
        (folder / FILLED).touch()
    if not (folder / INVITED).exists():
        links = [_flask(env, "staff", "invite", _slug(path), OWNER, "--language", "en") for path in GARAGES]
        (folder / INVITED).write_text("".join(links), encoding="utf-8")


def _as_of_today(cases: str) -> str:
    """The same cases with every day moved, so that what is under way stays under way."""
    passed = datetime.now().astimezone().date() - CASES_AS_OF

    def move(found: re.Match[str]) -> str:
        day, month, year = map(int, found.groups())
        return (date(year, month, day) + passed).isoformat()

    return re.sub(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", move, cases)


def _flask(env: dict[str, str], *command: str) -> str:
    """What a command of the portal says."""
    done = subprocess.run([*FLASK, *command], cwd=HOME, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun(f"flask {' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def _slug(path: Path) -> str:
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["slug"])


def _programs(options: argparse.Namespace, env: dict[str, str]) -> dict[str, list[str]]:
    address = ["--bind", f"{HOST}:{options.port}"]
    gunicorn = [sys.executable, "-m", "gunicorn", "wsgi:app", "--no-control-socket", "--log-level", "warning"]
    web = [*gunicorn, *address, "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    if options.debug:
        web = [*FLASK, "run", "--debug", "--host", HOST, "--port", str(options.port)]
    return {
        MAIL_SERVER: [*FLASK, "inbox", "--port", env["PORTAL_SMTP_PORT"]],
        "worker": [*FLASK, "worker"],
        "web server": web,
    }


def _start(command: list[str], env: dict[str, str], log: Path | None) -> subprocess.Popen[bytes]:
    with log.open("ab") if log else nullcontext() as words:
        return subprocess.Popen(
            command, cwd=HOME, env=env, stdout=words, stderr=words, start_new_session=True
        )


def _log(folder: Path, name: str) -> Path:
    return folder / f"{name.replace(' ', '-')}.log"


def _wait_until(is_up: Callable[[], bool], what: str, running: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_up():
        _refuse_dead(running)
        if time.monotonic() > deadline:
            raise CannotRun(f"{what} did not answer within {START_SECONDS} seconds")
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/healthz", timeout=2):
            return True
    except (URLError, OSError):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as wire:
        return wire.connect_ex((HOST, port)) == 0


def _show(url: str, folder: Path) -> None:
    print()
    for path in GARAGES:
        garage = tomllib.loads(path.read_text(encoding="utf-8"))
        _line(garage["name"], f"{url}/{garage['slug']}/")
        for location in garage["locations"] if len(garage["locations"]) > 1 else []:
            _line(f"  {location['name']}", f"{url}/{garage['slug']}/{location['slug']}/")
    for slug, path in CASES.items():
        with path.open(encoding="utf-8-sig", newline="") as file:
            case = next(csv.DictReader(file, delimiter=";"))
        _line("Book or follow a repair", f"{url}/{slug}/repair/ or {url}/{slug}/status/")
        _line("  with plate and case number", f"{case['plate']} and {case['number']}")
    _line("The desk, for staff", f"{url}/staff/")
    for path, link in zip(GARAGES, (folder / INVITED).read_text(encoding="utf-8").split(), strict=True):
        _line(f"  join {_slug(path)} as its owner", f"{url}/staff/{link.partition('/staff/')[2]}")
    _line("All mail the portal sends", f"{url}/inbox/")
    _line("Is it well?", f"{url}/healthz")
    print("\nCtrl-C stops it. Its data and logs are in", folder, flush=True)


def _line(name: str, address: str) -> None:
    print(f"{name:<32} {address}")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CannotRun(
                f"port {port} cannot be had ({error.strerror}); choose another with --port"
            ) from None


def _refuse_dead(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, process in running.items():
        if process.poll() is not None:
            raise CannotRun(f"the {name} ended with {process.returncode}; stopping the rest")


def _stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # impatience must not leave anything running
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        finally:
            _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """What is left of a program and its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())
