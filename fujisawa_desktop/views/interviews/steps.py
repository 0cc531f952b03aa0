"""Where an arrow key leads on the calendar."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt

from fujisawa_desktop.views.interviews.board import Board, Place

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def step(board: Board, place: Place | None, key: int, modifiers: Qt.KeyboardModifier) -> Place | None:
    """Return the place a key leads to, or None when it is no key of movement.

    ↑ and ↓ go through the day, ← and → through the interviewers, with Ctrl (or Page Up and Page
    Down) through the days, Home and End to the first and last time of the day.
    """
    keys = (_Key.Key_Up, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right, _Key.Key_Home, _Key.Key_End)
    pages = (_Key.Key_PageUp, _Key.Key_PageDown)
    if key not in (*keys, *pages):
        return None
    if place is None:
        return board.first_place()
    if key in (_Key.Key_Up, _Key.Key_Down):
        return _vertical(board, place, 1 if key == _Key.Key_Down else -1)
    if key in (_Key.Key_Home, _Key.Key_End):
        stops = board.stops[place.column]
        end = stops[0 if key == _Key.Key_Home else -1]
        return board.place_at(place.column, end.start)
    forward = key in (_Key.Key_Right, _Key.Key_PageDown)
    if key in pages or modifiers & _CTRL:
        return _other_day(board, place, 1 if forward else -1)
    return _in_column(board, place.column + (1 if forward else -1), place)


def _vertical(board: Board, place: Place, direction: int) -> Place:
    """Return the next or previous place of the column; a card off the grid is a place too."""
    cards = [card.place for card in board.in_column[place.column]]
    free = [stop for stop in board.stops[place.column] if board.card_at(stop) is None]
    starts = sorted([*cards, *free], key=lambda one: one.start)
    if direction > 0:
        return next((one for one in starts if one.start > place.start), place)
    return next((one for one in reversed(starts) if one.start < place.start), place)


def _other_day(board: Board, place: Place, direction: int) -> Place:
    """Return the same interviewer and time on the next or previous day."""
    here = board.columns[place.column]
    days = [day.day for day in board.days if board.has_columns(day.day)]
    index = days.index(here.day) + direction
    if not 0 <= index < len(days):
        return place
    for number, column in enumerate(board.columns):
        if column.day == days[index] and (
            column.interviewer.interviewer_id == here.interviewer.interviewer_id
        ):
            return _in_column(board, number, place)
    return place


def _in_column(board: Board, column: int, place: Place) -> Place:
    if not 0 <= column < len(board.columns):
        return place
    moment = datetime.combine(board.columns[column].day, place.start.time())
    return board.place_at(column, moment) or place
