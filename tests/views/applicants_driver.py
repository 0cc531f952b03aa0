"""Hands and eyes for the tests of the applicants' tab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus, Result
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, PendingResult, list_page
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.columns import COLUMNS
from fujisawa_desktop.views.tasks import Tasks

SAMPLES = resources_dir() / "samples"
Quiet = Callable[[], None]
"""The fixture ``quiet``: waits until the tab has come to rest."""
Shown = TypeVar("Shown", bound=QDialog)


def rest(qtbot: QtBot, tasks: Tasks, tab: QWidget) -> None:
    """Wait until no work is under way and no pause of the tab is running out."""

    def at_rest() -> bool:
        waiting = any(timer.isActive() and timer.isSingleShot() for timer in tab.findChildren(QTimer))
        return tasks.pending == 0 and not waiting

    qtbot.waitUntil(at_rest, timeout=20_000)
    QApplication.processEvents()
    qtbot.waitUntil(at_rest, timeout=20_000)


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drop files on a widget as a hand would; return whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(widget.rect().center(), actions, data, button, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(widget.rect().center()), actions, data, button, keys))
    return True


def column(key: str) -> int:
    """Return the place of a column by its key."""
    return next(at for at, one in enumerate(COLUMNS) if one.key == key)


def cells(tab: ApplicantsTab, key: str, count: int = 5) -> list[str]:
    """Return the first cells of a column as shown, with one kind of space."""
    shown = min(count, tab.model.rowCount())
    return [str(tab.model.index(row, column(key)).data()).replace("\u3000", " ") for row in range(shown)]


def dialog_of(tab: ApplicantsTab, kind: type[Shown]) -> Shown:
    """Return the open dialog of a kind."""
    [found] = [dialog for dialog in tab.findChildren(kind) if dialog.isVisible()]
    return found


def listed(
    number: int, *, pending: tuple[PendingResult, ...] = (), flags: tuple[str, ...] = (), courses: int = 1
) -> ApplicantRow:
    """Return a line of the list; people differ in their number alone."""
    return ApplicantRow(
        entry_id=number,
        applicant_id=number,
        application_ids=tuple(range(number * 10, number * 10 + courses)),
        course_ids=tuple(range(1, courses + 1)),
        number=f"{number:06}",
        source="rikunabi",
        name="髙橋\u3000美咲",
        kana="タカハシ ミサキ",
        school="見本大学",
        faculty="工学部",
        grade="3年",
        courses=("DX", "子ども")[:courses],
        status=ApplicationStatus.RECEIVED,
        statuses=(ApplicationStatus.RECEIVED,) * courses,
        pending=pending,
        flags=flags,
        received_at=datetime(2024, 10, 5, 1, 39),
        scores=(None,) * courses,
    )


def everybody(people: Database, programme_id: int, **where: object) -> list[ApplicantRow]:
    return list_page(people, ListQuery(programme_id, **where), 0, 1000)  # type: ignore[arg-type]


def results(people: Database, programme_id: int) -> Counter[Result]:
    return Counter(one.result for row in everybody(people, programme_id) for one in row.pending)
