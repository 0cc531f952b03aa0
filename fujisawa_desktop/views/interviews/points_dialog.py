"""面接の採点: interview after interview, by keyboard alone; what was typed is kept when one goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_short_date, format_time, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_review_forms import PointsForm, points_form, points_of, save_points
from fujisawa_desktop.services.interview_reviews import (
    ScoringView,
    ToScore,
    scoring_view,
)
from fujisawa_desktop.services.interview_sheets import (
    import_interview_sheet,
    issue_interview_sheets,
    preview_interview_sheet,
)
from fujisawa_desktop.services.score_sheets import SheetsIssued
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.points_pane import PointsPane
from fujisawa_desktop.views.screening.ranking_page import FOLDER_KEY
from fujisawa_desktop.views.screening.sheet_dialogs import SheetImportDialog
from fujisawa_desktop.views.screening.words import points_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

Act = Callable[[], object]


class PointsDialog(QDialog):
    """The interviews of one interviewer at the left, the form at the right.

    Attributes:
        rows: the interviews listed.
        at: the row shown, -1 while there is none.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ScoringView | None = None
        self.rows: tuple[ToScore, ...] = ()
        self.at = -1
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Points of the interviews"))
        self.resize(1140, 680)
        self.notice = NoticeBar()
        self.who = QComboBox()
        self.who.setAccessibleName(_("Interviewer or room"))
        self.who.setMinimumWidth(260)
        self.progress = TextLabel("", "secondary")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Interviews"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.pane = PointsPane()
        self.back = SecondaryButton(_("Previous (Ctrl+Page Up)"), partial(self.go, -1))
        self.on = PrimaryButton(_("Save, next (Ctrl+Enter)"), partial(self.go, 1))
        self.give_button = SecondaryButton(_("Give out score sheets…"), self.give_out)
        self.take_button = SecondaryButton(_("Take in a score sheet…"), self.take_in)
        for button in (self.give_button, self.take_button):
            button.setEnabled(not desk.read_only)
        self.record: OpenRecord[PointsForm] = OpenRecord(
            desk, self.pane, again=self._again, save=partial(self.go, 0)
        )
        self._lay_out()
        self.who.activated.connect(self._interviewer_chosen)
        self.table.clicked.connect(lambda index: self._leave(partial(self._show_row, index.row())))
        self.table.activated.connect(lambda index: self._leave(partial(self._show_row, index.row())))
        for keys, by in (("Ctrl+Return", 1), ("Ctrl+Enter", 1), ("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.go, by))
        self._reload()

    # going

    def go(self, by: int) -> None:
        """Keep what was typed, then go to the next interview, or the one before."""
        self._leave(partial(self._show_row, self.at + by))

    def reject(self) -> None:
        """Keep what was typed, then close."""
        self._leave(super().reject)

    def give_out(self) -> None:
        """Ask for a folder and write one protected workbook for each interviewer."""
        folder = str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
        name = QFileDialog.getExistingDirectory(self, _("Folder for the score sheets"), folder)
        if not name:
            return
        self._desk.settings.setValue(FOLDER_KEY, name)
        self.notice.close_message()
        self._desk.perform(
            issue_interview_sheets,
            programme_id=self._desk.programme_id,
            folder=Path(name),
            made_on=self._desk.today(),
            actor=self._desk.actor,
            on_done=self._given_out,
            on_error=self._failed,
        )

    def _given_out(self, issued: SheetsIssued) -> None:
        said = ngettext(
            "{count} score sheet was written.", "{count} score sheets were written.", len(issued.files)
        )
        self.notice.show_message(said.format(count=len(issued.files)), "good")

    def take_in(self) -> None:
        """Ask for a sheet that came back, and show what it would change."""
        folder = str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
        kinds = _("Excel (*.xlsx)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Take in a score sheet"), folder, kinds)
        if name:
            self._leave(partial(self._look_at, Path(name)))

    def _look_at(self, file: Path) -> None:
        dialog = SheetImportDialog(self._desk, file, self, preview_interview_sheet, import_interview_sheet)
        dialog.taken_in.connect(lambda _taken: self._reload())
        dialog.open()

    def _reload(self) -> None:
        self._desk.query(scoring_view, self._begin, owner=self, programme_id=self._desk.programme_id)

    def _leave(self, then: Act) -> None:
        """Save if need be, then do ``then``; a refusal keeps one here."""
        self.notice.close_message()
        if not self.pane.has_changed() or self.pane.shown is None or self._desk.read_only:
            then()
            return
        self._desk.notifier.clear_fields(self.pane)
        try:
            points = self.pane.points()
        except ValidationError as error:
            self._desk.notifier.show(error, self.pane)
            return
        saving = self.record.saving
        if saving is not None:
            form = replace(
                saving.base,
                points={key: points.get(key) for key in saving.base.points},
                recommendation=self.pane.recommendation.currentData(),
                comment=self.pane.comment.text(),
            )
            self.record.save(form, on_done=partial(self._saved, then))

    def _open(self, one: ToScore, view: ScoringView) -> None:
        """Watch what was said of the interview shown."""
        criteria = tuple(criterion.id for criterion in view.criteria)
        labels = {f"points:{criterion.id}": criterion.name for criterion in view.criteria}
        key = (("interview_id", one.interview_id), ("interviewer_id", one.interviewer_id))
        programme_id = self._desk.programme_id
        self.record.open(
            Saving(
                save_points,
                base=points_of(one, criteria),
                read=partial(points_form, programme_id=programme_id, shown=one, criteria=criteria),
                row=RowOf("interview_review", where=key),
                words=FormWords(self.pane, labels=labels),
                owner=self,
                on_error=self._failed,
                aside=frozenset({"seen"}),
            )
        )

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""

        def show(view: ScoringView) -> None:
            self._take(view)
            self._show_row(self.at)

        self._desk.query(scoring_view, show, owner=self, programme_id=self._desk.programme_id)

    def _saved(self, then: Act, _change: ChangeSet) -> None:
        def go_on(view: ScoringView) -> None:
            self._take(view)
            self.pane.show_interview(None, view.criteria, editable=False)
            then()

        self._desk.query(scoring_view, go_on, owner=self, programme_id=self._desk.programme_id)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self.pane)
        else:
            self.notice.show_message(texts.message(error), "wrong")

    # showing

    def _begin(self, view: ScoringView) -> None:
        self._take(view)
        self._first()

    def _take(self, view: ScoringView) -> None:
        self._view = view
        chosen = self.who.currentData()
        self.who.clear()
        for key, name in view.interviewers:
            self.who.addItem(name, key)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0) if view.interviewers else -1)
        self._list()

    def _first(self) -> None:
        if self._view is None or not self.rows:
            self._say_nothing()
            return
        missing = next((at for at, one in enumerate(self.rows) if not one.is_whole), 0)
        self._show_row(missing)

    def _say_nothing(self) -> None:
        self.pane.show_interview(None, (), editable=False)
        self.on.setEnabled(False)
        self.back.setEnabled(False)
        self.notice.show_message(
            _("No interview is booked with an interviewer yet. Book interviews, then come back."), "neutral"
        )

    def _list(self) -> None:
        self.rows = self._view.of(self.who.currentData()) if self._view and self.who.count() else ()
        self.model.show_rows(
            (_("Time"), _("Number"), _("Name"), _("Total")), [_cells(one) for one in self.rows], figures=(3,)
        )
        self.table.set_widths({0: 98, 1: 130, 2: 116})
        whole = sum(one.is_whole for one in self.rows)
        self.progress.setText(
            ngettext("{count} of {total} is complete", "{count} of {total} are complete", whole).format(
                count=whole, total=len(self.rows)
            )
        )

    def _interviewer_chosen(self, _at: int) -> None:
        chosen = self.who.currentData()

        def change() -> None:
            self.who.setCurrentIndex(self.who.findData(chosen))
            self._list()
            self._first()

        if self.pane.shown is not None:
            self.who.setCurrentIndex(self.who.findData(self.pane.shown.interviewer_id))
        self._leave(change)

    def _show_row(self, at: int) -> None:
        if self._view is None or not self.rows:
            return
        if at >= len(self.rows):
            at = len(self.rows) - 1
            self.notice.show_message(_("This was the last interview of the list."), "key")
        self.at = max(at, 0)
        self.table.select_row(self.at)
        self.pane.show_interview(self.rows[self.at], self._view.criteria, editable=not self._desk.read_only)
        self._open(self.rows[self.at], self._view)
        self.back.setEnabled(self.at > 0)
        if not self._view.criteria:
            self.notice.show_message(
                _("There are no criteria of the interviews yet; a recommendation and a comment are kept."),
                "key",
            )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addLayout(row(self.who, None))
        left.addWidget(self.progress)
        left.addWidget(self.table, 1)
        left.addWidget(
            RunningText(
                _("Digits go on by themselves; Return and the arrows go from field to field."), "neutral"
            )
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.pane)
        columns = QHBoxLayout()
        columns.setSpacing(Space.M)
        columns.addLayout(left, 5)
        columns.addWidget(area, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        whole.setSpacing(Space.M)
        whole.addWidget(self.record.hint)
        whole.addWidget(self.notice)
        whole.addLayout(columns, 1)
        close = SecondaryButton(_("Close"), self.reject)
        for button in (close, self.give_button, self.take_button, self.back, self.on):
            button.setAutoDefault(False)
        whole.addLayout(row(close, self.give_button, self.take_button, None, self.back, self.on))


def _cells(one: ToScore) -> tuple[str, ...]:
    total = one.review.total if one.review else None
    state = points_text(total) if total is not None else (_("begun") if one.review else "–")
    return f"{format_short_date(one.starts.date())} {format_time(one.starts)}", one.number, one.name, state
