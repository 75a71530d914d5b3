"""finding cases: what they are found by, and the orders of their list"""

import unicodedata

import phonenumbers
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 1000
ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def upgrade() -> None:
    op.create_table(
        "case_term",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("term", FOLDED, nullable=False),
        sa.Column("garage_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_term_case_id_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["garage_id"], ["garage.id"], name=op.f("fk_case_term_garage_id_garage")),
        sa.PrimaryKeyConstraint("case_id", "term", name=op.f("pk_case_term")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_key", FOLDED, nullable=False, server_default=""))
    fill(op.get_bind())
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.alter_column("name_key", existing_type=FOLDED, server_default=None)
        batch_op.create_index("ix_customer_by_name", ["garage_id", "name_key", "id"], unique=False)
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.create_index("ix_vehicle_by_plate", ["garage_id", "plate_key", "id"], unique=False)
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index("ix_case_newest", ["garage_id", "id"], unique=False)
        batch_op.create_index("ix_case_planned_end", ["garage_id", "planned_end_on", "id"], unique=False)
    with op.batch_alter_table("case_term", schema=None) as batch_op:
        batch_op.create_index("ix_case_term_search", ["garage_id", "term", "case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("case_term", schema=None) as batch_op:
        batch_op.drop_index("ix_case_term_search")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_planned_end")
        batch_op.drop_index("ix_case_newest")
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.drop_index("ix_vehicle_by_plate")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index("ix_customer_by_name")
        batch_op.drop_column("name_key")
    op.drop_table("case_term")


def fill(connection: sa.Connection) -> None:
    """Give the cases and customers that are there what new ones get from the code."""
    customers = sa.table(
        "customer", sa.column("id"), sa.column("first_name"), sa.column("last_name"), sa.column("name_key")
    )
    named = (
        sa.update(customers).where(customers.c.id == sa.bindparam("of")).values(name_key=sa.bindparam("key"))
    )
    people = sa.select(customers.c.id, customers.c.first_name, customers.c.last_name)
    for rows in portions(connection, people, customers.c.id):
        keys = [{"of": id_, "key": folded(f"{last} {first}").strip()} for id_, first, last in rows]
        connection.execute(named, keys)
    cases = sa.table(
        "case",
        *(sa.column(name) for name in ("id", "garage_id", "number", "customer_id", "vehicle_id")),
    )
    who = sa.table(
        "customer", *(sa.column(name) for name in ("id", "first_name", "last_name", "email", "phone"))
    )
    cars = sa.table("vehicle", *(sa.column(name) for name in ("id", "plate", "vin")))
    every = (
        sa.select(
            cases.c.id,
            cases.c.garage_id,
            cases.c.number,
            cars.c.plate,
            cars.c.vin,
            who.c.first_name,
            who.c.last_name,
            who.c.email,
            who.c.phone,
        )
        .join(who, who.c.id == cases.c.customer_id)
        .join(cars, cars.c.id == cases.c.vehicle_id)
    )
    found = sa.table("case_term", sa.column("case_id"), sa.column("term"), sa.column("garage_id"))
    for rows in portions(connection, every, cases.c.id):
        new = [
            {"case_id": row[0], "garage_id": row[1], "term": term}
            for row in rows
            for term in sorted(terms(*row[2:]))
        ]
        if new:
            connection.execute(sa.insert(found), new)


def portions(connection: sa.Connection, asked: sa.Select, id_: sa.ColumnElement):
    """The rows of `asked`, a thousand at a time, in the order of their ids, which stand first."""
    last = 0
    while rows := connection.execute(asked.where(id_ > last).order_by(id_).limit(AT_ONCE)).all():
        yield rows
        last = rows[-1][0]


def terms(
    number: str, plate: str, vin: str, first_name: str, last_name: str, email: str, phone: str
) -> set[str]:
    names = {word for name in (first_name, last_name) for word in (name, *words(name), *parts(name))}
    ends = {vin[-length:] for length in (8, 7, 6)}
    both = {f"{first_name} {last_name}", f"{last_name} {first_name}"}
    texts = {number, plate, vin, email, phone, national(phone), *ends, *names, *both}
    return {squeezed(text)[:80] for text in texts} - {""}


def parts(name: str) -> list[str]:
    return words(name.replace("-", " "))


def words(text: str) -> list[str]:
    return [word for word in map(squeezed, text.split()) if word]


def national(e164: str) -> str:
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(e164)).lstrip("0")
    except phonenumbers.NumberParseException:
        return ""


def folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(sign for sign in flat if not unicodedata.combining(sign)).translate(ALIKE)


def squeezed(text: str) -> str:
    return "".join(sign for sign in folded(text) if sign.isalnum())
