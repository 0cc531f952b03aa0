"""The fields that name a database on a server; what was typed last stands in them, save the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, row, whole_number

if TYPE_CHECKING:
    from fujisawa_desktop.services.server_connection import ServerForm
else:
    # SQLAlchemy comes with it, for which the window does not wait at its start.
    ServerForm = later("server_connection", "ServerForm")

PORT: Final = "5432"
_KEPT: Final = ("host", "port", "database", "login")


class ServerFields(QWidget):
    """Host, port, database, login and password.

    Attributes:
        host, port, database, login, password: what is filled in.
        remember: the password goes into the system's keyring.
    """

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.host, self.port, self.database, self.login = (
            LineEdit(str(settings.value(f"server/{name}") or "")) for name in _KEPT
        )
        self.port.setText(self.port.text() or PORT)
        self.port.setFixedWidth(110)
        self.password = LineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox(_("&Keep the password in this computer's keyring"))
        self.remember.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        port = FormField("port", _("Port"), self.port)
        port.setFixedWidth(110)
        host = FormField("host", _("Server"), self.host, required=True)
        for items in (
            (host, port),
            (FormField("database", _("Database"), self.database, required=True),),
            (
                FormField("login", _("Login"), self.login, required=True),
                FormField("password", _("Password"), self.password),
            ),
        ):
            column.addLayout(row(*items, spacing=Space.M))
        column.addWidget(self.remember)
        first = next((edit for edit in (self.host, self.database, self.login) if not edit.text()), None)
        (first or self.password).setFocus()

    def form(self) -> ServerForm:
        """Return what is entered, without the password.

        Raises:
            ValidationError: the port is no number.
        """
        return ServerForm(
            host=self.host.text().strip(),
            database=self.database.text().strip(),
            login=self.login.text().strip(),
            port=whole_number(self.port.text(), field="port") if self.port.text().strip() else int(PORT),
        )

    def keep(self) -> None:
        """Remember what is typed for the next time, without the password."""
        for name in _KEPT:
            self._settings.setValue(f"server/{name}", getattr(self, name).text().strip())
