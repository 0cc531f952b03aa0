"""Files with people in them leave through use-cases that record them in the same act, or before an output."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.write_acts import exporters, silent_writers

PACKAGE = Path(__file__).resolve().parents[1] / "fujisawa_desktop"
RECORDERS = {"record_export", "record_list", "record_papers"}
HANDED_ON = {"deliver": "cli_output.py"}
"""What writes to an output, which nothing can call back → where it stands; its callers record before."""
EXCUSED = {
    ("cli_secrets.py", "save_file"): "the paper with the key of the file names nobody",
    ("cli_papers.py", "save_file"): "a page to try a printer with names nobody",
    ("demo.py", "save_file"): "pictures of an invented office",
    ("demo_walk.py", "save_file"): "pictures of an invented office",
    ("demo_walk.py", "write_filled_sheets"): "invented people",
    ("demo_walk.py", "write_samples"): "invented people",
    ("views/trust/backup_settings_dialog.py", "save_backup_settings"): "where copies go; nobody is named",
    ("views/trust/recovery_page.py", "save_file"): "the paper with the key of the file names nobody",
}


def names_in(path: Path) -> set[str]:
    """Return every name a module uses, calls late, or brings in."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case ast.Call(func=ast.Name(id="later"), args=[_, ast.Constant(value=str(name))]):
                found.add(name)
    return found


def unrecorded() -> set[tuple[str, str]]:
    silent = {name.split(".")[1] for name in silent_writers()}
    found = set()
    for path in PACKAGE.rglob("*.py"):
        where = path.relative_to(PACKAGE).as_posix()
        if where.startswith(("services/", "models/", "exchange/", "documents/", "rules/")):
            continue
        names = names_in(path)
        found |= {(where, name) for name in names & silent}
        if not names & RECORDERS:
            found |= {(where, name) for name in names & HANDED_ON.keys() if HANDED_ON[name] != where}
    return found


def test_every_file_that_leaves_is_recorded_by_whoever_lets_it_out() -> None:
    assert unrecorded() == set(EXCUSED), "let it out through services/outgoing.py"


def test_use_cases_that_write_files_are_found() -> None:
    assert "table_files.save_file" in silent_writers()
    assert "person_export.export_person" in exporters()
    for name, where in HANDED_ON.items():
        assert f"def {name}(" in (PACKAGE / where).read_text(encoding="utf-8")
