"""A column from the clipboard: whom it is for, what each would become, then all of it as one act."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.list_paste import PasteLine, PasteResult, apply_paste, foresee_paste
from fujisawa_desktop.services.paste_forms import (
    Stands,
    paste_arguments,
    paste_form,
    paste_now,
    pasted_over,
)
from fujisawa_desktop.services.paste_values import (
    PASTED,
    Pasted,
    Value,
    by_number,
    in_order,
    pasted_cells,
    read_value,
)
from fujisawa_desktop.services.selection_core import Verdict
from fujisawa_desktop.texts import message_for, term
from fujisawa_desktop.views.applicants.words import result_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

SHOWN: Final = 1_000
"""Rows a preview shows at most; what is refused comes first, so it is never among those left out."""
_DIGITS: Final = re.compile(r"\d{3,}")
_STAGES: Final = ("first", "final")
_SELECTION: Final = frozenset({"first", "final", "score"})


class PasteDialog(QDialog):
    """Shows old and new value of every row before anything is written.

    Signals:
        pasted(str, int): what was pasted, for how many.
    """

    pasted = Signal(str, int)

    def __init__(
        self,
        desk: Desk,
        text: str,
        *,
        chosen: Sequence[int],
        courses: Mapping[int, str],
        what: str = "",
        stage: str = "first",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = text
        self._chosen = chosen
        self._rows = pasted_cells(text)
        self._stage = stage
        self._asked: Pasted | None = None
        self.lines: tuple[PasteLine, ...] | None = None
        self.setWindowTitle(_("Paste a column"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1040, 660)
        self._make_fields(courses)
        self._guess(what or stage)
        self._lay_out(several_courses=len(courses) > 1)
        self._connect()
        self.look()

    # --- layout ------------------------------------------------------------------

    def _make_fields(self, courses: Mapping[int, str]) -> None:
        width = max((len(cells) for cells in self._rows), default=1)
        self.what_box = QComboBox()
        for key in PASTED:
            self.what_box.addItem(term("pasted", key), key)
        self.number_radio = QRadioButton(_("By the number in the first column"))
        self.order_radio = QRadioButton(
            ngettext(
                "To the {count} chosen row",
                "To the {count} chosen rows, from top to bottom",
                len(self._chosen),
            ).format(count=f"{len(self._chosen):,}")
        )
        self._how = QButtonGroup(self)
        for radio in (self.number_radio, self.order_radio):
            self._how.addButton(radio)
        self.number_radio.setEnabled(width > 1)
        self.order_radio.setEnabled(bool(self._chosen))
        self.column_box = QComboBox()
        for at in range(width):
            sample = next((cells[at] for cells in self._rows if at < len(cells) and cells[at]), "")
            self.column_box.addItem(
                _("Column {number}: {sample}").format(number=at + 1, sample=sample[:24]), at
            )
        self.headed_box = QCheckBox(_("The first row holds headings"))
        self.course_box = QComboBox()
        self.course_box.addItem(_("All courses they applied for"), None)
        for course_id, name in courses.items():
            self.course_box.addItem(name, course_id)
        self.summary = RunningText()
        self.preview_model = TextTableModel(self)
        self.preview = DataTable(_("What each row would become"))
        self.preview.setModel(self.preview_model)
        self.go = PrimaryButton("", self.paste)
        self.go.setDefault(True)

    def _guess(self, what: str) -> None:
        """Choose what is most likely meant; a person sees it and may choose otherwise."""
        width = self.column_box.count()
        (self.number_radio if width > 1 or not self._chosen else self.order_radio).setChecked(True)
        self.column_box.setCurrentIndex(min(1, width - 1))
        first, *others = self._rows or [("",)]
        at = self.column_box.currentIndex()
        values = [cells[at] for cells in others[:50] if at < len(cells) and cells[at]]
        values = values or [cells[at] for cells in self._rows[:1] if at < len(cells)]
        if _mostly("score", values):
            what = "score"
        elif _mostly("first", values):
            what = what if what in _STAGES else self._stage
        elif what in _SELECTION:
            what = "note"
        self.what_box.setCurrentIndex(max(self.what_box.findData(what), 0))
        if width > 1:
            self.headed_box.setChecked(len(self._rows) > 1 and not _DIGITS.search(first[0]))
        else:
            odd = what in _SELECTION and not _reads(what, first[0])
            self.headed_box.setChecked(len(self._rows) > 1 and odd)

    def _lay_out(self, *, several_courses: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        self.course_field = FormField("course", _("Course"), self.course_box)
        self._several_courses = several_courses
        fields = row(
            FormField("what", _("What is pasted"), self.what_box),
            FormField("column", _("Values"), self.column_box),
            self.course_field,
            spacing=Space.L,
        )
        column.addLayout(fields)
        column.addLayout(row(TextLabel(_("For whom"), "bold"), self.number_radio, self.order_radio, None))
        column.addLayout(row(self.headed_box, None))
        column.addWidget(self.summary)
        column.addWidget(self.preview, 1)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.go))

    def _connect(self) -> None:
        for box in (self.what_box, self.column_box, self.course_box):
            box.currentIndexChanged.connect(lambda _at: self.look())
        self.number_radio.toggled.connect(lambda _on: self.look())
        self.headed_box.toggled.connect(lambda _on: self.look())

    # --- looking ahead -------------------------------------------------------------

    def what(self) -> str:
        """Return what is pasted."""
        return str(self.what_box.currentData())

    def look(self) -> None:
        """Find out what pasting would do."""
        self.lines = None
        self.go.setEnabled(False)
        self.course_field.setVisible(self._several_courses and self.what() in _SELECTION)
        self.summary.set_text(_("Looking at what this would change…"))
        try:
            self._asked = self._pasted()
        except AppError as error:
            self._fail(error)
            return
        self._desk.query(
            partial(foresee_paste, **self._arguments()),
            self._show,
            owner=self,
            latest="applicants.paste",
            on_error=self._fail,
        )

    def _pasted(self) -> Pasted:
        column, headed = int(self.column_box.currentData()), self.headed_box.isChecked()
        if self.number_radio.isChecked():
            return by_number(self._text, value_column=column, headed=headed)
        return in_order(self._text, self._chosen, value_column=column, headed=headed)

    def _arguments(self) -> dict[str, Any]:
        return {
            "programme_id": self._desk.programme_id,
            "what": self.what(),
            "pasted": self._asked,
            "course_id": self.course_box.currentData() if self.what() in _SELECTION else None,
        }

    def _show(self, lines: tuple[PasteLine, ...]) -> None:
        self.lines = lines
        changed = sum(line.changes for line in lines)
        refused = sum(bool(line.code) for line in lines)
        self.summary.set_text(_summary(changed, refused, len(lines) - changed - refused))
        ordered = sorted(lines, key=lambda line: 0 if line.code else 1 if line.changes else 2)
        self.preview_model.show_rows(
            (_("Row"), _("Number"), _("Name"), _("Now"), _("Becomes"), _("Why not")),
            [_cells(line) for line in ordered[:SHOWN]],
        )
        self.preview.set_widths({0: 44, 1: 128, 2: 120, 3: 112, 4: 112})
        self.go.setText(
            ngettext("Paste for {count}", "Paste for {count}", changed).format(count=f"{changed:,}")
        )
        self.go.setEnabled(changed > 0)

    # --- doing -------------------------------------------------------------------

    def paste(self) -> None:
        """Write what the preview shows, as one act."""
        if self.lines is None:
            return
        self.go.setEnabled(False)
        arguments = self._arguments()
        pasted: Pasted = arguments.pop("pasted")
        base = paste_form(self.lines)
        labels = {f"rows:{line.row}": f"{line.number} {line.name}" for line in self.lines}
        saving = Saving(
            apply_paste,
            base=base,
            read=partial(paste_now, pasted=pasted, **arguments),
            row=_rows_of(self.lines, self.what()),
            words=FormWords(self, labels=labels, values={"rows": _stands_text}),
            owner=self,
            on_done=self._done,
            on_error=self._fail,
            on_stop=self.look,
            aside=frozenset({"lines"}),
            more=arguments,
            given=lambda form: paste_arguments(form, pasted),
            table=True,
        )
        save_beside_others(self._desk, saving, pasted_over(base))

    def _done(self, result: PasteResult) -> None:
        self.pasted.emit(self.what(), result.changed)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self._desk.notifier.show(error)
        self.reject()


def _reads(what: str, text: str) -> bool:
    try:
        read_value(what, text)
    except ValidationError:
        return False
    return True


def _mostly(what: str, values: Sequence[str]) -> bool:
    """Return whether more than half of the values can be read as that."""
    return 2 * sum(_reads(what, value) for value in values) > len(values)


def _summary(changed: int, refused: int, unchanged: int) -> str:
    told = [
        ngettext("{count} value changes.", "{count} values change.", changed).format(count=f"{changed:,}")
    ]
    if unchanged:
        told.append(
            ngettext(
                "{count} stays as it is (equal or empty).",
                "{count} stay as they are (equal or empty).",
                unchanged,
            ).format(count=f"{unchanged:,}")
        )
    if refused:
        told.append(
            ngettext(
                "{count} row is left out, with the reason below.",
                "{count} rows are left out, with the reason below.",
                refused,
            ).format(count=f"{refused:,}")
        )
    return "\n".join(told)


def _cells(line: PasteLine) -> tuple[str, ...]:
    becomes = _said(line.new) if line.changes else line.text
    why = message_for(line.code, line.params) if line.code else ""
    if not line.code and not line.changes:
        why = _("Stays as it is.")
    return str(line.row), line.number, line.name, _said(line.old), becomes, why


def _rows_of(lines: Sequence[PasteLine], what: str) -> RowOf:
    """Return whose rows tell who changed what a row of the block meets."""
    of_entry = what in _SELECTION
    table = "application" if of_entry else "applicant"
    return RowOf(
        table,
        also=tuple(
            RowOf(
                table,
                id=None if of_entry else line.applicant_id,
                where=(("applicant_id", line.applicant_id),) if of_entry else (),
                field=f"rows:{line.row}",
            )
            for line in lines
            if line.changes
        ),
    )


def _stands_text(stands: Stands | None) -> str:
    if stands is None:
        return ""
    return message_for(stands.code, stands.params) if stands.code else _said(stands.value)


def _said(value: Value) -> str:
    if isinstance(value, Verdict):
        return result_text(value.result, value.reserve_rank)
    return f"{value / 100:g}" if isinstance(value, int) else value or ""
