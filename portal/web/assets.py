"""Static files under addresses that change with their content, so browsers may keep them for ever."""

from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

from portal.core import codes

FOR_EVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Offer `static_url` to the templates of `app`."""
    folder = Path(app.static_folder or "")

    @lru_cache(maxsize=256)
    def static_url(name: str) -> str:
        print_of_content = codes.fingerprint((folder / name).read_bytes())[:10]
        return f"{app.static_url_path}/{name}?v={print_of_content}"

    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = FOR_EVER
    return response
