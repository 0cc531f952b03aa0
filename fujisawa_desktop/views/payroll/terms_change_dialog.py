"""任用の条件を変更: what is otherwise for one person from a day on, and the changes so far."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.i18n import _, format_date, format_minutes, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS, condition_item, parse_hours
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.terms_changes import (
    TermsChanged,
    TermsChangeForm,
    TermsView,
    foresee_change,
    terms_view,
)
from fujisawa_desktop.services.terms_editions import ItemChange
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.payroll.appointment_saving import terms_saving, with_rate
from fujisawa_desktop.views.payroll.conditions_dialog import support_text
from fujisawa_desktop.views.payroll.editions_page import EditionsPage, add_changes
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    MenuButton,
    NoticeBar,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)

T = TypeVar("T")
PAPERS: Final = ("appointment", "conditions", "change-consent", "change-notice")
PREVIEW_DELAY: Final = 200
"""Milliseconds after the last letter until before and after are compared."""
_BELOW, _WITHIN = "below", "within"
_BY_FIELDS: Final = frozenset({"department", "workplace", "term", "rate"})
"""Items that a field of their own stands for."""


class TermsChangeDialog(QDialog):
    """One page for a new change, one for those that were recorded.

    Attributes:
        tabs: the two pages.
        editions: the second one.
        changes: what a change would print, as far as the form can be read.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, appointment_id: int) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appointment_id = appointment_id
        self._view: TermsView | None = None
        self._own: dict[str, str] = {}
        self._key = ""
        self.changes: tuple[ItemChange, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Change the conditions"))
        self.resize(1040, 720)
        self._make_fields()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_DELAY)
        self._soon.timeout.connect(self._foresee)
        self.record: OpenRecord[TermsChangeForm] = OpenRecord(desk, self, again=self.reload, save=self.save)
        self._lay_out()
        self._connect()
        self.reload()

    def _make_fields(self) -> None:
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.department = LineEdit()
        self.workplace = LineEdit()
        self.term_until = ValueEdit(parse_date, format_date, width=190)
        self.rate = NumberEdit("rate_yen", lowest=1, width=110)
        self.cap = ValueEdit(parse_hours, format_minutes, width=110)
        self.reading = QComboBox()
        self.reading.addItem(_("must stay below"), _BELOW)
        self.reading.addItem(_("may be reached"), _WITHIN)
        self.week_days = NumberEdit("week_days_max", lowest=1)
        self.item = QComboBox()
        self.item.addItem(_("none"), "")
        for item in CONDITION_ITEMS:
            if item.key not in _BY_FIELDS:
                self.item.addItem(texts.term("condition", item.key), item.key)
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.item.setMinimumContentsLength(24)
        self.text = TextArea(lines=2, most=6)
        self.item_help = RunningText("", "neutral")
        self.reason = LineEdit()

    # --- reading and saving

    def reload(self) -> None:
        """Read the person's terms again."""
        self._desk.query(
            terms_view,
            self._show,
            owner=self,
            latest="terms.view",
            appointment_id=self._appointment_id,
            today=self._desk.today(),
        )

    def save(self) -> None:
        """Record the change; a refusal is shown beside its field and the dialog stays."""
        if self._view is None:
            return
        commit_typing()
        self._desk.notifier.clear_fields(self)
        self.notice.close_message()
        try:
            form = self.form(self._view)
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self.record.save(with_rate(form))

    def form(self, view: TermsView) -> TermsChangeForm:
        """Return what is entered; what cannot be left empty and is keeps what was.

        Raises:
            ValidationError: a field cannot be read; ``field`` says which.
        """
        self._keep_text()
        rate = _read(self.rate, "rate_yen")
        stored = view.form
        return replace(
            stored,
            effective_from=_read(self.day, "effective_from") or stored.effective_from,
            reason=self.reason.text(),
            host_department=self.department.text(),
            workplace=self.workplace.text(),
            term_until=_read(self.term_until, "term_until") or stored.term_until,
            cap_minutes=_read(self.cap, "cap_minutes") or stored.cap_minutes,
            cap_inclusive=self.reading.currentData() == _WITHIN,
            week_days_max=_read(self.week_days, "week_days_max") or stored.week_days_max,
            rate_yen=None if rate == view.rate_yen else rate,
            own=dict(self._own),
        )

    def _saved(self, result: TermsChanged) -> None:
        said = _("Change {edition} is recorded. Now let the person consent, and send the notice.")
        found = [texts.message_for(finding.code, finding.params) for finding in result.findings]
        self._say_done(
            "\n".join([said.format(edition=result.edition), *found]), "caution" if found else "good"
        )
        self.tabs.setCurrentIndex(1)

    def _consented(self) -> None:
        self._say_done(_("The consent is recorded. Now send the notice of the change."))

    def _say_done(self, text: str, tone: Tone = "good") -> None:
        self.notice.show_message(text, tone, action=_("Take it back"), on_action=self._take_back)
        self.reload()

    def _take_back(self) -> None:
        """Undo what was recorded last."""
        self.notice.close_message()
        self._desk.perform(
            undo, actor=self._desk.actor, on_done=lambda _change: self.reload(), on_error=self._refused
        )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, AppError) and not isinstance(error, ValidationError):
            self.notice.show_message(texts.message(error), "wrong")
            return
        key = error.field.removeprefix("conditions.") if isinstance(error, ValidationError) else ""
        if key in self._own:
            self.item.setCurrentIndex(self.item.findData(key))
        self._desk.notifier.show(error, self)

    # --- showing

    def _show(self, view: TermsView) -> None:
        self._view = view
        form = view.form
        self.record.open(
            terms_saving(form, self, self._desk.today(), on_done=self._saved, on_error=self._refused)
        )
        self.heading.setText(_("Conditions of {person}").format(person=view.name))
        self._own = dict(form.own)
        for edit, value in ((self.department, form.host_department), (self.workplace, form.workplace)):
            edit.setText(value)
        self.day.set_value(form.effective_from)
        self.term_until.set_value(form.term_until)
        self.rate.set_value(view.rate_yen)
        self.cap.set_value(form.cap_minutes)
        self.reading.setCurrentIndex(self.reading.findData(_WITHIN if form.cap_inclusive else _BELOW))
        self.week_days.set_value(form.week_days_max)
        self.reason.clear()
        self._key = ""
        self.item.setCurrentIndex(0)
        self._choose_item()
        self.editions.show_editions(view.editions, may_write=not self._desk.read_only)
        count = len(view.editions)
        title = ngettext("Changes so far ({count})", "Changes so far ({count})", count)
        self.tabs.setTabText(1, title.format(count=count))
        self.save_button.setEnabled(not self._desk.read_only)
        self._foresee()

    def _choose_item(self) -> None:
        """Show the text of the chosen item, keeping what was written for the one before."""
        self._keep_text()
        self._key = str(self.item.currentData())
        shown = self._view.texts.get(self._key, "") if self._view is not None else ""
        self.text_field.setVisible(bool(self._key))
        self.item_help.setVisible(bool(self._key))
        if not self._key:
            return
        self.text_field.name = f"conditions.{self._key}"
        self.text.set_text(self._own.get(self._key, ""))
        now = "" if self._key in self._own else shown
        self.item_help.set_text(support_text(condition_item(self._key), now))
        QTimer.singleShot(0, self, lambda: self._form_area.ensureWidgetVisible(self.item_help))

    def _keep_text(self) -> None:
        if not self._key:
            return
        text = self.text.text().strip()
        if text:
            self._own[self._key] = text
        else:
            self._own.pop(self._key, None)

    def _foresee(self) -> None:
        """Compare before and after, as far as the form can be read; why not is said when it is saved."""
        if self._view is None:
            return
        try:
            form = self.form(self._view)
        except ValidationError:
            self._show_changes(())
            return
        if not form.reason.strip():
            form = replace(form, reason="―")
        self._desk.query(
            foresee_change,
            self._show_changes,
            owner=self,
            latest="terms.foresee",
            on_error=lambda _error: self._show_changes(()),
            form=form,
        )

    def _show_changes(self, changes: tuple[ItemChange, ...]) -> None:
        self.changes = changes
        while (entry := self._preview.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        if changes:
            add_changes(self._preview, changes)
        else:
            self._preview.addWidget(RunningText(_("Nothing is otherwise yet."), "neutral"))
        self._preview.addStretch(1)

    def print(self, kind: str) -> None:
        """Open a paper for this person."""
        if self._view is not None:
            open_papers(self._desk, kind, self, numbers=[self._view.number])

    # --- laying out

    def _connect(self) -> None:
        for edit in (self.day, self.department, self.workplace, self.term_until, self.rate, self.cap):
            edit.textChanged.connect(self._soon.start)
        self.week_days.textChanged.connect(self._soon.start)
        self.text.textChanged.connect(self._soon.start)
        self.reading.currentIndexChanged.connect(self._soon.start)
        self.item.currentIndexChanged.connect(self._choose_item)
        self.editions.recorded.connect(self._consented)

    def _lay_out(self) -> None:
        self.heading = TextLabel(_("Change the conditions"), "heading")
        self.notice = NoticeBar()
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Pages"))
        self.editions = EditionsPage(self._desk)
        self.pages = QStackedWidget()
        self.tabs.addTab(_("New change"))
        self.tabs.addTab(_("Changes so far"))
        self.pages.addWidget(self._new_page())
        self.pages.addWidget(self.editions)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.papers = MenuButton(_("Papers for this person"))
        for kind in PAPERS:
            self.papers.add(texts.term("kind", kind), partial(self.print, kind))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.heading)
        column.addWidget(self.tabs)
        column.addWidget(self.record.hint)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        column.addLayout(row(self.papers, None, SecondaryButton(_("Close"), self.reject)))

    def _new_page(self) -> QWidget:
        self.save_button = PrimaryButton(_("Record the change"), self.save)
        self.save_button.setEnabled(False)
        preview = Panel(_("Before and after"), margin=Space.M)
        holder = QWidget()
        self._preview = QVBoxLayout(holder)
        self._preview.setContentsMargins(0, 0, 0, 0)
        self._preview.setSpacing(Space.S)
        preview.body.addWidget(_scrolled(holder))
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.L)
        left = QVBoxLayout()
        left.setSpacing(Space.M)
        self._form_area = _scrolled(self._form_sheet())
        left.addWidget(self._form_area, 1)
        left.addLayout(row(None, self.save_button))
        line.addLayout(left, 3)
        line.addWidget(preview, 2)
        return page

    def _form_sheet(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.M, 0)
        column.setSpacing(Space.M)
        self.text_field = FormField("conditions.text", _("For this person"), self.text)
        day = FormField("effective_from", _("Holds from"), self.day, required=True)
        until = FormField("term_until", _("Last day of the term"), self.term_until, required=True)
        column.addLayout(row(day, until, spacing=Space.L))
        support = _("Printed on the form for the consent and on the notice.")
        column.addWidget(FormField("reason", _("Reason"), self.reason, required=True, support=support))
        department = FormField("host_department", _("Department of the post"), self.department, required=True)
        workplace = FormField("workplace", _("Place of work"), self.workplace, required=True)
        column.addLayout(row(department, workplace, spacing=Space.L))
        rate = FormField("rate_yen", _("Rate an hour"), self.rate, required=True, unit=_("yen"))
        days = FormField(
            "week_days_max", _("Days a week"), self.week_days, required=True, unit=_("days at most")
        )
        column.addLayout(row(rate, days, spacing=Space.L))
        cap = FormField("cap_minutes", _("Hours a month"), self.cap, required=True)
        reading = FormField("cap_inclusive", _("The limit"), self.reading)
        column.addLayout(row(cap, reading, spacing=Space.L))
        column.addWidget(FormField("item", _("Another item"), self.item))
        column.addWidget(self.text_field)
        column.addWidget(self.item_help)
        column.addStretch(1)
        return sheet


def _read(edit: ValueEdit[T], field: str) -> T | None:
    """Return the value of a field; one that cannot be read is named."""
    try:
        return edit.value()
    except ValidationError as error:
        params = {name: value for name, value in error.params.items() if name != "field"}
        raise ValidationError(error.code, field=field, **params) from error


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    widget.setProperty("role", "sheet")
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
