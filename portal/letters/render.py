"""Templates become letters: a subject, a text, and the same as HTML that old mail programs understand."""

from functools import lru_cache

import css_inline
from flask import current_app
from flask_babel import force_locale

from portal.adapters.mailer import Attachment, Letter
from portal.core import colours
from portal.core.dates import local_clock, long_day
from portal.domain.booking.queries import Appointment
from portal.domain.garage.views import GarageView, LocationView
from portal.letters import harmless, links

_tones = lru_cache(maxsize=1024)(colours.tones)
# Outlook and Gmail's apps ignore style sheets; only the dark colours have no other place to be.
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def render(
    letter: str,
    /,
    language: str,
    appointment: Appointment,
    *,
    attachments: tuple[Attachment, ...] = (),
    reply_to: str | None = None,
    **facts: object,
) -> Letter:
    """The `letter` about `appointment` in `language`; `facts` are what only this letter tells."""
    location = appointment.location
    told = {
        "name": harmless.name(appointment.first_name),
        "plate": harmless.plate(appointment.plate),
        "day": long_day(appointment.day, language),
        "time": local_clock(appointment.starts_at, location.zone),
    }
    return render_of_location(
        letter,
        language,
        appointment.garage,
        location,
        attachments=attachments,
        reply_to=reply_to,
        **(told | facts),
    )


def render_of_location(
    letter: str,
    /,
    language: str,
    garage: GarageView,
    location: LocationView,
    *,
    attachments: tuple[Attachment, ...] = (),
    reply_to: str | None = None,
    **facts: object,
) -> Letter:
    """The `letter` about a location; answers go to the garage unless `reply_to` says otherwise."""
    words = _common(language, garage, location) | facts
    with force_locale(language):
        words["subject"] = subject = _template(f"{letter}/subject.txt", words).strip()
        text = _template(f"{letter}/body.txt", words)
        html = _inliner.inline(_template(f"{letter}/body.html", words))
    mail = garage.profile.mail
    return Letter(
        subject=subject,
        text=text.strip() + "\n",
        html=html,
        sender_name=mail.sender_name,
        reply_to=reply_to or mail.reply_to or location.contact.mail,
        attachments=attachments,
    )


def _common(language: str, garage: GarageView, location: LocationView) -> dict[str, object]:
    return {
        "language": language,
        "light": _tones(location.brand.accent),
        "dark": _tones(location.brand.accent, dark=True),
        "logo_url": links.logo(garage, location),
        "garage": garage,
        "location": location,
        "contact": location.contact,
        "added_words": (),
    }


def _template(name: str, words: dict[str, object]) -> str:
    # Not flask.render_template: what pages learn from their request has no place in a letter.
    return current_app.jinja_env.get_template(f"email/{name}").render(words)
