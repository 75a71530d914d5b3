"""What a role may do. Rights are few, so that a person can say by heart what somebody can and cannot do."""

from enum import StrEnum


class Right(StrEnum):
    """One thing a page asks for."""

    LOOK = "look"  # see appointments, cases and photos
    WORK = "work"  # change cases and appointments, write to customers
    PLAN = "plan"  # hours, capacity, damage flows
    OWN = "own"  # brand, letters, team, privacy, audit log


class Role(StrEnum):
    """What a member is at a garage."""

    OWNER = "owner"
    PLANNER = "planner"
    RECEPTION = "reception"
    VIEWER = "viewer"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.PLANNER: frozenset({Right.LOOK, Right.WORK, Right.PLAN}),
    Role.RECEPTION: frozenset({Right.LOOK, Right.WORK}),
    Role.VIEWER: frozenset({Right.LOOK}),
}
