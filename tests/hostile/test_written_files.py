"""Every file that the program writes goes through one door: found by reading every call of the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import FILES, PACKAGE, ROOT

DOORS = {
    "exchange/files.py": "atomic_write itself, and the parts of it that sets of files share",
    "exchange/file_sets.py": "sets of files: written beside their places, then renamed; taken back as copies",
    "documents/draft_mark.py": "into memory",
    "documents/protection.py": "into memory",
    "documents/binding.py": "into memory",
    "views/interviews/print_board.py": "into a buffer of Qt in memory",
    "app_pictures.py": "pictures of the demonstration, by Qt",
}
"""Where something is opened for writing, and why that is no file of a clerk's."""
METHODS = {
    "write_text",
    "write_bytes",
    "NamedTemporaryFile",
    "mkstemp",
    "copyfile",
    "copy2",
    "copy",
    "QSaveFile",
}
MOVES = {("os", "replace"), ("os", "rename"), ("shutil", "move")}
WRITING = set("wax+")


def writing(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of every call that writes a file past the door."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        modes = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
        opens = [
            mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)
        ]
        if name in {"open", "fdopen"} and any(set(mode) & WRITING and len(mode) <= 3 for mode in opens):
            yield call.lineno, "open"
        if name in METHODS and (name not in {"copy", "copy2"} or owner == "shutil"):
            yield call.lineno, name
        if (owner, name) in MOVES:
            yield call.lineno, f"{owner}.{name}"


def test_no_file_is_written_past_the_one_door() -> None:
    found = [
        f"{file.relative_to(ROOT / PACKAGE)}:{line} {name}"
        for file in FILES
        if str(file.relative_to(ROOT / PACKAGE)) not in DOORS and not is_database(file)
        for line, name in writing(file.read_text(encoding="utf-8"))
    ]
    assert not found


def is_database(file: Path) -> bool:
    """Say whether a module of the models writes the database's own files, and renames them into place."""
    source = file.read_text(encoding="utf-8")
    renames = ".replace(" in source or "shutil.move(" in source
    return file.parent == ROOT / PACKAGE / "models" and renames


def test_the_doors_are_there() -> None:
    for name in DOORS:
        assert (ROOT / PACKAGE / name).is_file(), name


@pytest.mark.parametrize(
    "source",
    [
        "with open(path, 'w') as file: pass",
        "path.open('wb')",
        "path.write_text(text)",
        "path.write_bytes(data)",
        "shutil.copy2(a, b)",
        "os.replace(a, b)",
        "io.open(path, mode='a')",
        "tempfile.NamedTemporaryFile()",
    ],
)
def test_a_breach_is_noticed(source: str) -> None:
    assert list(writing(source))


def test_reading_is_not_reported() -> None:
    source = "path.open('rb')\nopen(path)\npath.read_bytes()\nsession.open('w_x_y_z')\nform.copy()"
    assert not list(writing(source))


def test_the_folder_of_the_tests_is_not_looked_at() -> None:
    assert not [file for file in FILES if Path("tests") in file.relative_to(ROOT).parents]
