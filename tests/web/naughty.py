"""What people and programs type that breaks careless software."""

from urllib.parse import quote

NAUGHTY = {
    "nothing": "",
    "spaces": "   \t  ",
    "spaces of other kinds": "\u00a0\u2003\u3000\u200b",
    "NUL": "Ann\x00Peeters",
    "a bell and an escape": "Ann\x07\x1b[31mPeeters",
    "C1 controls": "Ann\x85\x9bPeeters",
    "CR and LF": "Ann\r\nBcc: eve@example.com",
    "a bare LF and a header": "Ann\nSubject: You won",
    "line and paragraph separators": "Ann\u2028Peeters\u2029Maes",
    "a byte order mark": "\ufeffAnn",
    "turned around": "Ann \u202egpj.exe\u202c Peeters",
    "isolates": "\u2066Ann\u2069 \u2067Peeters\u2069",
    "Arabic": "الاسم محمد",
    "Hebrew with points": "שָׁלוֹם",
    "an emoji of a family": "👩‍👩‍👧‍👦 Ann",
    "flags and skin": "🇧🇪🇳🇱 👍🏽",
    "combining, to be composed": "Zoe\u0308 Ange\u0301lique",
    "a tower of accents": "A" + "\u0301\u0323\u0330" * 30,
    "letters that change their number in capitals": "straße ŉ ﬁ ǰ",
    "Turkish i": "İstanbul ıĞ",
    "wide letters": "Ａｎｎ １２３",
    "other digits": "١٢٣ ४५६",
    "Chinese, some beyond the first plane": "李小龍 𠜎𠜱",
    "noncharacters and private ones": "\ufffe\uffff\ue000\U0010fffd",
    "a template": "{{7*7}} ${7*7} {% raw %} <%= 7*7 %> #{7*7}",
    "a script": "<script>alert(1)</script>",
    "a picture that fails": '"><img src=x onerror=alert(1)>',
    "out of an attribute": "' onfocus=alert(1) autofocus='",
    "out of a text area": "</textarea><script>alert(1)</script>",
    "out of a title": "</title><svg onload=alert(1)>",
    "entities": "&lt;b&gt; &amp;amp; &#0; &#x1F600;",
    "quotes and dashes": """'"--;/*""",
    "SQL": "Robert'); DROP TABLE booking;--",
    "a format": "%s %(name)s %n %d {0} {name} \\N{BULLET}",
    "a path": "../../../../etc/passwd\\..\\..",
    "an address of a page": "javascript:alert(1)//https://evil.example.com",
    "a formula": '=HYPERLINK("https://evil.example.com")',
    "JSON": '{"$ne": null, "__proto__": {}}',
    "numbers that are none": "NaN -1 1e309 0x10 ١",
    "very long": "x" * 10_000,
    "a number without end": "9" * 5_000,
    "very many words": "word " * 2_000,
    "very many accents": "e\u0301" * 5_000,
    "not UTF-8": "\udcff\udcfe Ann",
}


SHORT = 200  # signs


def telling(text: str) -> bool:
    """Whether databases may take `text` each in its way: it is long, or has other signs than ASCII's visible ones."""
    return len(text) > SHORT or not (text.isascii() and text.isprintable())


def arriving(text: str) -> str:
    """`text` as it arrives from a browser or a program: what is no UTF-8 is replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def in_an_address(text: str) -> str:
    """`text` as a part of an address."""
    return quote(text.encode("utf-8", "surrogateescape"), safe="")
