"""The lists beside the page: people with their numbers, lists by name, each warning once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.services.paper_checks import CheckKind, PaperCheck
from fujisawa_desktop.services.paper_draft import DraftPage
from fujisawa_desktop.views.papers.check_list import CheckList
from fujisawa_desktop.views.papers.side_lists import PeopleList


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
    checks = CheckList()
    qtbot.addWidget(checks)
    kana = "ファン・デル・ベルク　キョウコ"
    checks.show_checks(
        [
            PaperCheck(CheckKind.CUT, 1, "1", "京子", kana),
            PaperCheck(CheckKind.NARROWED, 1, "1", kana, kana),
        ]
    )
    texts = [checks.list.item(row).text() for row in range(checks.list.count())]
    assert texts[0].startswith("京子")
    assert texts[1].count(kana) == 1
    assert "2" in checks.heading.text()


def test_kinds_of_things_can_be_looked_at_alone(qtbot: QtBot) -> None:
    checks = CheckList()
    qtbot.addWidget(checks)
    few = [PaperCheck(CheckKind.NO_ADDRESS, page, str(page), "花") for page in (1, 2)]
    checks.show_checks([PaperCheck(CheckKind.MISSING, 3, "3", "花", "𠮷", "U+20BB7"), *few])
    assert checks.kinds.isVisibleTo(checks)
    assert checks.list.count() == 3
    checks.kinds.setCurrentIndex(2)
    assert [checks.list.item(row).text().count("missing") for row in range(checks.list.count())] == [1, 1]
    checks.show_checks(few)
    assert not checks.kinds.isVisibleTo(checks)
    assert checks.list.count() == 2


def test_what_is_wrong_and_what_is_only_odd_have_different_signs(qtbot: QtBot) -> None:
    checks = CheckList()
    qtbot.addWidget(checks)
    odd = PaperCheck(CheckKind.NARROWED, 1, "1", "花", "花")
    wrong = PaperCheck(CheckKind.CUT, 1, "1", "花", "花")
    checks.show_checks([wrong, odd])
    pictures = [checks.list.item(row).icon().pixmap(16).toImage() for row in range(2)]
    assert pictures[0] != pictures[1]
    assert checks.heading.property("tone") == "wrong"
    checks.show_checks([odd])
    assert checks.heading.property("tone") == "caution"


@pytest.mark.parametrize("width", [200, 240, 308])
def test_a_long_warning_is_wrapped_and_never_cut(qtbot: QtBot, width: int) -> None:
    checks = CheckList()
    qtbot.addWidget(checks)
    checks.resize(width, 300)
    for length in range(8, 40):
        checks.show_checks([PaperCheck(CheckKind.CUT, 1, "1", "葛" * length, "城")])
        item = checks.list.item(0)
        box = checks.list.visualItemRect(item)
        painted = QRect(0, 0, box.width() - 44, 10_000)
        needed = QFontMetrics(checks.list.font()).boundingRect(painted, Qt.TextFlag.TextWordWrap, item.text())
        assert box.height() >= needed.height()
