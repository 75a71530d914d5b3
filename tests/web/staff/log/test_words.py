"""Whatever is written into the log has words: what was done, to which kind of thing, and every field that differs."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from textwrap import dedent
from typing import Any, get_args

from pydantic import BaseModel

from portal import domain
from portal.domain.audit import service as audit
from portal.domain.cases import details
from portal.domain.garage import profile, sections
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.sections import Section
from portal.web import staff
from portal.web.staff.log import words

MODULES = [
    importlib.import_module(found.name)
    for package in (domain, staff)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not found.ispkg
]


def test_every_deed_has_words():
    assert {"booked", "letter sent", "seen to"} <= given("what") <= words.DEEDS.keys()


def test_every_kind_of_thing_has_words():
    sectioned = {each.about for each in vars(sections).values() if isinstance(each, Section)}
    assert {"case", "brand", "cases"} <= given("about") | sectioned | {sections.HOURS} <= words.KINDS.keys()


def test_every_field_has_words_or_is_left_out():
    told = {*fields(GarageFile), *details.FIELDS, *noted()} - {
        "elsewhere"
    }  # of what customers do, not the desk
    assert {"starts_at", "accent", "mileage", "uid"} <= told <= words.FIELDS.keys() | words.UNSPOKEN


def test_languages_flows_and_letters_that_words_stand_under_have_names():
    keys = {*profile.LANGUAGES, *profile.FLOWS, *profile.ADDED_TO}
    assert keys <= words.FIELDS.keys()


@cache
def writers(parameter: str) -> frozenset:
    """Every function that is told `parameter` and writes into the log, or lets such a one write."""
    found = {audit.record}
    while True:
        more = {
            function
            for module, function in functions()
            if parameter in inspect.signature(function).parameters and any(calls(module, function, found))
        }
        if more <= found:
            return frozenset(found)
        found |= more


def functions() -> Iterator[tuple[Any, Any]]:
    for module in MODULES:
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                yield module, function


def calls(module: Any, source: Any, called: Any) -> Iterator[tuple[Any, dict[str, ast.expr]]]:
    """Each call of one of the functions `called` in `source`, a part of `module`: of which, and what it is told."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Call) and (function := value(node.func, module)) in called:
            told = dict(zip(inspect.signature(function).parameters, node.args, strict=False))
            yield function, told | {each.arg: each.value for each in node.keywords if each.arg}


@cache
def tree(source: Any) -> ast.AST:
    return ast.parse(dedent(inspect.getsource(source)))


def value(node: ast.AST, module: Any) -> Any:
    """What a constant or a name in `module` stands for; None if only the running code knows."""
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return vars(module).get(node.id)
        case ast.Attribute() if inspect.ismodule(other := value(node.value, module)):
            return vars(other).get(node.attr)
    return None


def given(parameter: str) -> set[str]:
    """Whatever is said for `parameter` by whoever writes into the log."""
    said = [
        value(told[parameter], module)
        for module in MODULES
        for _function, told in calls(module, module, writers(parameter))
        if parameter in told
    ]
    said += [inspect.signature(each).parameters[parameter].default for each in writers(parameter)]
    return {each for each in said if isinstance(each, str)}


def noted() -> set[str]:
    """The fields that whoever writes into the log names: in dictionaries, and one by one."""
    found = set()
    for module, function in functions():
        for called, told in calls(module, function, writers("what")):
            found |= told.keys() - inspect.signature(called).parameters.keys()
            dictionaries = [node for node in ast.walk(tree(function)) if isinstance(node, ast.Dict)]
            found |= {value(key, module) for each in dictionaries for key in each.keys if key is not None}
    return found


def fields(kind: Any) -> Iterator[str]:
    """The names of everything that a document of this kind can say."""
    for name, field in kind.model_fields.items():
        yield name
        for inner in kinds_within(field.annotation):
            yield from fields(inner)


def kinds_within(annotation: Any) -> Iterator[Any]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from kinds_within(each)
