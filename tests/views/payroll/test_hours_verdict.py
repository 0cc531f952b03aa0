"""What is said under the field while hours are typed, and the reasons of worked time."""

from __future__ import annotations

import pytest
from appointed import FOUR, TEN_DAYS, work
from hours_scene import acts, dec
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.grid_verdict import wrapped

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED


@pytest.fixture
def page(empty_page: Page) -> Page:
    return empty_page


def said(page: Page) -> list[tuple[str, str]]:
    """What the note says now: tone and sentence."""
    note = page.tab.grid.note()
    return [] if note is None else [(str(tone), text) for tone, text in note.lines]


class TestWhileTyping:
    def test_minutes_and_break_are_told(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        assert said(page) == []
        page.type("9", None)
        assert said(page) == [("neutral", _("For example 9-12, 9:00-15:45/60, or 9-12 13-15"))]
        page.type("-15:45", None)
        ((tone, text),) = said(page)
        assert tone == "good"
        assert "9:00–15:45" in text
        assert "60" in text
        assert "5:45" in text
        page.key(Key.Key_Return)
        page.wait()
        assert said(page) == []
        assert page.cell(RYOSUKE, 2).planned_minutes == 345

    def test_the_rule_that_would_refuse_is_named_before_return(self, page: Page, database: Database) -> None:
        before = acts(database)
        page.go(RYOSUKE, 2)
        page.type("9-16/0", None)
        lines = said(page)
        law = texts.message_for(
            "shift.break-short", {"date": dec(2), "worked_hm": 420, "needed": 45, "given": 0}
        )
        assert lines[0][0] == "neutral"
        assert lines[1:] == [("wrong", law)]
        assert "34" in law
        page.key(Key.Key_Backspace)
        page.type("45", None)
        assert [tone for tone, _text in said(page)] == ["good"]
        page.key(Key.Key_Escape)
        page.wait()
        assert said(page) == []
        assert acts(database) == before

    def test_the_cap_is_seen_with_the_last_digit(
        self, page: Page, database: Database, programme_id: int
    ) -> None:
        work(database, programme_id, page.person(RYOSUKE).member, TEN_DAYS[:9], "終", PLANNED)
        page.tab.reload()
        page.wait()
        page.go(RYOSUKE, 23)
        page.type("9-15:5", None)
        page.type("9", None)
        assert [tone for tone, _text in said(page)] == ["good"]
        for _letter in range(5):
            page.key(Key.Key_Backspace)
        page.type("16", None)
        assert [tone for tone, _text in said(page)] == ["neutral", "wrong"]

    def test_worked_time_is_only_warned_about(self, page: Page) -> None:
        page.kind(WORKED)
        page.go(RYOSUKE, 7)
        page.type("9-12", None)
        assert said(page)[0][0] == "good"
        assert said(page)[1] == ("caution", texts.message_for("shift.closed-saturday", {"date": dec(7)}))

    def test_what_does_not_exist_says_why(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        page.type("9-24:00", None)
        assert said(page) == [("neutral", texts.message_for("shift.midnight", {"text": "24:00"}))]
        editor = page.editor()
        assert editor is not None
        assert editor.accessibleDescription() == said(page)[0][1]
        editor.selectAll()
        page.key(Key.Key_Backspace)
        assert said(page) == [("neutral", _("An empty field clears the day."))]

    def test_a_letter_of_the_input_method_is_judged_too(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        write(page.qtbot, page.tab.grid.days, "半")
        assert [tone for tone, _text in said(page)] == ["good"]

    def test_the_note_stays_inside_and_off_the_field(self, page: Page) -> None:
        page.tab.resize(1248, 700)
        page.wait()
        for number, day in ((SAKURA, 2), (MISAKI, 31), (MISAKI, 1)):
            page.go(number, day)
            page.type("9-19/0", None)
            note, editor = page.tab.grid.note(), page.editor()
            assert note is not None
            assert editor is not None
            over = note.parentWidget()
            assert over is not None
            assert over.rect().contains(note.geometry())
            field = editor.rect().translated(editor.mapTo(over, editor.rect().topLeft()))
            assert not field.intersects(note.geometry())
            assert not note.grab().isNull()
            page.key(Key.Key_Escape)


def test_lines_are_broken_between_words() -> None:
    text = "The law (Labour Standards Act, article 34) asks for a break of 45 minutes."
    lines = wrapped(text, 150)
    assert len(lines) > 2
    assert " ".join(lines) == text
    assert (
        "".join(wrapped("休憩を増やすか、勤務を短くしてください。" * 3, 150))
        == "休憩を増やすか、勤務を短くしてください。" * 3
    )


class TestReasons:
    @pytest.fixture
    def broken(self, page: Page, database: Database, programme_id: int) -> Page:
        """Two days worked without a break."""
        work(database, programme_id, page.person(RYOSUKE).member, (dec(2), dec(4)), "9-16/0", WORKED)
        page.kind(WORKED)
        page.tab.reload()
        page.wait()
        return page

    def answer(self, page: Page, reason: str) -> None:
        dialog = dialog_of(page.tab, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        write(page.qtbot, dialog.reason, reason)
        page.qtbot.keyClick(dialog.reason, Key.Key_Return)
        page.wait()

    def test_from_the_message_after_typing(self, page: Page, messages: list[Message]) -> None:
        page.kind(WORKED)
        page.go(RYOSUKE, 3)
        page.type("9-16/0")
        assert messages[-1].action == _("Write the reason…")
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        self.answer(page, "窓口の応援")
        assert page.cell(RYOSUKE, 3).reason == "窓口の応援"
        assert page.person(RYOSUKE).unexplained == 0
        assert messages[-1].text == _("The reason is kept with the hours.")

    def test_by_key_for_all_chosen_cells_in_one_act(self, broken: Page, database: Database) -> None:
        before = acts(database)
        broken.choose((RYOSUKE, 2), (RYOSUKE, 4))
        broken.key(Key.Key_F4)
        self.answer(broken, "応援")
        assert [broken.cell(RYOSUKE, day).reason for day in (2, 4)] == ["応援", "応援"]
        assert acts(database) - before == 1
        broken.go(RYOSUKE, 2)
        broken.key(Key.Key_F4)
        dialog = dialog_of(broken.tab, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        assert dialog.reason.text() == "応援"
        broken.qtbot.keyClick(dialog, Key.Key_Escape)

    def test_from_the_list_of_what_is_to_be_checked(self, broken: Page) -> None:
        panel = broken.tab.checks.list
        panel.setCurrentRow(0)
        broken.qtbot.keyClick(panel, Key.Key_F4)
        assert broken.here() == (broken.row(RYOSUKE), 2)
        self.answer(broken, "応援")
        assert broken.cell(RYOSUKE, 2).reason == "応援"
        assert panel.count() == 1  # what is explained is settled
        panel.setCurrentRow(0)
        menu = broken.tab.hours.reasons.checks_menu(broken.tab.checks)
        menu.actions()[0].trigger()
        self.answer(broken, "会議")
        assert broken.cell(RYOSUKE, 4).reason == "会議"

    def test_its_menu_opens_at_the_line(self, broken: Page, monkeypatch: pytest.MonkeyPatch) -> None:
        shown: list[object] = []
        monkeypatch.setattr(QMenu, "popup", lambda _menu, at: shown.append(at))
        panel = broken.tab.checks.list
        panel.customContextMenuRequested.emit(panel.rect().center())
        assert len(shown) == 1

    def test_an_unworked_day_has_none(self, broken: Page, messages: list[Message]) -> None:
        broken.go(RYOSUKE, 3)
        broken.key(Key.Key_F4)
        self.answer(broken, "応援")
        assert messages[-1].text == texts.message_for("hours.nothing-worked", {})

    def test_it_is_explained_what_broke(self, broken: Page) -> None:
        broken.choose((RYOSUKE, 2), (RYOSUKE, 4))
        told = broken.tab.hours.reasons._reason_for(broken.tab.grid.days.chosen_places())
        assert "楜澤　涼介" in told
        assert "1" in told.splitlines()[0]
        law = {"date": dec(2), "worked_hm": 420, "needed": 45, "given": 0}
        assert texts.message_for("shift.break-short", law) in told
        assert broken.tab.hours.reasons._reason_for([]) == ""

    def test_a_fourth_day_offers_to_take_it_back(self, page: Page, messages: list[Message]) -> None:
        page.kind(WORKED)
        for day in (9, 10, 11, 12):
            page.go(RYOSUKE, day)
            page.type("9-11")
        assert messages[-1].action == _("Take it back")
        asked: list[str] = []
        page.tab.act_wanted.connect(asked.append)
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        assert asked == ["edit.undo"]


def test_a_file_only_read_does_nothing(page: Page, database: Database) -> None:
    page.go(RYOSUKE, 2)
    page.type("半")
    before = acts(database)
    page.tab.model.editable = False
    page.go(RYOSUKE, 2)
    ctrl = Qt.KeyboardModifier.ControlModifier
    for key, modifier in (
        (Key.Key_K, ctrl),
        (Key.Key_U, ctrl),
        (Key.Key_D, ctrl),
        (Key.Key_R, ctrl),
        (Key.Key_X, ctrl),
        (Key.Key_V, ctrl),
        (Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    ):
        page.key(key, modifier)
        page.wait()
    assert acts(database) == before
    assert page.cell(RYOSUKE, 2).planned_minutes == 180
    page.key(Key.Key_F7)
    assert page.tab.model.monday == dec(2)
