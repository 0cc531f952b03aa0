"""Which use-cases refuse what somebody else changed meanwhile, and how views call them, as the code says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "fujisawa_desktop"
CODE = "conflict.changed-meanwhile"
_SERVICES = "fujisawa_desktop.services."
_BOTTOM = frozenset({("unit_of_work", "integrity_as_conflict")})
"""The database's own word for a row that is gone; every act stands on it."""
_KINDS = ("card", "cells", "fill", "layout", "noted", "record", "ruling", "wording")
_MAKERS = {f"{kind}_saving" for kind in _KINDS}
WAYS = frozenset({"Saving", "_saving", "store", "watch", *_MAKERS})
"""Calls that take a use-case and lead to the question with both values; `replace` with ``save=`` too."""


@dataclass(frozen=True)
class Use:
    """A place in a view where such a use-case is named.

    Attributes:
        way: the call it is handed to, empty if to none of `WAYS`.
    """

    module: str
    line: int
    case: str
    way: str


@cache
def _trees(folder: str) -> dict[str, ast.Module]:
    found = sorted((PACKAGE / folder).rglob("*.py"))
    return {
        ".".join(path.relative_to(PACKAGE / folder).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in found
    }


@cache
def _imported(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Return what a module takes from the services, by the name it has there, and where it really stands."""
    return {
        alias.asname or alias.name: _home(node.module.removeprefix(_SERVICES), alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(_SERVICES)
        for alias in node.names
    }


def _home(module: str, name: str) -> tuple[str, str]:
    tree = _trees("services").get(module)
    if tree is None or any(own == name for own, _node in _functions(tree)):
        return module, name
    return _imported(tree).get(name, (module, name))


@cache
def _functions(tree: ast.Module) -> tuple[tuple[str, ast.AST], ...]:
    return tuple((node.name, node) for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))


def _refuses(node: ast.AST) -> bool:
    for one in ast.walk(node):
        if isinstance(one, ast.Raise) and isinstance(one.exc, ast.Call) and one.exc.args:
            code = one.exc.args[0]
            if (isinstance(code, ast.Constant) and code.value == CODE) or (
                isinstance(code, ast.Name) and code.id == "CHANGED"
            ):
                return True
    return False


@cache
def refusing() -> frozenset[tuple[str, str]]:
    """Return module and name of every function of the services that may refuse so, also through others."""
    calls: dict[tuple[str, str], set[tuple[str, str]]] = {}
    found: set[tuple[str, str]] = set()
    for module, tree in _trees("services").items():
        own = {name for name, _node in _functions(tree)}
        taken = _imported(tree)
        for name, node in _functions(tree):
            key = (module, name)
            if key in _BOTTOM:
                continue
            if _refuses(node):
                found.add(key)
            named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            calls[key] = {(module, one) for one in named & own} | {taken[one] for one in named & taken.keys()}
    while more := {key for key, called in calls.items() if key not in found and called & found}:
        found |= more
    return frozenset(found)


def raising_places() -> int:
    """Return in how many functions of the services the refusal itself stands."""
    return sum(_refuses(node) for tree in _trees("services").values() for _name, node in _functions(tree))


def uses() -> Iterator[Use]:
    """Yield every place in the views where a use-case that may refuse so is handed on."""
    cases = refusing()
    for module, tree in _trees("views").items():
        named = {name for name, origin in _imported(tree).items() if origin in cases and name[0].islower()}
        if not named:
            continue
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in named and isinstance(node.ctx, ast.Load):
                yield Use(module, node.lineno, node.id, _way(node, parents) or _through(node, parents, tree))


def _through(node: ast.AST, parents: dict[ast.AST, ast.AST], tree: ast.Module) -> str:
    """Return the way of a function of the same module that calls the use-case, if it is handed on itself."""
    above = node
    while not isinstance(above, ast.FunctionDef | ast.Module):
        above = parents[above]
    if isinstance(above, ast.FunctionDef):
        for one in ast.walk(tree):
            if isinstance(one, ast.Name) and one.id == above.name:
                return _way(one, parents)
    return ""


def _way(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    parent = parents[node]
    if isinstance(parent, ast.keyword) and parent.arg == "save":
        return "replace"
    if isinstance(parent, ast.Call) and node in parent.args:
        name = parent.func.attr if isinstance(parent.func, ast.Attribute) else ast.unparse(parent.func)
        return name if name in WAYS else ""
    return ""


def ways_that_lead_to_saving() -> frozenset[str]:
    """Return the names of `WAYS` that are functions of views and make a `Saving`, or call one that does."""
    found = {"Saving"}
    for _round in WAYS:
        for tree in _trees("views").values():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and node.name in WAYS:
                    called = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
                    if called & found or "self.record.save" in called:
                        found.add(node.name)
    return frozenset(found)
