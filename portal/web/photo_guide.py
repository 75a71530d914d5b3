"""The photos customers are asked for, in words: the portal's, or those of the garage or its location."""

from collections.abc import Collection
from typing import NamedTuple

from portal.domain.garage.profile import PHOTO_LABELS
from portal.domain.garage.views import Asker
from portal.web.words import gettext as _


class Wish(NamedTuple):
    """A photo that is asked for."""

    label: str
    title: str
    hint: str


def guide() -> dict[str, Wish]:
    """The portal's own words for every kind of photo."""
    words = {
        "overview": (_("The whole car"), _("From a few steps away, with the damaged side in view.")),
        "damage_far": (_("The damage from two metres"), _("So that we see where on the car it is.")),
        "damage_close": (_("The damage close up"), _("Sharp, in good light. Several are welcome.")),
        "plate": (_("The licence plate"), _("So that we can match your photos to your car.")),
        "odometer": (_("The odometer"), _("With the ignition on, so that the number is lit.")),
        "other": (_("Anything else"), _("Whatever helps us to understand the damage.")),
    }
    return {label: Wish(label, *words[label]) for label in PHOTO_LABELS}


def asked(asker: Asker, language: str, also: Collection[str] = ()) -> list[Wish]:
    """The photos a garage or location asks for, in its order; then those in `also` it does not ask for (any more)."""
    ours = guide()
    wishes = [
        Wish(
            wish.label,
            _own(wish.title, language) or ours[wish.label].title,
            _own(wish.hint, language) or ours[wish.label].hint,
        )
        for wish in asker.photo_wishes
    ]
    known = {wish.label for wish in wishes}
    return wishes + [wish for label, wish in ours.items() if label in also and label not in known]


def _own(words: dict, language: str) -> str:
    return words.get(language, "")
