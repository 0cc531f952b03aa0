"""Small wrong changes of a module: one change in one place each, as a changed syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One changed module.

    Attributes:
        line: where the change is.
        what: what was changed into what.
        source: the line as it stands in the file, to name the mutant by.
        tree: the whole module with the change.
    """

    line: int
    what: str
    source: str
    tree: ast.Module


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in order of its text."""
    tree = ast.parse(source)
    lines = source.splitlines()
    places = list(_places(tree))
    for at, node in enumerate(places):
        for number, (what, _changed) in enumerate(_changes(node)):
            fresh = copy.deepcopy(tree)
            target = list(_places(fresh))[at]
            changed = list(_changes(target))[number][1]
            _replace(fresh, target, changed)
            ast.fix_missing_locations(fresh)
            line = getattr(node, "lineno", 0)
            yield Mutant(line, what, lines[line - 1].strip(), fresh)


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that may be changed: no annotation, no decorator, no docstring, no text."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "format_spec", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(child):
                yield child
                yield from _places(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST | None]]:  # noqa: C901 - one case for each kind
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield _said(op, other), _with(node, ops=[other()])
        case ast.BinOp(op=op) if type(op) in _COMPUTED:
            other_op = _COMPUTED[type(op)]
            yield _said(op, other_op), _with(node, op=other_op())
        case ast.AugAssign(op=op) if type(op) in _COMPUTED:
            other_op = _COMPUTED[type(op)]
            yield _said(op, other_op), _with(node, op=other_op())
            yield "statement removed", ast.Pass()
        case ast.BoolOp(op=op):
            other_bool = ast.Or if isinstance(op, ast.And) else ast.And
            yield _said(op, other_bool), _with(node, op=other_bool())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield "sign removed", operand
        case ast.Constant(value=bool() as value):
            yield f"{value} -> {not value}", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield f"{value} -> {value + 1}", ast.Constant(value + 1)
            yield f"{value} -> {value - 1}", ast.Constant(value - 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield f"{name} -> {_CALLED[name]}", _with(node, func=ast.Name(_CALLED[name], ast.Load()))
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "condition turned", _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[test]):
            yield "condition turned", _with(node, ifs=[ast.UnaryOp(ast.Not(), test)])
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "returns None", _with(node, value=ast.Constant(None))
        case ast.Raise() | ast.Continue() | ast.Break() | ast.Expr():
            yield "statement removed", ast.Pass()


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _said(before: ast.AST, after: type[ast.AST]) -> str:
    return f"{type(before).__name__} -> {after.__name__}"


def _with(node: ast.AST, **changed: object) -> ast.AST:
    fresh = copy.copy(node)
    for name, value in changed.items():
        setattr(fresh, name, value)
    return fresh


def _replace(tree: ast.AST, target: ast.AST, changed: ast.AST | None) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, changed)
                return
            if isinstance(value, list):
                for at, child in enumerate(value):
                    if child is target:
                        value[at] = changed
                        return
