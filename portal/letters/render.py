"""Templates become letters: a subject, a text, and the same as HTML that old mail programs understand."""

import css_inline
from flask import current_app
from flask_babel import force_locale

from portal.adapters.mailer import Attachment, Letter
from portal.core import colours
from portal.core.dates import local_clock, long_day
from portal.domain.booking.queries import Appointment
from portal.letters import harmless, links

# Outlook and Gmail's apps ignore style sheets; only the dark colours have no other place to be.
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def render(
    name: str,
    language: str,
    appointment: Appointment,
    attachments: tuple[Attachment, ...] = (),
    **facts: object,
) -> Letter:
    """The letter `name` about `appointment` in `language`; `facts` are what only this letter tells."""
    words = _common(language, appointment) | facts
    with force_locale(language):
        subject = _template(f"{name}/subject.txt", words)
        text = _template(f"{name}/body.txt", words)
        html = _inliner.inline(_template(f"{name}/body.html", words))
    mail = appointment.garage.profile.mail
    return Letter(
        subject=subject.strip(),
        text=text.strip() + "\n",
        html=html,
        sender_name=mail.sender_name,
        reply_to=mail.reply_to or appointment.location.contact.mail,
        attachments=attachments,
    )


def _common(language: str, appointment: Appointment) -> dict[str, object]:
    location = appointment.location
    return {
        "language": language,
        "light": colours.tones(location.brand.accent),
        "dark": colours.tones(location.brand.accent, dark=True),
        "logo_url": links.logo(appointment),
        "garage": appointment.garage,
        "location": location,
        "contact": location.contact,
        "name": harmless.name(appointment.first_name),
        "plate": harmless.plate(appointment.plate),
        "day": long_day(appointment.day, language),
        "time": local_clock(appointment.starts_at, location.zone),
        "link": links.confirm(appointment),
    }


def _template(name: str, words: dict[str, object]) -> str:
    # Not flask.render_template: what pages learn from their request has no place in a letter.
    return current_app.jinja_env.get_template(f"email/{name}").render(words)
