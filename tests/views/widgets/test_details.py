"""The pane of details is written anew without a trace of what stood there."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.widgets import DetailsPane, PillRow, RunningText, TextLabel


def write(pane: DetailsPane, name: str, pairs: int, texts: int) -> list[str]:
    wanted = [f"reading {name}", name]
    with pane.rewriting():
        pane.clear()
        pane.add_title(name, above=f"reading {name}")
        pane.add_pills([(f"state {name}", "good")])
        for number in range(texts):
            pane.add_heading(f"h{number}")
            pane.add_text(f"{name} {number}")
            wanted += [f"h{number}", f"{name} {number}"]
        pane.add_pairs([(f"n{number}", f"{name} value {number}") for number in range(pairs)])
        for number in range(pairs):
            wanted += [f"n{number}", f"{name} value {number}"]
        pane.add_history([("10/1", name)])
    return [*wanted, "10/1", name]


def shown(pane: DetailsPane) -> set[str]:
    found = (one for one in pane.findChildren(QWidget) if isinstance(one, TextLabel | RunningText))
    return {one.text() for one in found if one.isVisible() and one.text()}


def test_a_person_replaces_another(qtbot: QtBot) -> None:
    pane = DetailsPane("details")
    qtbot.addWidget(pane)
    pane.resize(300, 500)
    pane.show()
    for name, pairs, texts in (("A", 3, 4), ("B", 5, 1), ("C", 1, 2), ("D", 3, 4)):
        wanted = write(pane, name, pairs, texts)
        assert pane.labels() == wanted
        qtbot.wait(1)
        assert shown(pane) == set(wanted)


def test_a_new_person_is_read_from_the_top(qtbot: QtBot) -> None:
    pane = DetailsPane("details")
    qtbot.addWidget(pane)
    pane.resize(300, 200)
    pane.show()
    write(pane, "A", 9, 9)
    qtbot.waitUntil(lambda: pane.area.verticalScrollBar().maximum() > 0)
    pane.area.verticalScrollBar().setValue(50)
    write(pane, "B", 9, 9)
    assert pane.area.verticalScrollBar().value() == 0


def test_a_name_is_heard_with_its_value(qtbot: QtBot) -> None:
    pane = DetailsPane("details")
    qtbot.addWidget(pane)
    for value in ("one", "two"):
        pane.clear()
        pane.add_pairs([("Telephone", value)])
    texts = [one for one in pane.findChildren(RunningText) if one.text()]
    assert [one.accessibleName() for one in texts] == ["Telephone two"]


def test_what_stood_side_by_side_goes_too(qtbot: QtBot) -> None:
    pane = DetailsPane("details")
    qtbot.addWidget(pane)
    line = QHBoxLayout()
    line.addWidget(TextLabel("left"))
    line.addWidget(TextLabel("right"))
    pane._column.insertLayout(0, line)
    assert pane.labels() == ["left", "right"]
    pane.clear()
    assert pane.labels() == []
    assert pane.findChildren(TextLabel) == []


def test_widgets_are_written_anew_and_not_made_anew(qtbot: QtBot) -> None:
    pane = DetailsPane("details")
    qtbot.addWidget(pane)
    write(pane, "A", 3, 4)
    before = set(pane.findChildren(QWidget))
    for name in ("B", "C"):
        write(pane, name, 3, 4)
        assert set(pane.findChildren(QWidget)) == before
    [pills] = [one for one in before if isinstance(one, PillRow)]
    assert pills.pills() == (("state C", "good"),)


def test_a_text_in_another_tone_is_not_taken_for_a_plain_one(qtbot: QtBot) -> None:
    pane = DetailsPane("details")
    qtbot.addWidget(pane)
    pane.add(RunningText("late", "wrong"))
    pane.clear()
    pane.add_title("A", above="a")
    pane.add_text("b")
    assert [one.property("tone") for one in pane.findChildren(RunningText) if one.text() in {"a", "b"}] == [
        "neutral",
        None,
    ]
