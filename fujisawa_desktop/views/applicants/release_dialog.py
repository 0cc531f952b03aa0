"""Announcing a screening: what would become known is looked at first, then all of it is announced."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.selection import ReleaseResult, release
from fujisawa_desktop.services.selection_check import CourseRelease, ReleaseForesight, foresee_release
from fujisawa_desktop.views.applicants.text_table import TextTableModel
from fujisawa_desktop.views.applicants.words import joined
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import ROW_HEIGHT, Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

_NAMED = 12


class ReleaseDialog(QDialog):
    """Shows the results of one screening course by course, and announces them all together or none.

    Signals:
        released(ReleaseResult): they are announced.
        undecided_wanted(): look at the people without a result first.
    """

    released = Signal(object)
    undecided_wanted = Signal()

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stage = stage
        self.foresight: ReleaseForesight | None = None
        title = _("Announce the 1st screening") if stage is Stage.FIRST else _("Announce the final screening")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(680)
        self.summary = RunningText(_("Looking at what would be announced…"))
        self.model = TextTableModel(self)
        self.table = DataTable(_("Results by course"))
        self.table.setModel(self.model)
        self.caution = RunningText("", "caution")
        self.caution.hide()
        self.problem = RunningText("", "wrong")
        self.problem.hide()
        self.undecided = SecondaryButton(_("Show those without a result"), self._show_undecided)
        self.undecided.hide()
        self.go = PrimaryButton(_("Announce"), self.announce)
        self.go.setEnabled(False)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "title"))
        for widget in (self.summary, self.table, self.caution, self.problem):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(row(self.undecided, None, self.stop, self.go))
        desk.query(
            foresee_release,
            self._show,
            owner=self,
            on_error=self._fail,
            programme_id=desk.programme_id,
            stage=stage,
        )

    def _show(self, foresight: ReleaseForesight) -> None:
        self.foresight = foresight
        final = self._stage is Stage.FINAL
        headings = _headings(final=final)
        rows = [_cells(course, final=final) for course in foresight.courses]
        self.model.show_rows(headings, rows, figures=range(1, len(headings)))
        self.table.setFixedHeight(ROW_HEIGHT * (len(foresight.courses) + 1) + 2)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths(dict.fromkeys(range(1, len(headings)), 86))
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        count = foresight.announced
        self.summary.set_text(
            ngettext(
                "{count} result becomes known at once, and the letters can be made. "
                "It can be undone until the first letter is issued.",
                "{count} results become known at once, and the letters can be made. "
                "It can be undone until the first letter is issued.",
                count,
            ).format(count=f"{count:,}")
            if count
            else _("No results are noted yet. Choose people in the list and decide about them first.")
        )
        cautions = self._cautions(foresight)
        self.caution.set_text("\n".join(cautions))
        self.caution.setVisible(bool(cautions))
        self.undecided.setVisible(bool(foresight.undecided))
        self.go.setText(
            ngettext("Announce {count} result", "Announce {count} results", count).format(count=f"{count:,}")
        )
        self.go.setEnabled(count > 0)
        self.adjustSize()
        (self.go if self.go.isEnabled() else self.stop).setFocus()

    def _cautions(self, foresight: ReleaseForesight) -> list[str]:
        told: list[str] = []
        open_ = sum(course.undecided for course in foresight.courses)
        if open_:
            names = joined(person.name for person in foresight.undecided[:_NAMED])
            told.append(
                ngettext(
                    "{count} person has no result yet and gets no letter: {names}",
                    "{count} people have no result yet and get no letter: {names}",
                    open_,
                ).format(count=f"{open_:,}", names=f"{names} …" if open_ > _NAMED else names)
            )
        if foresight.flagged_undecided:
            told.append(
                ngettext(
                    "{count} marked entry (late, taken back, not a student) has no result; "
                    "that may be meant.",
                    "{count} marked entries (late, taken back, not a student) have no result; "
                    "that may be meant.",
                    foresight.flagged_undecided,
                ).format(count=f"{foresight.flagged_undecided:,}")
            )
        if foresight.withdrawn:
            told.append(
                ngettext(
                    "{count} person withdrew after the result was noted; that result stays unannounced.",
                    "{count} people withdrew after the result was noted; those results stay unannounced.",
                    foresight.withdrawn,
                ).format(count=f"{foresight.withdrawn:,}")
            )
        if self._stage is Stage.FINAL:
            told.extend(_over(course) for course in foresight.courses if _passes(course) > course.capacity)
        return told

    def announce(self) -> None:
        """Announce everything, all together or none."""
        self.go.setEnabled(False)
        self.problem.hide()
        self._desk.perform(
            release,
            on_done=self._done,
            on_error=self._fail,
            programme_id=self._desk.programme_id,
            stage=self._stage,
            actor=self._desk.actor,
        )

    def _done(self, result: ReleaseResult) -> None:
        self.released.emit(result)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.problem.set_text(texts.message(error))
        self.problem.show()
        self.adjustSize()

    def _show_undecided(self) -> None:
        self.reject()
        self.undecided_wanted.emit()


def _headings(*, final: bool) -> tuple[str, ...]:
    reserve = (_("Reserve"),) if final else ()
    return (_("Course"), _("Pass"), *reserve, _("Fail"), _("No result"), _("Capacity"))


def _cells(course: CourseRelease, *, final: bool) -> tuple[str, ...]:
    reserve = (f"{course.reserve:,}",) if final else ()
    return (
        course.course,
        f"{course.passed:,}",
        *reserve,
        f"{course.failed:,}",
        f"{course.undecided:,}",
        f"{course.capacity:,}",
    )


def _passes(course: CourseRelease) -> int:
    return course.passed + course.passed_before


def _over(course: CourseRelease) -> str:
    return _("{course}: {passed} passes for {capacity} places. Check that this is meant.").format(
        course=course.course, passed=_passes(course), capacity=course.capacity
    )
