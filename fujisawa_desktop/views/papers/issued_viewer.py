"""Issued papers as they were sent, to be read and printed again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.issued_papers import IssuedRow, Reprint, reprint
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.issue_dialog import SaveChoice, SaveDialog
from fujisawa_desktop.views.papers.making_strip import MakingStrip
from fujisawa_desktop.views.papers.outlet import Outlet
from fujisawa_desktop.views.papers.page_tools import PageTools
from fujisawa_desktop.views.papers.page_view import PageView
from fujisawa_desktop.views.papers.side_lists import PeopleList
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    NoticeBar,
    Pill,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    row,
)


class IssuedViewer(QDialog):
    """Shows what was kept of papers when they were issued, whatever was changed since.

    Attributes:
        papers: what is shown, ``None`` until it is made.
        outlet: prints and saves it.
    """

    def __init__(self, desk: Desk, rows: Sequence[IssuedRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        kinds = list(dict.fromkeys(one.kind for one in rows))
        self._kind = kinds[0] if kinds else ""
        title = texts.term("kind", self._kind) if len(kinds) == 1 else _("Issued papers")
        self.setWindowTitle(_("{paper}, as issued").format(paper=title))
        self.resize(1080, 740)
        self._desk = desk
        self._rows = tuple(rows)
        self.papers: Reprint | None = None
        self.notice = NoticeBar()
        self.strip = MakingStrip(desk.tasks)
        self.view = PageView()
        self.tools = PageTools(self.view, of_people=True)
        self.people = PeopleList(of_people=True)
        self.people.setVisible(len(rows) > 1)
        self.outlet = Outlet(desk, self, self.notice, self.strip)
        self.outlet.busy_changed.connect(lambda _busy: self._enable())
        self.said = TextLabel(_said(self._rows), "secondary")
        self.sameness = Pill("", "good")
        self.sameness.hide()
        self.save_button = SecondaryButton(_("Save as PDF…"), self.save)
        self.print_button = PrimaryButton(_("Print again…"), self.print)
        self._lay_out()
        self._connect()
        self._enable()
        self._make()

    def _lay_out(self) -> None:
        middle = QWidget()
        page = QVBoxLayout(middle)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Space.S)
        page.addWidget(self.tools)
        page.addWidget(self.view, 1)
        main = QSplitter(Qt.Orientation.Horizontal)
        main.addWidget(self.people)
        main.addWidget(middle)
        main.setStretchFactor(1, 1)
        main.setSizes([248, 800])
        main.setHandleWidth(Space.S)
        main.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(row(self.said, self.sameness, None))
        column.addWidget(self.notice)
        column.addWidget(main, 1)
        column.addWidget(self.strip)
        column.addLayout(row(None, self.save_button, self.print_button))

    def _connect(self) -> None:
        self.people.chosen.connect(self.view.go_to)
        self.view.page_shown.connect(self.people.follow)
        self.finished.connect(lambda _result: self.view.close_pdf())
        self.tools.add_shortcuts(self)
        for keys, act in (
            (QKeySequence.StandardKey.Print, self.print),
            (QKeySequence.StandardKey.Save, self.save),
            (QKeySequence.StandardKey.Find, self.people.search.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _make(self) -> None:
        title = _("Making the pages")
        job = self._desk.query(
            reprint,
            self._show,
            owner=self,
            on_error=self._refused,
            busy=title,
            notice_ids=[one.notice_id for one in self._rows],
        )
        self.strip.watch(job, title)

    def _show(self, papers: Reprint) -> None:
        self.strip.end()
        self.papers = papers
        self.people.show_pages(papers.pages)
        self.tools.show_pages(papers.pages)
        self.view.show_pdf(papers.pdf)
        if papers.is_same is not None:
            same = papers.is_same
            word = _("the very file that was issued") if same else _("same words, drawn with newer fonts")
            self.sameness.set(word, "good" if same else "caution")
            self.sameness.show()
        self._enable()

    def _refused(self, error: Exception) -> None:
        self.strip.end()
        if isinstance(error, Cancelled):
            text = _("Stopped. No pages were made.")
            self.notice.show_message(text, "caution", action=_("Make them now"), on_action=self._make)
        else:
            self.notice.show_message(texts.message(error), "wrong")
        self._enable()

    def _enable(self) -> None:
        ready = self.papers is not None and not self.outlet.is_busy
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def print(self) -> None:
        """Print the papers again; the journal keeps that copies were made."""
        if self.papers is None or not self.print_button.isEnabled():
            return
        job = self.outlet.print_job(self.papers, self._kind, self.view.number())
        printer = self.outlet.choose_printer(job, self)
        if printer is not None:
            self.outlet.send(job, printer, self._sent)

    def save(self) -> None:
        """Write the papers to files again."""
        if self.papers is None or not self.save_button.isEnabled():
            return
        dialog = SaveDialog(len(self.papers.notice_ids), self)
        dialog.accepted.connect(lambda: self._save(dialog.choice()))
        dialog.open()

    def _save(self, choice: SaveChoice) -> None:
        papers = self.papers
        target = self.outlet.choose_target(choice, papers.file_name) if papers is not None else None
        if papers is not None and target is not None:
            self.outlet.save_again(papers, self._kind, target, choice)

    def _sent(self, pages: int) -> None:
        if self.papers is not None:
            self.outlet.record("papers.copy-out", self._kind, len(self.papers.notice_ids))
        self.outlet.tell_sent(pages)

    def reject(self) -> None:
        """Close, unless papers are on their way out."""
        if not self.outlet.is_busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless papers are on their way out."""
        if self.outlet.is_busy:
            event.ignore()
        else:
            super().closeEvent(event)


def _said(rows: Sequence[IssuedRow]) -> str:
    """Say when the papers were issued, and under which number if there is one only."""
    if not rows:
        return ""
    days = sorted({one.issued_at for one in rows})
    numbers = list(dict.fromkeys(one.document_number for one in rows if one.document_number))
    if len(days) > 1:
        return _("As issued between {first} and {last}").format(
            first=format_datetime(days[0]), last=format_datetime(days[-1])
        )
    if len(numbers) == 1:
        return _("{number}, as issued at {at}").format(number=numbers[0], at=format_datetime(days[0]))
    return _("As issued at {at}").format(at=format_datetime(days[0]))
