"""Static files under addresses that change with their content, so browsers may keep them for ever."""

from functools import lru_cache, partial
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup

from portal.core import codes

PICTURE = Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>')
FOR_EVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Offer `static_url`, and the `icon` and the `drawing` of a name, to the templates of `app`."""
    folder = Path(app.static_folder or "")

    @lru_cache(maxsize=256)
    def static_url(name: str) -> str:
        print_of_content = codes.fingerprint((folder / name).read_bytes())[:10]
        return f"{app.static_url_path}/{name}?v={print_of_content}"

    @lru_cache(maxsize=256)
    def picture(kind: str, name: str) -> Markup:
        return PICTURE.format(kind, static_url("img/icons.svg"), name)

    app.jinja_env.globals.update(
        static_url=static_url, icon=partial(picture, "icon"), drawing=partial(picture, "drawing")
    )
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = FOR_EVER
    return response
