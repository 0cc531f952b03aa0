"""The least a program of this kind costs: a bare PySide6 window and ``import sqlalchemy``."""

from __future__ import annotations

import json
import sys
import time

import sqlalchemy
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.peak import peak_kilobytes


class Watch(QObject):
    """Ends the program after the first paint."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.report)
        return False

    def report(self) -> None:
        painted = time.monotonic()
        sys.stdout.write(json.dumps({"painted": painted, "peak": peak_kilobytes()}) + "\n")
        QApplication.quit()


app = QApplication([])
window = QMainWindow()
watch = Watch()
window.installEventFilter(watch)
window.resize(1280, 800)
window.show()
app.exec()
assert sqlalchemy.__version__
