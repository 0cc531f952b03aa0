"""発行した紙: what left the office, found again by kind, person, number and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_datetime, ngettext
from fujisawa_desktop.rules.names import search_key, search_terms
from fujisawa_desktop.services.issued_papers import IssuedRow, issued_papers
from fujisawa_desktop.services.paper_kinds import LETTERS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    PillText,
    PrimaryButton,
    SearchField,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table


class IssuedPage(QWidget):
    """The list of issued papers with its filters.

    Signals:
        open_wanted(object): read these papers, a tuple of `IssuedRow`.
        correct_wanted(IssuedRow): make the paper that takes the place of this one.
        copy_wanted(object): issue other copies of these papers.
        export_wanted(object): write these rows to a file.
        failed(object): the list could not be read.

    Attributes:
        shown: the rows that the filters leave.
    """

    open_wanted = Signal(object)
    correct_wanted = Signal(object)
    copy_wanted = Signal(object)
    export_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[IssuedRow, ...] = ()
        self._keys: dict[int, str] = {}
        self.shown: tuple[IssuedRow, ...] = ()
        self.search = SearchField(_("Name, number or document number"), _("Find issued papers"))
        self.search.setFixedWidth(300)
        self.kind = self._box(_("Kind of paper"), 210)
        self.day = self._box(_("Day of issue"), 210)
        self.count = TextLabel("", "secondary")
        self.model = PillTableModel(0, self)
        self.table = pill_table(_("Issued papers"), self.model, 0)
        self.export_button = SecondaryButton(
            _("Export as Excel…"), lambda: self.export_wanted.emit(self.shown)
        )
        self.correct_button = SecondaryButton(_("Make the correction…"), self._correct)
        self.copy_button = SecondaryButton(_("Issue another copy…"), self._copy)
        self.open_button = PrimaryButton(_("Open as issued"), self.open)
        self._lay_out()
        self.search.searched.connect(lambda _text: self._fill())
        self.search.go_down.connect(self._go_down)
        self.table.activated.connect(lambda _index: self.open())
        self.table.doubleClicked.connect(lambda _index: self.open())
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self._fill()

    def _box(self, name: str, width: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumWidth(width)
        box.currentIndexChanged.connect(lambda _at: self._fill())
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row(self.search, self.kind, self.day, None, self.count))
        column.addWidget(self.table, 1)
        column.addLayout(
            row(self.export_button, None, self.copy_button, self.correct_button, self.open_button)
        )

    # --- what is shown ----------------------------------------------------------

    def reload(self) -> None:
        """Read the list again."""
        self._desk.query(
            issued_papers,
            self._show,
            owner=self,
            latest="papers.issued",
            on_error=self.failed.emit,
            programme_id=self._desk.programme_id,
        )

    def look_for(self, text: str) -> None:
        """Show the papers of a person or of a number."""
        self.kind.setCurrentIndex(0)
        self.day.setCurrentIndex(0)
        self.search.setText(text)

    def _show(self, rows: tuple[IssuedRow, ...]) -> None:
        self._rows = rows
        self._keys = {
            one.notice_id: search_key(f"{one.name} {one.number} {one.document_number}") for one in rows
        }
        kinds = Counter(one.kind for one in rows)
        _offer(
            self.kind,
            _("All kinds"),
            [(texts.term("kind", kind), kind, count) for kind, count in sorted(kinds.items())],
        )
        days = Counter(one.issued_at.date() for one in rows)
        _offer(
            self.day,
            _("All days"),
            [(format_date(day), day.isoformat(), days[day]) for day in sorted(days, reverse=True)],
        )
        self._fill()

    def _fill(self) -> None:
        words = search_terms(self.search.text())
        kind, day = self.kind.currentData(), self.day.currentData()
        before = {one.notice_id for one in self.chosen()}
        self.shown = tuple(
            one
            for one in self._rows
            if (not kind or one.kind == kind)
            and (not day or one.issued_at.date() == date.fromisoformat(day))
            and all(word in self._keys[one.notice_id] for word in words)
        )
        self._say_why_empty()
        self.model.show_pills(
            (
                _("State"),
                _("Kind of paper"),
                _("Document number"),
                _("Dated"),
                _("Entry number"),
                _("Name"),
                _("Issued at"),
                _("Pages"),
                _("Issued by"),
            ),
            [_cells(one) for one in self.shown],
            [_pills(one) for one in self.shown],
            figures=(7,),
        )
        self.table.set_widths({0: 118, 1: 146, 2: 146, 3: 164, 4: 134, 5: 166, 6: 146, 7: 72})
        place = next((at for at, one in enumerate(self.shown) if one.notice_id in before), 0)
        if self.shown:
            self.table.select_row(place)
        shown = ngettext("{count} paper", "{count} papers", len(self.shown))
        self.count.setText(shown.format(count=f"{len(self.shown):,}"))
        self._enable()

    def _say_why_empty(self) -> None:
        if self._rows:
            self.table.empty.say(
                _("No paper fits"),
                _("Nothing that was issued fits the conditions above."),
                _("Show everything"),
                lambda: self.look_for(""),
            )
        else:
            self.table.empty.say(
                _("Nothing was issued yet"),
                _("Papers stand here once they were issued, each as it was sent."),
            )

    def _go_down(self) -> None:
        if self.shown:
            self.table.setFocus()

    # --- what can be done ---------------------------------------------------------

    def chosen(self) -> tuple[IssuedRow, ...]:
        """Return the papers that are chosen."""
        return tuple(self.shown[at] for at in self.table.selected_rows() if at < len(self.shown))

    def open(self) -> None:
        """Read the chosen papers."""
        if chosen := self.chosen():
            self.open_wanted.emit(chosen)

    def _correct(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and self.correct_button.isEnabled():
            self.correct_wanted.emit(chosen[0])

    def _copy(self) -> None:
        if self.copy_button.isEnabled():
            self.copy_wanted.emit(self.chosen())

    def _enable(self) -> None:
        chosen = self.chosen()
        self.copy_button.setEnabled(self._may_copy(chosen))
        self.open_button.setEnabled(bool(chosen))
        self.export_button.setEnabled(bool(self.shown))
        one = chosen[0] if len(chosen) == 1 else None
        self.correct_button.setEnabled(one is not None and self.may_correct(one))

    def _may_copy(self, chosen: Sequence[IssuedRow]) -> bool:
        """Tell whether letters can be issued again together: they are of one kind and one date."""
        alike = len({(one.kind, one.dated) for one in chosen}) == 1
        return alike and chosen[0].kind in LETTERS and not self._desk.read_only

    def may_correct(self, one: IssuedRow) -> bool:
        """Tell whether another paper can take the place of this one."""
        letter = one.kind in LETTERS and one.applicant_id is not None
        return letter and one.corrected_by_id is None and not self._desk.read_only


def _offer(box: QComboBox, everything: str, choices: Sequence[tuple[str, str, int]]) -> None:
    """Offer choices with their counts; what was chosen stays chosen while it is offered."""
    before = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(everything, "")
        for word, key, count in choices:
            box.addItem(_("{word} ({count})").format(word=word, count=f"{count:,}"), key)
        box.setCurrentIndex(max(box.findData(before), 0))


def _cells(one: IssuedRow) -> tuple[str, ...]:
    return (
        "",
        texts.term("kind", one.kind),
        one.document_number,
        format_date(one.dated),
        one.number,
        one.name,
        format_datetime(one.issued_at),
        f"{one.pages:,}" if one.pages else "",
        one.actor,
    )


def _pills(one: IssuedRow) -> list[PillText]:
    pills: list[PillText] = []
    if one.corrected_by_id is not None:
        pills.append((texts.term("correction", "corrected"), "caution"))
    if one.reissues_id is not None:
        pills.append((texts.term("correction", "copy"), "neutral"))
    elif one.corrects_id is not None:
        pills.append((texts.term("correction", "corrects"), "key"))
    return pills or [(_("Issued"), "good")]
