"""Mail addresses."""

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

MAX_LENGTH = 254
_DOTLESS = ("gmail.com", "googlemail.com")


def normalise(value: str) -> str | None:
    """The address as people write it (domain in small letters, NFC), or None if it cannot be one every mail reaches."""
    address = _read(value)
    return address.normalized if address and not address.smtputf8 else None


def is_accented(value: str) -> bool:
    """Whether it would be an address but for what is before the @: only servers with SMTPUTF8 know `josé`."""
    address = _read(value)
    return address is not None and address.smtputf8


def on_the_wire(address: str) -> str | None:
    """A normal address as every mail server takes it, its domain in ASCII: `jan@xn--bcher-kva.com`."""
    read = _read(address)
    return read.ascii_email if read else None


def _read(value: str) -> ValidatedEmail | None:
    """What `value` says, if it is an address; no name server is asked, for a form must answer without the network."""
    try:
        return validate_email(value.strip(), check_deliverability=False, strict=True)
    except EmailNotValidError:
        return None


def mailbox(address: str) -> str:
    """What all spellings have in common that lead to one mailbox: to count by, never to send to.

    Capitals and what follows a plus count for nothing, and at Gmail no dots either. Where a provider sees it
    otherwise two people are counted as one, which no limit of ours forgives less than the reverse.
    """
    local, _, domain = address.casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), _DOTLESS[0]
    return f"{local}@{domain}" if domain else ""


def masked(address: str) -> str:
    """Enough for its owner to recognise it, too little for anybody else: `j•••@e•••.be`."""
    local, _, domain = address.partition("@")
    name, dot, ending = domain.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••{dot}{ending}"
