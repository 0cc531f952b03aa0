"""From the dispatch ledger on the screen to the one on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from office_people import add_office_people
from pdf_reading import pages_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fujisawa_desktop.models import Applicant, Dispatch
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants.ledger_dialog import LedgerDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow


@pytest.fixture
def printed(qtbot: QtBot, desk: Desk, settle: Any) -> Iterator[Callable[[], PaperWindow]]:
    """Yield a function that opens the ledger, presses its button and returns the preview."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs: list[LedgerDialog] = []

    def press() -> PaperWindow:
        dialog = LedgerDialog(desk, parent)
        dialogs.append(dialog)
        dialog.open()
        settle()
        qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
        settle()
        (window,) = dialog.findChildren(PaperWindow)
        return window

    yield press
    for dialog in dialogs:
        dialog.close()


def test_the_ledger_is_printed_from_its_dialog(
    printed: Callable[[], PaperWindow], database: Database, programme_id: int
) -> None:
    add_office_people(database, programme_id)
    with unit_of_work(database, "test.mail", actor="test") as work:
        work.session.add(
            Dispatch(
                programme_id=programme_id,
                applicant_id=work.session.scalars(select(Applicant.id)).first(),
                entry_id=None,
                kind="first-pass",
                address="a@example.jp",
                sha256="0",
                written_at=datetime(2024, 10, 25, 9, 0),
                sent_at=None,
                actor="test",
            )
        )
        work.commit()
    window = printed()
    assert window.draft is not None
    text = pages_text(window.draft.pdf)[0]
    assert "1次選考結果の連絡" in text
    assert "作成済み・未発送" in text


def test_an_empty_ledger_says_so(printed: Callable[[], PaperWindow]) -> None:
    window = printed()
    assert window.draft is None
    assert window.empty.isVisible()
