"""A garage's looks as a stylesheet: one accent colour and the tones derived from it."""

from functools import lru_cache

from flask import url_for

from portal.core import codes, colours


@lru_cache(maxsize=1024)
def stylesheet(accent: str) -> str:
    """The tones of `accent` as custom properties, for the light and the dark page."""
    light, dark = _rule(colours.tones(accent)), _rule(colours.tones(accent, dark=True))
    return f"{light}@media(prefers-color-scheme:dark){{{dark}}}"


def stylesheet_url(accent: str, location: str | None) -> str:
    """Where the stylesheet is; the address changes with its content, so browsers may keep it for ever."""
    return url_for("customer.front.brand_css", location=location, v=_version(accent))


def logo_url(key: str | None) -> str | None:
    """Where a logo is shown, by its storage key."""
    return url_for("customer.front.logo", name=key.removeprefix("logos/")) if key else None


@lru_cache(maxsize=1024)
def _version(accent: str) -> str:
    return codes.fingerprint(stylesheet(accent).encode())[:8]


def _rule(tones: colours.Tones) -> str:
    return (
        f":root{{--accent:{tones.accent};--accent-ink:{tones.ink};"
        f"--accent-soft:{tones.soft};--accent-strong:{tones.strong}}}"
    )
