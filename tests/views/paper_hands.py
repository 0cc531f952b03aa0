"""Hands for the tests of the windows about papers: printers that write files, the one question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from fujisawa_desktop.models import Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.papers.issue_dialog import IssueDialog
from fujisawa_desktop.views.papers.printing import PrintJob, prepared_printer


def to_file(path: Path, prepare: Callable[[QPrinter], object] = lambda _printer: None) -> Any:
    """Return what answers the print dialog: the same printer, writing to a file."""

    def choose(job: PrintJob, _parent: QWidget) -> QPrinter:
        printer = prepared_printer(job.pdf, job.title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(150)
        prepare(printer)
        return printer

    return choose


def issued_kinds(database: Database) -> list[str]:
    """Return the kinds of the papers on record, one entry for each paper."""
    with database.read() as session:
        return [notice.kind for notice in session.scalars(select(Notice).order_by(Notice.id))]


def question(window: PaperWindow) -> IssueDialog:
    """Return the question that is asked before papers are issued."""
    dialog = window.findChild(IssueDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def press(window: QWidget, keys: str) -> None:
    """Do what a key of the window does; exactly one act may belong to it, whichever window is in front."""
    [shortcut] = [one for one in window.findChildren(QShortcut) if one.key() == QKeySequence(keys)]
    shortcut.activated.emit()
