"""What a case is found by at the desk: its plate, numbers, names, mail and phone, each as a search spells it.

A search looks for terms that begin with what was typed; one covering index answers it on each database.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.core.normalise import phones
from portal.core.normalise.folding import squeezed
from portal.db import insert_rows
from portal.domain.cases.models import Case, CaseTerm
from portal.domain.cases.queries import WHOLE
from portal.domain.customers.models import Customer, Vehicle

_NEW = insert(CaseTerm.__table__)
# A change of these changes the terms.
FIELDS = frozenset({"number", "plate", "vin", "first_name", "last_name", "mail", "phone"})
# People read the end of a chassis number from papers: the last six to eight signs.
_VIN_ENDS = (8, 7, 6)
LONGEST = 80
MOST_WORDS = 6


def of(case: Case, customer: Customer, vehicle: Vehicle) -> set[str]:
    """The terms of a case."""
    return of_values(
        number=case.number,
        plate=vehicle.plate,
        vin=vehicle.vin or "",
        first_name=customer.first_name,
        last_name=customer.last_name,
        email=customer.email,
        phone=customer.phone,
    )


def of_values(
    *, number: str, plate: str, vin: str, first_name: str, last_name: str, email: str, phone: str
) -> set[str]:
    """The terms of a case with these values; `phone` is E.164."""
    names = {word for name in (first_name, last_name) for word in (name, *_words(name), *_parts(name))}
    ends = {vin[-length:] for length in _VIN_ENDS}
    both = {f"{first_name} {last_name}", f"{last_name} {first_name}"}
    texts = {number, plate, vin, email, phone, phones.national(phone), *ends, *names, *both}
    every = {squeezed(text) for text in texts}
    return {term[:LONGEST] for term in every} - {""}


def ways(typed: str) -> list[list[tuple[str, ...]]]:
    """The ways in which cases may fit what was typed: all terms of one of them begin a term of the case.

    The first ways are those of one term: `1 abc 234` is one plate, `ann pee` one name, `0470 12 34` a phone number
    without its country. Where they find nothing, each word may begin a term of its own: `pee ann`.
    """
    typed = typed[:LONGEST]
    whole = squeezed(typed)
    single = {whole, whole.lstrip("0") if whole.isdigit() and len(whole) > 3 else whole} - {""}
    words = tuple(dict.fromkeys(_words(typed)))[:MOST_WORDS]
    found: list[list[tuple[str, ...]]] = [[(term,) for term in sorted(single)]] if single else []
    if len(words) > 1:
        # The longest first: it is rare, and what begins with it is looked through for the others.
        found.append([tuple(sorted(words, key=len, reverse=True))])
    return found


def add(garage_id: int, by_case: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Write down the terms of new cases, in the running transaction."""
    rows = [
        {"case_id": case_id, "garage_id": garage_id, "term": term}
        for case_id, terms in by_case
        for term in sorted(terms)
    ]
    if rows:
        insert_rows(_NEW, rows)


def replace(session: Session, case: Case, customer: Customer, vehicle: Vehicle) -> None:
    """Write down anew how a case that changed is found, in the running transaction.

    It is found by what was known of those that were merged into it too, which are found no more themselves.
    """
    merged = session.execute(WHOLE.where(Case.merged_into == case.id)).all()
    forget(session, [case.id, *(row.Case.id for row in merged)])
    theirs = of(case, customer, vehicle).union(*(of(*row) for row in merged))
    add(case.garage_id, [(case.id, theirs)])


def renew(session: Session, case_ids: Sequence[int]) -> None:
    """The same for these cases."""
    for row in session.execute(WHOLE.where(Case.id.in_(case_ids))).all():
        replace(session, *row)


def forget(session: Session, case_ids: Sequence[int]) -> None:
    """These cases are found by nothing any more; for when a person is erased and the case stays."""
    session.execute(delete(CaseTerm).where(CaseTerm.case_id.in_(case_ids)))


def _parts(name: str) -> Iterator[str]:
    """`Bergh-Müller` is looked for by either of its names."""
    return _words(name.replace("-", " "))


def _words(text: str) -> Iterator[str]:
    return filter(None, map(squeezed, text.split()))
