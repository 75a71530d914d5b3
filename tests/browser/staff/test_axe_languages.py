"""Every page of the desk that links lead to, in the three languages it was not looked at in yet."""

from datetime import UTC, datetime
from urllib.parse import urldefrag, urljoin

import pytest

from tests.browser.critic import Critic
from tests.support import cases, garages

LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))"
FEWEST = 35  # pages there are at the desk: fewer, and the walk lost its way


def pages(live, page, start):
    """The address of one page of each kind that can be reached from `start`, which is shown when its turn comes."""
    routes = live.app.url_map.bind("localhost")
    known, waiting = set(), [start]
    while waiting:
        address = waiting.pop(0)
        path = urldefrag(address).url.partition("?")[0]
        if not path.startswith("/staff/") or not routes.test(path):
            continue
        endpoint, _ = routes.match(path)
        if endpoint in known:
            continue
        known.add(endpoint)
        if "." in path and not shows(page.request.get(live.url + path)):
            continue  # a file, which is saved
        if shows(page.goto(path)):
            yield endpoint
            waiting += [urljoin(path, link) for link in page.evaluate(LINKS)]


def shows(answer):
    """Whether `answer` is a page."""
    return answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a47_the_desk_fits_its_words(live, sit_down, language):
    garage = garages.apply(live.app, "repairs")
    cases.opened(live.app, garage, datetime.now(UTC), location="aalst", number="GA-7")
    page = sit_down("repairs", language=language)
    critic = Critic(page, thorough=False)
    for endpoint in pages(live, page, "/staff/repairs/"):
        assert page.locator("html").get_attribute("lang") == language
        critic.read(f"{endpoint}, {language}")
    assert len(critic.seen) >= FEWEST
    assert not critic.found
