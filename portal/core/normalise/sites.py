"""Web sites as people write them."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")


def normalise(value: str) -> str | None:
    """`www.Garage.be/contact` as `https://www.garage.be`, without a path; None if it is no web site."""
    address = value.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:  # UnicodeError too
        return None
    known = "." in host or host == "localhost"
    if parts.scheme not in {"http", "https"} or not known or not _HOST.fullmatch(host) or parts.username:
        return None
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
