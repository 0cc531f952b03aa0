"""The window of periods, list and erasure, with real clicks; and what is done for who asks what is held."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from retention_scene import LATER, WITNESS, erase_due, sentinels, walked

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.retention_erasing import ErasureResult
from fujisawa_desktop.services.retention_settings import HoldReason, holds, retention_settings
from fujisawa_desktop.services.retention_sweeping import is_unswept
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.disclosure_acts import HoldDialog
from fujisawa_desktop.views.trust.retention_list_dialog import RetentionListDialog
from fujisawa_desktop.views.trust.retention_periods_dialog import RetentionPeriodsDialog
from fujisawa_desktop.views.trust.retention_window import RetentionWindow
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(walked(tmp_path))
    yield database
    database.dispose()


@pytest.fixture
def programme_id(database: Database) -> int:
    return current_programme_id(database)


@pytest.fixture
def shown(desk: Desk, parent: QWidget, settle: Settle) -> RetentionWindow:
    desk.today = lambda: LATER
    window = RetentionWindow(desk, parent)
    window.show()
    settle()
    return window


def _listed(shown: RetentionWindow, qtbot: QtBot, settle: Settle) -> RetentionListDialog:
    qtbot.mouseClick(shown.list_button, LEFT)
    settle()
    return shown.findChild(RetentionListDialog)  # type: ignore[return-value]


def test_each_kind_stands_with_its_day_and_what_is_due(shown: RetentionWindow) -> None:
    assert shown.model.rowCount() == len(shown.lines) >= len(Category)
    due = sum(line.due for line in shown.lines)
    assert due
    assert f"{due:,}" in shown.summary.text()
    assert "規程" in shown.basis.text() or "労働基準法" in shown.basis.text()


def test_erasing_waits_for_a_second_name_and_the_right_number(
    shown: RetentionWindow, qtbot: QtBot, settle: Settle
) -> None:
    dialog = _listed(shown, qtbot, settle)
    done: list[ErasureResult] = []
    dialog.erased.connect(done.append)
    qtbot.mouseClick(dialog.erase_button, LEFT)
    assert dialog.number_field.error(), "the number is missing"
    dialog.number.setText(str(len(dialog.due())))
    qtbot.mouseClick(dialog.erase_button, LEFT)
    settle()
    assert dialog.witness_field.error(), "nobody erases alone"
    dialog.witness.setText(WITNESS)
    dialog.number.setText(str(len(dialog.due()) + 1))
    qtbot.mouseClick(dialog.erase_button, LEFT)
    settle()
    assert dialog.number_field.error(), "another number was confirmed"
    assert not done
    dialog.number.setText(str(len(dialog.due())))
    qtbot.mouseClick(dialog.erase_button, LEFT)
    settle()
    assert [result.swept for result in done] == [True]
    assert "廃棄" in shown.notice.text()
    assert sum(line.due for line in shown.lines) == 0


def test_who_may_not_erase_on_a_server_is_told_at_once(
    shown: RetentionWindow, qtbot: QtBot, settle: Settle
) -> None:
    dialog = _listed(shown, qtbot, settle)
    assert dialog.erase_button.isEnabled()
    dialog.say_who_erases(may_erase=False)
    dialog.reload()
    settle()
    assert not dialog.erase_button.isEnabled()
    assert "管理者" in dialog.notice.text()
    assert dialog.save_button.isEnabled(), "the list may be read all the same"
    dialog.reject()


def test_copies_that_hold_the_people_are_told_and_deleted_when_ticked(
    shown: RetentionWindow, database: Database, qtbot: QtBot, settle: Settle
) -> None:
    by_hand = make_backup(database)
    by_itself = make_backup(database, reason=BackupReason.TIMED)
    dialog = _listed(shown, qtbot, settle)
    said = dialog.copies_text.text()
    for part in ("バックアップ2件", "手動", "作業中", "1件は、削除するまで残ります"):
        assert part in said
    assert dialog.with_copies.isVisibleTo(dialog)
    dialog.with_copies.setChecked(True)
    dialog.witness.setText(WITNESS)
    dialog.number.setText(str(len(dialog.due())))
    qtbot.mouseClick(dialog.erase_button, LEFT)
    settle()
    assert not by_hand.path.exists()
    assert not by_itself.path.exists()


def test_after_an_erasure_the_next_one_is_confirmed_anew(
    shown: RetentionWindow, database: Database, qtbot: QtBot, settle: Settle
) -> None:
    """Nothing that was ticked or typed for one list holds for the next; ticked again, it is done again."""
    done: list[ErasureResult] = []
    for category in (Category.RAW, Category.SENT):
        copy = make_backup(database).path
        dialog = _listed(shown, qtbot, settle)
        dialog.erased.connect(done.append)
        assert not dialog.with_copies.isChecked()
        assert (dialog.witness.text(), dialog.number.text()) == ("", "")
        dialog.category.setCurrentIndex(dialog.category.findData(category.value))
        settle()
        before = len(done)
        qtbot.mouseClick(dialog.erase_button, LEFT)
        settle()
        assert dialog.number_field.error(), "nothing is confirmed yet"
        assert len(done) == before
        for is_ticked in (True, False, True):
            dialog.with_copies.click()
            assert dialog.with_copies.isChecked() is is_ticked
        dialog.witness.setText(WITNESS)
        dialog.number.setText(str(len(dialog.due())))
        qtbot.mouseClick(dialog.erase_button, LEFT)
        settle()
        assert done[before:]
        assert done[-1].copies.deleted == len(done[-1].deleted) == 1
        assert not copy.exists()
    assert not [line for line in shown.lines if line.due and line.category in {Category.RAW, Category.SENT}]


def test_free_pages_that_were_not_cleared_are_offered_again_when_the_window_opens(
    desk: Desk,
    database: Database,
    programme_id: int,
    parent: QWidget,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def held(_database: Database) -> None:
        raise StorageError("storage.cannot-write", file="x")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "sweep", held)
        assert not erase_due(database, programme_id).swept
    window = RetentionWindow(desk, parent)
    window.show()
    settle()
    assert "ほかのプログラム" in window.notice.text()
    window.sweep()
    settle()
    assert "廃棄証明書に記載しました" in window.notice.text()
    assert not is_unswept(database)


def test_what_is_not_due_is_shown_with_its_reason(
    shown: RetentionWindow, qtbot: QtBot, settle: Settle
) -> None:
    dialog = _listed(shown, qtbot, settle)
    due = len(dialog.listed)
    dialog.everything.setChecked(True)
    settle()
    assert len(dialog.listed) > due
    hindered = [one for one in dialog.listed if one.hindrances]
    assert hindered
    dialog.category.setCurrentIndex(dialog.category.findData("pay"))
    settle()
    assert {one.category for one in dialog.listed} == {Category.PAY}


def test_the_list_goes_to_a_file(
    shown: RetentionWindow, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    dialog = _listed(shown, qtbot, settle)
    dialog.saver.choose_file = lambda _name: str(tmp_path / "一覧.csv")
    qtbot.mouseClick(dialog.save_button, LEFT)
    settle()
    lines = (tmp_path / "一覧.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(dialog.listed)
    assert "保存期間の満了日" in lines[0]


def test_periods_are_set_and_the_days_follow(
    shown: RetentionWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.mouseClick(shown.periods_button, LEFT)
    settle()
    dialog: Any = shown.findChild(RetentionPeriodsDialog)
    before = next(line for line in shown.lines if line.category is Category.SENT)
    dialog.years[Category.SENT].setText("４")
    qtbot.mouseClick(dialog.ok, LEFT)
    settle()
    after = next(line for line in shown.lines if line.category is Category.SENT)
    assert after.kept_until.year == before.kept_until.year + 3
    stored = retention_settings(desk.database, programme_id=desk.programme_id)
    assert {one.category: one.version for one in stored.periods}[Category.SENT] == 1


def test_a_period_that_cannot_be_is_said_so(shown: RetentionWindow, qtbot: QtBot, settle: Settle) -> None:
    qtbot.mouseClick(shown.periods_button, LEFT)
    settle()
    dialog: Any = shown.findChild(RetentionPeriodsDialog)
    dialog.years[Category.PAY].setText("99")
    qtbot.mouseClick(dialog.ok, LEFT)
    settle()
    assert dialog.isVisible()
    assert "30" in dialog.notice.text()


def test_somebody_is_kept_and_no_longer_kept(
    desk: Desk, database: Database, parent: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    one = sentinels(database)[0]
    dialog = HoldDialog(desk, parent, one.applicant_id, one.name, None)
    dialog.open()
    assert not dialog.release.isEnabled()
    dialog.reason.setCurrentIndex(dialog.reason.findData("appeal"))
    qtbot.mouseClick(dialog.keep, LEFT)
    settle()
    known = holds(database)[one.applicant_id]
    assert known.reason is HoldReason.APPEAL
    again = HoldDialog(desk, parent, one.applicant_id, one.name, known)
    again.open()
    qtbot.mouseClick(again.release, LEFT)
    settle()
    assert holds(database) == {}


def test_everything_about_the_person_looked_at_is_written(
    desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path, messages: list[Message]
) -> None:
    tab = ApplicantsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 800)
    tab.show()
    tab.reload()
    settle()
    tab.table.selectRow(0)
    settle()
    acts = tab.aftermath.disclosure_acts
    acts.choose_folder = lambda: str(tmp_path)
    tab.actions_served()["tools.person-export"]()
    settle()
    [made] = list(tmp_path.glob("*.zip"))
    assert zipfile.is_zipfile(made)
    assert made.name in messages[-1].text
