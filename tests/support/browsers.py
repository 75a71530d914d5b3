"""Chromium, as a phone has it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.services import CHROMIUM

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


class Windows:
    """Opens pages, each in a context of its own, and remembers what went wrong on them."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, language: str = "en", **options: Any) -> Page:
        """A new browser that prefers `language`; a phone unless `options` (of `Browser.new_context`) say otherwise."""
        context = self._browser.new_context(
            base_url=self._base_url, locale=language, **({} if "viewport" in options else PHONE), **options
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._listen(page, message.type, message.text))
        return page

    def _listen(self, page: Page, kind: str, text: str) -> None:
        # Chromium says this of every page that answers with a no, which is often what a test wants.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.faults.append(f"{page.url}: {text}")

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts:
            context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        # Root has no sandbox, and containers have little shared memory.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=os.environ[CHROMIUM], args=arguments)
        yield browser
        browser.close()
