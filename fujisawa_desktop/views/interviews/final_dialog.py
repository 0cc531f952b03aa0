"""面接の結果: the ranking after the interviews, and the result a clerk notes for the final stage."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_ranking import FinalRanking, FinalRow, final_ranking
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.selection import DecisionsResult, record_decisions
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.noted_saving import noted_saving
from fujisawa_desktop.views.screening.words import points_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import save_beside_others
from fujisawa_desktop.views.widgets import DataTable, NoticeBar, RunningText, SecondaryButton, row
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_KINDS = frozenset({"interview_review", "interview_score", "interview_criterion", "decision", "interview"})


class FinalDialog(QDialog):
    """Sorted by the program, decided by a person.

    Attributes:
        ranking: what is shown; None while it is read.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ranking: FinalRanking | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Results of the interviews"))
        self.resize(1160, 600)
        self.notice = NoticeBar()
        self.course = QComboBox()
        self.course.setAccessibleName(_("Course"))
        self.course.setMinimumWidth(260)
        self.summary = RunningText("", "neutral")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Ranking after the interviews"))
        self.table.setModel(self.model)
        self.buttons = {
            result: SecondaryButton(text, partial(self.decide, result))
            for result, text in (
                (Result.PASS, _("Note as pass")),
                (Result.RESERVE, _("Note as reserve")),
                (Result.FAIL, _("Note as fail")),
            )
        }
        self._lay_out()
        self.course.activated.connect(lambda _at: self.reload())
        desk.changed.connect(self._on_changed)
        desk.query(calendar, self._take_courses, owner=self, programme_id=desk.programme_id)

    def reload(self) -> None:
        """Query the ranking of the course again."""
        if self.course.currentData() is not None:
            self._desk.query(
                final_ranking,
                self._show,
                owner=self,
                latest="interviews.final-ranking",
                programme_id=self._desk.programme_id,
                course_id=self.course.currentData(),
            )

    def decide(self, result: Result) -> None:
        """Note the result for the chosen people, in the order of the ranking; it is not announced yet."""
        chosen = self.table.selected_rows()
        if self.ranking is None or self._desk.read_only:
            return
        if not chosen:
            self.notice.show_message(_("Nobody is chosen. Choose people in the list first."), "key")
            return
        rows = [self.ranking.rows[at] for at in chosen]
        seen = {one.application_id: one.decided for one in rows}
        saving = replace(
            noted_saving(record_decisions, self, seen, Stage.FINAL, result=result),
            on_done=self._decided,
            on_error=lambda error: self.notice.show_message(texts.message(error), "wrong"),
        )
        save_beside_others(self._desk, saving, replace(saving.base, results=dict.fromkeys(seen, result)))

    def _decided(self, done: DecisionsResult) -> None:
        said = ngettext(
            "{count} result was noted; nothing is announced yet.",
            "{count} results were noted; nothing is announced yet.",
            done.recorded,
        ).format(count=done.recorded)
        if done.refused:
            numbers = _(", ").join(one.number for one in done.refused)
            said += " " + _("Left as they were: {numbers}.").format(numbers=numbers)
        self.notice.show_message(said, "caution" if done.refused else "good")

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & _KINDS:
            self.reload()

    def _take_courses(self, view: CalendarView) -> None:
        for mark in view.courses:
            self.course.addItem(mark.short_name, mark.course_id)
        self.reload()

    def _show(self, ranking: FinalRanking) -> None:
        before = self.ranking.rows if self.ranking is not None else ()
        chosen = {before[at].application_id for at in self.table.selected_rows()}
        self.ranking = ranking
        headings = (
            *(_("Rank"), _("Number"), _("Name"), _("Mean"), _("Each interviewer"), _("Recommended")),
            *(_("Points on paper"), _("Came or not"), _("Result")),
        )
        self.model.show_rows(headings, [_cells(one) for one in ranking.rows], figures=(0, 3, 6))
        self.table.set_widths({0: 52, 1: 132, 2: 156, 3: 60, 4: 190, 5: 172, 6: 130, 7: 104})
        self.table.show_emptiness()
        self.summary.set_text(
            _(
                "{people} people, {places} places. {waiting} of them lack points of an interviewer. "
                "The program sorts; who passes is for you to decide."
            ).format(people=len(ranking.rows), places=ranking.capacity, waiting=ranking.waiting)
        )
        for button in self.buttons.values():
            button.setEnabled(bool(ranking.rows) and not self._desk.read_only)
        kept = [at for at, one in enumerate(ranking.rows) if one.application_id in chosen]
        if len(kept) == 1:
            self.table.select_row(kept[0])

    def _lay_out(self) -> None:
        self.table.empty.say(
            _("Nobody of this course has an interview"),
            _("Those whose interviews are booked appear here by themselves."),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        whole.setSpacing(Space.M)
        whole.addLayout(row(self.course, None))
        whole.addWidget(self.summary)
        whole.addWidget(self.notice)
        whole.addWidget(self.table, 1)
        close = SecondaryButton(_("Close"), self.reject)
        close.setAutoDefault(False)
        whole.addLayout(row(close, None, *self.buttons.values()))


def _cells(one: FinalRow) -> tuple[str, ...]:
    rank = "–" if one.rank is None else f"{one.rank}=" if one.is_tied else str(one.rank)
    totals = " / ".join(points_text(total) for total in one.totals) or "–"
    words = [
        f"{texts.term('result', result)} {count}"
        for result, count in zip(("pass", "reserve", "fail"), one.recommendations, strict=True)
        if count
    ]
    decided = texts.term("result", one.decided) if one.decided else _("undecided")
    if one.is_announced:
        decided = _("{result} (announced)").format(result=decided)
    split = _("{totals} (far apart)").format(totals=totals) if one.is_split else totals
    return (
        rank,
        one.number,
        one.name,
        points_text(one.score),
        split,
        _(", ").join(words) or "–",
        points_text(one.first_score),
        texts.term("interview-progress", one.attendance) if one.attendance else "–",
        decided,
    )
