"""What the browser tests have in common."""

import secrets

import pytest


@pytest.fixture
def email():
    """An address nobody else's mail can be in the way of: mails of the test before may still be under way."""
    return f"ann.{secrets.token_hex(4)}@example.com"
