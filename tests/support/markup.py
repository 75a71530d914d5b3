"""What must hold on every page, whatever it shows."""

from collections import Counter

from bs4 import BeautifulSoup, Tag

REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


def faults(soup: BeautifulSoup) -> list[str]:
    """What is wrong with a page, one line a fault."""
    return [
        *_outline(soup),
        *_identity(soup),
        *_labels(soup),
        *_inline(soup),
    ]


def _outline(soup: BeautifulSoup) -> list[str]:
    found = []
    if not (soup.html and soup.html.get("lang")):
        found.append("html has no lang")
    if not (soup.title and soup.title.get_text(strip=True)):
        found.append("no title")
    headings = soup.find_all("h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1")
    found += [f"no alt: {_short(image)}" for image in soup.find_all("img") if image.get("alt") is None]
    return found


def _identity(soup: BeautifulSoup) -> list[str]:
    counts = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    found = [f"id {name} is there {count} times" for name, count in counts.items() if count > 1]
    for tag in soup.find_all(True):
        wanted = [name for attribute in REFERENCES for name in str(tag.get(attribute, "")).split()]
        wanted += [str(tag[name]) for name in ("form", "list") if tag.get(name)]
        href = str(tag.get("href", ""))
        if href.startswith("#") and len(href) > 1:
            wanted.append(href[1:])
        found += [f"no element {name} for {_short(tag)}" for name in wanted if name not in counts]
    return found


def _labels(soup: BeautifulSoup) -> list[str]:
    controls = [
        control
        for control in soup.find_all(["input", "select", "textarea"])
        if control.get("type") not in UNLABELLED
    ]
    known = {str(control.get("id")) for control in controls}
    labelled = {str(label["for"]) for label in soup.find_all("label", attrs={"for": True})}
    found = [f"a label for {name}, which is no input" for name in sorted(labelled - known)]
    for control in controls:
        named = control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")
        if not named and str(control.get("id")) not in labelled:
            found.append(f"no label: {_short(control)}")
    for button in soup.select("button:not([aria-hidden])"):
        if not (button.get_text(strip=True) or button.get("aria-label") or button.find("img", alt=True)):
            found.append(f"no words: {_short(button)}")
    return found


def _inline(soup: BeautifulSoup) -> list[str]:
    found = [
        f"inline script: {_short(script)}" for script in soup.find_all("script") if not script.get("src")
    ]
    found += [f"inline style: {_short(style)}" for style in soup.find_all("style")]
    for tag in soup.find_all(True):
        found += [
            f"{name} on {_short(tag)}" for name in tag.attrs if name == "style" or name.startswith("on")
        ]
    return found


def _short(tag: Tag) -> str:
    return str(tag).split(">", 1)[0][:120] + ">"
