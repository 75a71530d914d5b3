"""The words of templates: Flask-Babel's, looked up once a language instead of once a word."""

from functools import lru_cache

from babel import Locale
from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


def init_app(app: Flask) -> None:
    """Give the templates of `app` their gettext. Flask-Babel must be there already."""

    @lru_cache
    def catalogue(_locale: Locale | None) -> NullTranslations:
        return get_translations()  # those of the locale that is spoken now, which is the one asked for

    @pass_eval_context
    def gettext(about: EvalContext, words: str, **values: object) -> str:
        return _filled(about, catalogue(get_locale()).ugettext(words), values)

    @pass_eval_context
    def ngettext(about: EvalContext, one: str, many: str, num: int, **values: object) -> str:
        words = catalogue(get_locale()).ungettext(one, many, num)
        return _filled(about, words, {"num": num, **values})

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)


def _filled(about: EvalContext, words: str, values: dict[str, object]) -> str:
    # Our own words are safe; what is filled in is not.
    safe = Markup(words) if about.autoescape else words  # noqa: S704
    return safe % values if "%" in words else safe
