"""The window's door and composition root: paths → log → language → window → database → desk.

Everything is wired here and nowhere else.  The database is opened on a worker, so the window
stands on the screen while an old file is being copied and brought up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QFileDialog

from fujisawa_desktop import paths, texts
from fujisawa_desktop.app_files import OpenFile, create_file, open_file
from fujisawa_desktop.app_secrets import SecretActs
from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.i18n import _, set_language
from fujisawa_desktop.log import start_log
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.garbage import Garbage
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Notifier, last_resort
from fujisawa_desktop.views.pages import warm_months, warm_papers
from fujisawa_desktop.views.programme_dialog import NewProgrammeDialog
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Scheme, apply_theme, install_qt_texts, load_fonts
from fujisawa_desktop.views.trust.acts import trust_handlers
from fujisawa_desktop.views.trust.backup_acts import BROKEN, offer_copies
from fujisawa_desktop.views.trust.backup_guard import BackupGuard
from fujisawa_desktop.views.trust.live_changes import LiveChanges
from fujisawa_desktop.views.trust.lock import clear_copied
from fujisawa_desktop.views.trust.lost_files import look_for_lost_files
from fujisawa_desktop.views.trust.seats_acts import show_seat
from fujisawa_desktop.views.window_acts import WindowActs, set_scheme

if TYPE_CHECKING:
    from fujisawa_desktop.models.sqlite_driver import FileKey

_CALM_MILLISECONDS: Final = 3_000
_MANY_PEOPLE: Final = 200
"""After a file was opened, until what is not needed yet is loaded too."""


class Program:
    """One running window with everything it is made of.

    Attributes:
        window: the main window.
        tasks: its workers.
        notifier: its door for messages.
        desk: what the tabs work with, while a file is open.
        warns_of_places: says so when a file lies where it should not; a demonstration may lie anywhere.
    """

    def __init__(self, app: QApplication) -> None:
        paths.data_dir().mkdir(parents=True, exist_ok=True)
        self._app = app
        self.memory = Memory(paths.data_dir() / "window.ini")
        self.tasks = Tasks()
        self._garbage = Garbage(self.tasks)
        self.notifier = Notifier()
        apply_theme(app, self.memory.scheme())
        self.window = MainWindow(tasks=self.tasks, notifier=self.notifier, settings=self.memory)
        self.desk: Desk | None = None
        self.warns_of_places = True
        self._file: OpenFile | None = None
        self._key: FileKey | None = None
        self._live: LiveChanges | None = None
        self._is_reopened = False
        self._acts = WindowActs(self.window)
        self.secrets = SecretActs(self)
        self._guard = BackupGuard(self.window)
        self.window.serve(self._acts.handlers())
        self.window.serve(trust_handlers(self.window))
        self.window.serve(
            {
                "file.open": self.choose_file,
                "file.new-programme": self.new_programme,
                "view.dark": self.toggle_dark,
            }
        )
        self.window.open_wanted.connect(self.open)
        self.window.reopen_wanted.connect(self.reopen)
        self.window.aside_wanted.connect(self.lay_aside)
        self.window.closing.connect(self.close)
        self.window.welcome.create_wanted.connect(self.new_programme)
        self.window.welcome.open_wanted.connect(self.choose_file)
        self.window.welcome.recent_wanted.connect(self.open)
        self.window.welcome.set_recent(self.memory.recent_places())
        self.window.actions_table["view.dark"].setChecked(self.memory.scheme() is Scheme.DARK)

    def start(self, where: str | None) -> None:
        """Open the named database, or the one opened last, or wait on the welcome page."""
        places = [*self.memory.recent_places(), str(paths.default_database())]
        chosen = where or next((name for name in places if "://" in name or Path(name).is_file()), None)
        if chosen is not None:
            self.window.await_file()
            self.open(chosen)

    def open(self, where: Path | str, key: FileKey | None = None) -> None:
        """Open a file or a database address; what cannot be opened is explained in the bar.

        For an encrypted file that comes without a key, its passphrase is asked for.
        """
        if self._file is not None and self._file.is_at(where):
            return  # it lies on the desk already
        self.tasks.run_write(
            lambda: open_file(where, key), self._opened, partial(self._not_opened, where), owner=self.window
        )

    def reopen(self, where: Path, key: FileKey | None) -> None:
        """Open a file anew that holds something else now, under whatever key it is."""
        self.window.set_desk(None)
        self._put_away()
        self.window.await_file()
        self._is_reopened = True
        self.open(where, key)

    def create(self, path: Path, key: FileKey | None = None, passphrase: str | None = None) -> None:
        """Make a new file with the shipped programme, encrypted if there is a key, and open it."""
        self.tasks.run_long(
            _("Making the new file"),
            lambda _progress: create_file(path, key, passphrase),
            self._opened,
            self.notifier.show,
            writes=True,
            owner=self.window,
        )

    def choose_file(self) -> None:
        """Let the person choose a file to open."""
        folder = next((path.parent for path in self.memory.recent()), paths.data_dir())
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window, _("Open a file"), str(folder), _("Internship files (*.fjdb)")
        )
        if chosen:
            self.open(chosen)

    def new_programme(self) -> None:
        """Put a new year into the open file, or make a new file when none is open."""
        if self.desk is not None:
            NewProgrammeDialog(self.desk, self.window).open()
            return
        usual = paths.default_database()
        others = (usual.with_stem(f"{usual.stem}-{number}") for number in count(2))
        self.secrets.ask_for_new_file(next(one for one in chain((usual,), others) if not one.exists()))

    def toggle_dark(self) -> None:
        """Switch between light and dark, for this and the next start."""
        dark = self.window.actions_table["view.dark"].isChecked()
        scheme = Scheme.DARK if dark else Scheme.LIGHT
        self.memory.set_scheme(scheme)
        set_scheme(self._app, self.window, scheme)

    def close(self) -> None:
        """Let work in progress end, then put the file away."""
        self.tasks.shutdown()
        self._garbage.stop()
        clear_copied()
        self._put_away()
        if self._key is not None:
            self._key.forget()

    def lay_aside(self) -> bool:
        """Close the file, but only if nothing typed would be lost; something is to be done with it."""
        if not self.window.may_leave():
            return False
        self.window.set_desk(None)
        self.window.await_file()
        self._put_away()
        return True

    def _opened(self, file: OpenFile) -> None:
        self.window.set_desk(None)
        self._put_away()
        self._file, self._key = file, file.key
        self.desk = Desk(
            database=file.database,
            tasks=self.tasks,
            notifier=self.notifier,
            settings=self.memory,
            programme_id=file.programme_id,
        )
        self.window.set_desk(self.desk, file.glance.rows if file.glance is not None else ())
        self._acts.attach(self.desk)
        self._guard.attach(self.desk)
        self._live = LiveChanges(self.desk, self.window.status)
        self._live.start()
        show_seat(self.window, self.desk)
        QTimer.singleShot(_CALM_MILLISECONDS, self.window, partial(self._warm_up, self.desk))
        self.memory.remember_file(file.database.place)
        self._warn_of_place(file)
        look_for_lost_files(self.window, self.desk)
        if file.held_elsewhere:
            self.notifier.say(
                _(
                    "{file} is open in another window, so it can only be read here. "
                    "Close the other window and open the file again to write."
                ).format(file=file.database.name),
                "caution",
            )

    def _warm_up(self, desk: Desk) -> None:
        """Load what the first paper and the month need while nobody waits, so that they stand at once."""
        if desk is not self.desk:
            return
        jobs: tuple[tuple[Callable[..., object], Callable[[Any], object], dict[str, Any]], ...] = (
            (warm_papers, lambda _nothing: None, {}),
            (warm_months, partial(self._prepare_months, desk), {"today": desk.today()}),
        )
        for warm, done, wanted in jobs:
            desk.query(
                warm,
                done,
                owner=self.window,
                aside=True,
                on_error=lambda _error: None,  # told to who makes that paper or opens that tab
                programme_id=desk.programme_id,
                **wanted,
            )

    def _prepare_months(self, desk: Desk, people: int) -> None:
        """Build the tab of hours and pay where many work: only there does its first look take long."""
        if desk is self.desk and people >= _MANY_PEOPLE:
            self.window.prepare("payroll")

    def _warn_of_place(self, file: OpenFile) -> None:
        """Say why the file should lie elsewhere, each time it is opened; not over what a return says."""
        known, self._is_reopened = self._is_reopened, False
        if not known and self.warns_of_places and file.findings and not file.held_elsewhere:
            words = [texts.message_for(found.code, found.params) for found in file.findings]
            self.notifier.say("\n".join(words), "caution")

    def _not_opened(self, where: Path | str, error: Exception) -> None:
        self._is_reopened = False
        if self.desk is None:
            self.window.set_desk(None)
        if isinstance(error, StorageError) and error.code == "storage.encrypted":
            self.secrets.unlock(Path(where))
        elif isinstance(error, StorageError) and error.code in BROKEN:
            offer_copies(self.window, self.notifier, Path(where), error)
        else:
            self.notifier.show(error)

    def _put_away(self) -> None:
        self._guard.detach()
        if self._live is not None:
            self._live.stop()
            self._live = None
        if self._file is not None:
            self._file.close()
            if self._key is not None:
                self.tasks.run_write(self._key.forget, lambda _nothing: None)
            self._file = None
            self.desk = None


def make_application(language: str) -> QApplication:
    """Return the Qt application with the window's font, in its language."""
    set_language(language)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Fujisawa Desktop")
    app.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "app.svg")))
    load_fonts()
    install_qt_texts(app, language)
    return app


def run(where: str | None = None, *, language: str = "ja") -> int:
    """Show the window on a database and return when it is closed."""
    start_log()
    app = make_application(language)
    program = Program(app)
    with last_resort(program.notifier):
        program.start(where)  # the file is read while the window is laid out
        program.window.show()
        return app.exec()
