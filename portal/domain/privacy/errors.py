"""What can be wrong when somebody asks about a person."""


class PersonUnknown(Exception):
    """The garage knows no such person (any more)."""


class ErasureUnknown(Exception):
    """The garage has no such proof."""


class StillComing(Exception):
    """The case has a coming appointment, which must be cancelled first, so that its customer hears of it."""
