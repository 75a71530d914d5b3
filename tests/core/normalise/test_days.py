"""Days as people and spreadsheets write them: never one day for another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.normalise import days


@pytest.mark.parametrize(
    "written",
    ["2026-12-03", " 2026-12-03 ", "03/12/2026", "3/12/2026", "03.12.2026", "3.12.2026", "03-12-2026"],
)
def test_a_day_is_read_with_the_day_before_the_month(written):
    assert days.normalise(written) == date(2026, 12, 3)


@pytest.mark.parametrize(
    "written",
    [
        "", "tomorrow", "2026-13-01", "2026-02-29", "31/11/2026", "12/31/2026", "3/12/26", "26-12-03", "2026-12-3",
        "2026/12/03", "03/12.2026", "2026-12-03T10:00", "0206-12-03", "3026-12-03", "٣/١٢/٢٠٢٦", "45991",
    ],
)  # fmt: skip
def test_what_could_be_another_day_or_is_none_is_not_read(written):
    assert days.normalise(written) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_spelling_of_a_day_is_that_day(day):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        assert days.normalise(day.strftime(form)) == day
