"""The links of a case from the shell, for letters and job cards."""

import pytest

from portal.adapters import qr
from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.journeys.workshop import document, set_up
from tests.support import cases

pytestmark = on_sqlite


@pytest.fixture
def known(app, repairs, clock):
    return cases.opened(app, repairs, clock.now(), location="aalst", number="26-1017")


@pytest.fixture
def run(app, known):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["case", *map(str, arguments)])

    return run


def test_the_three_links_are_printed(known, run):
    done = run("links", "repairs", "261017")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        f"[URLBookAssessment] {BASE_URL}/repairs/assessment/case/{known.token}",
        f"[URLBookRepair] {BASE_URL}/repairs/repair/case/{known.token}",
        f"[URLStatusRepair] {BASE_URL}/repairs/status/{known.token}",
    ]


def test_a_hidden_flow_is_said_to_be(app, run):
    set_up(app, document("repairs") | {"flows": ["assessment", "status"]})
    assert "[URLBookRepair] hidden from customers" in run("links", "repairs", "26-1017").output


@pytest.mark.parametrize(("name", "draw"), [("card.png", qr.png), ("card.SVG", qr.svg)])
def test_the_code_for_the_job_card_is_written(known, run, tmp_path, name, draw):
    done = run("qr", "repairs", "26-1017", tmp_path / name)
    assert done.exit_code == 0, done.output
    assert (tmp_path / name).read_bytes() == draw(f"{BASE_URL}{known.status}")
    assert known.status in done.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("links", "nobody", "26-1017"), "there is no garage nobody"),
        (("links", "repairs", "1"), "repairs has no case 1"),
        (("qr", "repairs", "1", "card.png"), "repairs has no case 1"),
        (("qr", "repairs", "26-1017", "card.pdf"), "its name ends in .png or .svg"),
        (("qr", "repairs", "26-1017", "/nowhere/at/all/card.png"), "No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said(run, arguments, sentence):
    done = run(*arguments)
    assert done.exit_code != 0 and sentence in done.output


@pytest.mark.parametrize("command", ["links", "qr"])
def test_a_portal_that_is_not_active_has_no_links(app, run, tmp_path, command):
    set_up(app, document("repairs") | {"active": False})
    more = [tmp_path / "card.png"] if command == "qr" else []
    done = run(command, "repairs", "26-1017", *more)
    assert done.exit_code != 0 and "the portal of repairs is not active" in done.output
    assert not (tmp_path / "card.png").exists()


def test_no_code_is_made_where_the_status_is_hidden(app, run, tmp_path):
    set_up(app, document("repairs") | {"flows": ["assessment", "repair"]})
    done = run("qr", "repairs", "26-1017", tmp_path / "card.png")
    assert done.exit_code != 0 and "do not see how far a repair is" in done.output
