"""What surrounds every customer page. It is the same on many pages, so it is made once and kept by what it depends on."""

from functools import lru_cache
from typing import Any

from flask import url_for
from markupsafe import Markup

from portal.core.dates import NATIVE_NAMES
from portal.domain.garage.views import GarageView, LocationView
from portal.web import words
from portal.web.customer.brand import logo_url, stylesheet_url

TEMPLATE = "customer/frame.html"


@lru_cache(maxsize=1024)
def looks(garage: GarageView, chosen: LocationView | None, language: str, _root: str) -> dict[str, Any]:
    """Names, addresses and colours of a garage, or of its `chosen` location, for pages mounted at `_root`."""
    # Below a garage's own address the garage speaks; a chosen location speaks for itself.
    shown = chosen or garage.locations[0]
    brand, contact = shown.brand, shown.contact
    slug = chosen.slug if chosen else None
    return {
        "garage": garage,
        "brand": {
            "name": brand.name,
            "logo_url": logo_url(brand.logo_key),
            "css_url": stylesheet_url(brand.accent, slug),
            "phone": contact.phone,
            "phone_href": f"tel:{contact.phone_href}" if contact.phone_href else None,
            "mail": contact.mail,
            "website": brand.website,
        },
        "language": language,
        "home_url": url_for("customer.front.show", location=slug, lang=language),
        "privacy_url": url_for("customer.front.privacy", location=slug, lang=language),
        "imprint_url": url_for("customer.front.imprint", location=slug, lang=language)
        if shown.imprint(language)
        else None,
    }


@lru_cache(maxsize=1024)
def header(
    garage: GarageView, chosen: LocationView | None, language: str, root: str, here: str, step_form: bool
) -> Markup:
    """Brand and languages. On a page with a form the languages are buttons of it, else they lead `here`."""
    spoken = [
        {"code": code, "name": NATIVE_NAMES[code], "url": f"{here}?lang={code}"} for code in garage.languages
    ]
    made: Markup = words.macros(TEMPLATE, language).header(
        looks(garage, chosen, language, root), spoken, step_form
    )
    return made


@lru_cache(maxsize=1024)
def contact_card(
    garage: GarageView, chosen: LocationView | None, language: str, root: str, sentence: str = ""
) -> Markup:
    """What a customer can do when a page has nothing more to offer: reach people."""
    made: Markup = words.macros("macros/contact.html", language).contact_card(
        looks(garage, chosen, language, root)["brand"], sentence
    )
    return made


@lru_cache(maxsize=1024)
def footer(
    garage: GarageView,
    chosen: LocationView | None,
    language: str,
    root: str,
    step_form: bool,
    contact_shown: bool,
) -> Markup:
    """How to reach the garage, unless the page shows that itself, and its privacy words."""
    made: Markup = words.macros(TEMPLATE, language).footer(
        looks(garage, chosen, language, root), step_form, contact_shown
    )
    return made
