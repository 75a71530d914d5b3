"""What a location expects today, mailed to the garage in the morning."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.core.dates import local_clock, long_day
from portal.core.normalise import phones
from portal.domain.booking import daylists
from portal.domain.garage import queries as garages
from portal.domain.garage.views import LocationView
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import harmless
from portal.letters.appointments import NothingWaits
from portal.letters.garage import work
from portal.letters.render import render_of_location


class GarageDay(NothingWaits):
    """Writes the list of the day of one location."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The list as it is now.

        Raises:
            Outdated: nothing is booked, or all of it is over.
        """
        location_id, day = daylists.read(message.about)
        lines = daylists.lines(location_id, day)
        if all(line.ends_at <= now for line in lines):
            raise Outdated
        garage = garages.by_id(message.garage_id)
        location = garages.location(garage, location_id)
        return render_of_location(
            "garage_day",
            message.language,
            garage,
            location,
            day=long_day(day, message.language),
            lines=[_line(line, location, message.language) for line in lines],
        )


def _line(line: daylists.Line, location: LocationView, language: str) -> dict[str, object]:
    return {
        "time": local_clock(line.starts_at, location.zone),
        "work": work(location, line.flow, line.damage_flow, language),
        "plate": harmless.plate(line.plate),
        "car": harmless.prose(f"{line.make} {line.model}"),
        "case_number": line.number,
        "person": harmless.prose(f"{line.first_name} {line.last_name}"),
        "phone": phones.spoken(line.phone) if line.phone else None,
        "phone_href": line.phone,
    }
