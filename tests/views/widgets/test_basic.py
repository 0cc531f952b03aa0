from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.theme import Scheme, apply_theme
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    ElidedLabel,
    EmptyState,
    FilterGroup,
    FormField,
    IconButton,
    InlineNotice,
    KeyValueGrid,
    LineEdit,
    MenuButton,
    NoticeBar,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    plain,
    row,
    tool_tip,
)

HOSTILE = '<b>山田</b><img src="x">&amp; &A'
LONG = "行政のデジタル化に関心があり、窓口の手続を減らす仕事を体験したいと考えました。" * 3


def test_markup_in_data_is_shown_as_letters(qtbot: QtBot) -> None:
    label, running = TextLabel(HOSTILE), RunningText(HOSTILE)
    for widget in (label, running):
        qtbot.addWidget(widget)
        assert widget.text() == HOSTILE
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert plain("A&B") == "A&&B"


def test_every_label_of_our_widgets_is_plain_text(qtbot: QtBot) -> None:
    pane = DetailsPane("応募者")
    pane.add_title(HOSTILE, HOSTILE)
    pane.add_pairs([(HOSTILE, HOSTILE)])
    pane.add_pairs([(HOSTILE, HOSTILE)], figures=True)
    pane.add_heading(HOSTILE)
    pane.add_text(HOSTILE)
    pane.add_history([("10/1", HOSTILE)])
    qtbot.addWidget(pane)
    labels = [one for one in pane.findChildren(QLabel) if one.text()]
    assert labels
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
    assert pane.labels().count(HOSTILE) == 9
    pane.clear()
    assert pane.labels() == []


def test_running_text_has_the_line_height_of_japanese(qtbot: QtBot) -> None:
    text = RunningText(LONG)
    qtbot.addWidget(text)
    one_line = RunningText("一行")
    qtbot.addWidget(one_line)
    assert one_line.heightForWidth(300) in range(20, 24)
    lines = (text.heightForWidth(300) - 2) / 20
    needed = QFontMetrics(text.font()).horizontalAdvance(LONG) / 300
    assert needed <= lines <= needed + 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(st.sampled_from("あ漢Wi .、（-\n\t\u2028髙\U00020bb7"), max_size=30),
    width=st.integers(min_value=0, max_value=420),
)
def test_running_text_is_as_high_as_its_document(qtbot: QtBot, text: str, width: int) -> None:
    running = RunningText(text)
    document = running.document().clone()
    document.setTextWidth(max(width, 1))
    assert running.heightForWidth(width) == round(document.size().height()) + 2
    running.deleteLater()


def test_running_text_is_never_cut(qtbot: QtBot) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    text = RunningText(LONG)
    column.addWidget(text)
    column.addStretch(1)
    qtbot.addWidget(host)
    for width in (200, 340, 800):
        host.resize(width, 600)
        host.show()
        QApplication.processEvents()
        assert text.height() >= text.document().size().height()
        assert text.horizontalScrollBar().maximum() == 0


def test_the_wheel_over_a_text_moves_the_pane(qtbot: QtBot) -> None:
    text = RunningText(LONG)
    qtbot.addWidget(text)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    text.wheelEvent(event)
    assert not event.isAccepted()


def test_a_text_area_takes_letters_only_and_grows(qtbot: QtBot) -> None:
    area = TextArea(2, 4)
    qtbot.addWidget(area)
    area.resize(300, 60)
    area.show()
    low = area.height()
    data = QMimeData()
    data.setHtml("<b style='color:red'>太字</b>")
    data.setText("太字")
    area.insertFromMimeData(data)
    assert area.text() == "太字"
    assert "color:#ff0000" not in area.toHtml()
    area.set_text("一\n二\n三")
    assert area.height() == low + 20
    area.set_text("一\n" * 30)
    assert area.height() == low + 40
    assert not area.document().isUndoAvailable()


def test_a_pasted_line_keeps_the_line_height(qtbot: QtBot) -> None:
    area = TextArea(2)
    qtbot.addWidget(area)
    area.set_text("一")
    area.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(area, Qt.Key.Key_Return)
    qtbot.keyClicks(area, "x")
    heights = {area.document().findBlockByNumber(at).blockFormat().lineHeight() for at in range(2)}
    assert heights == {20.0}


def test_tab_leaves_a_text_area(qtbot: QtBot) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    area, edit = TextArea(), LineEdit()
    column.addWidget(area)
    column.addWidget(edit)
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert edit.hasFocus()
    assert area.text() == ""


def test_a_long_name_is_shortened_and_told_whole(qtbot: QtBot) -> None:
    name = "ヴァンデンバーグ ジョナサン アレクサンダー"
    label = ElidedLabel(name)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == label.whole() == name
    label.resize(1000, 20)
    assert label.text() == name
    assert label.toolTip() == ""


def test_buttons_say_their_names(qtbot: QtBot) -> None:
    done: list[str] = []
    primary = PrimaryButton("保存", lambda: done.append("save"))
    small = IconButton("previous", "前の月", lambda: done.append("back"))
    menu = MenuButton("判定する")
    qtbot.addWidget(primary)
    qtbot.addWidget(small)
    qtbot.addWidget(menu)
    for button in (primary, small):
        button.show()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.height() >= 28
    menu.add("合格", lambda: done.append("pass")).trigger()
    assert done == ["save", "back", "pass"]
    assert small.accessibleName() == small.toolTip() == "前の月"
    assert not small.icon().isNull()


def test_a_field_says_its_label_what_is_needed_and_what_is_wrong(qtbot: QtBot) -> None:
    edit = LineEdit()
    field = FormField("name", "コース名", edit, required=True, support="紙面のとおりに。")
    qtbot.addWidget(field)
    field.resize(300, 200)
    field.show()
    low = field.minimumSizeHint().height()
    assert edit.accessibleName().startswith("コース名 ")
    assert edit.accessibleDescription() == "紙面のとおりに。"
    field.set_error("必須の項目が空欄です。")
    assert edit.accessibleDescription() == field.error() == "必須の項目が空欄です。"
    assert field.layout().totalMinimumSize().height() > low
    field.clear_error()
    assert edit.accessibleDescription() == "紙面のとおりに。"
    assert edit.property("wrong") is False


def test_a_number_field_keeps_its_width_beside_its_unit(qtbot: QtBot) -> None:
    edit = NumberEdit("capacity", width=80)
    field = FormField("capacity", "定員", edit, unit="名")
    qtbot.addWidget(field)
    field.resize(600, 80)
    field.show()
    assert edit.width() == 80


def test_filters_tell_what_is_ticked(qtbot: QtBot) -> None:
    group = FilterGroup("状態", [("received", "受付"), ("first-passed", "1次合格")])
    qtbot.addWidget(group)
    group.resize(200, 200)
    group.show()
    told: list[frozenset[object]] = []
    group.changed.connect(lambda: told.append(group.selected()))
    group.set_counts({"first-passed": 1174})
    box = group.box("first-passed")
    assert box.accessibleName() == "1次合格 1,174"
    assert group.box("received").count() == 0
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    qtbot.keyClick(group.box("received"), Qt.Key.Key_Space)
    assert told == [{"first-passed"}, {"first-passed", "received"}]
    group.select(["received"])
    group.select(["received"])
    assert told[2:] == [{"received"}]


def test_filters_keep_their_ticks_when_the_choices_change(qtbot: QtBot) -> None:
    group = FilterGroup("コース", [(1, "DX"), (2, "子ども")])
    qtbot.addWidget(group)
    group.select([1, 2])
    group.set_options([(2, "子ども"), (3, "環境")])
    assert group.selected() == {2}


def test_a_narrow_filter_cuts_its_words_not_its_count(qtbot: QtBot) -> None:
    group = FilterGroup("コース", [(1, "子ども・子育て政策コースのとても長い名前")])
    qtbot.addWidget(group)
    group.set_counts({1: 1174})
    group.resize(120, 60)
    group.show()
    assert group.box(1).minimumSizeHint().width() <= 120
    assert not group.grab().isNull()


def test_a_message_can_be_acted_on_and_closed(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    assert bar.text() == ""
    done: list[str] = []
    bar.show_message("取り込みました。", "good", action="元に戻す", on_action=lambda: done.append("undo"))
    assert bar.text() == "取り込みました。"
    assert bar._timer.isActive()
    qtbot.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    assert done == ["undo"]
    assert bar.text() == ""
    bar.show_message("保存していません。", "wrong")
    assert not bar._timer.isActive(), "bad news waits to be read"
    assert bar._button.isHidden()
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)


def test_a_message_that_is_shown_takes_the_colours_of_another_scheme(
    qtbot: QtBot, qapp: QApplication
) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_message("一時フォルダーにあります。", "caution")
    light = bar._sign.pixmap().toImage()
    apply_theme(qapp, Scheme.DARK)
    try:
        shown = bar._sign.pixmap().toImage()
        bar.show_message("一時フォルダーにあります。", "caution")
        assert shown == bar._sign.pixmap().toImage() != light
    finally:
        apply_theme(qapp, Scheme.LIGHT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_the_button_it_stands_on_and_not_the_default_one(qtbot: QtBot, key: Qt.Key) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    pressed: list[str] = []
    cancel = SecondaryButton("やめる", lambda: pressed.append("cancel"))
    save = PrimaryButton("保存", lambda: pressed.append("save"))
    save.setDefault(True)
    QVBoxLayout(dialog).addLayout(row(cancel, save))
    dialog.show()
    qtbot.keyClick(cancel, key)
    assert pressed == ["cancel"]


def test_an_empty_state_offers_what_helps(qtbot: QtBot) -> None:
    done: list[int] = []
    state = EmptyState("まだ応募者がいません", "取り込んでください。", "取り込む…", lambda: done.append(1))
    qtbot.addWidget(state)
    state.show()
    qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert done == [1]
    state.say("見つかりません", "別の言葉でさがしてください。")
    assert state.button.isHidden()
    assert state.accessibleName() == "見つかりません 別の言葉でさがしてください。"


def test_a_notice_explains_and_decides(qtbot: QtBot) -> None:
    done: list[str] = []
    notice = InlineNotice("同一人物の可能性があります", "フリガナが一致。")
    qtbot.addWidget(notice)
    notice.show()
    button = notice.add_button("別人にする", lambda: done.append("other"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["other"]
    assert notice.accessibleName() == "同一人物の可能性があります フリガナが一致。"


def test_values_are_said_with_their_names(qtbot: QtBot) -> None:
    grid = KeyValueGrid([("大学", "横浜国立大学"), ("電話", "090-0000-0412")])
    qtbot.addWidget(grid)
    values = grid.findChildren(RunningText)
    assert [one.accessibleName() for one in values] == ["大学 横浜国立大学", "電話 090-0000-0412"]
    grid.set_pairs([("学年", "3年")])
    QApplication.processEvents()
    assert [one.text() for one in grid.findChildren(RunningText) if one.parent() is grid][-1] == "3年"


@pytest.mark.parametrize("title", ["", "コースの内容"])
def test_a_panel_is_called_by_its_heading(qtbot: QtBot, title: str) -> None:
    panel = Panel(title)
    qtbot.addWidget(panel)
    assert panel.heading.isHidden() is (not title)
    panel.set_title("別の見出し")
    assert panel.accessibleName() == panel.heading.text() == "別の見出し"


def test_an_icon_takes_the_ink_of_another_colour_scheme(qtbot: QtBot, qapp: QApplication) -> None:
    button = IconButton("close", "閉じる")
    qtbot.addWidget(button)
    button.show()
    light = button.icon().pixmap(16).toImage()
    apply_theme(qapp, Scheme.DARK)
    try:
        assert button.icon().pixmap(16).toImage() != light
    finally:
        apply_theme(qapp, Scheme.LIGHT)
    assert button.icon().pixmap(16).toImage() == light


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("髙橋\n会計 & 経理", "髙橋\n会計 & 経理"),
        ("<b>髙橋</b>\n会計", "<p>&lt;b&gt;髙橋&lt;/b&gt;<br>会計</p>"),
    ],
)
def test_a_tool_tip_shows_markup_as_it_was_typed(typed: str, shown: str) -> None:
    assert tool_tip(typed) == shown
