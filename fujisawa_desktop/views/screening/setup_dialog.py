"""採点項目と採点者: what is judged, who judges, and how it is counted."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.screening_setup import ScreeningSetup, screening_setup
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.rule_page import RulePage
from fujisawa_desktop.views.screening.setup_pages import CriteriaPage, ReviewersPage
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import NoticeBar, SecondaryButton, row

KINDS: Final = frozenset(
    {"criterion", "reviewer", "reviewer_course", "screening_rule", "review", "score", "course", "programme"}
)


class SetupDialog(QDialog):
    """Three pages; every change is stored at once and can be taken back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Criteria and reviewers"))
        self.resize(980, 600)
        self.notice = NoticeBar()
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Pages"))
        self.criteria = CriteriaPage(desk)
        self.reviewers = ReviewersPage(desk)
        self.rule = RulePage(desk)
        self.pages = QStackedWidget()
        for title, page in (
            (_("Criteria"), self.criteria),
            (_("Reviewers"), self.reviewers),
            (_("Counting and hiding"), self.rule),
        ):
            self.tabs.addTab(title)
            self.pages.addWidget(page)
            page.failed.connect(self._say_error)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.tabs)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        column.addLayout(row(None, SecondaryButton(_("Close"), self.accept)))
        desk.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Query everything again."""
        self._desk.query(
            screening_setup,
            self._show,
            owner=self,
            latest="screening.setup-dialog",
            programme_id=self._desk.programme_id,
        )

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & KINDS:
            self.notice.close_message()
            self.reload()

    def _show(self, setup: ScreeningSetup) -> None:
        for page in (self.criteria, self.reviewers, self.rule):
            page.show_setup(setup)

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")
