"""`flask doctor`: what is well is said to be, and what is not with what to do about it."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.support import smtp


@pytest.fixture
def mail_server():
    with smtp.sink() as sink:
        yield sink


@pytest.fixture
def settings(settings, mail_server):
    return settings.model_copy(update={"smtp_port": mail_server.port})


@on_sqlite
def test_a_fresh_portal_is_well(flask):
    words = flask("doctor")
    assert "MEND" not in words and "ok    translations: compiled\n" in words


@on_sqlite
def test_words_that_nobody_compiled_are_named_by_their_languages(app, flask, tmp_path, monkeypatch):
    babel = app.extensions["babel"].instance.domain_instance
    monkeypatch.setattr(type(babel), "translation_directories", [str(tmp_path)])
    assert "MEND  translations: no compiled words for nl, fr, de: run pybabel compile" in flask(
        "doctor", fails=True
    )
