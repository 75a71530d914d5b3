"""Signed words in links, and the short codes that say the same."""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

CODE_DIGITS = 6


class Forged(Exception):
    """The token was not signed by us for this purpose."""


class Tokens:
    """Signs under one salt a purpose. A token carries no time: the row it names knows its own deadline."""

    def __init__(self, secret_key: str, old_secret_keys: list[str]) -> None:
        self._keys = [*reversed(old_secret_keys), secret_key]

    def sign(self, purpose: str, *parts: Any) -> str:
        """A token for a link: `parts` (JSON values) signed for `purpose`."""
        return self._serializer(purpose).dumps(parts)

    def read(self, purpose: str, token: str) -> list[Any]:
        """The parts of a token signed for `purpose` with the present or an older key.

        Raises:
            Forged: for anything else, however close.
        """
        serializer = self._serializer(purpose)
        try:
            parts = serializer.loads(token)
        except (BadData, UnicodeError, ValueError, RecursionError):
            raise Forged from None
        # Base64 ignores stray bits of its last sign; only the one true spelling counts.
        payload, _, signature = token.encode().rpartition(b".")
        if payload != serializer.dump_payload(parts) or signature != base64_encode(base64_decode(signature)):
            raise Forged
        return list(parts)

    def code(self, purpose: str, *parts: Any) -> str:
        """Six digits that stand for `parts` where a link cannot be opened; always the same for the same parts."""
        return _code(self._keys[-1], purpose, parts)

    def same_code(self, typed: str, purpose: str, *parts: Any) -> bool:
        """Whether a person typed the code of `parts`, made with the present or an older key; spaces do not count."""
        plain = "".join(typed.split()).encode(errors="replace")
        return any(hmac.compare_digest(plain, _code(key, purpose, parts).encode()) for key in self._keys)

    def seal(self, purpose: str, *parts: Any) -> str:
        """What only we can make of `parts`, and what nobody can read them from; made with the present key."""
        return _seal(self._keys[-1], purpose, parts)

    def is_seal(self, seal: str, purpose: str, *parts: Any) -> bool:
        """Whether `seal` was made of `parts`, with the present or an older key."""
        return any(hmac.compare_digest(seal, _seal(key, purpose, parts)) for key in self._keys)

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return _signing(purpose, *self._keys)


# Every page of a case reads a token, and making one of these takes longer than using it.
@lru_cache(maxsize=64)
def _signing(purpose: str, *keys: str) -> URLSafeSerializer:
    """Signs with the last of `keys`, and reads what was signed with any."""
    return URLSafeSerializer(
        keys,
        salt=f"portal.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


def _code(key: str, purpose: str, parts: tuple[Any, ...]) -> str:
    digest = bytes.fromhex(_seal(key, purpose, parts))
    return f"{int.from_bytes(digest[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def _seal(key: str, purpose: str, parts: tuple[Any, ...]) -> str:
    return hmac.digest(key.encode(), repr((purpose, *parts)).encode(), hashlib.sha256).hex()
