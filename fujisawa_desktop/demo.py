"""``fujisawa-desktop demo``: invented people walked through the whole job, all of it kept in a folder."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fujisawa_desktop.cli_output import DONE, print_text, say
from fujisawa_desktop.demo_walk import FOLDERS, Made, walk
from fujisawa_desktop.errors import AppError, StorageError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.table_files import save_file

DATABASE: Final = "demo.fjdb"
MARK: Final = "README.txt"
PICTURES: Final = "pictures"
FEWEST: Final = 40
MOST: Final = 200_000
USUAL: Final = 400


def run_demo(*, out: Path, applicants: int | None, language: str) -> int:
    """Make the demonstration in ``out``, say what was made, and open the window if there is a screen.

    What an earlier demonstration left in the folder is replaced; a folder with anything else in
    it is refused.

    Raises:
        AppError: ``demo.bad-count`` or ``demo.not-empty``.
        StorageError: the folder cannot be written.
    """
    count = USUAL if applicants is None else applicants
    if not FEWEST <= count <= MOST:
        raise AppError("demo.bad-count", given=count, fewest=FEWEST, most=MOST)
    _make_room(out)
    made = walk(out / DATABASE, applicants=count, tell=say)
    say(_("Taking pictures of the window"))

    def tell(pictures: Sequence[Path]) -> None:
        _list(out, [*made, *(Made(picture, _("picture of a tab")) for picture in pictures)])

    with _own_surroundings():
        # Qt takes long to load and no other command needs it.
        from fujisawa_desktop.app_imports import import_lightly  # noqa: PLC0415

        import_lightly()
        from fujisawa_desktop.app_pictures import take_pictures  # noqa: PLC0415 - as above, and only now

        take_pictures(out / DATABASE, out / PICTURES, language=language, tell=tell)
    return DONE


def _make_room(out: Path) -> None:
    """Empty the folder of what a demonstration made; its mark tells that it was one."""
    note = _(
        "This folder was made by “fujisawa-desktop demo”. All people in it are invented. "
        "The next demonstration replaces what is in it."
    )
    try:
        if out.exists() and not out.is_dir():
            raise AppError("demo.not-empty", file=str(out))
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()) and not (out / MARK).is_file():
            raise AppError("demo.not-empty", file=str(out))
        save_file(out / MARK, f"{note}\n".encode())
        for name in (*FOLDERS, PICTURES):
            shutil.rmtree(out / name, ignore_errors=True)
            (out / name).mkdir()
        (out / DATABASE).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(out)) from error


@contextmanager
def _own_surroundings() -> Iterator[None]:
    """Keep the clerk's own window settings out of it, and draw into memory where there is no screen."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["FUJISAWA_DATA_DIR"] = folder
        if sys.platform.startswith("linux"):
            os.environ.setdefault("QT_QPA_PLATFORM", ";".join(_platforms()))
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _platforms() -> list[str]:
    """Return Qt's platforms in the order to be tried; the last one needs no screen and never fails."""
    screens = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    return [*(name for name, variable in screens.items() if os.environ.get(variable)), "offscreen"]


def _list(out: Path, made: Sequence[Made]) -> None:
    """Print every file with what it is."""
    width = max(len(str(item.path)) for item in made)
    for item in made:
        print_text(f"{item.path!s:<{width}}  {item.what}\n")
    count = len(made)
    say(
        ngettext("{count} file in {folder}", "{count} files in {folder}", count).format(
            count=count, folder=out
        )
    )
