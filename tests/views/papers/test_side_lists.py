"""The lists beside the page: people with their numbers, lists by name, each warning once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.services.papers import DraftPage, PaperWarning
from fujisawa_desktop.views.papers.side_lists import PeopleList, WarningList


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.mark.parametrize("of_people", [True, False])
def test_only_people_have_numbers_and_are_searched_for(qtbot: QtBot, *, of_people: bool) -> None:
    people = PeopleList(of_people=of_people)
    qtbot.addWidget(people)
    people.show()
    people.show_pages([DraftPage("2024-10-30", "2024年10月30日", 1)])
    assert people.search.isVisible() is of_people
    assert ("2024-10-30" in people.list.item(0).text()) is of_people


def test_the_same_is_said_once_and_a_row_that_names_itself_is_not_named_twice(qtbot: QtBot) -> None:
    warnings = WarningList()
    qtbot.addWidget(warnings)
    kana = "ファン・デル・ベルク　キョウコ"
    twice = PaperWarning("1", kana, RemarkKind.NARROWED, kana)
    warnings.show_warnings([twice, twice, PaperWarning("1", "京子", RemarkKind.CUT, kana)])
    texts = [warnings.list.item(row).text() for row in range(warnings.list.count())]
    assert len(texts) == 2
    assert texts[0].startswith("京子")
    assert texts[1].count(kana) == 1
    assert "2" in warnings.heading.text()


@pytest.mark.parametrize("width", [200, 240, 308])
def test_a_long_warning_is_wrapped_and_never_cut(qtbot: QtBot, width: int) -> None:
    warnings = WarningList()
    qtbot.addWidget(warnings)
    warnings.resize(width, 300)
    for length in range(8, 40):
        warnings.show_warnings([PaperWarning("1", "葛" * length, RemarkKind.CUT, "城")])
        item = warnings.list.item(0)
        box = warnings.list.visualItemRect(item)
        painted = QRect(0, 0, box.width() - 22, 10_000)
        needed = QFontMetrics(warnings.list.font()).boundingRect(
            painted, Qt.TextFlag.TextWordWrap, item.text()
        )
        assert box.height() >= needed.height()
