"""The layers of ARCHITECTURE.md, enforced by reading every import of the package."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = "fujisawa_desktop"
FILES: Final = sorted((ROOT / PACKAGE).rglob("*.py"))

ANYONE: Final = {"errors", "paths"}
LAYERS: Final[dict[str, set[str]]] = {
    "errors": set(),
    "paths": set(),
    "log": set(),
    "i18n": set(),
    "rules": set(),
    "texts": {"i18n"},
    "models": {"rules"},
    "exchange": {"rules"},
    "documents": {"rules"},
    "services": {"models", "rules", "exchange", "documents"},
    # The frozen rows of the services carry values of rules (a status, a stage): both doors name them.
    "views": {"services", "rules", "texts", "i18n"},
    "cli": {"services", "rules", "texts", "i18n", "log"},
    "app": {"log", "services", "models", "views", "texts", "i18n", "rules", "exchange", "documents"},
    # The demonstration drives both doors, as a person would.
    "demo": {"services", "rules", "texts", "i18n", "app", "cli"},
    "__main__": {"cli", "app", "demo"},
    "__init__": set(),
}
"""Which layer may import which; ``cli_list`` counts as ``cli``, ``demo_walk`` as ``demo``."""

TYPES_ONLY: Final = {("views", "models.database"), ("cli", "models.database"), ("demo", "models.database")}
"""The database is handed through as one opaque value; only its name is needed, for annotations."""

HOMES: Final[dict[str, set[str]]] = {
    "PySide6": {"views", "app"},
    "shiboken6": {"views", "app"},
    "sqlalchemy": {"models", "services"},
    "alembic": {"models"},
    "sqlite3": {"models"},
    "sqlcipher3": {"models"},
    "cryptography": {"models"},
    "keyring": {"services"},
    "psycopg": {"models"},
    "reportlab": {"documents"},
    "fontTools": {"documents"},
    "qrcode": {"documents"},
    "xlsxwriter": {"exchange"},
    "python_calamine": {"exchange"},
    "icalendar": {"exchange"},
    "csv": {"exchange"},
    "highspy": {"rules"},
    "jinja2": {"services"},
    "pikepdf": {"documents"},
    "jpholiday": {"rules"},
    "jaconv": {"rules"},
    "pypdfium2": {"views"},
    "platformdirs": {"paths"},
    "babel": {"i18n"},
    "gettext": {"i18n"},
}
"""Where a library may appear at all."""

NETWORK: Final = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip

NETWORK_PARTS: Final = {"PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"}

HEAVY: Final = {
    "alembic": "only when a database is made or brought up to date",
    "babel": "only when a date is written; its tables are large",
    "jpholiday": "only when a day is asked about that its tables must answer",
    "icalendar": "only when a file for calendars is written",
    "cryptography": "only when a passphrase is set or asked for",
    "highspy": "only when interviews are planned; it brings numpy",
    "keyring": "only for a database on a server",
    "numpy": "comes with the solver",
    "pikepdf": "only when a paper is protected by a password",
    "platformdirs": "only when no data folder is prescribed",
    "psycopg": "only for a database on a server",
    "pypdfium2": "only when a paper is shown",
    "python_calamine": "only when a sheet of Excel is read",
    "qrcode": "only when a paper with a QR code is made",
    "reportlab": "only when a paper is made",
    "xlsxwriter": "only when a sheet of Excel is written",
}
"""Libraries that may be imported inside a function, and why."""

LAZY: Final[dict[str, str]] = {
    f"{PACKAGE}.models.engines": "loads SQLAlchemy, which may wait until the window stands",
    f"{PACKAGE}.models.migrate": "loads Alembic, needed only for a new or an old database",
    f"{PACKAGE}.app": "loads Qt, which only the window needs",
    f"{PACKAGE}.app_imports": "loads Qt, as above",
    f"{PACKAGE}.app_pictures": "loads Qt, and is needed when the walk is done",
    f"{PACKAGE}.demo": "no other command needs it",
    f"{PACKAGE}.documents": "loads ReportLab, needed only when a paper is made",
}
"""Modules of our own that may be imported inside a function, and why."""

LONGEST: Final = 400


@dataclass(frozen=True)
class Import:
    """One imported module, as seen from one file."""

    file: Path
    line: int
    name: str
    inside_function: bool
    types_only: bool

    @property
    def layer(self) -> str:
        return layer_of(self.file)

    @property
    def root(self) -> str:
        return self.name.partition(".")[0]

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.name}"


def layer_of(file: Path) -> str:
    first = file.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")
    return first.partition("_")[0] if first.startswith(("cli_", "demo_", "app_")) else first


def is_types_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def imports_of(file: Path) -> list[Import]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return list(_walk(file, tree, inside_function=False, types_only=False))


def _walk(file: Path, node: ast.AST, *, inside_function: bool, types_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        names: list[str] = []
        if isinstance(child, ast.Import):
            names = [alias.name for alias in child.names]
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{file}:{child.lineno}: relative import"
            module = str(child.module)
            # `from package import module` names a module of ours; `from package.module import name` does not.
            names = [
                f"{module}.{alias.name}"
                if (ROOT / module.replace(".", "/") / f"{alias.name}.py").exists()
                else module
                for alias in child.names
            ]
        for name in dict.fromkeys(names):
            yield Import(file, getattr(child, "lineno", 0), name, inside_function, types_only)
        yield from _walk(
            file,
            child,
            inside_function=inside_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef),
            types_only=types_only or (isinstance(child, ast.stmt) and is_types_only(child)),
        )


@cache
def all_imports() -> tuple[Import, ...]:
    return tuple(found for file in FILES for found in imports_of(file))


def crosses_a_layer(found: Import) -> bool:
    """Return whether an import of our own package points where it may not."""
    if found.root != PACKAGE or found.name == PACKAGE:
        return False
    own = found.name.removeprefix(f"{PACKAGE}.")
    target = layer_of(ROOT / PACKAGE / own.partition(".")[0])
    if target == found.layer or target in ANYONE | LAYERS[found.layer]:
        return False
    return not (found.types_only and (found.layer, own) in TYPES_ONLY)


def is_away_from_home(found: Import) -> bool:
    """Return whether a library is imported in a layer that is not its home."""
    return found.root in HOMES and found.layer not in HOMES[found.root]


def reaches_out(found: Import) -> bool:
    """Return whether an import could reach a network."""
    return found.root in NETWORK or any(found.name.startswith(part) for part in NETWORK_PARTS)


def is_hidden(found: Import) -> bool:
    """Return whether an import stands inside a function without being on the lists."""
    if not found.inside_function or found.types_only:
        return False
    if found.root == PACKAGE:
        return not any(found.name == name or found.name.startswith(f"{name}.") for name in LAZY)
    return found.root not in HEAVY


RULES: Final = {
    "layers": crosses_a_layer,
    "homes": is_away_from_home,
    "network": reaches_out,
    "inside functions": is_hidden,
}


def test_every_folder_has_a_place_in_the_layers() -> None:
    assert {layer_of(file) for file in FILES} <= set(LAYERS)


@pytest.mark.parametrize("rule", RULES)
def test_imports_keep(rule: str) -> None:
    broken = [found.place for found in all_imports() if RULES[rule](found)]
    assert not broken, "\n".join(broken)


def test_rules_are_pure() -> None:
    """No files, no clock, no process: a rule gives the same answer anywhere."""
    impure = {
        "io",
        "os",
        "pathlib",
        "random",
        "shutil",
        "sqlite3",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
    }
    broken = [found.place for found in all_imports() if found.layer == "rules" and found.root in impure]
    clocks = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in FILES
        if layer_of(file) == "rules"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and f".{ast.unparse(node.func)}".endswith((".today", ".now", ".open"))
    ]
    assert not broken + clocks


def test_files_fit_in_one_head() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in FILES
        if "versions" not in file.parts
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def test_every_file_says_what_it_is_and_postpones_annotations() -> None:
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{file}: no docstring"
        futures = [n for n in tree.body if isinstance(n, ast.ImportFrom) and n.module == "__future__"]
        plain = all(isinstance(node, ast.Expr | ast.Assign) for node in tree.body)
        assert futures or plain, f"{file}: no postponed annotations"


def bypasses_the_journal(node: ast.AST) -> bool:
    """Return whether a piece of a service writes rows without the unit of work."""
    if isinstance(node, ast.ImportFrom):
        writing = {"delete", "insert", "text", "update"}
        names = {alias.name for alias in node.names}
        return "insert_rows" in names or (str(node.module).startswith("sqlalchemy") and bool(names & writing))
    if isinstance(node, ast.Attribute):
        return node.attr in {
            "bulk_insert_mappings",
            "bulk_save_objects",
            "bulk_update_mappings",
            "exec_driver_sql",
        }
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        on_table = ast.unparse(node.func.value).endswith("__table__")
        return on_table and node.func.attr in {"delete", "insert", "update"}
    return False


def test_no_change_of_rows_passes_by_the_journal() -> None:
    broken = [
        f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for file in FILES
        if layer_of(file) == "services" and file.name not in {"unit_of_work.py", "history.py", "bulk_rows.py"}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if bypasses_the_journal(node)
    ]
    assert not broken


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import select, update",
        "session.connection().exec_driver_sql('x')",
        "C.__table__.delete()",
        "from fujisawa_desktop.services.bulk_rows import insert_rows",
    ],
)
def test_a_way_round_the_journal_is_noticed(source: str) -> None:
    assert any(bypasses_the_journal(node) for node in ast.walk(ast.parse(source)))


def test_lists_name_only_what_exists() -> None:
    """A reason for something nobody does any more must go."""
    used = {found.name for found in all_imports() if found.inside_function}
    idle = [name for name in LAZY if not any(f"{found}.".startswith(f"{name}.") for found in used)]
    assert not idle


@pytest.mark.parametrize(
    ("rule", "file", "source"),
    [
        ("layers", "views/x.py", "from fujisawa_desktop.models import Course"),
        ("layers", "views/x.py", "from fujisawa_desktop.models.database import Database"),
        ("layers", "services/x.py", "from fujisawa_desktop.i18n import _"),
        ("layers", "rules/x.py", "import fujisawa_desktop.models.course"),
        ("layers", "models/x.py", "from fujisawa_desktop import services"),
        ("layers", "documents/x.py", "from fujisawa_desktop.exchange.table import Table"),
        ("layers", "cli_x.py", "from fujisawa_desktop.views.desk import Desk"),
        ("homes", "services/x.py", "from PySide6.QtCore import QObject"),
        ("homes", "views/x.py", "import sqlalchemy as sa"),
        ("homes", "services/x.py", "from reportlab.pdfgen import canvas"),
        ("network", "services/x.py", "from urllib.request import urlopen"),
        ("network", "views/x.py", "from PySide6.QtNetwork import QTcpSocket"),
        ("inside functions", "views/x.py", "def f():\n    from fujisawa_desktop.services import courses"),
        ("inside functions", "views/x.py", "def f():\n    import json"),
    ],
)
def test_a_breach_is_noticed(
    rule: str, file: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    broken = tmp_path / PACKAGE / file
    broken.parent.mkdir(parents=True)
    (tmp_path / PACKAGE / "services.py").touch()
    broken.write_text(source, encoding="utf-8")
    (found,) = imports_of(broken)
    assert RULES[rule](found)


def test_what_is_allowed_is_not_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    good = tmp_path / PACKAGE / "models" / "x.py"
    good.parent.mkdir(parents=True)
    good.write_text(
        "from sqlalchemy import select\nfrom fujisawa_desktop.errors import AppError\n"
        "from fujisawa_desktop.rules import pay\ndef f():\n    import alembic\n",
        encoding="utf-8",
    )
    assert not [found for found in imports_of(good) for rule in RULES.values() if rule(found)]
