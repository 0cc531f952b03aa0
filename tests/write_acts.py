"""Which use-cases of the services write, found in the code itself, so that a new one cannot be forgotten.

A use-case is a public function that reaches, through whatever it calls within ``services``, one of
the doors to the disk.  What works inside an open act (it is handed a ``UnitOfWork``) is part of another.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path

SERVICES = Path(__file__).resolve().parents[1] / "fujisawa_desktop" / "services"
PACKAGE = "fujisawa_desktop.services."
DOORS = frozenset(
    {
        "unit_of_work",
        "atomic_write",
        "write_new",
        "FileSet",
        "copy_sqlite",
        "pour",
        "kept_aside",
        "backup",
        "open_database",
        "unlink",
        "rename",
        "replace_all",
        "write_bytes",
        "write_text",
        "forget_outgoing",
        "recrypt",
        "slots_through",
        "write_slots",
    }
)
"""Names behind which something is written."""
FILES = frozenset({"atomic_write", "write_new", "FileSet", "write_bytes", "write_text", "replace_all"})
"""Those of them behind which a file other than the database is written."""
ENTRIES = frozenset({"unit_of_work"})
NO_USE_CASES = frozenset({"unit_of_work", "later"})
"""Modules that are machinery of all use-cases."""
_Place = tuple[str, str]


@dataclass
class _Part:
    """A function, or all of a class: the names it uses, and whether it is part of an open act."""

    names: set[str] = field(default_factory=set)
    is_use_case: bool = False


def write_acts(doors: frozenset[str] = DOORS) -> list[str]:
    """Return ``module.function`` of every use-case that reaches one of the doors, in order."""
    parts: dict[_Place, _Part] = {}
    imports: dict[str, dict[str, _Place]] = {}
    for path in sorted(SERVICES.glob("*.py")):
        module, tree = path.stem, ast.parse(path.read_text(encoding="utf-8"))
        imports[module] = _imports(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                parts[module, node.name] = _part(node)
    writers: set[_Place] = {place for place, part in parts.items() if part.names & doors}
    grown = True
    while grown:
        more = {
            place
            for place, part in parts.items()
            if place not in writers and _used(place, part, imports, parts) & writers
        }
        writers |= more
        grown = bool(more)
    return sorted(
        f"{module}.{name}"
        for module, name in writers
        if parts[module, name].is_use_case and module not in NO_USE_CASES
    )


def exporters() -> set[str]:
    """Return the use-cases that write a file and leave an entry."""
    return {*write_acts(FILES)} & {*write_acts(ENTRIES)}


def silent_writers() -> set[str]:
    """Return the use-cases that write a file and leave no entry: whoever calls them records it."""
    return {*write_acts(FILES)} - {*write_acts(ENTRIES)}


def _used(
    place: _Place, part: _Part, imports: dict[str, dict[str, _Place]], parts: dict[_Place, _Part]
) -> set[_Place]:
    module = place[0]
    found = {imports[module].get(name, (module, name)) for name in part.names}
    return found & parts.keys()


def _imports(tree: ast.Module) -> dict[str, _Place]:
    return {
        alias.asname or alias.name: (node.module.removeprefix(PACKAGE), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(PACKAGE)
        and node.module is not None
        for alias in node.names
    }


def _part(node: ast.FunctionDef | ast.ClassDef) -> _Part:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    names |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)} & DOORS
    if isinstance(node, ast.ClassDef):
        return _Part(names)
    handed = {
        word.strip()
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.annotation is not None
        for word in ast.unparse(argument.annotation).split("|")
    }
    opens = node.returns is not None and ast.unparse(node.returns).startswith(("Iterator", "AbstractContext"))
    inside = opens or bool(handed & {"UnitOfWork", "FileSet", "Session"})
    return _Part(names, is_use_case=not node.name.startswith("_") and not inside)
