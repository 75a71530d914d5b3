"""The zones of a car seen from above, by which one says where it is damaged. Left and right are the driver's."""

from collections.abc import Iterable

# From front to rear; this is also the order in which they are kept and read out.
ZONES = (
    "front_bumper",
    "front_left_light",
    "front_right_light",
    "bonnet",
    "windscreen",
    "roof",
    "rear_window",
    "boot",
    "rear_left_light",
    "rear_right_light",
    "rear_bumper",
    "front_left_wing",
    "front_left_wheel",
    "left_mirror",
    "front_left_door",
    "rear_left_door",
    "left_sill",
    "rear_left_wing",
    "rear_left_wheel",
    "front_right_wing",
    "front_right_wheel",
    "right_mirror",
    "front_right_door",
    "rear_right_door",
    "right_sill",
    "rear_right_wing",
    "rear_right_wheel",
)


def listed(words: str) -> tuple[str, ...]:
    """The zones that `words` names, between spaces or bars, each once and in their order.

    Raises:
        ValueError: if a word is no zone.
    """
    named = set(words.replace("|", " ").split())
    if unknown := named - set(ZONES):
        raise ValueError(", ".join(sorted(unknown)))
    return tuple(zone for zone in ZONES if zone in named)


def spelled(zones: Iterable[str]) -> str:
    """The words that `listed` reads."""
    return " ".join(zones)
