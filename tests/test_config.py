"""What is wrong with the settings is said in sentences that name what to set."""

import os
import subprocess
import sys

import pytest

from portal import config, create_app
from portal.config import Misconfigured
from tests.support.live import start_web
from tests.support.processes import HOME, HOST, Died, free_port, is_open

GIVEN = {"secret_key": "k" * 32, "base_url": "http://localhost:8000"}
STARTS = {
    "flask": ["flask", "--app", "wsgi", "garage", "show"],
    "flask-db": ["flask", "--app", "wsgi", "db", "upgrade"],
    "worker": ["flask", "--app", "wsgi", "worker"],
}


def environment(**given):
    """Of a program that finds these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return (
        kept | {f"PORTAL_{name.upper()}": value for name, value in given.items()} | {"FLASK_SKIP_DOTENV": "1"}
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"secret_key": ""}, "PORTAL_SECRET_KEY needs at least 32 characters"),
        ({"base_url": "portal"}, "PORTAL_BASE_URL: Input should be a valid URL"),
        ({"base_url": "http://localhost/x"}, "PORTAL_BASE_URL ends after the host and the port"),
        ({"smtp_port": "many"}, "PORTAL_SMTP_PORT: Input should be a valid integer"),
        ({"smtp_username": "me"}, "PORTAL_SMTP_USERNAME and PORTAL_SMTP_PASSWORD go together"),
        ({"storage_access_key": "k"}, "PORTAL_STORAGE_ACCESS_KEY and PORTAL_STORAGE_SECRET_KEY go together"),
        ({"database_url": "mysql://x"}, "PORTAL_DATABASE_URL starts with sqlite:/// or postgresql://"),
        ({"storage_url": "ftp://x"}, "PORTAL_STORAGE_URL starts with file:/// or s3://"),
        ({"redis_url": "localhost"}, "PORTAL_REDIS_URL starts with redis://, rediss:// or unix://"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(given, sentence):
    with pytest.raises(Misconfigured) as no:
        config.read(**GIVEN | given)
    assert str(no.value).splitlines()[1].startswith(sentence)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match="PORTAL_DATA_DIR"):
        create_app(config.read(**GIVEN, data_dir=tmp_path / "file" / "data"))


@pytest.mark.parametrize("start", STARTS)
def test_whoever_starts_a_command_reads_what_to_set_and_no_traceback(start):
    program = [sys.executable, "-m", *STARTS[start]]
    done = subprocess.run(program, cwd=HOME, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-2:] == ["PORTAL_SECRET_KEY is not set", "PORTAL_BASE_URL is not set"]


@pytest.mark.parametrize("address", ["https://portal.example.com", f"http://{HOST}:8000"])
def test_a_web_server_says_what_to_set_and_ends_without_a_traceback(tmp_path, address):
    env, port = environment(base_url=address, secret_key="short"), free_port()
    with start_web(env, tmp_path, port, 2) as web, pytest.raises(Died):
        web.wait_until(lambda: is_open(port))
    assert "PORTAL_SECRET_KEY needs at least 32 characters\ngunicorn does not start" in web.words()
    assert "Traceback" not in web.words()
