"""Every text is there in every language, with everything that is filled in."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from portal.domain.garage.profile import LANGUAGES

HOME = Path(__file__).resolve().parents[1]
TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLACE = re.compile(r"%\(\w+\)[sd]")


def catalogue(language):
    words = (HOME / "translations" / language / "LC_MESSAGES" / "messages.po").read_bytes()
    return read_po(BytesIO(words), locale=language)


def texts(words):
    return {message.id for message in words if message.id}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """What templates and code say, in English, found as docs/recipes.md finds it."""
    words = tmp_path_factory.mktemp("words") / "messages.pot"
    command = "-m babel.messages.frontend --quiet extract -F babel.cfg -k lazy_gettext --no-location -o"
    subprocess.run([sys.executable, *command.split(), words, "."], cwd=HOME, check=True)
    return texts(read_po(BytesIO(words.read_bytes())))


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_missing_and_none_is_left_over(written, language):
    assert texts(catalogue(language)) == written


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_keeps_what_is_filled_in(language):
    for message in catalogue(language):
        if not message.id:
            continue
        ours = [message.id] if isinstance(message.id, str) else list(message.id)
        theirs = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(theirs) and not message.fuzzy, message.id
        for words in theirs:
            assert set(PLACE.findall(words)) <= set(PLACE.findall(ours[-1])), message.id
        assert set(PLACE.findall(theirs[-1])) == set(PLACE.findall(ours[-1])), message.id


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("fr", re.compile(r"[^\u202f][;:?!](?=\s|$)")), ("de", re.compile("E-Mail"))],
)
def test_no_line_begins_with_what_belongs_to_the_word_before(language, wrong):
    for message in catalogue(language):
        theirs = [message.string] if isinstance(message.string, str) else list(message.string)
        assert not message.id or not any(wrong.search(words) for words in theirs), message.id
