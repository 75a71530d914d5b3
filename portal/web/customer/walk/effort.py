"""Effort: a sum that takes a browser seconds and is checked at once, so that keeping places by the hundred is dear.

Somewhere below `most` is a number whose fingerprint is `target`; the browser tries them all. Nothing has to be seen, heard
or recognised, no cookie and nobody else is involved. What was asked stands signed in the answer, so nothing is stored;
it is worth something for one draft alone, and a draft keeps one place.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.adapters.tokens import Forged
from portal.wiring import wired

PURPOSE = "effort"
LIFE = timedelta(minutes=10)
LEAST = 100_000  # numbers to try at level 0: half a second, on an old phone a few
HIGHEST_LEVEL = 4


@dataclass(frozen=True)
class Effort:
    """What a browser is asked to find; `token` goes back with the number."""

    token: str
    salt: str
    target: str
    most: int


def asked(draft_uid: str, level: int, now: datetime) -> Effort:
    """A new sum for a draft; each level doubles it."""
    most = LEAST << min(level, HIGHEST_LEVEL)
    salt = secrets.token_hex(8)
    target = _fingerprint(salt, str(secrets.randbelow(most)))
    token = wired().tokens.sign(PURPOSE, draft_uid, salt, target, int(now.timestamp()))
    return Effort(token, salt, target, most)


def is_done(proof: str, draft_uid: str, now: datetime) -> bool:
    """Whether `proof` (the token, a colon, the number) solves a sum that this draft was asked lately."""
    token, _, number = proof.rpartition(":")
    try:
        draft, salt, target, asked_at = wired().tokens.read(PURPOSE, token)
    except (Forged, ValueError):
        return False
    fresh = 0 <= now.timestamp() - asked_at <= LIFE.total_seconds()
    return fresh and draft == draft_uid and _fingerprint(salt, number[:12]) == target


def _fingerprint(salt: str, number: str) -> str:
    return hashlib.sha256(f"{salt}:{number}".encode()).hexdigest()
