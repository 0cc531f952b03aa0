"""The one door for messages and errors: beside the field, in the bar, or in a dialog.

A dialog is only for what nobody foresaw.  It shows a short code that also stands in the log;
neither holds a value from the data.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, Cancelled, ValidationError, fault_code, safe_trace
from fujisawa_desktop.views.fault_dialog import FaultDialog
from fujisawa_desktop.views.theme import Tone
from fujisawa_desktop.views.widgets.form import FormField, field_named

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """One message for the bar, with at most one button."""

    text: str
    tone: Tone = "key"
    action: str = ""
    on_action: Callable[[], object] | None = None


class Notifier(QObject):
    """Shows messages and errors.

    Signals:
        told(Message): a message for the bar.
    """

    told = Signal(object)
    _elsewhere = Signal(object)
    _coded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, FaultDialog] = {}
        self._elsewhere.connect(self.show, Qt.ConnectionType.QueuedConnection)
        self._coded.connect(self._dialog, Qt.ConnectionType.QueuedConnection)

    def say(
        self,
        text: str,
        tone: Tone = "good",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message in the bar."""
        self.told.emit(Message(text, tone, action, on_action))

    def show(self, error: BaseException, anchor: QWidget | None = None) -> None:
        """Show an error where it belongs; ``anchor`` is the form it may concern."""
        if isinstance(error, Cancelled):
            self.say(texts.message(error), "key")
        elif isinstance(error, ValidationError) and anchor is not None:
            self._beside_field(error, anchor)
        elif isinstance(error, AppError):
            self.say(texts.message(error), "wrong")
        else:
            self.show_unforeseen(error)

    def clear_fields(self, anchor: QWidget) -> None:
        """Take away all marks of a form."""
        for field in anchor.findChildren(FormField):
            field.clear_error()

    def show_unforeseen(self, error: BaseException) -> None:
        """Log a programming fault without any value, and tell its code."""
        code = fault_code(error)
        _log.error("fault %s\n%s", code, safe_trace(error))
        self._dialog(code)

    def show_from_anywhere(self, error: BaseException) -> None:
        """Show an error from whichever thread; a fault is logged at once, also if the window closes."""
        if threading.current_thread() is threading.main_thread():
            self.show(error)
        elif isinstance(error, AppError):
            self._elsewhere.emit(error)
        else:
            code = fault_code(error)
            _log.error("fault %s\n%s", code, safe_trace(error))
            self._coded.emit(code)

    def _beside_field(self, error: ValidationError, anchor: QWidget) -> None:
        field = field_named(anchor, error.field)
        if field is None:
            self.say(texts.message(error), "wrong")
            return
        field.set_error(texts.message(error))
        field.editor.setFocus()

    def _dialog(self, code: str) -> None:
        if code in self._boxes:
            return  # a fault while painting repeats itself; one dialog says enough
        box = self._boxes[code] = FaultDialog(code, QApplication.activeWindow())
        box.finished.connect(lambda _result: self._boxes.pop(code).deleteLater())
        box.open()


def exception_hook(
    notifier: Notifier,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return a ``sys.excepthook`` that sends everything through ``notifier``."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        notifier.show_from_anywhere(error if error.__traceback__ is not None else error.with_traceback(trace))

    return hook


@contextmanager
def last_resort(notifier: Notifier) -> Iterator[None]:
    """Let whatever nobody caught end at ``notifier``, in whichever thread or clean-up it was raised.

    Neither what a thread was handed nor the object that was being cleaned up is named: both may hold
    people.
    """
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    hook = exception_hook(notifier)

    def of_thread(args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, SystemExit):
            hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    def of_clean_up(args: sys.UnraisableHookArgs) -> None:
        hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    sys.excepthook, threading.excepthook, sys.unraisablehook = hook, of_thread, of_clean_up
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
