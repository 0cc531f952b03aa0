"""Settings that booked interviews may not fit: refused in words, and changed all the same if one says so."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_settings import SettingsSaved
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
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
        self.despite_button = SecondaryButton(_("Save all the same"), lambda: self.save(despite=True))
        self.despite_button.hide()

    @abstractmethod
    def save(self, *, despite: bool = False) -> None:
        """Store what is entered; ``despite``: even if booked interviews do not fit it."""

    def finish(self) -> None:
        """Append what stands below every form."""
        self.sheet.addWidget(self.wrong)
        self.add_buttons(
            None, SecondaryButton(_("Cancel"), self.reject), self.despite_button, self.save_button
        )

    def perform(
        self,
        act: Callable[..., SettingsSaved],
        *,
        base: F,
        settings: F,
        read: Callable[[Database], F],
        row: RowOf,
        words: FormWords,
        **more: object,
    ) -> None:
        """Store settings as one act and close; say what refuses them, and show what others saved."""
        self.wrong.hide()
        self.despite_button.hide()
        self.desk.notifier.clear_fields(self)
        saving = Saving(
            act,
            base=base,
            read=read,
            row=row,
            words=words,
            owner=self,
            on_done=self._saved,
            on_error=self._refused,
            argument="settings",
            more=more,
        )
        save_beside_others(self.desk, saving, settings)

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

    def _refused(self, error: Exception) -> None:
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
