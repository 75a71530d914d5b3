"""What a phone loads before it shows the first page: the page, its style sheets and scripts, gzipped."""

import gzip
import re
from collections.abc import Iterator
from html import unescape

from benchmarks import client
from benchmarks.results import Result, at_most
from benchmarks.rounds import Effort
from benchmarks.sites import site

BOTH = False
PAGES = {"portal": "/bench/", "first step": "/bench/assessment/"}
PARTS = re.compile(
    r'<(?:link[^>]+rel="(?:stylesheet|icon|modulepreload)"[^>]+href|script[^>]+src|img[^>]+src)="([^"#]+)|<use href="([^"#]+)'
)


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    with site(kind) as ours, ours.serve() as server:
        for name, path in PAGES.items():
            page = client.get(server.port, path).body
            parts = {first or second for first, second in PARTS.findall(page.decode())}
            files = [page, *(client.get(server.port, unescape(part)).body for part in sorted(parts))]
            size = sum(len(gzip.compress(file, 6)) for file in files) / 1000
            what = f"first page over the wire: {name}, {len(files)} files, gzipped"
            yield Result(what, size, "KB", must=at_most(60), goal=at_most(40))
