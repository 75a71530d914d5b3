"""Bars that stay below: whoever goes through a page with keys sees where they are."""

import pytest

from tests.browser.critic import PHONE

HIDDEN = """() => {
  const [here, bar] = [document.activeElement, document.querySelector(".stays, .sticky")];
  const [box, top] = [here.getBoundingClientRect(), bar.getBoundingClientRect().top];
  return bar.contains(here) || box.bottom <= top + 1 ? "" : here.outerHTML.slice(0, 90);
}"""
LAST = "() => document.querySelector('.stays, .sticky').contains(document.activeElement)"


@pytest.mark.parametrize("language", ["en", "de"])  # their buttons take one line and two
@pytest.mark.parametrize("address", ["hours/leuven/assessment/", "work/announcements", "work/photos"])
def test_no_field_has_the_focus_underneath_a_bar(sit_down, address, language):
    page = sit_down(language=language)
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/staff/peeters/{address}")
    page.locator("main form[method=post] :is(input, select, textarea):visible").first.focus()
    found = []
    while not page.evaluate(LAST):
        found.append(page.evaluate(HIDDEN))
        page.keyboard.press("Tab")
    assert len(found) > 10 and not [each for each in found if each]
