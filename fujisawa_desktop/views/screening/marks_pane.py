"""What the reviewer says: points for each criterion, the total, a comment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.screening import field_of, weighted_total
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_reviews import OtherReview, ReviewSheet
from fujisawa_desktop.views.screening.points_edit import PointsEdit
from fujisawa_desktop.views.screening.words import points_text, state_word
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    row,
    rule,
)


class MarksPane(QFrame):
    """The form at the right of an entry.

    Signals:
        done_wanted(), skip_wanted(), recuse_wanted(): save in that state and go on.
        scrolled(int): read on.

    Attributes:
        edits: the field of each criterion, by its id.
    """

    done_wanted = Signal()
    skip_wanted = Signal()
    recuse_wanted = Signal()
    scrolled = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(_("Points to give"))
        self.setMinimumWidth(270)
        self._sheet: ReviewSheet | None = None
        self._before: tuple[dict[int, str], str] = ({}, "")
        self.edits: dict[int, PointsEdit] = {}
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.total = TextLabel("", "figure")
        self.locked = RunningText(_("The result is announced, so these points stay as they are."), "caution")
        self.locked.hide()
        self.comment = TextArea(2, 5)
        self.done_button = PrimaryButton(_("Done, next (Ctrl+Enter)"), self.done_wanted.emit)
        self.skip_button = SecondaryButton(_("Skip (S)"), self.skip_wanted.emit)
        self.recuse_button = SecondaryButton(_("Do not judge (R)"), self.recuse_wanted.emit)
        self.recuse_button.setToolTip(_("For somebody the reviewer knows or is related to."))
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.locked)
        column.addWidget(self.area, 1)
        column.addWidget(rule())
        of_hundred = TextLabel(_("of 100"), "secondary")
        line = row(TextLabel(_("Total"), "heading"), None, self.total, of_hundred)
        line.setAlignment(of_hundred, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        column.addWidget(FormField("comment", _("Comment (C)"), self.comment))
        column.addLayout(row(self.done_button, None))
        column.addLayout(row(self.skip_button, self.recuse_button, None))

    # --- showing -----------------------------------------------------------------

    def clear(self) -> None:
        """Show no form."""
        self._sheet = None
        self.edits = {}
        self.area.takeWidget()
        self.total.setText("–")
        self.comment.set_text("")
        self.locked.hide()
        self._before = ({}, "")
        self._enable(on=False)

    def show_sheet(self, sheet: ReviewSheet, *, read_only: bool) -> None:
        """Show the criteria of an entry with the points given so far, and go to the first empty one."""
        self._sheet = sheet
        page = QWidget()
        page.setProperty("role", "sheet")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        self.edits = {}
        # Who does not judge gives no points: what is told of the others comes first.
        judges = sheet.state is not ReviewState.RECUSED
        if not judges:
            self._add_others(column, sheet)
        for one in sheet.criteria:
            edit = PointsEdit(field_of(one.id), one.max_points)
            edit.set_points(sheet.points.get(one.id))
            edit.stepped.connect(partial(self._step, one.id))
            edit.scrolled.connect(self.scrolled)
            edit.letter_typed.connect(self._on_letter)
            edit.textChanged.connect(lambda _text: self._say_total())
            self.edits[one.id] = edit
            label = one.name
            if one.weight != 1:
                label = _("{criterion} (weight {weight})").format(criterion=one.name, weight=one.weight)
            unit = _("of {most}").format(most=one.max_points)
            column.addWidget(FormField(field_of(one.id), label, edit, support=one.guidance, unit=unit))
        if judges:
            self._add_others(column, sheet)
        column.addStretch(1)
        self.area.setWidget(page)
        self.comment.set_text(sheet.comment)
        self.locked.setVisible(sheet.is_locked)
        self._before = (self._typed(), sheet.comment)
        self._enable(on=not sheet.is_locked and not read_only and bool(sheet.criteria))
        self._say_total()
        self.focus_first()

    def _add_others(self, column: QVBoxLayout, sheet: ReviewSheet) -> None:
        if sheet.state is ReviewState.RECUSED and sheet.others_at_work:
            text = ngettext(
                "This application is not judged by you. What the others say is shown once all of "
                "them are done; "
                "{count} is still reading.",
                "This application is not judged by you. What the others say is shown once all of "
                "them are done; "
                "{count} are still reading.",
                sheet.others_at_work,
            )
            column.addWidget(RunningText(text.format(count=sheet.others_at_work), "neutral"))
        elif sheet.others_hidden:
            column.addWidget(
                RunningText(
                    ngettext(
                        "{count} other review is shown when yours is done.",
                        "{count} other reviews are shown when yours is done.",
                        sheet.others_hidden,
                    ).format(count=sheet.others_hidden),
                    "neutral",
                )
            )
        elif sheet.others:
            column.addWidget(TextLabel(_("Other reviewers"), "bold"))
            for one in sheet.others:
                said = _("{reviewer}: {points}").format(reviewer=one.reviewer, points=self._said(one))
                column.addWidget(RunningText(f"{said}\n{one.comment}".strip()))

    @staticmethod
    def _said(one: OtherReview) -> str:
        return points_text(one.total) if one.total is not None else state_word(one.state)

    def _enable(self, *, on: bool) -> None:
        for edit in self.edits.values():
            edit.setReadOnly(not on)
        self.comment.setReadOnly(not on)
        for button in (self.done_button, self.skip_button, self.recuse_button):
            button.setEnabled(on)

    def can_save(self) -> bool:
        """Return whether anything may be entered now."""
        return self.done_button.isEnabled()

    # --- keys --------------------------------------------------------------------

    def focus_first(self) -> None:
        """Go to the first criterion without points."""
        edits = list(self.edits.values())
        first = next((edit for edit in edits if not edit.text()), edits[0] if edits else None)
        if first is not None:
            first.setFocus()
            self.area.ensureWidgetVisible(first)

    def _step(self, criterion_id: int, by: int) -> None:
        ids = list(self.edits)
        at = ids.index(criterion_id) + by
        if 0 <= at < len(ids):
            edit = self.edits[ids[at]]
            edit.setFocus()
            self.area.ensureWidgetVisible(edit)
        else:
            self.edits[criterion_id].selectAll()

    def _on_letter(self, letter: str) -> None:
        if letter == "C":
            self.comment.setFocus()
        elif self.can_save():
            (self.skip_wanted if letter == "S" else self.recuse_wanted).emit()

    # --- values ------------------------------------------------------------------

    def points(self) -> Mapping[int, int]:
        """Return the points typed, empty fields left out.

        Raises:
            ValidationError: a field cannot be read.
        """
        read = {key: edit.points() for key, edit in self.edits.items()}
        return {key: number for key, number in read.items() if number is not None}

    def is_changed(self) -> bool:
        """Return whether something was typed since the entry was shown."""
        return self.can_save() and (self._typed(), self.comment.text()) != self._before

    def is_whole(self) -> bool:
        """Return whether every criterion has something."""
        return all(edit.text().strip() for edit in self.edits.values())

    def type_again(self, points: Mapping[int, int | None], comment: str) -> None:
        """Put back what was typed and not saved."""
        for key, edit in self.edits.items():
            edit.set_points(points.get(key))
        self.comment.set_text(comment)

    def take_as_saved(self) -> None:
        """Count what stands in the fields as saved."""
        self._before = (self._typed(), self.comment.text())

    def _typed(self) -> dict[int, str]:
        return {key: edit.text() for key, edit in self.edits.items()}

    def _say_total(self) -> None:
        if self._sheet is None or not self._sheet.criteria:
            self.total.setText("–")
            return
        points = {key: edit.points_so_far() for key, edit in self.edits.items()}
        total = weighted_total(points, [one.yardstick for one in self._sheet.criteria])
        self.total.setText(points_text(total))
        self.total.setAccessibleName(_("Total {points} of 100").format(points=points_text(total)))
