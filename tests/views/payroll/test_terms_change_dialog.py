"""任用の条件の変更 on the screen: before and after while typing, recording, consent, papers, taking back."""

from __future__ import annotations

from datetime import date

import pytest
from payroll_page import TODAY, Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from terms_scene import RYOSUKE, SAKURA, set_words

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.terms_changes import terms_view
from fujisawa_desktop.services.terms_editions import Edition
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.payroll.editions_page import EditionCard
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.widgets import LineEdit, LinkButton, Pill, field_named


def opened(page: Page) -> TermsChangeDialog:
    page.wait()
    found = dialog_of(page.tab, TermsChangeDialog)
    assert isinstance(found, TermsChangeDialog)
    return found


@pytest.fixture
def dialog(page: Page) -> TermsChangeDialog:
    """Opened by the link beside the person."""
    page.go(RYOSUKE, 2)
    page.wait()
    links = page.tab.side.findChildren(LinkButton)
    page.click(next(one for one in links if one.text() == _("Change the terms, papers…")))
    return opened(page)


def rewrite(page: Page, edit: LineEdit, text: str) -> None:
    """Replace what stands in a field with keys."""
    edit.setFocus()
    edit.selectAll()
    page.qtbot.keyClick(edit, Key.Key_Delete)
    write(page.qtbot, edit, text)


def foreseen(page: Page, dialog: TermsChangeDialog) -> list[tuple[str, str, str]]:
    page.qtbot.waitUntil(lambda: not dialog._soon.isActive())
    page.wait()
    return [(change.item, change.before, change.after) for change in dialog.changes]


def stored(database: Database, member: Member) -> tuple[Edition, ...]:
    return terms_view(database, appointment_id=member.appointment_id, today=TODAY).editions


def record(page: Page, dialog: TermsChangeDialog, department: str = "総務課") -> None:
    rewrite(page, dialog.reason, "業務の都合")
    rewrite(page, dialog.department, department)
    page.click(dialog.save_button)


def card(dialog: TermsChangeDialog, at: int = 0) -> EditionCard:
    return dialog.editions.cards[at]


def pills(dialog: TermsChangeDialog) -> list[str]:
    return [pill.text() for one in dialog.editions.cards for pill in one.findChildren(Pill)]


def test_it_shows_the_terms_and_nothing_changed(page: Page, dialog: TermsChangeDialog) -> None:
    assert "楜澤　涼介" in dialog.heading.text()
    assert dialog.day.text() == format_date(TODAY)
    assert (dialog.department.text(), dialog.workplace.text()) == ("デジタル推進室", "藤沢市役所 本庁舎")
    assert (dialog.rate.text(), dialog.cap.text(), dialog.week_days.text()) == ("1,258", "60:00", "3")
    assert foreseen(page, dialog) == []
    assert dialog.tabs.tabText(1).count("0") == 1


def test_before_and_after_follow_the_typing(page: Page, dialog: TermsChangeDialog) -> None:
    rewrite(page, dialog.rate, "１３００")
    rewrite(page, dialog.department, "総務課")
    assert foreseen(page, dialog) == [
        ("department", "デジタル推進室", "総務課"),
        ("rate", "時給1,258円", "時給1,300円"),
    ]
    rewrite(page, dialog.rate, "x")
    assert foreseen(page, dialog) == []  # what cannot be read is said when it is saved
    rewrite(page, dialog.rate, "1258")
    assert [change[0] for change in foreseen(page, dialog)] == ["department"]
    rewrite(page, dialog.cap, "４０時間")
    dialog.reading.setCurrentIndex(1)
    assert "月40時間以内" in foreseen(page, dialog)[1][2]


def test_a_change_is_recorded_and_shown_with_its_consent_to_come(
    page: Page, dialog: TermsChangeDialog, database: Database, four: dict[str, Member]
) -> None:
    rewrite(page, dialog.day, "R7.1.6")
    rewrite(page, dialog.rate, "1300")
    record(page, dialog)
    assert dialog.isVisible()
    assert dialog.tabs.currentIndex() == 1
    assert "1" in dialog.tabs.tabText(1)
    assert pills(dialog) == [_("No consent yet")]
    (edition,) = stored(database, four[RYOSUKE])
    assert (edition.effective_from, edition.reason, edition.actor) == (date(2025, 1, 6), "業務の都合", "職員")
    assert [change.item for change in edition.changes] == ["department", "rate"]
    assert (dialog.reason.text(), dialog.department.text()) == ("", "総務課")


def test_an_item_in_words_for_one_person(
    page: Page, dialog: TermsChangeDialog, database: Database, four: dict[str, Member]
) -> None:
    assert not dialog.text.isVisible()
    dialog.item.setCurrentIndex(dialog.item.findData("overtime"))
    assert dialog.text.isVisible()
    assert "なし" in dialog.item_help.text()
    write(page.qtbot, dialog.text, "あり")
    dialog.item.setCurrentIndex(dialog.item.findData("leave"))
    write(page.qtbot, dialog.text, "1日")
    dialog.item.setCurrentIndex(dialog.item.findData("overtime"))
    assert dialog.text.text() == "あり"
    rewrite(page, dialog.reason, "希望による")
    page.click(dialog.save_button)
    (edition,) = stored(database, four[RYOSUKE])
    assert {change.item: change.after for change in edition.changes} == {"overtime": "あり", "leave": "1日"}


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("reason", "", "field.required"),
        ("host_department", "", "field.required"),
        ("rate_yen", "x", "number.unreadable"),
        ("cap_minutes", "x", "number.unreadable"),
        ("term_until", "2025-04-01", "term.beyond-fiscal-year"),
        ("effective_from", "2025-02-30", "date.no-such-day"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    page: Page,
    dialog: TermsChangeDialog,
    database: Database,
    four: dict[str, Member],
    field: str,
    text: str,
    code: str,
) -> None:
    rewrite(page, dialog.reason, "業務の都合")
    found = field_named(dialog, field)
    assert found is not None
    assert isinstance(found.editor, LineEdit)
    rewrite(page, found.editor, text)
    page.click(dialog.save_button)
    assert found.error()
    if code == "field.required":
        assert found.error() == texts.message_for(code, {})
    assert dialog.tabs.currentIndex() == 0
    assert stored(database, four[RYOSUKE]) == ()


def test_nothing_changed_is_said_in_the_dialog(page: Page, dialog: TermsChangeDialog) -> None:
    rewrite(page, dialog.reason, "業務の都合")
    page.click(dialog.save_button)
    assert dialog.notice.text() == texts.message_for("terms.nothing-changed", {})


def test_a_word_that_is_not_known_is_said_beside_the_text(page: Page, dialog: TermsChangeDialog) -> None:
    dialog.item.setCurrentIndex(dialog.item.findData("overtime"))
    dialog.text.set_text("{{知らない語}}")
    dialog.item.setCurrentIndex(dialog.item.findData("leave"))
    rewrite(page, dialog.reason, "業務の都合")
    page.click(dialog.save_button)
    assert dialog.item.currentData() == "overtime"
    assert dialog.text_field.error() == texts.message_for("conditions.word-unknown", {"word": "知らない語"})


def test_a_recorded_change_is_taken_back_in_the_dialog(
    page: Page, dialog: TermsChangeDialog, database: Database, four: dict[str, Member]
) -> None:
    record(page, dialog)
    buttons = dialog.notice.findChildren(QPushButton)
    page.click(next(one for one in buttons if one.text() == _("Take it back")))
    assert stored(database, four[RYOSUKE]) == ()
    assert dialog.editions.cards == []
    assert dialog.department.text() == "デジタル推進室"


def test_the_consent_is_recorded_with_its_day(
    page: Page, dialog: TermsChangeDialog, database: Database, four: dict[str, Member]
) -> None:
    record(page, dialog)
    assert card(dialog).day.text() == format_date(TODAY)
    rewrite(page, card(dialog).day, "x")
    page.click(card(dialog).record)
    assert card(dialog).field.error()
    rewrite(page, card(dialog).day, "２０２４／１２／１９")
    page.click(card(dialog).record)
    assert stored(database, four[RYOSUKE])[0].consented_on == date(2024, 12, 19)
    assert pills(dialog) == [_("Consented on {day}").format(day=format_date(date(2024, 12, 19)))]


@pytest.mark.parametrize("kind", ["appointment", "conditions", "change-consent", "change-notice"])
def test_papers_of_this_person_open_from_here(
    page: Page, dialog: TermsChangeDialog, database: Database, programme_id: int, kind: str
) -> None:
    set_words(database, programme_id)
    record(page, dialog)
    menu = dialog.papers.menu()
    next(one for one in menu.actions() if one.text() == texts.term("kind", kind)).trigger()
    page.wait()
    (window,) = dialog.findChildren(PaperWindow)
    page.qtbot.waitUntil(lambda: window.draft is not None)
    assert window.draft is not None
    assert {one.number for one in window.draft.pages} == {RYOSUKE}
    window.close()
    page.wait()


def test_the_menu_changes_the_person_whose_row_is_chosen(page: Page) -> None:
    page.go(SAKURA, 3)
    page.wait()
    page.tab.actions_served()["work.change-terms"]()
    assert "葛城　さくら" in opened(page).heading.text()


def test_without_anybody_chosen_the_menu_says_so(page: Page, messages: list[Message]) -> None:
    page.tab.grid.days.setCurrentIndex(page.tab.model.index(-1, -1))
    page.tab.actions_served()["work.change-terms"]()
    assert messages[-1].tone == "key"
    assert page.tab.findChildren(TermsChangeDialog) == []


def test_escape_leaves_everything_as_it_was(
    page: Page, dialog: TermsChangeDialog, database: Database, four: dict[str, Member]
) -> None:
    rewrite(page, dialog.department, "総務課")
    page.qtbot.keyClick(dialog, Key.Key_Escape)
    page.wait()
    assert page.tab.findChildren(TermsChangeDialog) == []
    assert stored(database, four[RYOSUKE]) == ()


def test_the_pages_are_reached_by_keys(page: Page, dialog: TermsChangeDialog) -> None:
    dialog.tabs.setFocus()
    page.qtbot.keyClick(dialog.tabs, Qt.Key.Key_Right)
    assert dialog.pages.currentIndex() == 1
