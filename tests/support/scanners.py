"""Machines that open the links of a mail before its reader does, and press what they find there."""

from tests.support.visitor import Visitor


def press_everything(scanner: Visitor, link: str) -> None:
    """Open a link and press every button on its page, and on the pages these lead to.

    What stands in the fields is sent along as a browser would; boxes are not ticked, nothing is chosen.
    """
    pages, seen = [scanner.open(link)], set[tuple[str, int, str]]()
    while pages:
        page = pages.pop()
        assert page.status < 500
        for number, form in enumerate(page.soup.find_all("form")):
            for button in ("", *{" ".join(each.get_text(" ").split()) for each in form.find_all("button")}):
                if (page.url, number, button) in seen or not (button or form.find("button") is None):
                    continue
                seen.add((page.url, number, button))
                pages.append(page.submit(button))


def follow_everything(scanner: Visitor, link: str) -> None:
    """Press every button on the page of a link, and on all pages of the portal that its links lead to."""
    seen, waiting = set[str](), [link]
    while waiting:
        page = scanner.open(waiting.pop())
        links = {
            each.partition("#")[0] for each in page.links().values() if each.startswith(scanner.base_url)
        }
        links = {each for each in links if "day=" not in each and "lang=" not in each and "/booking/" in each}
        waiting += links - seen
        seen |= links | {page.url}
        press_everything(scanner, page.url)
