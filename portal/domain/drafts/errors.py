"""What can be wrong with a draft."""


class DraftUnknown(Exception):
    """There is no such draft, or its time is over."""
