"""An owner dresses the portal, and sees it while typing."""

from playwright.sync_api import expect

from portal.domain.garage import queries as garages


def test_the_phone_follows_what_is_typed_and_saving_makes_it_so(live, sit_down):
    page = sit_down()
    page.goto("/staff/peeters/brand/")
    phone = page.frame_locator("[data-preview]")
    expect(phone.locator("h1")).to_have_text("How can we help you?")
    page.get_by_label("Name of the garage").fill("Peeters & Zoon")
    page.get_by_label("Accent colour", exact=True).fill("#ffe14d")
    expect(phone.locator(".eyebrow")).to_have_text("Peeters & Zoon")
    expect(page.locator("[data-tones]")).to_contain_text("The words on them are dark")
    expect(phone.locator("link[href*='ffe14d']")).to_have_count(1)
    with live.app.app_context():
        assert garages.find("peeters").name == "Garage Peeters"
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".flash")).to_be_visible()
    page.goto("/peeters/?lang=en")
    expect(page.locator(".eyebrow")).to_have_text("Peeters & Zoon")


def test_photos_are_put_in_order_with_the_keyboard(live, sit_down):
    page = sit_down()
    page.goto("/staff/peeters/work/photos")
    page.get_by_role("button", name="Move up: The licence plate").press("Enter")
    expect(page.locator("[data-news]")).to_have_text("Now at place 3.")
    expect(page.get_by_role("button", name="Move up: The licence plate")).to_be_focused()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".flash")).to_be_visible()
    with live.app.app_context():
        order = [wish.label for wish in garages.find("peeters").photo_wishes]
    assert order == ["overview", "damage_far", "plate", "damage_close", "odometer", "other"]


def test_the_list_of_a_location_is_there_once_it_has_one_of_its_own(live, sit_down):
    page = sit_down("maes")
    page.goto("/staff/maes/work/photos/luik")
    expect(page.get_by_text("Customers are then asked for: The whole car, ")).to_be_visible()
    expect(page.locator("[data-kinds]")).to_be_hidden()
    page.get_by_label("As for all locations").uncheck()
    page.get_by_role("button", name="Move up: The licence plate").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator("[data-kinds]")).to_be_visible()
    with live.app.app_context():
        maes = garages.find("maes")
    assert [wish.label for wish in maes.by_slug("luik").photo_wishes][:3] == [
        "overview",
        "damage_far",
        "plate",
    ]
    assert maes.by_slug("antwerpen").profile.photos is None


def test_a_link_is_chosen_and_copied(live, sit_down):
    page = sit_down("maes")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live.url)
    page.goto("/staff/maes/embed/")
    page.get_by_label("Where it begins").select_option("assessment")
    page.wait_for_url("**flow=assessment**")
    page.get_by_role("button", name="Copy: Web address").click()
    expect(page.locator("[data-news]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live.url}/maes/assessment/"
