"""操作記録: what was done, by whom and when, narrowed down; one act with its values; the check."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import N_, _, format_date, format_datetime, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.journal_anchors import check_with_sidecars
from fujisawa_desktop.services.journal_findings import JournalReport
from fujisawa_desktop.services.journal_view import (
    KINDS,
    ActDetails,
    JournalPage,
    JournalQuery,
    JournalRow,
    act_details,
    journal_actors,
    journal_count,
    journal_page,
    journal_rows,
    journal_table,
)
from fujisawa_desktop.texts.journal_findings import finding_text
from fujisawa_desktop.views.column_widths import fit_columns, give_room_to
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.table_saving import TableSaver
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.anchor_dialog import AnchorDialog
from fujisawa_desktop.views.trust.journal_words import field_word, value_word
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    RunningText,
    SearchField,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    open_roomy,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_SPAN: Final = -1
"""Instead of a number of days: those that are typed."""
_PERIODS: Final = (
    (N_("Any time"), None),
    (N_("Today"), 0),
    (N_("Last 7 days"), 6),
    (N_("Last 30 days"), 29),
    (N_("Last 12 months"), 364),
    (N_("Chosen days"), _SPAN),
)
_FINDINGS: Final = 3
_ACT: Final = 4
"""The column that says what was done."""


class JournalWindow(QDialog):
    """The journal with its filters.

    Attributes:
        rows: the acts read so far, newest first.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: list[JournalRow] = []
        self._more, self._asked = False, JournalQuery()
        self.setWindowTitle(_("Journal of acts"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_roomy(self, 1180, 740, grows=True)
        self.notice = NoticeBar()
        self.period = self._box(_("Period"), 130)
        for word, days in _PERIODS:
            self.period.addItem(_(word), days)
        self.first_day, self.last_day = self._day(_("From (first day)")), self._day(_("To (last day)"))
        self.actor = self._box(_("Who"), 130)
        self.actor.addItem(_("Everybody"), "")
        self.kind = self._box(_("Kind of act"), 130)
        self.kind.addItem(_("All kinds"), None)
        for kind in KINDS:
            self.kind.addItem(texts.term("journal-kind", kind), kind)
        self.subject = SearchField(_("Applicant's name or number"), _("Find a person's acts"))
        self.text = SearchField(_("Words of the act"), _("Find acts by words"))
        self.count = TextLabel("", "secondary")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Acts, newest first"))
        self.table.setModel(self.model)
        self.table.empty.say(_("No act fits"), _("Take away a filter, or look for other words."))
        self.head = RunningText("")
        self.changes_model = TextTableModel(self)
        self.changes = DataTable(_("What the act changed"))
        self.changes.setModel(self.changes_model)
        self.changes.empty.say(_("No value to show"), "")
        self.state = RunningText(_("The journal is being checked…"))
        self.saver = TableSaver(desk, self, lambda text: self.notice.show_message(text, "good"))
        self.export_button = SecondaryButton(_("Export the list…"), self.export)
        self.anchor_button = SecondaryButton(_("Compare with a printed line…"), self.compare)
        self.check_button = SecondaryButton(_("Check again"), self.check)
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self._lay_out()
        self.period.currentIndexChanged.connect(lambda _at: self._choose_period())
        for box in (self.actor, self.kind):
            box.currentIndexChanged.connect(lambda _at: self.look())
        for field in (self.subject, self.text):
            field.searched.connect(lambda _text: self.look())
            field.go_down.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._open())
        self.table.verticalScrollBar().valueChanged.connect(self._at_the_end)
        desk.changed.connect(self._on_changed)
        desk.query(journal_actors, self._show_actors, owner=self)
        self.look()
        self.check()

    def _box(self, name: str, width: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumWidth(width)
        return box

    def _day(self, name: str) -> ValueEdit[date]:
        edit: ValueEdit[date] = ValueEdit(parse_date, format_date, width=184)
        edit.setAccessibleName(name)
        edit.setToolTip(name)
        edit.setPlaceholderText(name)
        edit.value_changed.connect(self.look)
        edit.hide()
        return edit

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(self.notice)
        column.addLayout(row(self.period, self.actor, self.kind, self.subject, self.text))
        column.addLayout(row(self.first_day, self.last_day, self.count, None))
        below = QWidget()
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, Space.S, 0, 0)
        inner.addWidget(self.head)
        inner.addWidget(self.changes, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(below)
        parts.setSizes([380, 220])
        column.addWidget(parts, 1)
        column.addWidget(self.state)
        column.addLayout(
            row(self.export_button, self.anchor_button, self.check_button, None, self.close_button)
        )

    # --- the list ----------------------------------------------------------------

    def query(self) -> JournalQuery:
        """Return what the filters ask for.

        Raises:
            ValidationError: a day that was typed cannot be read.
        """
        since, until = self._days()
        kind, words = self.kind.currentData(), self.text.text().strip()
        return JournalQuery(
            since=since,
            until=until,
            actor=str(self.actor.currentData() or ""),
            kinds=frozenset({str(kind)}) if kind else frozenset(),
            subject=self.subject.text().strip(),
            codes=texts.labels_with(words) if words else frozenset(),
            text=words,
        )

    def _days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day; two that were typed the wrong way round are put right."""
        days = self.period.currentData()
        if days != _SPAN:
            return None if days is None else self._desk.today() - timedelta(days), None
        first, last = self.first_day.value(), self.last_day.value()
        return (last, first) if first is not None and last is not None and last < first else (first, last)

    def _choose_period(self) -> None:
        typed = self.period.currentData() == _SPAN
        for edit in (self.first_day, self.last_day):
            edit.setVisible(typed)
        if typed:
            self.first_day.setFocus()
        self.look()

    def look(self) -> None:
        """Read the newest acts that fit; a day that cannot be read is said, and the list stays."""
        try:
            query = self.query()
        except ValidationError as error:
            self.notice.show_message(texts.message(error), "caution")
            return
        self.notice.hide()
        self._asked = query
        self._desk.query(journal_page, self._show_first, owner=self, latest="trust.journal", query=query)

    def _on_changed(self, _change: ChangeSet) -> None:
        """Read the newest acts again after another one; who looks at older ones is left alone."""
        if self.table.verticalScrollBar().value() == 0:
            query = self._asked
            self._desk.query(journal_page, self._show_again, owner=self, latest="trust.journal", query=query)

    def _at_the_end(self, value: int) -> None:
        if self._more and self.rows and value >= self.table.verticalScrollBar().maximum():
            self._more = False  # one question at a time
            self._desk.query(
                journal_page,
                self._show_next,
                owner=self,
                latest="trust.journal",
                query=self._asked,
                before=self.rows[-1].seq,
            )

    def _show_actors(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.actor.addItem(name, name)

    def _show_first(self, page: JournalPage) -> None:
        self.rows, self._more = list(page.rows), page.more
        self._fill()
        if page.total is None:
            self._count_all(self._asked)
        else:
            self._show_count(page.total)
        if self.rows:
            self.table.select_row(0)
        self._open()

    def _show_again(self, page: JournalPage) -> None:
        """Show them, and the act that was open as before."""
        at = self.table.currentIndex().row()
        open_now = self.rows[at].seq if 0 <= at < len(self.rows) else None
        self._show_first(page)
        places = [place for place, one in enumerate(self.rows) if one.seq == open_now]
        if places:
            self.table.select_row(places[0])

    def _count_all(self, query: JournalQuery) -> None:
        """Count what is shown already; the answer to a question that is no longer asked is dropped."""
        self.count.setText("")
        self._desk.query(
            journal_count,
            lambda total: self._show_count(total) if query == self._asked else None,
            owner=self,
            latest="trust.journal-count",
            aside=True,
            query=query,
        )

    def _show_count(self, total: int) -> None:
        text = ngettext("{count} act", "{count} acts", total)
        self.count.setText(text.format(count=f"{total:,}"))

    def _show_next(self, page: JournalPage) -> None:
        self.rows += page.rows
        self._more = page.more
        self.model.add_rows([_line(one) for one in page.rows])

    def _fill(self) -> None:
        headings = (_("No."), _("When"), _("Who"), _("Kind"), _("Act"), _("People concerned"))
        rows = [_line(one) for one in self.rows]
        self.model.show_rows(headings, rows, figures=(0, 5))
        fit_columns(self.table, headings, rows)
        give_room_to(self.table, _ACT)
        self.export_button.setEnabled(bool(self.rows))

    # --- one act -------------------------------------------------------------------

    def _open(self) -> None:
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self.rows):
            self.head.set_text("")
            self.changes_model.show_rows((), ())
            return
        self._desk.query(
            act_details, self._show_act, owner=self, latest="trust.journal-act", seq=self.rows[at].seq
        )

    def _show_act(self, act: ActDetails) -> None:
        said = [texts.label(act.row.label.code, act.row.label.params)]
        if act.people:
            said.append("、".join(act.people))
            if act.row.people > len(act.people):
                said[-1] += _(" and {count} more").format(count=f"{act.row.people - len(act.people):,}")
        if act.erased_by is not None:
            said.append(_("What it held of people was erased by act {number}.").format(number=act.erased_by))
        if act.rewritten:
            said.append(_("It erased people from {count} acts.").format(count=f"{act.rewritten:,}"))
        if act.is_large:
            said.append(_("It changed so much that its values are not listed."))
        if act.more:
            said.append(_("{count} more values are not listed.").format(count=f"{act.more:,}"))
        self.head.set_text("　".join(said))
        self.changes_model.show_rows(
            (_("What"), _("Value before"), _("Value after"), _("Of whom")),
            [
                (field_word(one), value_word(one, one.old), value_word(one, one.new), one.about)
                for one in act.changes
            ],
        )
        self.changes.set_widths({0: 250, 1: 260, 2: 260})

    # --- out and the check -----------------------------------------------------------

    def export(self) -> None:
        """Write the acts that fit to a file."""
        self._desk.query(
            journal_rows,
            lambda rows: self.saver.save(journal_table(rows, lambda one: texts.label(one.code, one.params))),
            owner=self,
            query=self._asked,
        )

    def check(self) -> None:
        """Check the whole journal, with what the backups say of it."""
        self.state.set_tone(None)
        self.state.set_text(_("The journal is being checked…"))
        self._desk.query(
            check_with_sidecars,
            self._show_state,
            owner=self,
            latest="trust.journal-check",
            aside=True,
        )

    def compare(self) -> None:
        """Compare the journal with the line at the foot of a printed register."""
        AnchorDialog(self._desk, self).open()

    def _show_state(self, report: JournalReport) -> None:
        self.state.set_tone(None if report.is_whole else "wrong")
        self.state.set_text(state_text(report))


def _line(one: JournalRow) -> tuple[str, ...]:
    return (
        str(one.seq),
        format_datetime(one.at),
        one.actor,
        texts.term("journal-kind", one.kind),
        texts.label(one.label.code, one.label.params),
        f"{one.people:,}" if one.people else "",
    )


def state_text(report: JournalReport) -> str:
    """Return the result of a check in words."""
    if report.is_whole:
        text = _(
            "All {count} acts are as they were written. Check code {mark}; earlier states kept in backups "
            "that agree: {anchors}."
        )
        return text.format(count=f"{report.entries:,}", mark=report.mark, anchors=len(report.anchors))
    told = "、".join(finding_text(one) for one in report.findings[:_FINDINGS])
    if len(report.findings) > _FINDINGS:
        told += " …"
    text = _("The journal was changed from outside: {findings}. Keep a copy of the file.")
    return text.format(findings=told)
