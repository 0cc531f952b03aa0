"""What the pages about one appointed person have in common."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.services.appointment_view import AppointmentView, appointment_view
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.beside_others import Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import ValueEdit

T = TypeVar("T")
_NOTHING: Final = object()


class PersonPage(QWidget):
    """One page about the person who is chosen.

    Signals:
        done(str, str): what was stored, and the tone to say it in.
        failed(object): why something was not stored, where no field of the page is to blame.
    """

    done = Signal(str, str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: AppointmentView | None = None
        self._may_write = False
        self._clean: object = _NOTHING
        self._sent: object = _NOTHING
        self.record: OpenRecord[Any] = OpenRecord(desk, self, again=self._again, save=self.save)

    def show_view(self, view: AppointmentView, *, may_write: bool) -> None:
        """Show somebody, or the same person as stored now."""
        self._view = view
        self._may_write = may_write
        self.fill(view, may_write=may_write)
        self._clean = self.typed()
        saving = self.saving(view)
        if saving is not None:
            self.record.open(saving)

    def fill(self, view: AppointmentView, *, may_write: bool) -> None:
        """Write everything anew."""
        raise NotImplementedError

    def saving(self, view: AppointmentView) -> Saving[Any] | None:  # noqa: ARG002 - for pages that store
        """Return how what the page shows is saved; None where it stores nothing, or reads it later."""
        return None

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        if self._view is not None:
            self._desk.query(
                appointment_view,
                partial(self.show_view, may_write=self._may_write),
                owner=self,
                appointment_id=self._view.member.appointment_id,
            )

    def typed(self) -> object:
        """Return what stands in the fields, to tell whether something was typed."""
        return None

    def save(self) -> None:
        """Store what was typed, where the page has something to store."""

    def sent(self) -> None:
        """Remember what is being stored: only what is typed after it is still to be stored then."""
        self._sent = self.typed()

    def stored(self) -> None:
        """What was sent is stored now."""
        self._clean = self._sent

    def let_go(self) -> None:
        """Whatever was typed is not to be stored."""
        self._clean = self.typed()

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed and not stored."""
        return self._clean is not _NOTHING and self.typed() != self._clean


def read_value(edit: ValueEdit[T], field: str) -> T | None:
    """Return the value of a field; one that cannot be read is named.

    Raises:
        ValidationError: the text cannot be read.
    """
    try:
        return edit.value()
    except ValidationError as error:
        params = {name: value for name, value in error.params.items() if name != "field"}
        raise ValidationError(error.code, field=field, **params) from error


def scrolled(sheet: QWidget) -> QScrollArea:
    """Return what lets a sheet be longer than its place."""
    area = QScrollArea()
    sheet.setProperty("role", "sheet")
    area.setWidget(sheet)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(area.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
    area.setFocusPolicy(area.focusPolicy().NoFocus)
    return area
