"""文書番号簿: every number of the fiscal year, what became of it, and the gaps nobody has explained."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_datetime, ngettext
from fujisawa_desktop.services.document_numbers import (
    Ledger,
    NumberRow,
    NumberUse,
    known_ledgers,
    number_ledger,
    release_numbers,
)
from fujisawa_desktop.services.paper_tables import GAP
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.number_dialogs import ElsewhereDialog, VoidDialog
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import PillText, PrimaryButton, RunningText, SecondaryButton, row
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

_TONES: Final[dict[NumberUse | None, Tone]] = {
    NumberUse.ISSUED: "good",
    NumberUse.ELSEWHERE: "neutral",
    NumberUse.VOID: "neutral",
    None: "caution",
}


class NumberPage(QWidget):
    """The ledger of one sign and one fiscal year.

    Signals:
        papers_wanted(int): show the papers that bear this number.
        export_wanted(object): write these rows to a file.
        failed(object): the ledger could not be read.
        told(str): something was done.

    Attributes:
        rows: the whole ledger.
        shown: the lines in sight.
    """

    papers_wanted = Signal(int)
    export_wanted = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledgers: tuple[Ledger, ...] = ()
        self.rows: tuple[NumberRow, ...] = ()
        self.shown: tuple[NumberRow, ...] = ()
        self.box = QComboBox()
        self.box.setAccessibleName(_("Ledger"))
        self.box.setMinimumWidth(200)
        self.box.currentIndexChanged.connect(lambda _at: self._read())
        self.only_gaps = QCheckBox(_("Only numbers not explained"))
        self.only_gaps.toggled.connect(lambda _on: self._fill())
        self.summary = RunningText("")
        self.model = PillTableModel(1, self)
        self.table = pill_table(_("Document numbers"), self.model, 1)
        self.export_button = SecondaryButton(
            _("Export as Excel…"), lambda: self.export_wanted.emit(self.rows)
        )
        self.release_button = SecondaryButton(_("Take out of the ledger"), self.release)
        self.papers_button = SecondaryButton(_("Show the papers"), self._show_papers)
        self.void_button = SecondaryButton(_("Make void…"), self.void)
        self.elsewhere_button = PrimaryButton(_("Used elsewhere…"), self.elsewhere)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self.table.activated.connect(lambda _index: self._show_papers())
        self.table.doubleClicked.connect(lambda _index: self._show_papers())
        self._enable()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row(self.box, Space.M, self.only_gaps, None))
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addLayout(
            row(
                self.export_button,
                None,
                self.papers_button,
                self.release_button,
                self.void_button,
                self.elsewhere_button,
            )
        )

    # --- what is shown -----------------------------------------------------------

    def reload(self) -> None:
        """Read again which ledgers there are, and the one that is chosen."""
        self._desk.query(
            known_ledgers,
            self._show_ledgers,
            owner=self,
            latest="papers.ledgers",
            on_error=self.failed.emit,
            programme_id=self._desk.programme_id,
        )

    def ledger(self) -> Ledger | None:
        """Return the ledger that is chosen."""
        at = self.box.currentIndex()
        return self._ledgers[at] if 0 <= at < len(self._ledgers) else None

    def _show_ledgers(self, ledgers: tuple[Ledger, ...]) -> None:
        before = self.ledger()
        self._ledgers = ledgers
        with QSignalBlocker(self.box):
            self.box.clear()
            for one in ledgers:
                told = _("{sign}, fiscal year {year}").format(sign=one.sign, year=one.fiscal_year)
                self.box.addItem(told)
            if before in ledgers:
                self.box.setCurrentIndex(ledgers.index(before))
        self._read()

    def _read(self) -> None:
        ledger = self.ledger()
        if ledger is None:
            self._show(())
            return
        self._desk.query(
            number_ledger,
            self._show,
            owner=self,
            latest="papers.numbers",
            on_error=self.failed.emit,
            sign=ledger.sign,
            fiscal_year=ledger.fiscal_year,
        )

    def _show(self, rows: tuple[NumberRow, ...]) -> None:
        self.rows = rows
        gaps = sum(one.count for one in rows if one.is_gap)
        following = rows[-1].last + 1 if rows else 1
        told = _("The next number is {number}.").format(number=f"{following:,}")
        if gaps:
            text = ngettext(
                "The next number is {number}. {count} number is not explained: "
                "say that it was used elsewhere, or make it void.",
                "The next number is {number}. {count} numbers are not explained: "
                "say that they were used elsewhere, or make them void.",
                gaps,
            )
            told = text.format(number=f"{following:,}", count=f"{gaps:,}")
        self.summary.set_text(told if self._ledgers else "")
        self._fill()

    def _fill(self) -> None:
        before = {one.number for one in self.chosen()}
        only_gaps = self.only_gaps.isChecked()
        self.shown = tuple(one for one in self.rows if one.is_gap or not only_gaps)
        self._say_why_empty()
        self.model.show_pills(
            (
                _("Number"),
                _("What became of it"),
                _("Subject"),
                _("Dated"),
                _("Papers with it"),
                _("Reason"),
                _("Entered at"),
                _("Entered by"),
            ),
            [_cells(one) for one in self.shown],
            [[_pill(one)] for one in self.shown],
        )
        self.table.set_widths({0: 104, 1: 152, 2: 250, 3: 164, 4: 112, 5: 190, 6: 146})
        place = next((at for at, one in enumerate(self.shown) if one.number in before), len(self.shown) - 1)
        if self.shown:
            self.table.select_row(place)
        self._enable()

    def _say_why_empty(self) -> None:
        if not self._ledgers:
            self.table.empty.say(
                _("There is no ledger yet"),
                _("Give the programme the sign of your documents, such as 藤職, to number papers."),
            )
        elif self.rows:
            self.table.empty.say(_("Every number is explained"), _("There is no gap in this ledger."))
        else:
            self.table.empty.say(
                _("No number was given yet"),
                _("Numbers stand here once papers are issued. Enter first which ones were used elsewhere."),
            )

    # --- what can be done -----------------------------------------------------------

    def chosen(self) -> tuple[NumberRow, ...]:
        """Return the lines that are chosen."""
        return tuple(self.shown[at] for at in self.table.selected_rows() if at < len(self.shown))

    def _enable(self) -> None:
        chosen = self.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        writable = self.ledger() is not None and not self._desk.read_only
        self.export_button.setEnabled(bool(self.rows))
        self.papers_button.setEnabled(one is not None and one.use is NumberUse.ISSUED)
        self.elsewhere_button.setEnabled(writable)
        self.void_button.setEnabled(writable)
        entered = one is not None and one.use in {NumberUse.ELSEWHERE, NumberUse.VOID}
        self.release_button.setEnabled(writable and entered)

    def elsewhere(self) -> None:
        """Say that numbers were used by documents made outside this program."""
        ledger = self.ledger()
        if ledger is not None and self.elsewhere_button.isEnabled():
            dialog = ElsewhereDialog(self._desk, ledger, self.window())
            gap = next((one for one in self.chosen() if one.is_gap), None)
            following = self.rows[-1].last + 1 if self.rows else 1
            dialog.show_range(*((gap.number, gap.last) if gap else (following, following)))
            dialog.accepted.connect(lambda: self.told.emit(_("Entered. “Undo” takes it back.")))
            dialog.open()

    def void(self) -> None:
        """Say that numbers are not used at all."""
        ledger = self.ledger()
        if ledger is not None and self.void_button.isEnabled():
            dialog = VoidDialog(self._desk, ledger, self.window())
            one = next((one for one in self.chosen() if one.use is not NumberUse.ISSUED), None)
            if one is not None:
                dialog.show_range(one.number, one.last)
            dialog.accepted.connect(lambda: self.told.emit(_("Entered. “Undo” takes it back.")))
            dialog.open()

    def release(self) -> None:
        """Take out of the ledger what was entered there by mistake."""
        ledger, chosen = self.ledger(), self.chosen()
        if ledger is None or len(chosen) != 1 or not self.release_button.isEnabled():
            return
        self._desk.perform(
            release_numbers,
            on_done=lambda _change: self.told.emit(_("Taken out of the ledger. “Undo” puts it back.")),
            on_error=self.failed.emit,
            sign=ledger.sign,
            fiscal_year=ledger.fiscal_year,
            first=chosen[0].number,
            last=chosen[0].last,
            actor=self._desk.actor,
        )

    def _show_papers(self) -> None:
        if self.papers_button.isEnabled():
            self.papers_wanted.emit(self.chosen()[0].number)


def _cells(one: NumberRow) -> tuple[str, ...]:
    number = f"{one.number:,}"
    if one.last != one.number:
        number = _("{first}–{last}").format(first=number, last=f"{one.last:,}")
    return (
        number,
        "",
        one.subject or (texts.term("kind", one.kind) if one.kind else ""),
        format_date(one.dated) if one.dated else "",
        f"{one.papers:,}" if one.papers else "",
        one.reason,
        format_datetime(one.taken_at) if one.taken_at else "",
        one.actor,
    )


def _pill(one: NumberRow) -> PillText:
    return texts.term("number-use", GAP if one.use is None else one.use), _TONES[one.use]
