"""The hardest critic of a page: nothing for axe to find, no sideways scroll, nothing too small to press."""

from axe_playwright_python.sync_playwright import Axe

PHONE, DESK, LAPTOP, ZOOMED = (360, 740), (1280, 800), (1440, 900), (320, 256)
SMALLEST = 44  # px, what a thumb needs
AXE = Axe().axe_script
RUN = """(rules) => axe.run(document, {resultTypes: ["violations"], preload: false, ...rules})
    .then((result) => result.violations.map((each) => [each.id, each.nodes.slice(0, 3).map((node) => node.html)]))"""
# Half of the time that axe takes goes into contrast, which other words never change and other colours alone do.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
EVERYTHING = {"rules": {"target-size": {"enabled": True}}}  # which axe leaves out unless asked
BUT_CONTRAST = {"rules": {**EVERYTHING["rules"], "color-contrast": {"enabled": False}}}
SIZES = {
    "runOnly": {"type": "rule", "values": ["target-size"]}
}  # all that a page with other words can do wrong
# A phone that shows what is too wide for it is as wide as that, so what it was made is said to it.
IS_TOO_WIDE = "(width) => document.scrollingElement.scrollWidth > width"
TOO_WIDE = """(width) => [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > width + 1
        && !each.closest(".strip, .unseen, .skip"))
    .map((each) => each.outerHTML.slice(0, 90))"""
TOO_SMALL = f"""() => [...document.querySelectorAll("button, .button, select, textarea, .day, .choice, input")]
    .filter((each) => each.checkVisibility({{opacityProperty: true, visibilityProperty: true}})
        && !each.closest(".unseen, [aria-hidden=true], [inert]") && !["checkbox", "radio", "file", "hidden"].includes(each.type))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.height > 1 && Math.min(box.height, box.width) < {SMALLEST} - 0.5)
    .map(([each, box]) => `${{Math.round(box.width)}}x${{Math.round(box.height)}} ${{each.outerHTML.slice(0, 90)}}`)"""


class Critic:
    """Looks at whatever `page` shows and remembers what is wrong with it.

    Always at all of it on a phone, but for its colours: those are the same in every language. So is all that a desk
    shows. Only a `thorough` critic looks at both, and at the page in the dark.
    """

    def __init__(self, page, *, thorough):
        self.page, self.found, self.seen = page, [], set()
        self._thorough = thorough

    def look(self, name):
        self.seen.add(name)
        self._axe(name, PHONE, EVERYTHING if self._thorough else BUT_CONTRAST)
        if self._thorough:
            self.page.emulate_media(color_scheme="dark")
            self._axe(f"{name}, dark", PHONE, CONTRAST)
            self.page.emulate_media(color_scheme="light")
        self._measure(name)
        self._axe(name, DESK, EVERYTHING if self._thorough else SIZES)
        self._resize(PHONE)

    def read(self, name):
        """Only what other words can change, for a page that was looked at in one language already."""
        self.seen.add(name)
        self._axe(name, PHONE, SIZES)
        self._measure(name, LAPTOP)
        self._resize(PHONE)

    def _measure(self, name, *sizes):
        self._resize(PHONE)
        self.found += [f"{name}: too small: {each}" for each in self.page.evaluate(TOO_SMALL)]
        for size in (PHONE, ZOOMED, *sizes):
            self._resize(size)
            if self.page.evaluate(IS_TOO_WIDE, size[0]):
                self.found.append(f"{name}, {size[0]}: too wide: {self.page.evaluate(TOO_WIDE, size[0])[:3]}")

    def _axe(self, name, size, rules):
        self._resize(size)
        if not self.page.evaluate("'axe' in window"):
            # Playwright's own way takes twice as long for a script as long as this.
            self.page.context.new_cdp_session(self.page).send("Runtime.evaluate", {"expression": AXE})
        self.found += [
            f"{name}, {size[0]}: {rule}: {nodes}" for rule, nodes in self.page.evaluate(RUN, rules)
        ]

    def _resize(self, size):
        wanted = {"width": size[0], "height": size[1]}
        if self.page.viewport_size != wanted:
            self.page.set_viewport_size(wanted)
