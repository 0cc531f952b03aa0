"""Answers that come when the window that asked is closed already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def while_open(owner: QObject, act: Callable[[T], object]) -> Callable[[T], None]:
    """Return ``act`` for as long as ``owner`` is there; later answers are dropped."""

    def answer(value: T) -> None:
        if isValid(owner):
            act(value)

    return answer
