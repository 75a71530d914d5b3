"""What can be wrong with a garage."""


class GarageUnknown(Exception):
    """No active garage has this name."""


class FileRefused(Exception):
    """A garage file is wrong; `problems` are lines that say where and what."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class PartRefused(Exception):
    """What was edited does not fit the rules of a garage; `problems`: where it stands, and what is wrong."""

    def __init__(self, problems: list[tuple[tuple[int | str, ...], str]]) -> None:
        super().__init__(str(problems))
        self.problems = problems


class Overtaken(Exception):
    """Somebody else saved the same part since it was read; `current` is what it is now."""

    def __init__(self, current: dict) -> None:
        super().__init__(", ".join(current))
        self.current = current


class SlugTaken(Exception):
    """There is a garage, or a location of it, with this name already."""


class DamageFlowUnknown(Exception):
    """The garage has no damage flow of this slug."""


class LastLanguage(Exception):
    """A garage speaks at least one language."""


class LastLocation(Exception):
    """A garage has at least one location that customers see."""
