"""Whoever lets a file out of the program through a use-case that records nothing records it there."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.write_acts import exporters, silent_writers

PACKAGE = Path(__file__).resolve().parents[1] / "fujisawa_desktop"
RECORDERS = {"record_export", "record_list", "record_papers"}
HANDED_ON = {"deliver": "cli_output.py", "write_rejected": "views/applicants/import_kinds.py"}
"""Functions outside the services that hand a file on to be written → where they stand."""
EXCUSED = {
    ("cli_secrets.py", "save_file"): "the paper with the key of the file names nobody",
    ("cli_output.py", "save_file"): "deliver: its callers are looked at",
    ("demo.py", "save_file"): "pictures of an invented office",
    ("demo_walk.py", "save_file"): "pictures of an invented office",
    ("demo_walk.py", "write_filled_sheets"): "invented people",
    ("demo_walk.py", "write_samples"): "invented people",
    ("views/applicants/import_dialog.py", "save_rejected"): "a button of that name",
    ("views/applicants/import_dialog.py", "write_rejected"): "through Keeping, which records it",
    ("views/applicants/import_kinds.py", "save_rejected"): "write_rejected: its callers are looked at",
    ("views/payroll/appointment_saving.py", "save_papers"): "which papers were handed in; no file",
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
    wanted = {name.split(".")[1] for name in silent_writers()} | HANDED_ON.keys()
    found = set()
    for path in PACKAGE.rglob("*.py"):
        where = path.relative_to(PACKAGE).as_posix()
        if where.startswith(("services/", "models/", "exchange/", "documents/", "rules/")):
            continue
        names = names_in(path)
        if not names & RECORDERS:
            found |= {(where, name) for name in names & wanted if HANDED_ON.get(name) != where}
    return found


def test_every_file_that_leaves_is_recorded_by_whoever_lets_it_out() -> None:
    assert unrecorded() == set(EXCUSED), "record it through services/exports_journal.py"


def test_use_cases_that_write_files_are_found() -> None:
    assert "table_files.save_file" in silent_writers()
    assert "person_export.export_person" in exporters()
    for name, where in HANDED_ON.items():
        assert f"def {name}(" in (PACKAGE / where).read_text(encoding="utf-8")
