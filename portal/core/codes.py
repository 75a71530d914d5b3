"""Random public names: unguessable, and readable over the phone where people must spell them."""

import hashlib
import secrets

# No 0 O, 1 I L, U V: letters and digits people confuse. 29 signs are 4.86 bits each.
READABLE = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CASE_NUMBER_LENGTH = 9  # 43 bits


def uid() -> str:
    """An unguessable id for an address: 128 random bits, 22 URL-safe signs."""
    return secrets.token_urlsafe(16)


def case_number() -> str:
    """A case number people can dictate, such as `K7M-2QX-9RA`; 43 random bits."""
    signs = "".join(secrets.choice(READABLE) for _ in range(CASE_NUMBER_LENGTH))
    return "-".join(signs[i : i + 3] for i in range(0, CASE_NUMBER_LENGTH, 3))


def fingerprint(content: bytes) -> str:
    """A name for exactly this content: 32 hexadecimal signs of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:32]
