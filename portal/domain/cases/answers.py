"""What a customer tells about themselves, their car and the damage, checked and in one spelling."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Answers:
    """Enough to open a case. `phone` is E.164, `mileage_km` kilometres or None, empty texts were not answered.

    `questions` are those of the garage's own that were answered: `question` in its first language, and `answer`.
    """

    first_name: str
    last_name: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    language: str
    plate: str
    plate_country: str
    make: str
    model: str
    vin: str
    mileage_km: int | None
    damage: str
    consent_version: str
    consent_language: str
    consented_at: str
    questions: list[dict[str, str]] = field(default_factory=list)

    def document(self) -> dict[str, object]:
        """As a JSON object, to be kept with a request."""
        return dict(vars(self))

    @property
    def consent_moment(self) -> datetime:
        """When the consent was given, aware."""
        return datetime.fromisoformat(self.consented_at)
