"""An authenticator app: six digits for the present half minute (RFC 6238)."""

import base64
import hashlib
import hmac
import time

STEP_SECONDS = 30


def digits(key: str, at: float | None = None) -> str:
    """What the app shows for a key as sign-in pages tell it."""
    plain = key.replace("-", "").upper()
    secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
    counter = int((time.time() if at is None else at) // STEP_SECONDS)
    digest = hmac.digest(secret, counter.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
