"""What every answer tells the browser about safety."""

import pytest
from sqlalchemy.exc import OperationalError

from portal.adapters.storage import StorageUnavailable
from portal.web import health
from tests.journeys.kinds import on_sqlite
from tests.support.visitor import Visitor
from tests.web.world import addresses

pytestmark = on_sqlite
SITE = "https://www.peeters.example.com"
LASTING = {"static", "customer.front.brand_css", "customer.front.logo"}
ANYBODY_S = {"customer.front.show", "static", "customer.front.brand_css", "customer.front.logo"}


def policy(page):
    """The content security policy by directive; each may be there once."""
    assert len(page.headers.getlist("Content-Security-Policy")) == 1
    parts = [part.split() for part in page.headers["Content-Security-Policy"].split(";") if part.strip()]
    assert len({part[0] for part in parts}) == len(parts)
    return {part[0]: part[1:] for part in parts}


def is_safe(page):
    """Whether an answer carries all that every answer must."""
    rules = policy(page)
    every_word = [word for words in rules.values() for word in words]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(every_word), rules
    assert rules["default-src"] == ["'self'"] and rules["object-src"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"] and rules["form-action"] == ["'self'"]
    assert not any("data:" in words for name, words in rules.items() if name != "img-src")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "X-Frame-Options" not in page.headers  # it knows no list of sites, and would win in old browsers
    assert not page.headers.getlist("Set-Cookie")
    return True


def ancestors(page):
    return policy(page)["frame-ancestors"]


@pytest.fixture
def every_page(portal, app, client):
    """The answer of every address there is, looked at and sent to, by endpoint."""
    found = [(rule.endpoint, client.open(address)) for rule, address in addresses(app, portal, "GET")]
    found += [
        (rule.endpoint, client.open(address, method="POST", data={}))
        for rule, address in addresses(app, portal, "POST")
    ]
    assert len(found) > 80
    return found


def test_a46_every_answer_is_safe(every_page):
    assert all(is_safe(page) for _, page in every_page)


def test_a46_only_the_garages_own_sites_may_frame_its_pages(every_page):
    for endpoint, page in every_page:
        assert ancestors(page) == (
            ["'self'", SITE] if endpoint.startswith("customer.") and page.is_html else ancestors(page)
        ), page.url
        if not endpoint.startswith("customer."):
            assert ancestors(page) == ["'none'"], page.url


def test_a46_a_garage_without_sites_is_never_framed(garage, client):
    assert ancestors(client.open("/peeters/assessment/")) == ["'none'"]


def test_a46_one_garage_does_not_open_the_frame_of_another(portal, group, client):
    assert ancestors(client.open("/maes/assessment/")) == ["'none'"]
    assert ancestors(client.open("/nobody/")) == ["'none'"]


def test_a46_nothing_personal_is_stored_on_the_way(every_page):
    for endpoint, page in every_page:
        if endpoint not in ANYBODY_S:
            cache = page.headers["Cache-Control"]
            first = endpoint.endswith(".start") and page.status == 200
            assert cache == ("private, no-cache" if first else "no-store"), (page.url, cache)


def test_a46_what_is_kept_for_long_is_what_never_changes(every_page):
    for endpoint, page in every_page:
        if "immutable" in page.headers.get("Cache-Control", ""):
            assert endpoint in LASTING and page.status == 200


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/", "GET", 404),
        ("/peeters/nothing", "GET", 404),
        ("/nobody/", "GET", 404),
        ("/static/nothing.css", "GET", 404),
        ("/static/css/customer.css", "GET", 200),
        ("/static/css/customer.css", "POST", 405),
        ("/peeters/", "DELETE", 405),
        ("/peeters/", "OPTIONS", 200),
        ("/peeters/assessment/AAAAAAAAAAAAAAAAAAAAAA/you", "GET", 410),
        ("/healthz", "GET", 200),
        ("/healthz", "HEAD", 200),
    ],
)
def test_a46_errors_files_and_the_health_page_too(garage, client, address, method, status):
    page = client.open(address, method=method)
    assert page.status == status and is_safe(page)


def test_a46_an_upload_that_is_too_large_too(garage, client):
    page = client.open("/peeters/assessment/", method="POST", data={"first_name": "x" * 2**21})
    assert page.status == 413 and is_safe(page) and page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (ValueError("what was typed"), 500),
        (OperationalError("", {}, Exception("locked")), 503),
        (StorageUnavailable(), 503),
    ],
)
def test_a46_trouble_too(garage, app, client, monkeypatch, trouble, status):
    def fails():
        raise trouble

    monkeypatch.setitem(app.view_functions, f"{health.blueprint.name}.healthz", fails)
    page = client.open("/healthz")
    assert page.status == status and is_safe(page)
    assert page.headers["Cache-Control"] == "no-store" and "what was typed" not in page.text
    assert ("Retry-After" in page.headers) == (status == 503)


class TestBehindTls:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"proxies": 1})

    def test_a46_browsers_are_told_to_stay_there(self, garage, client):
        for address in ("/peeters/", "/healthz", "/nobody/", "/static/css/customer.css"):
            assert client.open(address).headers["Strict-Transport-Security"].startswith("max-age=31")

    def test_a46_also_where_our_proxy_speaks_plain_http_to_us(self, garage, app):
        headers = {"X-Forwarded-Proto": "https", "Host": "portal.example.com"}
        answer = app.test_client().get("/peeters/", headers=headers)
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31")


class TestWithoutTls:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"base_url": type(settings.base_url)("http://portal.example.com")})

    def test_a46_nothing_is_promised(self, garage, app):
        visitor = Visitor(app, "http://portal.example.com")
        assert "Strict-Transport-Security" not in visitor.open("/peeters/").headers
