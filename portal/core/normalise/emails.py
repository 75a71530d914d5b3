"""Mail addresses."""

from email_validator import EmailNotValidError, validate_email

MAX_LENGTH = 254


def normalise(value: str) -> str | None:
    """The address as mail servers know it (domain in small letters, NFC), or None if it cannot be one.

    No name server is asked: the form must answer without the network.
    """
    try:
        return validate_email(value.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def masked(address: str) -> str:
    """Enough for its owner to recognise it, too little for anybody else: `j•••@e•••.be`."""
    local, _, domain = address.partition("@")
    name, dot, ending = domain.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••{dot}{ending}"
