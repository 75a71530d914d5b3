"""Why the words of a letter are not kept, or a letter is not sent."""


class LetterUnknown(Exception):
    """The garage has no such letter, or not in this language."""


class WordsOvertaken(Exception):
    """Somebody else saved these words since they were read."""


class NotOurs(Exception):
    """Only a letter that the garage made itself can be renamed or removed."""


class NoAddress(Exception):
    """The customer of the case has no mail address."""


class TooManyToday(Exception):
    """The member, or the garage, sent as many letters within a day as one may."""
