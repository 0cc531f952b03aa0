"""The changes of one person's conditions that were recorded, each with its consent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_datetime
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.terms_changes import ConsentForm, consent_form, record_consent
from fujisawa_desktop.services.terms_editions import Edition, ItemChange
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    EmptyState,
    FormField,
    KeyValueGrid,
    Panel,
    Pill,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)


def add_changes(column: QVBoxLayout, changes: Iterable[ItemChange]) -> None:
    """Append what was and what is of each item."""
    for change in changes:
        column.addWidget(TextLabel(texts.term("condition", change.item), "bold"))
        pairs = [
            (_("Before the change"), change.before or _("nothing")),
            (_("After the change"), change.after or _("nothing")),
        ]
        column.addWidget(KeyValueGrid(pairs))


class EditionCard(Panel):
    """One change.

    Attributes:
        day: the day of the consent, to be typed; gone once it is recorded.
        record: stores it.
    """

    recorded = Signal()

    def __init__(self, desk: Desk, edition: Edition, *, may_write: bool) -> None:
        title = _("Change {number}, from {day}").format(
            number=edition.edition, day=format_date(edition.effective_from)
        )
        super().__init__(title, margin=Space.M)
        self._desk = desk
        self._edition = edition
        consented = edition.consented_on
        if consented is None:
            self.header.addWidget(Pill(_("No consent yet"), "caution"))
        else:
            said = _("Consented on {day}").format(day=format_date(consented))
            self.header.addWidget(Pill(said, "good"))
        add_changes(self.body, edition.changes)
        self.body.addWidget(
            RunningText(
                _("Reason: {reason}. Recorded {at} by {actor}.").format(
                    reason=edition.reason, at=format_datetime(edition.recorded_at), actor=edition.actor
                ),
                "neutral",
            )
        )
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.stored: OpenRecord[ConsentForm] = OpenRecord(desk, self, again=self._again, save=self.save)
        self._open(ConsentForm(edition.id, edition.version, consented))
        self.body.addWidget(self.stored.hint)
        self.record = SecondaryButton(_("Record the consent"), self.save)
        self.record.setEnabled(may_write)
        self.field = FormField("consented_on", _("Day of the consent"), self.day)
        line = row(self.field, self.record, None, spacing=Space.M)
        line.setAlignment(self.record, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)

    def save(self) -> None:
        """Record the day; a refusal is shown beside the field."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            day = self.day.value()
        except ValidationError as error:
            self.field.set_error(texts.message(error))
            return
        self.stored.save(replace(self._base, consented_on=day))

    def _open(self, form: ConsentForm) -> None:
        """Begin with what is stored; a day nobody entered yet is today."""
        self._base = form
        self.day.set_value(form.consented_on or self._desk.today())
        self.stored.open(
            Saving(
                record_consent,
                base=form,
                read=partial(consent_form, change_id=form.change_id),
                row=RowOf("terms_change", form.change_id),
                words=FormWords(self),
                owner=self,
                on_done=self._saved,
                on_error=partial(self._desk.notifier.show, anchor=self),
                given=asdict,
            )
        )

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        self._desk.query(consent_form, self._open, owner=self, change_id=self._edition.id)

    def _saved(self, _change: ChangeSet) -> None:
        self.recorded.emit()


class EditionsPage(QWidget):
    """All changes, the newest first.

    Signals:
        recorded(): a consent was recorded.
    """

    recorded = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.cards: list[EditionCard] = []
        self._sheet = QWidget()
        self._sheet.setProperty("role", "sheet")
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(0, 0, Space.M, 0)
        self._column.setSpacing(Space.M)
        area = QScrollArea()
        area.setWidget(self._sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def show_editions(self, editions: Sequence[Edition], *, may_write: bool) -> None:
        """Show these changes instead."""
        while (entry := self._column.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.cards = [EditionCard(self._desk, edition, may_write=may_write) for edition in editions]
        for card in self.cards:
            card.recorded.connect(self.recorded)
            self._column.addWidget(card)
        if not editions:
            self._column.addWidget(
                EmptyState(
                    _("No change is recorded"),
                    _("The conditions are those of the first notice."),
                )
            )
        self._column.addStretch(1)
