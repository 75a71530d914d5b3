"""What a new garage starts with, so that its owner changes things instead of inventing them."""

from typing import Any

from portal.domain.garage.profile import LANGUAGES, Language

ACCENT = "#1f5fa8"
ZONES = {
    "BE": "Europe/Brussels",
    "NL": "Europe/Amsterdam",
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "LU": "Europe/Luxembourg",
    "AT": "Europe/Vienna",
    "CH": "Europe/Zurich",
}
DEFAULT_FLOW = "classic"
DAMAGE_FLOW: dict[Language, str] = {
    "nl": "Klassiek herstel",
    "fr": "Réparation classique",
    "de": "Klassische Reparatur",
    "en": "Classic repair",
}
PRIVACY: dict[Language, str] = {
    "nl": "Wij gebruiken uw gegevens alleen om uw schade te behandelen.",
    "fr": "Nous utilisons vos données uniquement pour traiter votre sinistre.",
    "de": "Wir verwenden Ihre Daten nur, um Ihren Schaden zu bearbeiten.",
    "en": "We use your data only to handle your damage.",
}
TAKING_IN, MORNING, AFTERNOON = (8 * 60, 9 * 60), (9 * 60, 12 * 60), (13 * 60, 17 * 60)  # minutes
WORKING_DAYS = [0, 1, 2, 3, 4]


def document(
    *,
    slug: str,
    name: str,
    languages: list[Language],
    phone: str,
    mail: str,
    street: str,
    postcode: str,
    city: str,
    country: str,
) -> dict[str, Any]:
    """A garage that is not active yet, with one location and credible hours, as JSON values by field."""
    return {
        "slug": slug,
        "name": name,
        "active": False,
        "languages": languages,
        "brand": {"accent": ACCENT},
        "contact": {"phone": phone, "mail": mail},
        "mail": {"sender_name": name},
        "privacy": {language: PRIVACY[language] for language in languages},
        "damage_flows": [
            {
                "slug": DEFAULT_FLOW,
                "name": {language: DAMAGE_FLOW[language] for language in LANGUAGES},
                "default": True,
                "days": 3,
            }
        ],
        "locations": [
            location(slug="workshop", name=city, street=street, postcode=postcode, city=city, country=country)
        ],
    }


def location(
    *,
    slug: str,
    name: str,
    street: str,
    postcode: str,
    city: str,
    country: str,
    damage_flow: str | None = DEFAULT_FLOW,
) -> dict[str, Any]:
    """A location with credible hours, for repairs those of `damage_flow`, as JSON values by field."""
    taking_in = {
        "hours": [{"days": WORKING_DAYS, "open": [list(TAKING_IN)]}],
        "slot_minutes": 30,
        "places": 2,
    }
    week = {"days": WORKING_DAYS, "open": [list(MORNING), list(AFTERNOON)]}
    return {
        "slug": slug,
        "name": name,
        "street": street,
        "postcode": postcode,
        "city": city,
        "country": country,
        "zone": ZONES[country],
        "assessment": {"hours": [week], "slot_minutes": 30, "places": 1},
        "repair": [{"damage_flow": damage_flow, **taking_in}] if damage_flow else [],
    }
