"""What can be wrong with a garage."""


class GarageUnknown(Exception):
    """No active garage has this name."""


class FileRefused(Exception):
    """A garage file is wrong; `problems` are lines that say where and what."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
