"""One confirm by hand over a bare connection: what it must read to decide, the rows it writes, one durable commit."""

from typing import Any

from benchmarks import seeds
from portal import clock
from portal.core import codes
from portal.core.normalise import case_numbers
from portal.domain.cases import terms
from portal.domain.customers.models import name_key
from portal.domain.garage.views import GarageView

_FOUND_BY = {
    name: str(getattr(seeds.ANSWERS, name))
    for name in ("plate", "vin", "first_name", "last_name", "email", "phone")
}


class RawConfirm:
    """Confirms requests with plain statements that do the same work; it decides nothing."""

    def __init__(self, kind: str, connection: Any, garage: GarageView) -> None:
        self._mark = "?" if kind == "sqlite" else "%s"
        self._begin = "BEGIN IMMEDIATE" if kind == "sqlite" else ""
        self._connection = connection
        self._garage = garage

    def confirm(self, uid: str) -> None:
        now = seeds.stamp(clock.now())
        if self._begin:
            self._connection.execute(self._begin)
        garage_id, location_id = self._garage.id, self._garage.locations[0].id
        day, draft = self._execute("SELECT day, draft_id FROM booking WHERE uid = ?", uid).fetchone()
        self._execute(
            "SELECT start_minute, end_minute, count(*) FROM booking"
            " WHERE location_id = ? AND day = ? AND flow = 'assessment' AND damage_flow = '' AND state = 'booked'"
            " GROUP BY start_minute, end_minute",
            location_id,
            day,
        ).fetchall()
        customer = self._insert(
            "customer", garage_id=garage_id, phone="+32470123456", language="en", **_person()
        )
        vehicle = self._insert(
            "vehicle", garage_id=garage_id, plate_key="1ABC234", mileage_km=45000, **_car()
        )
        self._insert(
            "consent", customer_id=customer, purpose="case", words_version="1", language="en", given_at=now
        )
        number = codes.case_number()
        case = self._insert(
            "case",
            uid=codes.uid(),
            garage_id=garage_id,
            location_id=location_id,
            number=number,
            number_key=case_numbers.key(number),
            customer_id=customer,
            vehicle_id=vehicle,
            damage=seeds.CAR["damage"],
            language="en",
            created_at=now,
            changed_at=now,
        )
        for term in terms.of_values(number=number, **_FOUND_BY):
            self._execute(
                "INSERT INTO case_term (case_id, garage_id, term) VALUES (?, ?, ?)", case, garage_id, term
            )
        self._execute("UPDATE photo SET draft_id = NULL, case_id = ? WHERE draft_id = ?", case, draft)
        self._execute("UPDATE draft SET closed = ? WHERE id = ?", True, draft)
        self._insert("case_event", case_id=case, at=now, actor="customer", what="booked", detail="{}")
        self._execute(
            "UPDATE booking SET state = 'booked', booked_at = ?, case_id = ?, answers = '{}', place_number ="
            " (SELECT coalesce(max(other.place_number), 0) + 1 FROM booking AS other"
            " WHERE other.location_id = booking.location_id AND other.day = booking.day"
            " AND other.start_minute = booking.start_minute AND other.place_number IS NOT NULL) WHERE uid = ?",
            now,
            case,
            uid,
        )
        self._queue("booked", uid, seeds.YOU["email"], now)
        self._queue("garage_booked", uid, "desk@example.com", now)
        self._connection.commit()

    def _queue(self, purpose: str, about: str, recipient: str, now: str) -> None:
        self._insert(
            "message",
            uid=codes.uid(),
            garage_id=self._garage.id,
            purpose=purpose,
            about=about,
            recipient=recipient,
            language="en",
            state="queued",
            attempts=0,
            due_at=now,
            queued_at=now,
            give_up_at=now,
            server_answer="",
        )

    def _insert(self, table: str, **row: object) -> int:
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        inserted = self._execute(
            f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) RETURNING id', *row.values()
        )
        return int(inserted.fetchone()[0])

    def _execute(self, statement: str, *values: object) -> Any:
        return self._connection.execute(statement.replace("?", self._mark), values)


def _person() -> dict[str, str]:
    names = {name: seeds.YOU[name] for name in ("first_name", "last_name")}
    where = {name: seeds.YOU[name] for name in ("email", "street", "postcode", "city")}
    return names | where | {"name_key": name_key(**names)}


def _car() -> dict[str, str]:
    return {name: seeds.CAR[name] for name in ("plate", "plate_country", "make", "model", "vin")}
