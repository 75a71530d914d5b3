"""Browsers, as their owners would name them."""

# In this order: most browsers claim to be some other one too.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def name(user_agent: str) -> str:
    """The browser in a few words, such as `Firefox, Windows`; empty if nothing of it is known."""
    browser = next((called for mark, called in _BROWSERS.items() if mark in user_agent), "")
    system = next((each for each in _SYSTEMS if each in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
