"""Takes the pictures of the README from a fresh demo: `.venv/bin/python docs/screenshots.py [address]`."""

import io
import re
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "img"
PLATE, CASE = "1-TLP-447", "VD-26-0398"  # of demo/cases.csv, in the middle of its repair
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1440, "height": 900}
ROOMS = {
    "cases": "cases/",
    "case": f"cases/{CASE}/",
    "letter": "letters/repair/en/",
    "brand": "brand/",
}


def main(address: str) -> None:
    """Book an assessment at a demo garage, follow a repair, and keep a picture of the main pages on the way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport=PHONE, device_scale_factor=2, locale="en", is_mobile=True, has_touch=True
        )
        page = context.new_page()
        page.goto(f"{address}/vermeulen/?lang=en")
        _keep(page, "front")
        page.click(".choice-assessment")
        _fill(
            page,
            first_name="Marieke",
            last_name="Peeters",
            email="marieke@example.com",
            phone="0470 12 34 56",
        )
        page.check("#consent")
        _continue(page)
        _fill(
            page,
            plate="1-ABC-234",
            make="Volvo",
            model="V60",
            damage="A post in a car park, at walking pace.",
        )
        _continue(page)
        for label, colour in (("overview", "#31507a"), ("damage_far", "#7a4331")):
            file = {"name": f"{label}.jpg", "mimeType": "image/jpeg", "buffer": _picture(colour)}
            page.set_input_files(f"#gallery-{label}", [file])  # type: ignore[list-item]
        page.locator(".shot[data-uid]").nth(1).wait_for()
        _keep(page, "photos")
        _continue(page)
        page.check("#location")
        _continue(page)
        page.check(".time input >> nth=3")
        _keep(page, "timeslot")
        _continue(page)
        page.click("#step .button[type=submit]")
        page.wait_for_selector("[data-when=sent]:not([hidden])", timeout=20_000)
        _keep(page, "sent")
        code = _code(context.new_page(), address)
        page.fill("#code", code)
        page.click(".code-form button")
        page.wait_for_selector(".case")
        _keep(page, "booked")
        page.goto(f"{address}/vermeulen/status/?lang=en")
        _fill(page, plate=PLATE, number=CASE)
        _continue(page)
        _keep(page, "status")
        desk = browser.new_context(viewport=LAPTOP, device_scale_factor=1.5, locale="en").new_page()
        desk.goto(_invitation(context.new_page(), address))
        _sit_down(desk, address)
        browser.close()


def _sit_down(desk: Page, address: str) -> None:
    """Join the demo garage as its owner, and keep a picture of the rooms one sees most."""
    desk.fill("#name", "Anouk Vermeulen")
    desk.select_option("#language", "en")
    desk.fill("#password", "a short sentence is good")
    desk.click("main .button")
    desk.wait_for_url("**/staff/vermeulen/")
    _keep(desk, "desk-today")
    for name, room in ROOMS.items():
        desk.goto(f"{address}/staff/vermeulen/{room}")
        desk.wait_for_load_state("networkidle")  # previews are frames of their own
        _keep(desk, f"desk-{name}")
    desk.goto(f"{address}/staff/vermeulen/hours/gent/")
    desk.click("main .tabs a >> nth=1")
    _keep(desk, "desk-hours")


def _fill(page: Page, **answers: str) -> None:
    for name, answer in answers.items():
        page.fill(f"#{name}", answer)


def _continue(page: Page) -> None:
    with page.expect_navigation():
        page.click("#step .actions .button")


def _keep(page: Page, name: str) -> None:
    page.locator(".top").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{name}.png")
    Image.open(FOLDER / f"{name}.png").convert("P", palette=Image.Palette.ADAPTIVE).save(
        FOLDER / f"{name}.png", optimize=True
    )


def _code(inbox: Page, address: str) -> str:
    inbox.goto(f"{address}/inbox/")
    inbox.click("main li a >> nth=0")
    found = re.search(r"\b\d{6}\b", inbox.frame_locator("iframe").locator("body").inner_text())
    assert found, "the newest mail carries a code"
    return found[0]


def _invitation(inbox: Page, address: str) -> str:
    inbox.goto(f"{address}/inbox/")
    inbox.click("main li a:has-text('Vermeulen & Dochters invites you')")
    found = re.search(
        r"http\S+/staff/invitation/\S+", inbox.frame_locator("iframe").locator("body").inner_text()
    )
    assert found, "the demo invites an owner"
    return found[0]


def _picture(colour: str) -> bytes:
    noise = Image.effect_noise((1200, 900), 40).convert("RGB")
    ImageDraw.Draw(noise).rounded_rectangle((200, 250, 1000, 700), 120, fill=colour)
    file = io.BytesIO()
    noise.filter(ImageFilter.GaussianBlur(3)).save(file, "JPEG")
    return file.getvalue()


def _chromium() -> str:
    return next(
        str(path) for path in (Path("/usr/bin/chromium"), Path("/usr/bin/google-chrome")) if path.exists()
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
