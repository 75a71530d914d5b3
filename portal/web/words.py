"""The words of pages, in the language the page speaks.

A template is made ready once a language, with the words it says already in it: looking them all up for every visitor
would cost more than most of what else a page does. What only the code says is looked up.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask, current_app, g
from flask_babel import force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString
from jinja2 import BaseLoader, Environment, Template, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# What templates ask that has always the same answer, but for the language.
SETTLED = ("icon", "drawing", "static_url")


def init_app(app: Flask) -> None:
    """Give the templates of `app` their words. Flask-Babel must be there already."""

    # These are for letters and for what a template does not know before: the locale is the one that is spoken now.
    @pass_eval_context
    def gettext(about: EvalContext, words: str, **values: object) -> str:
        return _filled(about, _catalogue(str(get_locale())).ugettext(words), values)

    @pass_eval_context
    def ngettext(about: EvalContext, one: str, many: str, num: int, **values: object) -> str:
        words = _catalogue(str(get_locale())).ungettext(one, many, num)
        return _filled(about, words, {"num": num, **values})

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
    app.extensions["spoken"] = lru_cache(lambda language: _spoken(app.jinja_env, language))


def macros(name: str, language: str) -> Any:
    """The macros of the HTML template `name` in `language`, by their names."""
    return template(name, language).module


def template(name: str, language: str) -> Template:
    """The HTML template `name` in `language`."""
    spoken: Environment = current_app.extensions["spoken"](language)
    return spoken.get_template(name)


def gettext(said: str, /, **values: object) -> str:
    """`said` in the language of the page."""
    words = _catalogue(_spoken_now()).ugettext(said)
    return words % values if values else words


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """The same for so many things."""
    return _catalogue(_spoken_now()).ungettext(one, many, num) % {"num": num, **values}


def lazy_gettext(said: str, /, **values: object) -> Any:
    """`said` in the language of the page that shows it."""
    return LazyString(gettext, said, **values)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Whatever is said meanwhile is said in `language`, such as on a page for somebody else."""
    before, g.language = g.language, language
    try:
        with force_locale(language):
            yield
    finally:
        g.language = before


def _spoken_now() -> str:
    language: str | None = g.get("language")
    return language or str(get_locale())


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    with force_locale(language):
        return get_translations()


def _filled(about: EvalContext, words: str, values: dict[str, object]) -> str:
    # Our own words are safe; what is filled in is not.
    safe = Markup(words) if about.autoescape else words  # noqa: S704
    return safe % values if "%" in words else safe


def _spoken(environment: Environment, language: str) -> Environment:
    """The `environment` for pages in `language` alone."""
    spoken = environment.overlay(loader=_Loader(environment.loader, language))
    answers = {name: environment.globals[name] for name in SETTLED}
    answers["_"] = lambda said: Markup(_catalogue(language).ugettext(said))  # noqa: S704 - our own words are safe
    # Not a chain of two mappings, which every page and every import in it would walk along in Python.
    spoken.make_globals = lambda more: {**environment.globals, **(more or {})}  # type: ignore[assignment]
    spoken.code_generator_class = type("Generator", (_Generator,), {"answers": answers})
    return spoken


class _Loader(BaseLoader):
    """The templates under other file names: what is compiled of them is another thing in every language."""

    def __init__(self, loader: BaseLoader | None, language: str) -> None:
        assert loader is not None, "Flask's environment has one"
        self._loader, self._language = loader, language

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, path, is_fresh = self._loader.get_source(environment, template)
        return source, f"{path} ({self._language})", is_fresh


class _Generator(CodeGenerator):
    """Compiles a template after the questions in it that have one answer were answered."""

    answers: dict[str, Callable[..., str]]

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        super().visit_Template(_Answers(self.answers).visit(node), frame)


class _Answers(NodeTransformer):
    def __init__(self, answers: dict[str, Callable[..., str]]) -> None:
        self._answers = answers

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(call)
        answer = self._answers.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        asked = [each.value for each in call.args if isinstance(each, nodes.Const)]
        if answer is None or len(asked) < len(call.args):
            return call
        said = nodes.Const(answer(*asked), lineno=call.lineno)
        if not call.kwargs:
            return said
        values = [nodes.Pair(nodes.Const(each.key), each.value) for each in call.kwargs]
        return nodes.Mod(said, nodes.Dict(values), lineno=call.lineno)
