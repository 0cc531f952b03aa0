"""Working with a database on a server: connecting to it, and copying an open file to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.server_fields import ServerFields
from fujisawa_desktop.views.widgets import (
    FormField,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    field_named,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.services.copying import Copied
    from fujisawa_desktop.services.server_connection import Connected, ServerForm, connect
    from fujisawa_desktop.services.server_copies import copy_to_server
else:
    connect = later("server_connection", "connect")
    copy_to_server = later("server_copies", "copy_to_server")

SHIPPED: Final = "r6"
_EMPTY: Final = frozenset({"storage.server-empty", "programme.none"})
"""What is said of a database that holds nothing yet: one may begin in it."""


class _ServerDialog(QDialog):
    """What both have in common.

    Attributes:
        fields: what names the database.
        notice: what the server said.
        ok: goes ahead.
    """

    def __init__(self, window: MainWindow, title: str, explanation: str, ok: str) -> None:
        super().__init__(window)
        self._window = window
        self._left: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.fields = ServerFields(window.settings)
        self.notice = NoticeBar()
        self.ok = PrimaryButton(ok, self.go)
        self.ok.setDefault(True)
        self.begin = SecondaryButton(_("&Begin here"), self.go_and_begin)
        self.begin.hide()
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(self.notice)
        column.addWidget(self.fields)
        column.addLayout(row(None, self.cancel, self.begin, self.ok))

    def go(self) -> None:
        """Do it."""

    def go_and_begin(self) -> None:
        """Do it in a database that holds nothing yet."""

    def _typed(self) -> ServerForm | None:
        """Return what is entered, or say what is wrong with it."""
        commit_typing()
        self.notice.close_message()
        self.begin.hide()
        for field in self.fields.findChildren(FormField):
            field.clear_error()
        try:
            return self.fields.form()
        except ValidationError as error:
            self._refused(error)
            return None

    def _wait(self, *, busy: bool) -> None:
        if busy:
            self._left = self.focusWidget()
        for part in (self.fields, self.ok, self.begin):
            part.setEnabled(not busy)
        if not busy and self._left is not None:
            self._left.setFocus()  # what is switched off loses the keyboard

    def _refused(self, error: Exception) -> None:
        self._wait(busy=False)
        if isinstance(error, ValidationError) and (field := field_named(self.fields, error.field)):
            field.set_error(texts.message(error))
            field.editor.setFocus()
            return
        self.notice.show_message(texts.message(error), "wrong")
        if isinstance(error, AppError) and error.code == "storage.server-password":
            self.fields.password.setFocus()
            self.fields.password.selectAll()


class ConnectDialog(_ServerDialog):
    """Opens a database on a server; an empty one may be begun."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(
            window,
            _("Connect to a server"),
            _(
                "Several people can work at once when the data lies in a PostgreSQL database. "
                "The person who looks after the server tells you what to enter here."
            ),
            _("C&onnect"),
        )

    def go(self) -> None:
        """Try the database out, then open it."""
        self._try(None)

    def go_and_begin(self) -> None:
        """Put the shipped programme into the empty database, then open it."""
        self._try(SHIPPED)

    def _try(self, programme: str | None) -> None:
        form = self._typed()
        if form is None:
            return
        self._wait(busy=True)
        password, remember = self.fields.password.text(), self.fields.remember.isChecked()
        self._window.tasks.run_write(
            lambda: connect(form=form, password=password, remember=remember, begin_with=programme),
            self._connected,
            self._refused,
            owner=self,
        )

    def _connected(self, done: Connected) -> None:
        self.fields.keep()
        self.accept()
        self._window.open_wanted.emit(done.address)

    def _refused(self, error: Exception) -> None:
        super()._refused(error)
        self.begin.setVisible(isinstance(error, AppError) and error.code in _EMPTY)


class CopyDialog(_ServerDialog):
    """Copies the open file to an empty database on a server."""

    def __init__(self, window: MainWindow, desk: Desk, on_done: Callable[[Copied], object]) -> None:
        super().__init__(
            window,
            _("Copy to a server"),
            _(
                "Everything in this file goes into an empty database on a server, the journal too; the copy "
                "is read back and compared. The file stays as it is. Nobody should work in it meanwhile or "
                "afterwards."
            ),
            _("C&opy"),
        )
        self._desk = desk
        self._on_done = on_done

    def go(self) -> None:
        """Copy, with progress; the dialog waits for the end."""
        form = self._typed()
        if form is None:
            return
        self._wait(busy=True)
        self._desk.query(
            copy_to_server,
            self._copied,
            owner=self,
            on_error=self._refused,
            busy=_("Copying to the server"),
            form=form,
            password=self.fields.password.text(),
            remember=self.fields.remember.isChecked(),
        )

    def reject(self) -> None:
        """Stop the copy, or leave."""
        if not self.ok.isEnabled():
            self._desk.tasks.cancel_long()
            self._wait(busy=False)
            return
        super().reject()

    def _copied(self, done: Copied) -> None:
        self.fields.keep()
        self.accept()
        self._on_done(done)
