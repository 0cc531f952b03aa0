"""What left the office can be seen and printed again as it was, whatever has happened since."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

import pytest
from appointed import DECEMBER, sample_december
from paper_scene import book, decided, make, notices, person_of
from pdf_reading import pages_text, pypdf_text
from sqlalchemy import select

from fujisawa_desktop.errors import Cancelled, ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import Applicant, Notice, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services import paper_wording
from fujisawa_desktop.services.document_numbers import next_number
from fujisawa_desktop.services.issued_papers import issued_papers, reprint
from fujisawa_desktop.services.paper_reissues import reissue_papers
from fujisawa_desktop.services.papers import Numbering, PaperDraft, issue_papers
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def issue(database: Database, programme_id: int, kind: str = "first-result", **options: Any) -> PaperDraft:
    draft = make(database, programme_id, kind, **options)
    issue_papers(database, draft=draft, actor="職員")
    return draft


def ids(database: Database) -> list[int]:
    return [notice.id for notice in notices(database)]


def change_everything(database: Database, programme_id: int) -> None:
    """Give everybody another name and the city another head, sign and telephone."""
    with unit_of_work(database, "test", actor="test") as work:
        programme = work.session.get_one(Programme, programme_id)
        programme.sender, programme.document_sign, programme.title = "別の市長", "別", "別の事業"
        for person in work.session.scalars(select(Applicant)):
            person.name_official = "別人　太郎"
        work.commit()
    paper_wording.wording.cache_clear()


def snapshot(database: Database, **changes: Any) -> None:
    """Change what was kept of the first paper, as another version would have kept it."""
    with database.write() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id)).first()
        assert notice is not None
        notice.snapshot = {**notice.snapshot, **changes}
        session.commit()


# --- the list -----------------------------------------------------------------


def test_the_list_says_what_was_sent_to_whom(office: Database, programme_id: int) -> None:
    issue(office, programme_id, numbering=Numbering.EACH)
    issue(office, programme_id, "roster")
    rows = issued_papers(office, programme_id=programme_id)
    assert {row.kind for row in rows} == {"first-result", "roster"}
    letters = issued_papers(office, programme_id=programme_id, kind="first-result")
    assert [(row.number, row.document_number, row.pages) for row in letters] == [
        ("100", "藤職第1号", 1),
        ("101", "藤職第2号", 1),
        ("RN1", "藤職第3号", 1),
    ]
    assert letters[0].name == "葛\U000e0100城　𠮷之助"
    assert letters[0].actor == "職員"
    assert letters[0].dated == date(2024, 10, 25)
    assert letters[0].applicant_id == person_of(office, "100").id
    assert (letters[0].corrects_id, letters[0].corrected_by_id, letters[0].reissues_id) == (None, None, None)


def test_the_list_of_one_person_or_of_nobody(office: Database, programme_id: int) -> None:
    issue(office, programme_id)
    only = issued_papers(office, programme_id=programme_id, number="101")
    assert [row.number for row in only] == ["101"]
    assert issued_papers(office, programme_id=programme_id, number="999") == ()
    assert issued_papers(office, programme_id=99) == ()


def test_a_letter_without_a_number_of_the_ledger_shows_none(office: Database, programme_id: int) -> None:
    issue(office, programme_id)
    rows = issued_papers(office, programme_id=programme_id)
    assert {row.document_number for row in rows} == {""}


# --- printing again -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["first-result", "roster", "decision-record"])
def test_a_reprint_in_march_is_what_was_sent_in_november(
    office: Database, programme_id: int, kind: str
) -> None:
    draft = issue(office, programme_id, kind, numbering=Numbering.EACH)
    change_everything(office, programme_id)
    again = reprint(office, notice_ids=ids(office))
    assert again.pdf == draft.pdf
    assert again.is_same is True
    assert (again.pages, again.page_count, again.job) == (draft.pages, draft.page_count, draft.job)
    assert hashlib.sha256(again.pdf).hexdigest() == notices(office)[0].sha256


def test_monthly_papers_and_interviews_are_printed_again_too(database: Database, programme_id: int) -> None:
    sample_december(database, programme_id)
    drafts = [
        issue(database, programme_id, kind, year_month=DECEMBER) for kind in ("attendance", "pay-statement")
    ]
    found = notices(database)
    for draft in drafts:
        mine = [notice.id for notice in found if notice.kind == draft.kind]
        assert reprint(database, notice_ids=mine).pdf == draft.pdf


def test_one_letter_of_many_is_printed_alone(office: Database, programme_id: int) -> None:
    issue(office, programme_id, numbering=Numbering.EACH)
    change_everything(office, programme_id)
    before = len(notices(office))
    one = reprint(office, notice_ids=[ids(office)[1]])
    assert one.page_count == 1
    assert one.is_same is None
    assert one.file_name == "1次選考結果通知_20241025_101.pdf"
    text = pypdf_text(one.pdf)
    assert "楜澤" in text
    assert "藤職第2号" in text
    assert "別" not in text
    assert "再発行" not in text
    assert len(notices(office)) == before, "a reprint is not an issue"


def test_a_reprint_keeps_the_order_of_issue_and_names_every_warning(
    office: Database, programme_id: int
) -> None:
    with unit_of_work(office, "test", actor="test") as work:
        person = work.session.get_one(Applicant, person_of(office, "101").id)
        person.name_official = "外字\ue000　太郎"
        work.commit()
    issue(office, programme_id)
    again = reprint(office, notice_ids=ids(office)[::-1])
    assert [page.number for page in again.pages] == ["100", "101", "RN1"]
    assert [(warning.number, warning.code) for warning in again.warnings] == [("101", "U+E000")]


def test_a_paper_kept_by_an_older_version_still_prints(office: Database, programme_id: int) -> None:
    draft = issue(office, programme_id, numbers=["100"])
    kept = notices(office)[0].snapshot
    spec = {name: value for name, value in kept["spec"].items() if name != "mark"}
    with office.write() as session:
        notice = session.scalars(select(Notice)).one()
        notice.snapshot = {name: kept[name] for name in ("form", "title", "author", "subject", "made_at")} | {
            "spec": spec
        }
        notice.page_count = 0
        session.commit()
    assert reprint(office, notice_ids=ids(office)).pdf == draft.pdf
    (row,) = issued_papers(office, programme_id=programme_id)
    assert (row.pages, row.actor, row.number) == (0, "", "100")


@pytest.mark.parametrize(
    "changes", [{"form": "TelegramSpec"}, {"spec": {"owner": {"key": "1", "label": "x"}}}, {"spec": []}]
)
def test_a_form_this_version_does_not_know_is_said(
    office: Database, programme_id: int, changes: dict[str, Any]
) -> None:
    issue(office, programme_id)
    snapshot(office, **changes)
    with pytest.raises(RuleError) as caught:
        reprint(office, notice_ids=ids(office))
    assert caught.value.code == "papers.not-reprintable"
    assert caught.value.params["kind"] == "first-result"


def test_papers_that_are_not_there_are_said(office: Database, programme_id: int) -> None:
    issue(office, programme_id)
    for wanted in ([], [99], [*ids(office), 99]):
        with pytest.raises(NotFoundError) as caught:
            reprint(office, notice_ids=wanted)
        assert caught.value.code == "papers.issued-missing"


def test_printing_again_tells_how_far_it_is_and_can_be_stopped(office: Database, programme_id: int) -> None:
    issue(office, programme_id)
    heard: list[int] = []
    reprint(office, notice_ids=ids(office), progress=lambda done, total: heard.append(done * 100 // total))
    assert heard == sorted(heard)
    assert heard[0] == 0
    for stop_at in range(len(heard)):
        told: list[int] = []

        def stop(_done: int, _total: int, told: list[int] = told, stop_at: int = stop_at) -> None:
            told.append(1)
            if len(told) > stop_at:
                raise Cancelled

        with pytest.raises(Cancelled):
            reprint(office, notice_ids=ids(office), progress=stop)


# --- issued again -----------------------------------------------------------------


def test_another_copy_bears_the_old_date_and_number_and_takes_none(
    office: Database, programme_id: int
) -> None:
    issue(office, programme_id, numbering=Numbering.EACH)
    change_everything(office, programme_id)
    copy = reissue_papers(office, notice_ids=[ids(office)[1]])
    assert copy.document_number == "2"
    assert copy.dated == date(2024, 10, 25)
    assert "再発行" not in pypdf_text(copy.pdf)
    issue_papers(office, draft=copy, actor="職員")
    assert next_number(office, sign="藤職", fiscal_year=2024) == 4
    rows = issued_papers(office, programme_id=programme_id, number="101")
    assert [row.document_number for row in rows] == ["藤職第2号"] * 2
    copied = next(row for row in rows if row.reissues_id is not None)
    assert copied.reissues_id == ids(office)[1]


def test_a_copy_says_so_only_when_a_clerk_wants_it(office: Database, programme_id: int) -> None:
    issue(office, programme_id)
    marked = reissue_papers(office, notice_ids=ids(office), is_marked=True)
    assert all("再発行" in text for text in pages_text(marked.pdf))
    assert marked.page_count == 3
    issue_papers(office, draft=marked)
    kept = [notice.snapshot["spec"]["mark"] for notice in notices(office)]
    assert kept == [""] * 3 + ["再発行"] * 3
    last = ids(office)[3:]
    assert reprint(office, notice_ids=last).pdf == marked.pdf


def test_an_invitation_whose_time_is_past_saving_is_not_sent_again(
    office: Database, programme_id: int
) -> None:
    book(office, programme_id, "100", 9)
    issue(office, programme_id, "interview-invitation")
    issue_papers(office, draft=reissue_papers(office, notice_ids=ids(office)))
    book(office, programme_id, "100", 13)
    with pytest.raises(ConflictError) as caught:
        issue_papers(office, draft=reissue_papers(office, notice_ids=ids(office)[:1]))
    assert caught.value.code == "papers.interview-changed"


def test_different_papers_are_not_issued_again_together(office: Database, programme_id: int) -> None:
    issue(office, programme_id, numbers=["100"])
    issue(office, programme_id, numbers=["101"], dated=date(2024, 10, 28))
    issue(office, programme_id, "roster", now=datetime(2024, 10, 25, 17, 3))
    one, other, roster = ids(office)[:3]
    for mixed in ([one, other], [one, roster]):
        with pytest.raises(RuleError) as caught:
            reissue_papers(office, notice_ids=mixed)
        assert caught.value.code == "papers.reissue-mixed"


def test_a_kind_that_is_gone_is_not_issued_again(office: Database, programme_id: int) -> None:
    issue(office, programme_id, numbers=["100"])
    with office.write() as session:
        session.scalars(select(Notice)).one().kind = "telegram"
        session.commit()
    with pytest.raises(RuleError) as caught:
        reissue_papers(office, notice_ids=ids(office))
    assert caught.value.code == "papers.not-reprintable"
    assert reprint(office, notice_ids=ids(office)).page_count == 1, "but it can be read"
