"""The form for one interview before one interviewer: points, a recommendation, words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.screening import field_of, weighted_total
from fujisawa_desktop.services.interview_criteria import InterviewCriterionRow
from fujisawa_desktop.services.interview_reviews import RECOMMENDATIONS, ToScore
from fujisawa_desktop.views.interviews.words import long_span
from fujisawa_desktop.views.screening.points_edit import PointsEdit
from fujisawa_desktop.views.screening.words import points_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, Panel, RunningText, TextArea, TextLabel, row, tool_tip


class PointsPane(Panel):
    """What is typed about one interview.

    Attributes:
        edits: the field of each criterion, by its id.
        shown: the interview, None while there is none.
    """

    def __init__(self) -> None:
        super().__init__(_("Assessment"), margin=Space.M)
        self.edits: dict[int, PointsEdit] = {}
        self.shown: ToScore | None = None
        self._criteria: tuple[InterviewCriterionRow, ...] = ()
        self._before: tuple[dict[int, str], str, str] = ({}, "", "")
        self.who = TextLabel("", "heading")
        self.facts = RunningText("", "neutral")
        self.need = RunningText("", "caution")
        self.locked = RunningText(_("The result is announced, so these points stay as they are."), "caution")
        self.fields = QGridLayout()
        self.fields.setHorizontalSpacing(Space.M)
        self.fields.setVerticalSpacing(Space.M)
        self.fields.setColumnStretch(0, 1)
        self.fields.setColumnStretch(1, 1)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.fields)
        self.total = TextLabel("–", "bold")
        self.recommendation = QComboBox()
        for value in RECOMMENDATIONS:
            self.recommendation.addItem(
                texts.term("result", value) if value else _("no recommendation"), value
            )
        self.comment = TextArea(4, 8)
        for widget in (self.who, self.facts, self.need, self.locked, holder):
            self.body.addWidget(widget)
        self.body.addLayout(row(TextLabel(_("Total of 100"), "secondary"), self.total, None))
        self.body.addWidget(FormField("recommendation", _("Recommendation"), self.recommendation))
        self.body.addWidget(FormField("comment", _("Comment (the person may ask to see it)"), self.comment))
        self.body.addStretch(1)

    def show_interview(
        self, one: ToScore | None, criteria: tuple[InterviewCriterionRow, ...], *, editable: bool
    ) -> None:
        """Show another interview with what was said of it so far."""
        self.shown, self._criteria = one, criteria
        self._build(criteria)
        review = one.review if one is not None else None
        self.who.setText(_("{name} ({number})").format(name=one.name, number=one.number) if one else "")
        self.facts.set_text(
            _(", ").join((long_span(one.starts, one.ends), one.kana, *one.courses)) if one else ""
        )
        self.need.set_text(one.note if one else "")
        self.need.setVisible(bool(one and one.note))
        self.locked.setVisible(bool(one and one.is_announced))
        for key, edit in self.edits.items():
            edit.set_points(review.points.get(key) if review else None)
        self.recommendation.setCurrentIndex(RECOMMENDATIONS.index(review.recommendation) if review else 0)
        self.comment.set_text(review.comment if review else "")
        open_ = editable and one is not None and not one.is_announced
        for widget in (*self.edits.values(), self.recommendation, self.comment):
            widget.setEnabled(open_)
        self._before = self._typed()
        self._show_total()
        if open_:
            self.go_to_first_empty()

    def go_to_first_empty(self) -> None:
        """Begin where something is missing."""
        empty = next((edit for edit in self.edits.values() if not edit.text()), None)
        first = empty or next(iter(self.edits.values()), None)
        (first or self.comment).setFocus()

    def has_changed(self) -> bool:
        """Return whether something was typed since it was shown."""
        return self.shown is not None and self._typed() != self._before

    def points(self) -> dict[int, int]:
        """Return the points typed so far.

        Raises:
            ValidationError: a field holds no points; ``field`` says which.
        """
        found = {key: edit.points() for key, edit in self.edits.items()}
        return {key: number for key, number in found.items() if number is not None}

    def _typed(self) -> tuple[dict[int, str], str, str]:
        return (
            {key: edit.text() for key, edit in self.edits.items()},
            str(self.recommendation.currentData() or ""),
            self.comment.text(),
        )

    def _build(self, criteria: tuple[InterviewCriterionRow, ...]) -> None:
        """Make a field for each criterion; the same criteria keep their fields."""
        if [one.id for one in criteria] == list(self.edits) and all(
            self.edits[one.id].most == one.max_points for one in criteria
        ):
            return
        while (item := self.fields.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.edits = {}
        for at, one in enumerate(criteria):
            edit = PointsEdit(field_of(one.id), one.max_points)
            edit.setToolTip(tool_tip(one.guidance))
            edit.stepped.connect(partial(self._step, one.id))
            edit.textChanged.connect(self._show_total)
            field = FormField(
                field_of(one.id), one.name, edit, support=one.guidance, unit=f"0–{one.max_points}"
            )
            self.fields.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            self.edits[one.id] = edit

    def _step(self, criterion_id: int, by: int) -> None:
        keys = list(self.edits)
        to = keys.index(criterion_id) + by
        if 0 <= to < len(keys):
            self.edits[keys[to]].setFocus()
        elif to >= len(keys):
            self.recommendation.setFocus()

    def _show_total(self) -> None:
        yardsticks = [one.yardstick for one in self._criteria]
        given = {key: edit.points_so_far() for key, edit in self.edits.items()}
        self.total.setText(points_text(weighted_total(given, yardsticks)) if yardsticks else "–")
