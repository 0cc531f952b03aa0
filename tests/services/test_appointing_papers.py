"""Papers around an appointment, made from the database and read back: oath, leaving, what to hand in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from appointed import FOUR, appoint_four
from pdf_reading import pages_text
from sqlalchemy import select
from terms_scene import MISAKI, RYOSUKE, SAKURA, YUI, issue, make

from fujisawa_desktop.documents.terms_specs import ReturnFormSpec, TermsNoticeSpec
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Applicant, HandIn, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.services.hand_ins import HandInRow, hand_ins_of, receive_hand_ins, save_hand_ins
from fujisawa_desktop.services.leaving import LeavingForm, record_leaving
from fujisawa_desktop.services.papers import PaperDraft
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

Kind = HandInKind
KINDS = ("hand-in-guide", "oath", "leaving-notice")
YESTERDAY = date.today() - timedelta(days=1)
LAST = date(2024, 12, 20)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    """Appointed long before the term, so that the days are those of the rules."""
    members = appoint_four(database, programme_id)
    with unit_of_work(database, "test", actor="test") as act:
        for row in act.session.scalars(select(HandIn)):
            row.due_on = date(2024, 12, 2) if row.kind == "oath" else date(2024, 11, 29)
        act.commit()
    return members


def leave(database: Database, member: Member, reason: str = "学業の都合による") -> None:
    record_leaving(database, form=LeavingForm(member.appointment_id, member.version, LAST, reason))


def receive(database: Database, member: Member, *kinds: HandInKind) -> None:
    places = [(member.appointment_id, kind) for kind in kinds]
    receive_hand_ins(database, places=places, received_on=YESTERDAY)


def notice(draft: PaperDraft) -> TermsNoticeSpec:
    spec = draft.sheets[0].spec
    assert isinstance(spec, TermsNoticeSpec)
    return spec


def rows(spec: TermsNoticeSpec) -> dict[str, tuple[str, ...]]:
    return {row.label: row.texts for table in spec.tables for group in table.groups for row in group.rows}


def people(draft: PaperDraft) -> list[str]:
    return [page.number for page in draft.pages]


def plain(text: str) -> str:
    return text.replace("\n", "")


# --- the oath ------------------------------------------------------------------------------


def test_a_form_of_the_oath(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    assert four
    draft = make(database, programme_id, "oath", numbers=[RYOSUKE])
    assert draft.warnings == ()
    assert draft.file_name == "宣誓書_20241125_100000245489.pdf"
    (page,) = pages_text(draft.pdf)
    assert page.split("\n")[:4] == ["宣誓書", "令和　　年　　月　　日", "（宛先）藤沢市長", "氏名　"]
    said = plain(page)
    assert "主権が国民に存することを認める日本国憲法を尊重し、かつ、擁護することを固く誓います。" in said
    assert "全体の奉仕者として、誠実かつ公正に職務を執行することを固く誓います。" in said
    for value in ("楜澤　涼介", "デジタル推進室", RYOSUKE, "会計年度任用職員（非常勤の地方公務員）"):
        assert value in said


def test_for_everybody_whose_oath_is_still_to_come(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    receive(database, four[YUI], Kind.OATH)
    row = next(row for row in papers_of(database, programme_id, four[MISAKI]) if row.kind is Kind.OATH)
    save_hand_ins(database, appointment_id=four[MISAKI].appointment_id, rows=[replace(row, needed=False)])
    assert people(make(database, programme_id, "oath")) == [SAKURA, RYOSUKE]
    assert people(make(database, programme_id, "oath", numbers=[YUI])) == [YUI]  # named, once more
    receive(database, four[SAKURA], Kind.OATH)
    receive(database, four[RYOSUKE], Kind.OATH)
    with pytest.raises(RuleError, match=r"papers\.nobody-swears"):
        make(database, programme_id, "oath")


def papers_of(database: Database, programme_id: int, member: Member) -> tuple[HandInRow, ...]:
    with database.read() as session:
        return hand_ins_of(session, programme_id)[member.appointment_id]


# --- leaving -------------------------------------------------------------------------------


def test_a_notice_of_leaving(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    leave(database, four[RYOSUKE])
    draft = make(database, programme_id, "leaving-notice", document_number="160")
    assert draft.warnings == ()
    assert rows(notice(draft)) == {
        "氏名": ("楜澤　涼介",),
        "受付番号": (RYOSUKE,),
        "職": ("会計年度任用職員（非常勤の地方公務員）",),
        "所属": ("デジタル推進室",),
        "コース": ("「DX・スマートシティ」コース",),
        "任用期間": ("令和6年12月1日から令和7年1月31日まで",),
        "退職の日": ("令和6年12月20日",),
        "退職の理由": ("学業の都合による",),
    }
    (page,) = pages_text(draft.pdf)
    assert page.split("\n")[:6] == [
        "藤職第160号",
        "令和6年11月25日",
        "楜澤　涼介　様",
        "藤沢市長",
        "（公印省略）",
        "退職通知書",
    ]
    assert "地方公務員法第34条第1項" in plain(page)


def test_once_it_is_sent_it_is_made_only_for_those_named(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    leave(database, four[RYOSUKE])
    leave(database, four[SAKURA])
    issue(database, programme_id, "leaving-notice", numbers=[RYOSUKE])
    assert people(make(database, programme_id, "leaving-notice")) == [SAKURA]
    issue(database, programme_id, "leaving-notice")
    with pytest.raises(RuleError, match=r"papers\.nobody-leaves"):
        make(database, programme_id, "leaving-notice")
    assert people(make(database, programme_id, "leaving-notice", numbers=[RYOSUKE])) == [RYOSUKE]


def test_who_did_not_leave_has_no_notice(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    with pytest.raises(RuleError, match=r"papers\.nobody-leaves"):
        make(database, programme_id, "leaving-notice")
    leave(database, four[RYOSUKE])
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "leaving-notice", numbers=[RYOSUKE, YUI])
    assert (caught.value.code, caught.value.params) == ("papers.not-leaving", {"numbers": [YUI]})


# --- what to hand in ----------------------------------------------------------------------------


def test_a_letter_lists_what_is_still_to_come(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    receive(database, four[RYOSUKE], Kind.ENTRY_SHEET, Kind.ACCEPTANCE)
    draft = make(database, programme_id, "hand-in-guide", document_number="130", numbers=[RYOSUKE])
    assert draft.warnings == ()
    listed = rows(notice(draft))
    assert list(listed) == [
        "在学証明書又は学生証の写し",
        "宣誓書",
        "誓約書",
        "口座振込申出書",
        "通勤届",
        "個人番号（マイナンバー）の届出",
        "緊急連絡先届",
    ]
    assert listed["宣誓書"][0] == "令和6年12月2日（月）"
    assert listed["口座振込申出書"][0] == "令和6年11月29日（金）"
    assert notice(draft).tables[0].headings == ("提出書類", "提出期限", "説明")
    (page,) = pages_text(draft.pdf)
    assert "任用に係る書類の提出について（依頼）" in page
    assert "電子メールでは送らないでください。" in plain(page)


def test_a_paper_without_a_day_is_wanted_at_once(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    row = next(row for row in papers_of(database, programme_id, four[RYOSUKE]) if row.kind is Kind.PLEDGE)
    save_hand_ins(database, appointment_id=four[RYOSUKE].appointment_id, rows=[replace(row, due_on=None)])
    draft = make(database, programme_id, "hand-in-guide", numbers=[RYOSUKE])
    assert rows(notice(draft))["誓約書"][0] == "速やかに"


def test_sending_it_records_that_the_papers_were_asked_for(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    receive(database, four[RYOSUKE], Kind.ENTRY_SHEET)
    issue(database, programme_id, "hand-in-guide", numbers=[RYOSUKE], dated=date(2024, 11, 22))
    asked = {row.kind: row.asked_on for row in papers_of(database, programme_id, four[RYOSUKE])}
    assert asked[Kind.OATH] == date(2024, 11, 22)
    assert asked[Kind.ENTRY_SHEET] is None  # had come already
    assert asked[Kind.PERMIT] is None  # is not needed
    assert {row.asked_on for row in papers_of(database, programme_id, four[SAKURA])} == {None}
    issue(database, programme_id, "hand-in-guide", numbers=[RYOSUKE], dated=date(2024, 12, 9))
    again = {row.kind: row.asked_on for row in papers_of(database, programme_id, four[RYOSUKE])}
    assert again == asked  # the first day is kept
    with database.read() as session:
        kinds = list(session.scalars(select(Notice.kind)))
    assert kinds == ["hand-in-guide"] * 2


def test_who_owes_nothing_gets_no_letter(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    for person in FOUR[1:]:
        receive(database, four[person.number], *HandInKind)
    assert people(make(database, programme_id, "hand-in-guide")) == [RYOSUKE]
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "hand-in-guide", numbers=[SAKURA, RYOSUKE])
    assert (caught.value.code, caught.value.params) == ("papers.nothing-owed", {"numbers": [SAKURA]})
    receive(database, four[RYOSUKE], *HandInKind)
    with pytest.raises(RuleError, match=r"papers\.nobody-owes"):
        make(database, programme_id, "hand-in-guide")


# --- all of them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_those_of_appointment_not_of_employment(
    database: Database, programme_id: int, four: dict[str, Member], kind: str
) -> None:
    leave(database, four[RYOSUKE])
    text = plain("".join(pages_text(make(database, programme_id, kind).pdf)))
    assert [word for word in ("雇用", "賃金", "給料") if word in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_appointed(database: Database, programme_id: int, kind: str) -> None:
    with pytest.raises(RuleError, match=r"papers\.nobody-appointed"):
        make(database, programme_id, kind)
    with pytest.raises(NotFoundError, match=r"papers\.unknown-number"):
        make(database, programme_id, kind, numbers=["9"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_name_and_a_rare_character_are_printed(
    database: Database, programme_id: int, four: dict[str, Member], kind: str
) -> None:
    name = "𠮷野葛󠄀城・ヴァン　デン　ベルグ・ヨハネス＝マクシミリアン"
    with unit_of_work(database, "test", actor="test") as act:
        act.session.get_one(Applicant, four[RYOSUKE].applicant_id).name_entered = name
        act.commit()
    leave(database, four[RYOSUKE], "家庭の事情により、遠方へ転居することとなったため" * 6)
    draft = make(database, programme_id, kind, numbers=[RYOSUKE])
    spec = draft.sheets[0].spec
    assert isinstance(spec, TermsNoticeSpec | ReturnFormSpec)
    assert spec.owner.label == name
    assert "マクシミリアン" in plain("".join(pages_text(draft.pdf)))
    assert draft.warnings == ()
