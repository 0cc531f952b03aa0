"""What the office has sent: issued papers on one page, the ledger of their numbers on the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.issued_papers import IssuedRow
from fujisawa_desktop.services.paper_tables import issued_table, number_table
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.issued_page import IssuedPage
from fujisawa_desktop.views.papers.issued_viewer import IssuedViewer
from fujisawa_desktop.views.papers.number_page import NumberPage
from fujisawa_desktop.views.papers.table_saving import TableSaver
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import NoticeBar, row

Page = Literal["issued", "numbers"]
_PAGES: Final[tuple[Page, ...]] = ("issued", "numbers")
_CONCERNING: Final = frozenset({"notice", "document_number", "programme", "applicant"})


class RecordsWindow(QDialog):
    """Issued papers and the ledger of document numbers.

    Signals:
        correct_wanted(IssuedRow): make the paper that takes the place of this one.
        copy_wanted(object): issue other copies of these papers, a tuple of `IssuedRow`.
    """

    correct_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Issued papers and document numbers"))
        self.resize(1240, 760)
        self._desk = desk
        self.notice = NoticeBar()
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tabs.setAccessibleName(_("Pages"))
        self.issued = IssuedPage(desk)
        self.numbers = NumberPage(desk)
        self.pages = QStackedWidget()
        for title, page in (
            (_("Issued papers"), self.issued),
            (_("Ledger of document numbers"), self.numbers),
        ):
            self.tabs.addTab(title)
            self.pages.addWidget(page)
        self.saver = TableSaver(desk, self, lambda told: self.notice.show_message(told, "good"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(row(self.tabs, None))
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        self._connect()
        self.reload()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn_to)
        self.issued.open_wanted.connect(self.read)
        self.issued.correct_wanted.connect(self.correct_wanted)
        self.issued.copy_wanted.connect(self.copy_wanted)
        self.issued.export_wanted.connect(lambda rows: self.saver.save(issued_table(rows)))
        self.numbers.export_wanted.connect(lambda rows: self.saver.save(number_table(rows)))
        self.numbers.papers_wanted.connect(self._show_papers_of)
        self.numbers.told.connect(lambda told: self.notice.show_message(told, "good"))
        for page in (self.issued, self.numbers):
            page.failed.connect(self._say_error)
        self._desk.changed.connect(self._on_changed)
        self._desk.programme_changed.connect(self.reload)
        for keys, act in (
            ("Ctrl+Tab", lambda: self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())),
            ("Ctrl+1", lambda: self.show_page("issued")),
            ("Ctrl+2", lambda: self.show_page("numbers")),
            (QKeySequence.StandardKey.Find, self._find),
            ("F5", self.reload),
            ("Ctrl+Z", self._undo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        self.tabs.setCurrentIndex(_PAGES.index(page))

    def reload(self) -> None:
        """Read both pages again."""
        self.issued.reload()
        self.numbers.reload()

    def read(self, rows: Sequence[IssuedRow]) -> None:
        """Show issued papers as they were sent."""
        IssuedViewer(self._desk, rows, self).show()

    def _turn_to(self, at: int) -> None:
        self.pages.setCurrentIndex(at)

    def _find(self) -> None:
        self.show_page("issued")
        self.issued.search.setFocus()
        self.issued.search.selectAll()

    def _show_papers_of(self, number: int) -> None:
        self.show_page("issued")
        self.issued.look_for(str(number))

    def _undo(self) -> None:
        """Take back the latest act, as the window does."""
        if not self._desk.read_only:
            self._desk.perform(undo, on_error=self._say_error, actor=self._desk.actor)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & _CONCERNING:
            self.reload()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")
