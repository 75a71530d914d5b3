"""What can be wrong with members and invitations."""


class MemberUnknown(Exception):
    """The garage has no such member."""


class InvitationUnknown(Exception):
    """There is no such invitation, or it ended."""


class AlreadyMember(Exception):
    """Whoever has this address works for the garage already."""


class LastOwner(Exception):
    """A garage without an owner could not be looked after any more."""


class LocationsUnknown(Exception):
    """A membership can only be for locations of its garage."""
