"""What is typed about a letter."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import Field, HiddenField, SelectField

from portal.core import codes
from portal.letters import draft
from portal.web.fields import Form, Line, Lines, at_most, required
from portal.web.staff.letters import words
from portal.web.words import lazy_gettext as _

MAX_SUBJECT, MAX_WORDS, MAX_NAME = 150, 6000, 80
_UID = re.compile(r"[\w-]{22}", re.ASCII)


def known_tags(_form: Form, field: Field) -> None:
    """Only tags that there are; each that is none is named with its place."""
    one_line = isinstance(field, Line)
    _say(field, (words.unknown(each, one_line=one_line) for each in draft.unknown(field.data or "")))


def no_address(_form: Form, field: Field) -> None:
    """No tag that stands for an address: nobody can press a subject."""
    _say(
        field,
        (
            _("[%(tag)s] belongs into the letter itself: nobody can press a subject.", tag=tag)
            for tag in draft.addresses_in(field.data or "")
        ),
    )


class DraftForm(Form):
    """A subject and the words below it. `uid` names what is sent, so that pressing twice sends once."""

    uid = HiddenField()
    subject = Line(
        _("Subject"), [required(_("Enter a subject.")), at_most(MAX_SUBJECT), known_tags, no_address]
    )
    words = Lines(_("Letter"), [required(_("Write the letter.")), at_most(MAX_WORDS), known_tags])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.uid)

    def refuse(self, sentences: Iterable[Any]) -> bool:
        """Say what keeps the letter from being sent; whether anything does."""
        found = list(sentences)
        _say(self.words, found)
        return bool(found)

    def written(self, letter: str, language: str) -> dict[str, Any]:
        """What is typed, as `correspondence.service` takes it."""
        return {
            "uid": self.uid.data,
            "letter": letter,
            "language": language,
            "subject": self.subject.data,
            "words": self.words.data,
        }

    @property
    def text(self) -> str:
        """Subject and words, to look for tags in both."""
        return f"{self.subject.data or ''}\n{self.words.data or ''}"


class LetterForm(DraftForm):
    """The same about a case. `uid` names the letter, whichever page it is sent from; a test of it has its `test_uid`."""

    test_uid = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.test_uid)

    def tested(self, letter: str, language: str) -> dict[str, Any]:
        """What is typed, as a letter of its own to try out."""
        return self.written(letter, language) | {"uid": self.test_uid.data}


class TemplateForm(DraftForm):
    """The words of a letter of the garage, and the case they are looked at with. `expected`: what they were before."""

    expected = HiddenField()
    case = SelectField(_("Shown with"), validate_choice=False)


class OwnTemplateForm(TemplateForm):
    """The same for a letter that the garage made itself."""

    name = Line(_("Name of this letter"), [required(_("Enter a name.")), at_most(MAX_NAME)])


def _name(field: Field) -> None:
    if not _UID.fullmatch(field.data or ""):
        field.data = codes.uid()


def _say(field: Field, sentences: Iterable[Any]) -> None:
    field.errors = [*field.errors, *sentences]
