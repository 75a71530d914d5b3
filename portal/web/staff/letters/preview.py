"""Letters to look at, before and after they are sent. Nothing is kept, and the mail shown can do nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, g, request

from portal.adapters.mailer import Letter
from portal.domain.cases.models import Case
from portal.domain.cases.queries import CaseView
from portal.domain.correspondence import queries
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.garage import queries as garages
from portal.domain.garage.views import LocationView
from portal.letters import draft, values
from portal.web.headers import MAIL_POLICY
from portal.web.staff.letters.forms import MAX_SUBJECT, MAX_WORDS

DARK = "@media (prefers-color-scheme: dark)"
MEANT_FOR_BOTH = 'name="color-scheme" content="light dark"'


@dataclass(frozen=True)
class About:
    """What a letter is about: a case, or one that nobody has; and what the tags stand for there."""

    view: CaseView | None
    location: LocationView
    values: Mapping[str, str]

    @property
    def case(self) -> Case | None:
        return self.view.case if self.view else None


def about(number: str, language: str, now: datetime) -> About:
    """What a letter in `language` tells of the case `number`, or of the sample if that is empty.

    Raises:
        CaseUnknown: if there is no such case within reach.
    """
    garage = g.desk.garage
    if not number:
        location = garage.locations[0]
        return About(None, location, values.sample(garage, location, language, now))
    view = queries.case(g.desk.reach, number)
    location = garages.location(garage, view.case.location_id)
    return About(view, location, values.of_case(garage, view, language, now))


def letter(subject: str, words: str, language: str, told: About) -> Letter:
    """The letter as it would leave, with the links of a test; addresses that do not work yet are shown all the same."""
    return _composed(subject[:MAX_SUBJECT], words[:MAX_WORDS], language, told, test=True)


def again(kept: WrittenLetter, view: CaseView) -> Letter:
    """A letter that was sent, its words and values as they were then."""
    location = garages.location(g.desk.garage, view.case.location_id)
    return _composed(kept.subject, kept.words, kept.language, About(view, location, kept.values), test=False)


def answer(shown: Letter) -> Response:
    """The letter as a page of its own, by day or by night as the address or the form asks."""
    dark = request.values.get("shade") == "dark"
    html = shown.html.replace(DARK, "@media all" if dark else "@media not all")
    html = html.replace(MEANT_FOR_BOTH, f'name="color-scheme" content="{"dark" if dark else "light"}"')
    # Links open beside the desk: inside the frame the portal's own pages refuse to appear.
    return Response(html.replace("<head>", '<head><base target="_blank">', 1), mimetype="text/html")


def is_mail(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view answers with a mail, which may look as it likes and do nothing."""
    view.talisman_view_options = {"content_security_policy": MAIL_POLICY}  # type: ignore[attr-defined]
    return view


def _composed(subject: str, words: str, language: str, told: About, *, test: bool) -> Letter:
    return draft.compose(
        g.desk.garage,
        told.location,
        language,
        subject=subject,
        words=words,
        values=told.values,
        addresses=draft.shown_addresses(words, g.desk.garage, told.case, test=test),
    )
