"""Which databases a test runs on, where both would say the same."""

import pytest

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
