"""From nothing to the first booking: the operator makes a garage, its owner is invited, and somebody books."""

import re

from playwright.sync_api import expect

from tests.browser.steps import heading, primary, walk
from tests.support import desk

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PASSWORD = "grey herons stand in the rain"
GARAGE = {
    "Name of the garage": "Garage Nieuw",
    "Street and number": "Kerkstraat 1",
    "Postcode": "9000",
    "Town": "Gent",
    "Phone": "09 123 45 67",
}


def at_the_operators(live, windows):
    visitor = desk.browser(live.app, live.url, desk.member(live.app, name="olga", operator=True))
    page = windows.open("en", **PHONE)
    page.context.add_cookies([{"name": "desk", "value": visitor.cookie("desk"), "url": f"{live.url}/staff"}])
    return page


def make_garage(page, owner):
    page.goto("/staff/operator/new")
    for label, typed in GARAGE.items():
        page.get_by_label(label).fill(typed)
    page.locator("[name=slug]").fill("nieuw")
    page.locator("[name=language]").select_option("en")
    page.locator("[name=mail]").fill("nieuw@example.com")
    page.locator("[name=owner]").fill(owner)
    page.get_by_role("button", name="Make the garage").click()
    expect(page.get_by_role("strong").filter(has_text="Garage Nieuw")).to_be_visible()


def join(page, link, password):
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Join Garage Nieuw")
    page.locator("[name=name]").fill("Ann Nieuw")
    page.locator("[name=language]").select_option("en")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Join the team").click()


def next_step(page):
    return page.locator("[aria-current=step] h2")


def confirmation(live, email):
    """The link of the letter that asks for a press, once it is there."""
    live.worker.wait_until(lambda: any("/confirm/" in each.link for each in live.letters(email)))
    return next(each.link for each in live.letters(email) if "/confirm/" in each.link)


def test_a_new_garage_takes_its_first_booking_on_its_first_day(live, windows, email):
    olga = at_the_operators(live, windows)
    make_garage(olga, email)

    # The owner comes by the mail, on a phone, and is told when a password will not do.
    owner = windows.open("en", **PHONE)
    join(owner, live.letter(email).link, "short")
    expect(owner.locator("[data-error-summary]")).to_be_visible()
    assert owner.locator("[name=name]").input_value() == "Ann Nieuw"
    owner.locator("[name=password]").fill(PASSWORD)
    owner.get_by_role("button", name="Join the team").click()

    # Every step leads to where it is done.
    owner.get_by_role("link", name="First steps").click()
    expect(next_step(owner)).to_contain_text("Make it look like you")
    owner.get_by_role("link", name="Open the brand").click()
    owner.get_by_label("Accent colour", exact=True).fill("#8a2be2")
    owner.get_by_role("button", name="Save").last.click()
    expect(owner.locator(".flash")).to_be_visible()
    owner.goto("/staff/nieuw/start/")
    expect(owner.get_by_text("Still to write: English")).to_be_visible()
    owner.get_by_role("link", name="Open the texts").click()
    for field in owner.locator("[name^=privacy_]").all():
        field.fill("We keep what you send for your repair, and nothing else.")
    owner.get_by_role("button", name="Save").last.click()
    expect(owner.locator(".flash")).to_be_visible()
    owner.goto("/staff/nieuw/start/")
    expect(next_step(owner)).to_contain_text("Open the portal")
    expect(owner.get_by_text("Tell them that you are ready")).to_be_visible()

    olga.goto("/staff/operator/")
    olga.get_by_role("button", name=re.compile("Open the portal")).last.click()

    # The owner books like a customer.
    owner.reload()
    expect(next_step(owner)).to_contain_text("Book once yourself")
    customer = windows.open("en", **PHONE)
    walk(customer, "check", "/nieuw/assessment/", email=email, plate="1-ABC-234")
    primary(customer).click()
    heading(customer, "Not booked yet")
    customer.goto(confirmation(live, email))
    heading(customer, "Your appointment is booked")
    owner.reload()
    expect(owner.get_by_text("All done")).to_be_visible()

    # And comes in again with the password.
    owner.context.clear_cookies()
    owner.goto("/staff/")
    owner.locator("[name=email]").fill(email)
    owner.locator("[name=password]").fill(PASSWORD)
    owner.locator("form").get_by_role("button", name="Sign in", exact=True).click()
    expect(owner.get_by_role("link", name="Cases")).to_be_visible()
