"""What the window does about databases on a server: connecting, and copying from a file and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.paths import data_dir
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import DATABASE_SUFFIX, MainWindow
from fujisawa_desktop.views.trust.key_dialogs import Chosen, NewFileDialog
from fujisawa_desktop.views.trust.server_dialog import ConnectDialog, CopyDialog

if TYPE_CHECKING:
    from fujisawa_desktop.services.copying import Copied, copy_opened
else:
    copy_opened = later("copying", "copy_opened")


def server_acts(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done for the actions about servers."""

    def copy() -> None:
        desk = window.desk
        if desk is None:
            return
        if desk.database.path is not None:
            CopyDialog(window, desk, _copied).open()
            return
        title = _("Copy to a file")
        dialog = NewFileDialog(
            data_dir() / f"{desk.database.name}{DATABASE_SUFFIX}",
            window.tasks,
            window.settings,
            window,
            title=title,
            lead=_(
                "Everything on the server goes into a new file, the journal too; the copy is read back and "
                "compared."
            ),
            last=title,
        )
        dialog.chosen.connect(partial(_to_file, desk))
        dialog.open()

    def _to_file(desk: Desk, chosen: Chosen) -> None:
        desk.query(
            copy_opened,
            _copied,
            owner=window,
            busy=_("Copying to a file"),
            target=chosen.path,
            target_key=chosen.key,
            passphrase=chosen.passphrase,
        )

    def _copied(done: Copied) -> None:
        if window.desk is not None:
            window.desk.notifier.say(
                ngettext(
                    "{count} row was copied to {place}, and the copy is equal.",
                    "{count} rows were copied to {place}, and the copy is equal.",
                    done.rows,
                ).format(count=f"{done.rows:,}", place=done.place),
                action=_("Open it"),
                on_action=lambda: window.open_wanted.emit(done.place),
            )

    return {"tools.server": lambda: ConnectDialog(window).open(), "tools.server-copy": copy}
