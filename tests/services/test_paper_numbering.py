"""The numbers a draft shows are the numbers its issue takes."""

from __future__ import annotations

from datetime import date

import pytest
from paper_scene import DAY, decided, make, notices, without_sign
from pdf_reading import pages_text

from fujisawa_desktop.errors import Cancelled, ConflictError, ValidationError
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.document_numbers import (
    NumberUse,
    next_number,
    number_ledger,
    record_elsewhere,
    void_number,
)
from fujisawa_desktop.services.history import undo, undo_state
from fujisawa_desktop.services.papers import Numbering, issue_papers
from fujisawa_desktop.services.person_history import person_history


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    """Three people with announced results, and a ledger that has come to 340."""
    decided(database, programme_id)
    record_elsewhere(database, sign="藤職", fiscal_year=2024, first=1, last=340, actor="test")
    return database


def taken(database: Database) -> list[tuple[int, int, str | None]]:
    rows = number_ledger(database, sign="藤職", fiscal_year=2024)
    return [(row.number, row.papers, row.use) for row in rows[1:]]


def printed(database: Database) -> list[str]:
    return [notice.snapshot["spec"]["number"] for notice in notices(database)]


def test_each_letter_has_a_number_and_the_ledger_has_them_all(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    assert draft.document_number == "341～343"
    for number, text in zip((341, 342, 343), pages_text(draft.pdf), strict=True):
        assert f"藤職第{number}号" in text
    assert next_number(office, sign="藤職", fiscal_year=2024) == 341, "a draft takes nothing"
    issue_papers(office, draft=draft, actor="職員")
    assert taken(office) == [(341, 1, "issued"), (342, 1, "issued"), (343, 1, "issued")]
    assert [notice.document_number for notice in notices(office)] == ["341", "342", "343"]
    assert printed(office) == ["藤職第341号", "藤職第342号", "藤職第343号"]
    assert make(office, programme_id, numbering=Numbering.EACH).document_number == "344～346"


def test_one_number_for_all(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id, numbering=Numbering.ONE)
    assert draft.document_number == "341"
    assert all("藤職第341号" in text for text in pages_text(draft.pdf))
    issue_papers(office, draft=draft, actor="職員")
    assert taken(office) == [(341, 3, "issued")]
    row = number_ledger(office, sign="藤職", fiscal_year=2024)[-1]
    assert (row.subject, row.kind, row.dated, row.actor) == ("1次選考結果通知", "first-result", DAY, "職員")


@pytest.mark.parametrize("typed", ["400", "４００", "第400号", "藤職第400号"])
def test_a_typed_number_leaves_a_gap_that_is_seen(office: Database, programme_id: int, typed: str) -> None:
    draft = make(office, programme_id, document_number=typed)
    assert draft.document_number == "400"
    assert "藤職第400号" in pages_text(draft.pdf)[0]
    issue_papers(office, draft=draft, actor="職員")
    assert taken(office) == [(341, 0, None), (400, 3, "issued")]


def test_without_a_number_room_is_left_and_none_is_taken(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id)
    assert draft.document_number == ""
    assert draft.numbers is None
    issue_papers(office, draft=draft, actor="職員")
    assert taken(office) == []
    assert {notice.document_number for notice in notices(office)} == {""}


@pytest.mark.parametrize("numbering", list(Numbering))
def test_letters_without_a_sign_stay_unnumbered(
    office: Database, programme_id: int, numbering: Numbering
) -> None:
    without_sign(office, programme_id)
    draft = make(office, programme_id, numbering=numbering, document_number="7")
    assert draft.document_number == ""
    assert "号" not in pages_text(draft.pdf)[0].split("様")[0]
    issue_papers(office, draft=draft, actor="職員")
    assert taken(office) == []


@pytest.mark.parametrize("numbering", [Numbering.ONE, Numbering.EACH])
def test_lists_bear_no_number(office: Database, programme_id: int, numbering: Numbering) -> None:
    issue_papers(office, draft=make(office, programme_id, "roster", numbering=numbering), actor="職員")
    assert taken(office) == []


def test_the_fiscal_year_is_that_of_the_paper(office: Database, programme_id: int) -> None:
    last = make(office, programme_id, numbering=Numbering.ONE, dated=date(2025, 3, 31))
    first = make(office, programme_id, numbering=Numbering.ONE, dated=date(2025, 4, 1))
    assert (last.document_number, first.document_number) == ("341", "1")
    issue_papers(office, draft=last)
    issue_papers(office, draft=first)
    assert [row.number for row in number_ledger(office, sign="藤職", fiscal_year=2025)] == [1]


# --- somebody else was quicker -------------------------------------------------


def test_a_number_taken_meanwhile_is_a_conflict_and_nothing_is_issued(
    office: Database, programme_id: int
) -> None:
    mine = make(office, programme_id, numbering=Numbering.EACH)
    theirs = make(office, programme_id, numbers=["101"], numbering=Numbering.ONE)
    issue_papers(office, draft=theirs, actor="隣の職員")
    with pytest.raises(ConflictError) as caught:
        issue_papers(office, draft=mine, actor="職員")
    assert (caught.value.code, caught.value.params["numbers"]) == ("papers.number-taken", "341")
    assert len(notices(office)) == 1
    assert taken(office) == [(341, 1, "issued")]
    issue_papers(office, draft=make(office, programme_id, numbering=Numbering.EACH), actor="職員")
    assert printed(office)[1:] == ["藤職第342号", "藤職第343号", "藤職第344号"]


def test_the_same_draft_is_not_issued_twice(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id, numbering=Numbering.ONE)
    issue_papers(office, draft=draft)
    with pytest.raises(ConflictError):
        issue_papers(office, draft=draft)
    assert len(notices(office)) == 3


@pytest.mark.parametrize(
    ("number", "code"),
    [("12", "papers.number-elsewhere"), ("341", "papers.number-void"), ("342", "papers.number-used")],
)
def test_a_typed_number_of_the_ledger_is_refused_at_its_field(
    office: Database, programme_id: int, number: str, code: str
) -> None:
    void_number(office, sign="藤職", fiscal_year=2024, number=341, reason="書き損じ", actor="test")
    issue_papers(office, draft=make(office, programme_id, numbers=["100"], document_number="342"))
    with pytest.raises(ValidationError) as caught:
        make(office, programme_id, document_number=number)
    assert (caught.value.code, caught.value.field) == (code, "document_number")
    for other in ("12", "341"):
        with pytest.raises(ValidationError):
            make(office, programme_id, document_number=other, share_number=True)


def test_more_letters_go_out_under_a_number_when_a_clerk_says_so(office: Database, programme_id: int) -> None:
    issue_papers(office, draft=make(office, programme_id, numbers=["100", "101"], document_number="341"))
    late = make(office, programme_id, numbers=["RN1"], document_number="341", share_number=True)
    assert late.numbers is not None
    assert late.numbers.is_shared
    issue_papers(office, draft=late)
    assert taken(office) == [(341, 3, "issued")]
    new = make(office, programme_id, numbers=["RN1"], document_number="342", share_number=True)
    assert new.numbers is not None
    assert not new.numbers.is_shared, "a free number is taken like any other"


def test_what_was_typed_and_is_no_number_is_refused(office: Database, programme_id: int) -> None:
    with pytest.raises(ValidationError) as caught:
        make(office, programme_id, document_number="12の2")
    assert (caught.value.code, caught.value.field) == ("numbers.unreadable", "document_number")


# --- what is kept ---------------------------------------------------------------


def test_an_issue_is_not_undone_but_a_number_used_elsewhere_is(office: Database, programme_id: int) -> None:
    issue_papers(office, draft=make(office, programme_id, numbering=Numbering.EACH))
    state = undo_state(office)
    assert state.undo is not None
    assert state.undo.code == "numbers.elsewhere"
    undo(office)
    assert [row.use for row in number_ledger(office, sign="藤職", fiscal_year=2024)] == [
        None,
        *[NumberUse.ISSUED] * 3,
    ]


def test_the_history_of_a_person_says_the_number(office: Database, programme_id: int) -> None:
    issue_papers(office, draft=make(office, programme_id, numbering=Numbering.EACH), actor="職員")
    issue_papers(office, draft=make(office, programme_id, "disclosure", numbers=["101"]), actor="職員")
    with office.read() as session:
        rows = person_history(session, notices(office)[1].applicant_id or 0)
    issued = [row for row in rows if row.kind is EntryKind.ISSUED]
    assert len(issued) == 2
    told = [(change.table, change.field, change.new) for row in issued for change in row.changes]
    assert told == [("notice", "document_number", "藤職第342号")]


def test_page_counts_are_kept_paper_by_paper(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id)
    issue_papers(office, draft=draft)
    assert [notice.page_count for notice in notices(office)] == list(draft.sheet_pages) == [1, 1, 1]
    assert sum(draft.sheet_pages) == draft.page_count


def test_issuing_tells_how_far_it_is_and_can_be_stopped(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    heard: list[int] = []

    def listen(done: int, total: int) -> None:
        heard.append(done * 100 // total)

    issue_papers(office, draft=draft, progress=listen)
    assert heard == sorted(heard)
    assert heard[0] == 0
    assert heard[-1] < 100, "after the commit nothing says that it could be stopped"
    before = len(notices(office))
    again = make(office, programme_id, numbering=Numbering.EACH)
    for stop_at in range(len(heard)):
        count = iter(range(len(heard)))

        def stop(_done: int, _total: int, stop_at: int = stop_at, count: object = count) -> None:
            if next(count) == stop_at:  # type: ignore[call-overload]
                raise Cancelled

        with pytest.raises(Cancelled):
            issue_papers(office, draft=again, progress=stop)
        assert len(notices(office)) == before
        assert len(taken(office)) == 3
