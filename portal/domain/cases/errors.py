"""What can be wrong with a case."""


class CaseUnknown(Exception):
    """The garage has no case with this number."""
