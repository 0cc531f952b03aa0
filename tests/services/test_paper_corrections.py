"""Letters that take the place of others: they cite what was sent, and what was sent stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from paper_scene import applications, book, decided, make, notices
from pdf_reading import pages_text
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, RuleError
from fujisawa_desktop.models import Decision, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result
from fujisawa_desktop.services.corrections import correct_decision
from fujisawa_desktop.services.interview_announcing import unannounced
from fujisawa_desktop.services.issued_papers import IssuedRow, issued_papers, reprint
from fujisawa_desktop.services.papers import Numbering, PaperDraft, issue_papers

OCTOBER_25 = {"dated": date(2024, 10, 25)}
OCTOBER_28 = {"dated": date(2024, 10, 28)}


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def text_of(draft: PaperDraft, page: int = 0) -> str:
    return pages_text(draft.pdf)[page].replace("\n", "")


def correct(database: Database, number: str, result: Result) -> None:
    with database.read() as session:
        ids = applications(database, number)
        decision_id = session.scalars(select(Decision.id).where(Decision.application_id.in_(ids))).one()
    correct_decision(database, decision_id=decision_id, result=result, reason="転記の誤り", actor="test")


def issue(database: Database, programme_id: int, kind: str, **options: Any) -> PaperDraft:
    draft = make(database, programme_id, kind, **options)
    issue_papers(database, draft=draft, actor="職員")
    return draft


# --- results -----------------------------------------------------------------


def _notice_id(row: IssuedRow) -> int:
    return row.notice_id


def test_a_corrected_result_cites_date_and_number_of_the_letter(office: Database, programme_id: int) -> None:
    issue(office, programme_id, "first-result", document_number="12", **OCTOBER_25)
    correct(office, "101", Result.PASS)
    draft = make(office, programme_id, "first-result", numbers=["101"], document_number="15", **OCTOBER_28)
    text = text_of(draft)
    assert "令和6年10月25日付け藤職第12号で通知しました選考の結果に誤りがありました。" in text
    assert "（訂正通知）" in text
    assert "（通知）" not in text
    assert "藤職第15号" in text
    assert "1次選考に合格されました" in text
    issue_papers(office, draft=draft)
    # Both may bear the same second, so that the order of the list says nothing.
    old, new = sorted(issued_papers(office, programme_id=programme_id, number="101"), key=_notice_id)
    assert (new.corrects_id, old.corrected_by_id) == (old.notice_id, new.notice_id)
    assert (old.document_number, new.document_number) == ("藤職第12号", "藤職第15号")
    assert "不合格" in pages_text(reprint(office, notice_ids=[old.notice_id]).pdf)[0].replace("\n", "")


def test_a_letter_without_a_number_is_cited_by_its_date(office: Database, programme_id: int) -> None:
    issue(office, programme_id, "first-result", **OCTOBER_25)
    correct(office, "101", Result.PASS)
    text = text_of(make(office, programme_id, "first-result", numbers=["101"], **OCTOBER_28))
    assert "令和6年10月25日付けで通知しました選考の結果に誤りがありました。" in text


# --- interviews ----------------------------------------------------------------


def test_an_invitation_whose_time_changed_cites_the_old_one_and_its_time(
    office: Database, programme_id: int
) -> None:
    book(office, programme_id, "100", 9)
    book(office, programme_id, "RN1", 10)
    issue(office, programme_id, "interview-invitation", document_number="20", **OCTOBER_25)
    book(office, programme_id, "100", 13)
    draft = make(office, programme_id, "interview-invitation", numbering=Numbering.ONE, **OCTOBER_28)
    moved, same = (text_of(draft, page) for page in (0, 1))
    assert "（変更通知）" in moved
    assert "令和6年10月25日付け藤職第20号で通知しました面接試験の日時を、下記のとおり変更します。" in moved
    assert "先に通知しました日時（令和6年10月30日（水）午前9時00分から午前9時30分まで）" in moved
    assert "令和6年10月30日（水）午後1時00分から午後1時30分まで" in moved
    assert "変更" not in same.split("記")[0]
    assert [sheet.corrects_id for sheet in draft.sheets] == [notices(office)[0].id, None]
    issue_papers(office, draft=draft)
    assert not unannounced(office, programme_id), "the letter told the new time"
    again = make(office, programme_id, "interview-invitation", numbers=["100"])
    assert "変更" not in text_of(again), "the person knows this time already"


def test_a_time_that_came_back_is_no_change(office: Database, programme_id: int) -> None:
    book(office, programme_id, "100", 9)
    issue(office, programme_id, "interview-invitation")
    book(office, programme_id, "100", 13)
    book(office, programme_id, "100", 9)
    draft = make(office, programme_id, "interview-invitation")
    assert [sheet.corrects_id for sheet in draft.sheets] == [None]


def test_letters_of_the_first_version_are_compared_by_their_text(office: Database, programme_id: int) -> None:
    book(office, programme_id, "100", 9)
    issue(office, programme_id, "interview-invitation", document_number="20", **OCTOBER_25)
    with office.write() as session:
        old = session.scalars(select(Notice)).one()
        first = ("form", "spec", "title", "author", "subject", "made_at")
        old.snapshot = {name: old.snapshot[name] for name in first}
        session.commit()
    same = make(office, programme_id, "interview-invitation")
    assert [sheet.corrects_id for sheet in same.sheets] == [None]
    book(office, programme_id, "100", 13)
    text = text_of(make(office, programme_id, "interview-invitation", **OCTOBER_28))
    assert "令和6年10月25日付け藤職第20号で通知しました面接試験の日時を、下記のとおり変更します。" in text
    assert "先に通知しました日時" not in text


def test_a_change_made_while_the_letter_lay_there_is_a_conflict(office: Database, programme_id: int) -> None:
    book(office, programme_id, "100", 9)
    draft = make(office, programme_id, "interview-invitation", numbering=Numbering.ONE)
    book(office, programme_id, "100", 13)
    with pytest.raises(ConflictError) as caught:
        issue_papers(office, draft=draft)
    assert caught.value.code == "papers.interview-changed"
    assert notices(office) == []
    assert make(office, programme_id, "interview-invitation", numbering=Numbering.ONE).document_number == "1"


# --- any letter ----------------------------------------------------------------


def test_any_letter_can_be_made_as_a_correction(office: Database, programme_id: int) -> None:
    issue(office, programme_id, "first-result", numbers=["100"], document_number="12", **OCTOBER_25)
    draft = make(office, programme_id, "first-result", corrects=True, **OCTOBER_28)
    assert [page.number for page in draft.pages] == ["100"], "the others were sent none"
    text = text_of(draft)
    assert "令和6年10月25日付け藤職第12号で通知しました内容に誤りがありました。" in text
    assert "（訂正通知）" in text
    assert draft.sheets[0].corrects_id == notices(office)[0].id


def test_a_correction_of_a_correction_cites_the_latest(office: Database, programme_id: int) -> None:
    issue(office, programme_id, "first-result", numbers=["100"], document_number="12", **OCTOBER_25)
    options = {"numbers": ["100"], "corrects": True}
    issue(office, programme_id, "first-result", document_number="13", **options, **OCTOBER_28)
    draft = make(office, programme_id, "first-result", **options, dated=date(2024, 11, 1))
    assert "令和6年10月28日付け藤職第13号で通知しました内容に誤り" in text_of(draft)
    assert text_of(draft).count("付け") == 1


@pytest.mark.parametrize("kind", ["first-result", "roster"])
def test_what_nobody_was_sent_cannot_be_corrected(office: Database, programme_id: int, kind: str) -> None:
    with pytest.raises(RuleError) as nobody:
        make(office, programme_id, kind, corrects=True)
    assert nobody.value.code == "papers.nothing-to-correct"


def test_somebody_named_who_was_sent_nothing_is_named(office: Database, programme_id: int) -> None:
    issue(office, programme_id, "first-result", numbers=["100"])
    with pytest.raises(RuleError) as caught:
        make(office, programme_id, "first-result", numbers=["100", "101"], corrects=True)
    assert caught.value.params["numbers"] == ["101"]
