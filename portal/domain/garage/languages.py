"""The languages a garage speaks; the first one stands in for words that are missing in another."""

from collections.abc import Mapping
from datetime import datetime

from portal.domain.audit.service import Actor
from portal.domain.garage import beginning, editing
from portal.domain.garage.errors import LastLanguage
from portal.domain.garage.profile import LANGUAGES, Language
from portal.domain.garage.views import GarageView

FIELDS = ("languages",)
NEEDED = ("damage_flows", "languages", "privacy")  # what a new language touches
ABOUT = "languages"


def unspoken(garage: GarageView) -> list[Language]:
    """The languages of the portal that the garage does not speak (yet)."""
    return [language for language in LANGUAGES if language not in garage.languages]


def privacy_to_start_from(garage: GarageView, language: Language) -> str:
    """Privacy words in a language that is about to be spoken: the garage's from before, else the portal's."""
    return garage.profile.privacy.get(language) or beginning.PRIVACY[language]


def add(
    garage: GarageView,
    language: Language,
    *,
    privacy: str,
    flow_names: Mapping[str, str],
    expected: str,
    by: Actor,
    now: datetime,
) -> None:
    """Speak one more language, with the words it needs: privacy, and the name of each damage flow by its slug.

    Raises:
        Overtaken: if languages, privacy words or damage flows were changed since they were read.
        PartRefused: if a name is missing.
    """
    stored = editing.part(garage, NEEDED).values
    changes = {
        "languages": [*(each for each in stored["languages"] if each != language), language],
        "privacy": stored["privacy"] | {language: privacy},
        "damage_flows": [
            {**flow, "name": flow["name"] | {language: flow_names[flow["slug"]]}}
            if flow["slug"] in flow_names
            else flow
            for flow in stored["damage_flows"]
        ],
    }
    editing.save(garage, changes, expected=expected, by=by, now=now, about=ABOUT)


def remove(garage: GarageView, language: Language, *, expected: str, by: Actor, now: datetime) -> None:
    """No longer speak a language; its words stay stored, should it come back.

    Raises:
        LastLanguage: if it is the only one.
        Overtaken: if the languages were changed since they were read.
    """
    left = [each for each in garage.languages if each != language]
    if not left:
        raise LastLanguage(language)
    editing.save(garage, {"languages": left}, expected=expected, by=by, now=now, about=ABOUT)


def put_first(garage: GarageView, language: Language, *, expected: str, by: Actor, now: datetime) -> None:
    """Let this language stand in where words are missing.

    Raises:
        Overtaken: as `remove`.
    """
    order = sorted(garage.languages, key=lambda each: each != language)
    editing.save(garage, {"languages": order}, expected=expected, by=by, now=now, about=ABOUT)
