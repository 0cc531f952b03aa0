"""Nobody's data stands in a folder for temporary files, where a kill would leave it outside the database."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fujisawa_desktop.models.sqlite_driver import connect
from tests.test_architecture import FILES, PACKAGE, ROOT

ALLOWED = {
    ("services/places.py", "gettempdir"): "its name only: a database in it is warned of",
    ("demo.py", "TemporaryDirectory"): "settings of the demonstration's window; all people are invented",
}
"""Module and call → why nobody's data can be left by it."""
MAKERS = {
    "NamedTemporaryFile",
    "QTemporaryDir",
    "QTemporaryFile",
    "SpooledTemporaryFile",
    "TempLocation",
    "TemporaryDirectory",
    "TemporaryFile",
    "createTemporaryFile",
    "gettempdir",
    "gettempdirb",
    "gettempprefix",
    "mkdtemp",
    "mkstemp",
    "mktemp",
    "tempPath",
    "tmpfile",
}
SHEETS = "Workbook"
"""XlsxWriter keeps its sheets in temporary files unless it is told not to."""


def made(source: str) -> Iterator[str]:
    """Yield each name by which a module could come to a temporary file; ``tempfile`` for one unknown."""
    tree = ast.parse(source)
    known = False
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in MAKERS:
                known = True
                yield name
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name == SHEETS:
                if not in_memory(tree):
                    yield SHEETS
    if not known and "tempfile" in source:
        yield "tempfile"


def in_memory(tree: ast.AST) -> bool:
    """Whether sheets are told to stay in memory."""
    return any(
        isinstance(key, ast.Constant)
        and key.value == "in_memory"
        and isinstance(value, ast.Constant)
        and value.value is True
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
    )


def test_no_file_is_made_in_a_folder_for_temporary_files() -> None:
    found = {
        (file.relative_to(ROOT / PACKAGE).as_posix(), name)
        for file in FILES
        for name in made(file.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED), "keep it in memory, or write it beside its place (exchange/file_sets.py)"


def test_sqlite_keeps_what_it_sorts_in_memory(tmp_path: Path) -> None:
    """However a connection is made: the driver was built so."""
    with closing(connect(tmp_path / "new.fjdb")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}


@pytest.mark.parametrize(
    "source",
    [
        "import tempfile\ntempfile.mkstemp()",
        "from tempfile import TemporaryDirectory",
        "import tempfile as t",
        "QTemporaryFile(self)",
        "QDir.tempPath()",
        "xlsxwriter.Workbook(stream)",
        "xlsxwriter.Workbook(stream, {'in_memory': False})",
    ],
)
def test_a_breach_is_noticed(source: str) -> None:
    assert list(made(source))


def test_what_stays_in_memory_is_not_reported() -> None:
    assert not list(made("xlsxwriter.Workbook(stream, {'in_memory': True})\ntemp = 36.5"))
