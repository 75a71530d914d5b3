"""A visitor without scripts and without cookies, who opens pages, presses links and sends forms.

Every HTML page on the way is checked (see `markup`), so a journey test is a test of its pages too.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support import markup

MOST_REDIRECTS = 5
BUTTONS = {"submit", "image"}

Files = Mapping[str, Sequence[tuple[str, bytes]]]


class Visitor:
    """One person with one browser at `base_url`."""

    def __init__(self, app: Flask, base_url: str, *, cookies: bool = False) -> None:
        self.base_url = base_url
        self._client = app.test_client(use_cookies=cookies)
        self.headers: dict[str, str] = {}

    def keep(self, **values: Any) -> None:
        """Put these into the session of this browser."""
        with self._client.session_transaction("/staff/", base_url=self.base_url) as session:
            session.update(values)

    def cookie(self, name: str) -> str:
        """The value of a cookie below /staff/."""
        kept = self._client.get_cookie(name, urlsplit(self.base_url).hostname or "", "/staff")
        assert kept is not None, f"no cookie {name}"
        return kept.value

    def take_cookie(self, name: str, value: str) -> None:
        """Have a cookie below /staff/ that another browser had."""
        host = urlsplit(self.base_url).hostname or ""
        self._client.set_cookie(name, value, domain=host, path="/staff")

    def token(self) -> str:
        """What the forms of this browser carry against forgery."""
        page = self.open("/staff/account/")
        return str(page.soup.select_one("input[name=csrf_token]")["value"])

    def open(self, address: str, *, method: str = "GET", data: Any = None, **headers: str) -> "Page":
        """The page at `address` (a path, or a link out of a mail), after its redirects."""
        hops: list[int] = []
        for _ in range(MOST_REDIRECTS):
            address = urljoin(self.base_url + "/", address)
            assert address.startswith(self.base_url + "/"), f"{address} leaves the portal"
            response = self._ask(address, method, data, headers)
            if response.status_code not in {301, 302, 303, 307, 308}:
                return Page(self, address, response, hops)
            hops.append(response.status_code)
            address = urljoin(address, response.headers["Location"])
            if response.status_code not in {307, 308}:
                method, data = "HEAD" if method == "HEAD" else "GET", None
        raise AssertionError(f"redirected in a circle, last to {address}")

    def raw(self, address: str, *, data: Any = None) -> TestResponse:
        """What stands at `address`, or what it answers to `data`, unchecked: a mail is no page of ours."""
        address = urljoin(self.base_url + "/", address)
        return self._ask(address, "POST" if data else "GET", data, {"Referer": address})

    def _ask(self, address: str, method: str, data: Any, headers: Mapping[str, str]) -> TestResponse:
        parts = urlsplit(address)
        return self._client.open(
            parts.path or "/",
            query_string=parts.query,
            base_url=self.base_url,
            method=method,
            data=data,
            headers={**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )


class Page:
    """A page as the visitor sees it. `hops` are the statuses of the redirects that led here."""

    def __init__(self, visitor: Visitor, url: str, response: TestResponse, hops: list[int]) -> None:
        self.visitor = visitor
        self.url = url
        self.status = response.status_code
        self.headers = response.headers
        self.data = response.data
        self.hops = hops
        self.is_html = response.mimetype == "text/html" and bool(response.data)
        self.soup = BeautifulSoup(response.text if self.is_html else "", "html.parser")
        for template in self.soup.find_all("template"):
            template.decompose()
        if self.is_html:
            found = markup.faults(self.soup)
            assert not found, f"{url}:\n" + "\n".join(found)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def title(self) -> str:
        return _words(self.soup.title)

    @property
    def heading(self) -> str:
        return _words(self.soup.h1)

    @property
    def text(self) -> str:
        """What stands on the page, without what is hidden."""
        shown = BeautifulSoup(str(self.soup.body or ""), "html.parser")
        for hidden in shown.find_all(
            lambda tag: tag.name in {"script", "noscript"} or tag.has_attr("hidden")
        ):
            hidden.extract()
        return _words(shown)

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        summary = self.soup.select_one("[data-error-summary]")
        return [_words(link) for link in summary.find_all("a")] if summary else []

    def links(self) -> dict[str, str]:
        """The address of every link by its words."""
        return {
            _name(link): urljoin(self.url, str(link["href"])) for link in self.soup.find_all("a", href=True)
        }

    def click(self, words: str) -> "Page":
        """Follow the link called `words`, or the only one whose words begin so."""
        links = self.links()
        fitting = [name for name in links if name == words] or [
            name for name in links if name.startswith(words)
        ]
        assert len(fitting) == 1, f"{len(fitting)} links {words!r} among {list(links)}"
        return self.visitor.open(links[fitting[0]], Referer=self.url)

    def value(self, field: str) -> Any:
        """What stands in the field called `field`: its text, the chosen value, whether it is ticked."""
        owner = next(form for form in self._forms() if field in form.fields())
        return owner.fields()[field]

    def options(self, field: str) -> list[str]:
        """What can be chosen in `field`."""
        return next(form.choices(field) for form in self._forms() if form.choices(field))

    def submit(self, button: str = "", *, files: Files | None = None, **answers: Any) -> "Page":
        """Fill in `answers` and press `button`, or what Enter in a field presses. The form is the one that has them.

        A box takes True or False, a file field the (name, content) of each file.
        """
        fitting = [form for form in self._forms() if form.has(button, {**answers, **(files or {})})]
        assert fitting, f"no form with {button!r} and {sorted(answers)}; there are {self._forms()}"
        form = fitting[0]
        address, method, data = form.sent(button, answers, files or {})
        address = urljoin(self.url, address)
        if method == "GET":
            return self.visitor.open(f"{address.partition('?')[0]}?{urlencode(list(data.items(multi=True)))}")
        return self.visitor.open(address, method="POST", data=data, Referer=self.url)

    def _forms(self) -> list["_Form"]:
        return [_Form(self.soup, form) for form in self.soup.find_all("form")]


class _Form:
    """One form, with the controls that belong to it wherever they stand."""

    def __init__(self, soup: BeautifulSoup, form: Tag) -> None:
        self._form = form
        self._controls = [
            control
            for control in soup.find_all(["input", "select", "textarea", "button"])
            if self._owns(control) and not control.has_attr("disabled")
        ]

    def _owns(self, control: Tag) -> bool:
        if control.has_attr("form"):
            return control["form"] == self._form.get("id")
        return control.find_parent("form") is self._form

    def __repr__(self) -> str:
        return f"<form {sorted(self.fields())} {[_name(button) for button in self._buttons()]}>"

    def has(self, button: str, answers: Mapping[str, Any]) -> bool:
        names = {str(control.get("name")) for control in self._controls}
        return set(answers) <= names and (self._button(button) is not None or not button)

    def fields(self) -> dict[str, Any]:
        """The present value of every field."""
        values: dict[str, Any] = {}
        for control in self._controls:
            name = str(control.get("name", ""))
            if not name or control.name == "button" or control.get("type") in {*BUTTONS, "file"}:
                continue
            if control.get("type") == "checkbox":
                values[name] = control.has_attr("checked")
            elif control.get("type") == "radio":
                chosen = str(control["value"]) if control.has_attr("checked") else None
                values[name] = chosen or values.get(name)
            else:
                values[name] = _value(control)
        return values

    def choices(self, field: str) -> list[str]:
        """The values a select or a group of radio buttons offers."""
        found: list[str] = []
        for control in self._controls:
            if control.get("name") != field:
                continue
            if control.name == "select":
                found += [str(option.get("value", _words(option))) for option in control.find_all("option")]
            elif control.get("type") == "radio":
                found.append(str(control["value"]))
        return found

    def sent(
        self, button: str, answers: Mapping[str, Any], files: Files
    ) -> tuple[str, str, MultiDict[str, Any]]:
        """The address, method and data a browser would send."""
        values = self.fields()
        for name, answer in answers.items():
            choices = self.choices(name)
            assert not choices or answer in choices, f"{answer!r} is not offered for {name}: {choices}"
            values[name] = answer
        data: MultiDict[str, Any] = MultiDict()
        for name, value in values.items():
            if value is True:
                data.add(name, self._box_value(name))
            elif value is not None and value is not False:
                data.add(name, value)
        if self._form.get("enctype") == "multipart/form-data":
            for name in {str(control["name"]) for control in self._controls if control.get("type") == "file"}:
                # A browser sends a nameless empty file for a field nobody used.
                for file_name, content in files.get(name) or [("", b"")]:
                    data.add(name, (BytesIO(content), file_name))
        pressed = self._button(button)
        if pressed is not None and pressed.get("name"):
            data.add(str(pressed["name"]), str(pressed.get("value", "")))
        address = str((pressed.get("formaction") if pressed else None) or self._form.get("action") or "")
        return address, str(self._form.get("method", "get")).upper(), data

    def _box_value(self, name: str) -> str:
        return next(
            str(control.get("value", "on")) for control in self._controls if control.get("name") == name
        )

    def _buttons(self) -> list[Tag]:
        return [
            control
            for control in self._controls
            if control.get("type", "submit" if control.name == "button" else "text") in BUTTONS
        ]

    def _button(self, words: str) -> Tag | None:
        return next((button for button in self._buttons() if not words or _name(button) == words), None)


def _value(control: Tag) -> str:
    if control.name == "textarea":
        return control.get_text().removeprefix("\r").removeprefix("\n")
    if control.name == "select":
        options = control.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return str(chosen[0].get("value", _words(chosen[0]))) if chosen else ""
    return str(control.get("value", ""))


def _name(tag: Tag) -> str:
    """What a screen reader calls a link or a button."""
    pictures = " ".join(str(image["alt"]) for image in tag.find_all("img", alt=True))
    return str(tag.get("aria-label") or _words(tag) or tag.get("value") or pictures)


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""
