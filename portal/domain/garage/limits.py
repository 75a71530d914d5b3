"""The numbers a garage sets: for every booking, for each customer, and for how long it keeps what it knows."""

from pydantic import Field

from portal.domain.garage.hours import Strict


class Appointments(Strict):
    """What holds for every booking, whatever it is for."""

    change_until_hours: int = Field(default=24, ge=0, le=24 * 30)  # before the start; later one must call
    remind_hours: int = Field(default=24, ge=0, le=24 * 14)  # before the start; 0: no reminder


class Limits(Strict):
    """How many coming appointments and requests one customer may have at a garage; None is no limit."""

    per_address: int | None = Field(default=None, ge=1)
    per_phone: int | None = Field(default=None, ge=1)
    per_plate: int | None = Field(default=None, ge=1)


class Retention(Strict):
    """How long a garage keeps what it knows; then it goes in the night.

    A case is counted from the day something last happened with it, be it that the car was collected, that somebody
    changed it, or an appointment.
    """

    case_months: int = Field(default=60, ge=1, le=240)
    request_days: int = Field(default=30, ge=1, le=366)  # of requests that nobody confirmed
    log_months: int = Field(default=36, ge=1, le=240)
