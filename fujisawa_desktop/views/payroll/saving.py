"""Where a file about pay goes: asked for once, remembered by folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop.views.papers.outlet import FOLDER_KEY


def ask_file(
    settings: QSettings,
    window: QWidget,
    *,
    title: str,
    name: str,
    kinds: Mapping[str, str],
    any_ending: bool = False,
) -> Path | None:
    """Ask for a file; ``None`` when the person decides against it.

    Args:
        settings: remembers the folder.
        window: the window that asks.
        title: of the dialog.
        name: what is proposed.
        kinds: text for the dialog → ending with its dot; the first is added where it is missing.
        any_ending: another ending is as good.
    """
    folder = Path(str(settings.value(FOLDER_KEY, str(Path.home()))))
    chosen, _kind = QFileDialog.getSaveFileName(window, title, str(folder / name), ";;".join(kinds))
    if not chosen:
        return None
    path, endings = Path(chosen), tuple(kinds.values())
    if path.suffix.lower() not in endings and not (any_ending and path.suffix):
        path = path.with_name(path.name + endings[0])
    settings.setValue(FOLDER_KEY, str(path.parent))
    return path
