"""What was answered, as the check page shows it."""

from collections.abc import Sequence
from typing import Any

from flask import g, url_for

from portal.domain.drafts.queries import DraftView
from portal.domain.photos import queries as taken
from portal.web.words import gettext as _


def section(
    title: str, *rows: tuple[str, str], change_url: str | None = None, photos: Sequence[str] = ()
) -> dict[str, Any]:
    """Answers that belong together; what was left empty is not shown. `photos` are addresses of small pictures."""
    shown = [{"label": label, "value": value} for label, value in rows if value]
    return {"title": title, "change_url": change_url, "rows": shown, "photos": photos}


def photos(draft: DraftView) -> dict[str, Any]:
    """The photos of the damage."""
    pictures = [url_for("customer.assessment.thumb", photo=each.uid) for each in taken.of_draft(draft.id)]
    none = () if pictures else ((_("Photos"), _("none")),)
    return section(_("Photos"), *none, change_url=url_for("customer.assessment.photos"), photos=pictures)


def photos_wanted(draft: DraftView) -> bool:
    """Whether whoever asks requires a photo of the damage, and the case of the draft has none yet."""
    on_case = draft.case_id is not None and taken.of_case(draft.case_id)
    return g.walk.asker(draft).photos_required and not on_case


def photos_missing(draft: DraftView) -> bool:
    """Whether it is still to be added."""
    return photos_wanted(draft) and not taken.of_draft(draft.id)
