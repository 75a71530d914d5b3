"""Why a letter is not written."""


class Outdated(Exception):
    """The letter would no longer help anybody."""
