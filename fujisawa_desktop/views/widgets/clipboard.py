"""The one door to the clipboard: what is copied out of the program may have people in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


class Copies(QObject):
    """Tells who keeps the journal that something was copied.

    Signals:
        made(QWidget, str, int): from where, which list (empty for a text), how many rows.
    """

    made = Signal(object, str, int)


COPIES: Final = Copies()


def put_on_clipboard(
    source: QWidget, text: str, *, html: str = "", listing: str = "", rows: int = 1, about_people: bool = True
) -> None:
    """Put a text on the clipboard, with its marked-up form if it has one.

    Args:
        source: the widget it comes from.
        text: the plain form.
        html: the form for a spreadsheet.
        listing: name of the list, as in ``table_files.ListTable``.
        rows: how many rows of it.
        about_people: whether it says something of people; figures of the whole office do not.
    """
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    if about_people:
        COPIES.made.emit(source, listing, rows)
