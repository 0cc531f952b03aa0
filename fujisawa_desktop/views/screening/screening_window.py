"""The window of the first screening: whose queue, which course; reading on one page, ranking on the other."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.score_sheet_import import SheetTaken
from fujisawa_desktop.services.score_sheets import SheetsIssued
from fujisawa_desktop.services.screening_queue import ReadingOrder
from fujisawa_desktop.services.screening_setup import ScreeningSetup, screening_setup
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.screening.ranking_page import FOLDER_KEY, RankingPage
from fujisawa_desktop.views.screening.score_page import ScorePage
from fujisawa_desktop.views.screening.setup_dialog import SetupDialog
from fujisawa_desktop.views.screening.sheet_dialogs import IssueDialog, SheetImportDialog
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    MenuButton,
    NoticeBar,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)

KINDS: Final = frozenset(
    {
        "applicant", "application", "course", "criterion", "decision", "entry", "entry_answer", "flag_ruling",
        "programme", "review", "reviewer", "reviewer_course", "score", "screening_rule",
    }
)  # fmt: skip
_REVIEWER_KEY: Final = "screening/reviewer"
_COURSE_KEY: Final = "screening/course"
_ORDER_KEY: Final = "screening/order"


def open_screening(desk: Desk, parent: QWidget) -> ScreeningWindow:
    """Open the window of the first screening."""
    window = ScreeningWindow(desk, parent)
    window.show()
    return window


class ScreeningWindow(QDialog):
    """Reading, scoring and ranking in one window beside the tabs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Scoring the 1st screening"))
        self.resize(1280, 800)
        self._desk = desk
        self._filling = False
        self.setup: ScreeningSetup | None = None
        self.notice = NoticeBar()
        self.reviewer = self._combo(_("Reviewer"), 198)
        self.course = self._combo(_("Course"), 164)
        self.order = self._combo(_("Order"), 150)
        for one in ReadingOrder:
            self.order.addItem(texts.term("reading_order", one), one)
        self.sheets = MenuButton(_("Score sheets"))
        self.issue_action = self.sheets.add(_("Give out…"), self.give_out)
        self.take_action = self.sheets.add(_("Take in…"), self.take_in)
        self.setup_button = SecondaryButton(_("Criteria and reviewers…"), self.edit_setup)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Pages"))
        self.score_page = ScorePage(desk)
        self.ranking_page = RankingPage(desk)
        self.pages = QStackedWidget()
        for title, page in ((_("Read and score"), self.score_page), (_("Ranking"), self.ranking_page)):
            self.tabs.addTab(title)
            self.pages.addWidget(page)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._connect()
        self.reload()

    def _combo(self, name: str, width: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumWidth(width)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(lambda _at: self._on_choice())
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(
            row(
                self.tabs,
                Space.L,
                TextLabel(_("Reviewer"), "secondary"),
                self.reviewer,
                self.course,
                self.order,
                None,
                self.sheets,
                self.setup_button,
            )
        )
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn_to)
        self.score_page.told.connect(self.say)
        self.score_page.setup_wanted.connect(self.edit_setup)
        self.score_page.reviewer_wanted.connect(self.add_reviewer)
        self.score_page.progress.chosen.connect(self._read_as)
        self.ranking_page.told.connect(self.say)
        self.ranking_page.office_wanted.connect(lambda: self.reviewer.setCurrentIndex(0))
        self._desk.changed.connect(self._on_changed)
        self._desk.programme_changed.connect(self.reload)
        for keys, act in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+Tab", lambda: self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())),
            ("Ctrl+1", lambda: self.tabs.setCurrentIndex(0)),
            ("Ctrl+2", lambda: self.tabs.setCurrentIndex(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # --- what is shown ----------------------------------------------------------------

    def reload(self) -> None:
        """Query reviewers, courses and criteria, then the page."""
        self._desk.query(
            screening_setup,
            self._show_setup,
            owner=self,
            latest="screening.setup",
            programme_id=self._desk.programme_id,
        )

    def _show_setup(self, setup: ScreeningSetup) -> None:
        self.setup = setup
        settings = self._desk.settings
        self._filling = True
        reviewers = [(one.name, one.id) for one in setup.reviewers]
        self._fill(
            self.reviewer,
            [(_("(office)"), None), *reviewers],
            self.reviewer.currentData() if self.reviewer.count() else _number(settings.value(_REVIEWER_KEY)),
            otherwise=1 if reviewers else 0,
        )
        courses: list[tuple[str, int | None]] = [(one.name, one.id) for one in setup.courses]
        self._fill(
            self.course,
            [*courses, (_("All courses"), None)] if len(courses) > 1 else courses,
            self.course.currentData() if self.course.count() else _number(settings.value(_COURSE_KEY)),
            otherwise=0,
        )
        at = self.order.findData(str(settings.value(_ORDER_KEY, "")))
        self.order.setCurrentIndex(max(at, 0))
        self._filling = False
        self.issue_action.setEnabled(bool(reviewers) and bool(setup.criteria) and not self._desk.read_only)
        self.take_action.setEnabled(bool(reviewers) and not self._desk.read_only)
        self._look()

    @staticmethod
    def _fill(box: QComboBox, items: list[tuple[str, int | None]], wanted: object, *, otherwise: int) -> None:
        known = box.count() > 0
        box.clear()
        for text, value in items:
            box.addItem(text, value)
        places = [at for at, (_text, value) in enumerate(items) if value == wanted]
        asked = known or wanted is not None
        box.setCurrentIndex(places[0] if asked and places else otherwise)

    def _on_choice(self) -> None:
        if self._filling or self.setup is None:
            return
        settings = self._desk.settings
        for key, box in (
            (_REVIEWER_KEY, self.reviewer),
            (_COURSE_KEY, self.course),
            (_ORDER_KEY, self.order),
        ):
            value = box.currentData()
            settings.setValue(key, "" if value is None else str(value))
        self._look()

    def _read_as(self, reviewer_id: int, course_id: int) -> None:
        self._filling = True
        self.course.setCurrentIndex(self.course.findData(course_id))
        self._filling = False
        self.reviewer.setCurrentIndex(self.reviewer.findData(reviewer_id))

    def _look(self) -> None:
        order = ReadingOrder(self.order.currentData() or ReadingOrder.SHUFFLED)
        self.order.setVisible(self.tabs.currentIndex() == 0)
        if self.tabs.currentIndex() == 0:
            self.score_page.look(self.reviewer.currentData(), self.course.currentData(), order)
        else:
            self.ranking_page.look(self.reviewer.currentData(), self.course.currentData())

    def _turn_to(self, at: int) -> None:
        if at == 1 and not self.score_page.can_leave():
            self.tabs.setCurrentIndex(0)
            return
        self.pages.setCurrentIndex(at)
        if self.setup is not None:
            self._look()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & {"criterion", "reviewer", "reviewer_course", "screening_rule", "course"}:
            self.score_page.reread()
            self.reload()
            return
        if not change.kinds & KINDS:
            return
        if self.tabs.currentIndex() == 0:
            self.score_page.refresh()
        else:
            self.ranking_page.ask()

    def say(self, text: str, tone: str = "key") -> None:
        """Show a message above the page."""
        self.notice.show_message(text, cast("Tone", tone))

    # --- acts -------------------------------------------------------------------------

    def _undo(self) -> None:
        """Take back the latest act, or what was typed while a field has the cursor and something to undo."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QTextEdit) and focus.document().isUndoAvailable():
            focus.undo()
            return
        if isinstance(focus, QLineEdit) and focus.isUndoAvailable():
            focus.undo()
            return
        if self._desk.read_only:
            return

        def done(change: ChangeSet) -> None:
            label = texts.label(str(change.label.params["code"]), change.label.params["params"])
            self.say(_("Taken back: {act}").format(act=label), "key")

        self._desk.perform(
            undo,
            on_done=while_open(self, done),
            on_error=while_open(self, self._say_error),
            actor=self._desk.actor,
        )

    def edit_setup(self) -> None:
        """Open the editor of criteria and reviewers."""
        if self.setup is not None and self.setup.criteria and not self.setup.reviewers:
            self.add_reviewer()
        else:
            self._open_setup()

    def add_reviewer(self) -> None:
        """Open the editor where a reviewer is added."""
        dialog = self._open_setup()
        dialog.tabs.setCurrentIndex(1)
        dialog.reviewers.first_field().setFocus()

    def _open_setup(self) -> SetupDialog:
        dialog = SetupDialog(self._desk, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()
        return dialog

    def give_out(self) -> None:
        """Ask for whom score sheets are written."""
        if self.setup is None:
            return
        dialog = IssueDialog(self._desk, self.setup, self)
        dialog.issued.connect(self._tell_issued)
        dialog.open()

    def take_in(self) -> None:
        """Ask for score sheets that came back and show each before it is taken in."""
        folder = str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Score sheets that came back"), folder, _("Excel (*.xlsx *.ods)")
        )
        self._next_sheet([Path(name) for name in names])

    def _next_sheet(self, files: list[Path]) -> None:
        if not files:
            return
        dialog = SheetImportDialog(self._desk, files[0], self)
        dialog.taken_in.connect(self._tell_taken)
        dialog.finished.connect(lambda _result: self._next_sheet(files[1:]))
        dialog.open()

    def _tell_issued(self, issued: SheetsIssued) -> None:
        count = len(issued.files)
        self.say(
            ngettext(
                "{count} score sheet was written ({rows} applications), and that is recorded.",
                "{count} score sheets were written ({rows} applications), and that is recorded.",
                count,
            ).format(count=f"{count:,}", rows=f"{issued.rows:,}"),
            "good",
        )

    def _tell_taken(self, taken: SheetTaken) -> None:
        preview = taken.preview
        tone: Literal["caution", "good"] = "caution" if preview.refused or preview.missing else "good"
        self.say(
            _("{reviewer}: {added} new, {changed} changed, {refused} not taken in.").format(
                reviewer=preview.reviewer,
                added=len(preview.added),
                changed=len(preview.changed),
                refused=len(preview.refused),
            ),
            tone,
        )

    def _say_error(self, error: Exception) -> None:
        self.say(texts.message(error), "wrong")

    def reject(self) -> None:
        """Close, by the cross too; what was typed is kept first, or the window stays open."""
        commit_typing()
        if self.score_page.can_leave():
            super().reject()
        else:
            self.tabs.setCurrentIndex(0)


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isdigit() else None
