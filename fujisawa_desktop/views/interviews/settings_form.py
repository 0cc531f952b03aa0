"""Settings that booked interviews may not fit: refused in words, and changed all the same if one says so."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_settings import SettingsSaved
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import PrimaryButton, RunningText, SecondaryButton, ValueEdit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from fujisawa_desktop.models.database import Database

    F = TypeVar("F", bound=DataclassInstance)

T = TypeVar("T")


class SettingsForm(SheetDialog):
    """A sheet of settings with Save, a place for what refuses them, and Save all the same."""

    def __init__(
        self, desk: Desk, title: str, parent: QWidget, *, width: int, height: int, fits: bool = False
    ) -> None:
        super().__init__(title, parent, width=width, height=height, fits=fits)
        self.desk = desk
        self.wrong = RunningText("", "wrong")
        self.wrong.hide()
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setEnabled(False)
        self.despite_button = SecondaryButton(_("Save all the same"), self._insist)
        self.despite_button.hide()
        self.record: OpenRecord[Any] = OpenRecord(desk, self, again=self.read_again, save=self.save)
        self._refused_form: object = None
        self._once_more: Callable[..., None] | None = None
        self.sheet.addWidget(self.record.hint)

    @abstractmethod
    def read_again(self) -> None:
        """Read what is stored, and show it."""

    @abstractmethod
    def typed(self) -> Any:
        """Return what is entered.

        Raises:
            ValidationError: a field is empty or cannot be read.
        """

    def save(self) -> None:
        """Store what is entered as one act and close; say what refuses it, and show what others saved."""
        if self.record.saving is None:
            return
        try:
            settings = self.typed()
        except ValidationError as error:
            self.desk.notifier.show(error, self)
            return
        self._store(settings, despite=False)

    def finish(self) -> None:
        """Append what stands below every form."""
        self.sheet.addWidget(self.wrong)
        self.add_buttons(
            None, SecondaryButton(_("Cancel"), self.reject), self.despite_button, self.save_button
        )

    def watch(
        self,
        act: Callable[..., SettingsSaved],
        *,
        base: F,
        read: Callable[[Database], F],
        row: RowOf,
        words: FormWords,
        **more: object,
    ) -> None:
        """Begin with settings that were just read; ``more`` are further arguments of the act."""
        self.record.open(
            Saving(
                act,
                base=base,
                read=read,
                row=row,
                words=words,
                owner=self,
                on_done=self._saved,
                on_refused=self._refused,
                argument="settings",
                more=more,
            )
        )

    def _store(self, settings: object, *, despite: bool) -> None:
        self.wrong.hide()
        self.despite_button.hide()
        self.desk.notifier.clear_fields(self)
        saving = self.record.saving
        if saving is not None:
            self._refused_form = settings
            self.record.save(settings, more={**saving.more, "despite": despite})

    def _insist(self) -> None:
        """Do what was refused all the same: the very same, unless something else is entered by now."""
        try:
            settings = self.typed()
        except ValidationError as error:
            self.desk.notifier.show(error, self)
            return
        if self._once_more is not None and settings == self._refused_form:
            self.wrong.hide()
            self.despite_button.hide()
            self._once_more(despite=True)
        else:
            self._store(settings, despite=True)

    def say_wrong(self, text: str) -> None:
        """Say below the form what is wrong."""
        self.wrong.set_text(text)
        self.wrong.show()

    def _saved(self, saved: SettingsSaved) -> None:
        self.accept()
        if saved.unfit:
            self.desk.notifier.say(
                _("Saved. {count} booked interviews do not fit any more; the calendar marks them.").format(
                    count=len(saved.unfit)
                ),
                "caution",
            )

    def _refused(self, error: Exception, once_more: Callable[..., None]) -> None:
        self._once_more = once_more
        if isinstance(error, RuleError):
            self.say_wrong(message(error))
            self.despite_button.setVisible(error.code == "interview.settings-unfit")
        else:
            self.desk.notifier.show(error, self)


def read(edit: ValueEdit[T], field: str) -> T | None:
    """Return the value of a field, None when it is empty.

    Raises:
        ValidationError: it cannot be read; ``field`` says which.
    """
    try:
        return edit.value()
    except ValidationError as error:
        params = {name: value for name, value in error.params.items() if name != "field"}
        raise ValidationError(error.code, field=field, **params) from error


def given(edit: ValueEdit[T], field: str) -> T:
    """Return the value of a field that must be filled in.

    Raises:
        ValidationError: it is empty or cannot be read.
    """
    value = read(edit, field)
    if value is None:
        raise ValidationError("interviewer.field-missing", field=field)
    return value
