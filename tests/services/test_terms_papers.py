"""Papers about an appointment made from the database and read back: notices, changes, forms to return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import Person, add_people, appoint_four
from pdf_reading import pages_text
from sqlalchemy import select
from terms_scene import (
    JANUARY,
    MISAKI,
    RYOSUKE,
    SAKURA,
    YUI,
    appointed_with_pay_day,
    change,
    issue,
    make,
    set_words,
)

from fujisawa_desktop.documents.terms_specs import ReturnFormSpec, TermsNoticeSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Application, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.conditions import CONDITION_GROUPS, CONDITION_ITEMS
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.papers import PaperDraft
from fujisawa_desktop.services.programmes import programme, save_programme
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.terms_changes import record_consent, terms_view
from fujisawa_desktop.services.unit_of_work import unit_of_work

KINDS = ("appointment", "conditions", "change-consent", "change-notice")


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appointed_with_pay_day(database, programme_id)


def plain(text: str) -> str:
    """A text without the ends of its lines."""
    return text.replace("\n", "")


def notice(draft: PaperDraft, at: int = 0) -> TermsNoticeSpec:
    spec = draft.sheets[at].spec
    assert isinstance(spec, TermsNoticeSpec)
    return spec


def rows(spec: TermsNoticeSpec) -> dict[str, tuple[str, ...]]:
    return {row.label: row.texts for table in spec.tables for group in table.groups for row in group.rows}


# --- notices --------------------------------------------------------------------------------


def test_an_appointment_letter(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    assert four
    draft = make(database, programme_id, "appointment", document_number="123", numbers=[RYOSUKE])
    assert draft.warnings == ()
    assert draft.file_name == "任用通知書_20241125_100000245489.pdf"
    (page,) = pages_text(draft.pdf)
    assert page.split("\n")[:7] == [
        "藤職第123号",
        "令和6年11月25日",
        "楜澤　涼介　様",
        "藤沢市長",
        "（公印省略）",
        "任用通知書",
        "あなたを、次のとおり会計年度任用職員に任用します。",
    ]
    assert {label: texts[0] for label, texts in rows(notice(draft)).items()} == {
        "氏名": "楜澤　涼介",
        "受付番号": RYOSUKE,
        "職": "会計年度任用職員（非常勤の地方公務員）",
        "任用期間": "令和6年12月1日から令和7年1月31日まで",
        "所属": "デジタル推進室",
        "コース": "「DX・スマートシティ」コース",
        "勤務場所": "藤沢市役所 本庁舎",
        "報酬": "時給1,258円",
        "費用弁償": "届け出た経路及び方法により、藤沢市の規則の定めるところにより支給します。",
        "条件付採用期間": (
            "任用の日から1か月間（令和6年12月31日まで）は、条件付採用とします。その間の勤務日数が15日に"
            "満たない場合は、15日に達する日まで（任用期間の末日を限度とします。）延長します。"
        ),
        "服務の宣誓": "勤務を始める日に、宣誓書に署名し、提出していただきます。",
        "勤務条件": "別に交付する勤務条件通知書のとおりとします。",
    }


def test_a_birthday_stands_there_only_when_it_is_stored_and_the_oath_when_it_is_sworn(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        act.session.get_one(Applicant, four[RYOSUKE].applicant_id).birth_date = date(2004, 2, 29)
        act.commit()
    set_words(database, programme_id, oath="")
    letters = make(database, programme_id, "appointment")
    by_name = {sheet.spec.owner.label: rows(notice(letters, at)) for at, sheet in enumerate(letters.sheets)}
    assert by_name["楜澤　涼介"]["生年月日"] == ("平成16年2月29日",)
    assert "生年月日" not in by_name["葛城　さくら"]
    assert all("服務の宣誓" not in one for one in by_name.values())


def test_a_conditions_notice_says_every_item_in_its_order(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    assert four
    draft = make(database, programme_id, "conditions", numbers=[SAKURA])
    (table,) = notice(draft).tables
    assert [group.heading for group in table.groups] == [
        f"{mark}　{group.name}" for mark, group in zip("12345", CONDITION_GROUPS, strict=True)
    ]
    names = [row.label for group in table.groups for row in group.rows]
    assert names == [item.name for item in CONDITION_ITEMS if item.key != "other"]
    first, second = pages_text(draft.pdf)
    assert "藤職第　　　　号" in first  # room for the number while there is none
    assert second.startswith("勤務条件通知書（続き）　葛城　さくら　様\n")
    assert plain(first).endswith("1／2頁")
    text = plain(first + second)
    for said in (
        "労働基準法第15条第1項の規定に基づき、あなたの勤務条件を次のとおり明示します。",
        "所属 子育て企画課",
        "月60時間未満",
        "・子どもたちの意見を収集し、ニーズを踏まえた企画提案",
        "翌月21日（その日が閉庁日に当たる場合は、その直前の開庁日）",
        "期末手当及び勤勉手当 支給しません。",
        "退職手当 支給しません。",
        "年次有給休暇　0日",
    ):
        assert said in text, said


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_those_of_appointment_not_of_employment(
    database: Database, programme_id: int, four: dict[str, Member], kind: str
) -> None:
    change(database, four[RYOSUKE], host_department="総務課", rate_yen=1300, own={"commuting": "支給"})
    text = plain("".join(pages_text(make(database, programme_id, kind).pdf)))
    assert "報酬" in text
    assert [word for word in ("雇用", "賃金", "給料") if word in text.replace("雇用保険", "")] == []


def test_everybody_appointed_gets_one_in_order_of_kana(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    draft = make(database, programme_id, "conditions")
    assert [page.number for page in draft.pages] == list(four) == [SAKURA, RYOSUKE, YUI, MISAKI]
    assert [page.first_page for page in draft.pages] == [1, 3, 5, 7]
    assert draft.page_count == 8
    issue(database, programme_id, "conditions", document_number="7")
    with database.read() as session:
        stored = list(session.scalars(select(Notice)))
    assert [one.applicant_id for one in stored] == [member.applicant_id for member in four.values()]
    assert all(one.application_id is not None for one in stored)
    assert stored[0].snapshot["spec"]["number"] == "藤職第7号"


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_appointed_and_numbers_without_appointment(
    database: Database, programme_id: int, kind: str
) -> None:
    with pytest.raises(RuleError) as nobody:
        make(database, programme_id, kind)
    assert nobody.value.code == "papers.nobody-appointed"
    appointed_with_pay_day(database, programme_id)
    add_people(database, programme_id, (Person("55", "他　人", "タ ニン", 0, ApplicationStatus.RECEIVED),))
    with pytest.raises(RuleError) as other:
        make(database, programme_id, kind, numbers=["55", RYOSUKE])
    assert (other.value.code, other.value.params) == ("papers.without-appointment", {"numbers": ["55"]})


def test_the_appointment_letter_waits_for_the_conditions_too(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "appointment")
    assert caught.value.params == {"condition": ["pay_day"]}


# --- changes ---------------------------------------------------------------------------------


def test_before_and_after_stand_side_by_side(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    change(database, four[RYOSUKE], host_department="総務課", rate_yen=1300)
    draft = make(database, programme_id, "change-notice", document_number="150")
    spec = notice(draft)
    assert spec.tables[0].headings == ("事項", "変更前", "変更後")
    assert rows(spec) == {
        "所属": ("デジタル推進室", "総務課"),
        "報酬の額": ("時給1,258円", "時給1,300円"),
        "変更の理由": ("業務の都合による",),
    }
    (page,) = pages_text(draft.pdf)
    assert "事項 変更前 変更後\n所属 デジタル推進室 総務課\n報酬の額 時給1,258円 時給1,300円" in page
    assert spec.body == ("先に通知した勤務条件を、令和7年1月6日から次のとおり変更します。",)


def test_the_first_notice_and_the_consent_are_cited(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    issue(database, programme_id, "conditions", document_number="124")
    issue(database, programme_id, "conditions", document_number="130", numbers=[RYOSUKE])
    change(database, four[RYOSUKE], host_department="総務課")
    consent = make(database, programme_id, "change-consent").sheets[0].spec
    assert isinstance(consent, ReturnFormSpec)
    assert consent.forms[0].body == (
        (
            "令和6年11月25日付け藤職第124号で通知を受けた勤務条件を、令和7年1月6日から次のとおり変更することを"
            "承諾します。"
        ),
    )
    member = four[RYOSUKE]
    (edition,) = terms_view(database, appointment_id=member.appointment_id, today=JANUARY).editions
    record_consent(database, change_id=edition.id, version=edition.version, consented_on=date(2024, 12, 26))
    assert notice(make(database, programme_id, "change-notice")).body == (
        (
            "令和6年11月25日付け藤職第124号で通知した勤務条件を、令和7年1月6日から次のとおり変更します。"
            "この変更については、令和6年12月26日にあなたの承諾を得ています。"
        ),
    )


def test_a_first_notice_without_a_number_is_cited_by_its_day(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    issue(database, programme_id, "conditions")
    change(database, four[RYOSUKE], host_department="総務課")
    body = notice(make(database, programme_id, "change-notice")).body[0]
    assert body.startswith("令和6年11月25日付けで通知した勤務条件を、")


def test_the_form_for_the_consent_is_addressed_without_an_honorific(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    change(database, four[RYOSUKE], date(2025, 1, 6), host_department="総務課")
    draft = make(database, programme_id, "change-consent")
    (page,) = pages_text(draft.pdf)
    lines = page.split("\n")
    assert lines[:5] == [
        "勤務条件変更承諾書",
        "令和　　年　　月　　日",
        "（宛先）藤沢市長",
        "住所　",
        "氏名　",
    ]
    assert "様" not in page.replace("様式", "")
    assert "所属 デジタル推進室\n事項 変更前 変更後" in page  # where the person works before it
    assert "提出先及び問い合わせ先" in page
    assert draft.document_number == ""


def test_the_newest_change_is_printed_and_each_only_once(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    change(database, four[RYOSUKE], host_department="総務課")
    change(database, four[RYOSUKE], date(2025, 1, 20), host_department="広報課")
    change(database, four[MISAKI], workplace="分庁舎")
    draft = issue(database, programme_id, "change-notice")
    assert [page.number for page in draft.pages] == [RYOSUKE, MISAKI]
    assert rows(notice(draft))["所属"] == ("総務課", "広報課")
    with pytest.raises(RuleError) as sent:
        make(database, programme_id, "change-notice")
    assert sent.value.code == "papers.nobody-changed"
    again = make(database, programme_id, "change-notice", numbers=[RYOSUKE])  # named, it is made again
    assert again.page_count == 1
    with pytest.raises(RuleError) as none:
        make(database, programme_id, "change-notice", numbers=[YUI])
    assert (none.value.code, none.value.params) == ("papers.no-change", {"numbers": [YUI]})


def test_who_consented_gets_no_form_any_more(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    for number in (RYOSUKE, MISAKI):
        change(database, four[number], host_department="総務課")
    member = four[RYOSUKE]
    (edition,) = terms_view(database, appointment_id=member.appointment_id, today=JANUARY).editions
    record_consent(database, change_id=edition.id, version=edition.version, consented_on=date(2024, 12, 26))
    assert [page.number for page in make(database, programme_id, "change-consent").pages] == [MISAKI]


# --- forms to accept or decline ------------------------------------------------------------------

PASSED = (
    Person("100", "葛\U000e0100城　𠮷之助", "カツラギ ヨシノスケ", 0, ApplicationStatus.FIRST_PASSED),
    Person("101", "楜澤　涼介", "クルミザワ リョウスケ", 1, ApplicationStatus.FIRST_PASSED),
    Person("102", "髙﨑　花", "タカサキ ハナ", 0, ApplicationStatus.FIRST_PASSED),
)


@pytest.fixture
def decided(database: Database, programme_id: int) -> Database:
    """Two passed, one did not."""
    add_people(database, programme_id, PASSED)
    with database.read() as session:
        ids = list(session.scalars(select(Application.id).order_by(Application.id)))
    for result, chosen in ((Result.PASS, ids[:2]), (Result.FAIL, ids[2:])):
        record_decisions(database, application_ids=chosen, stage=Stage.FINAL, result=result, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FINAL, actor="test")
    return database


def test_both_forms_go_to_everybody_who_has_not_answered(decided: Database, programme_id: int) -> None:
    draft = make(decided, programme_id, "acceptance", reply_by=date(2024, 11, 22))
    assert [(page.number, page.first_page) for page in draft.pages] == [("100", 1), ("101", 3)]
    accept, decline, _, other = pages_text(draft.pdf)
    assert accept.split("\n")[:6] == [
        *("任用承諾書", "令和　　年　　月　　日", "（宛先）藤沢市長", "住所　", "氏名　", "電話番号　")
    ]
    assert "次の任用について、承諾します。" in plain(accept)
    assert "葛\U000e0100城　𠮷之助" in accept
    assert "提出期限 令和6年11月22日（金）" in accept
    assert decline.startswith("辞退届\n")
    assert "次の任用を、辞退します。" in plain(decline)
    assert "辞退の理由（任意）" in decline
    assert "「子ども・子育て政策」コース" in other
    assert "様" not in accept + decline


def test_without_a_day_the_forms_name_none(decided: Database, programme_id: int) -> None:
    assert "提出期限" not in pages_text(make(decided, programme_id, "acceptance").pdf)[0]


def test_who_answered_gets_the_forms_only_when_named(decided: Database, programme_id: int) -> None:
    appoint(decided, programme_id=programme_id, numbers=["100"], accept=True, actor="test")
    assert [page.number for page in make(decided, programme_id, "acceptance").pages] == ["101"]
    assert make(decided, programme_id, "acceptance", numbers=["100"]).page_count == 2
    appoint(decided, programme_id=programme_id, numbers=["101"], accept=True, actor="test")
    with pytest.raises(RuleError) as caught:
        make(decided, programme_id, "acceptance")
    assert caught.value.code == "papers.nobody-waits"


def test_who_did_not_pass_gets_no_form(decided: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as caught:
        make(decided, programme_id, "acceptance", numbers=["100", "102"])
    assert (caught.value.code, caught.value.params) == ("papers.not-passed", {"numbers": ["102"]})


def test_a_pass_that_is_only_noted_gets_no_form(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, PASSED[:1])
    with database.read() as session:
        ids = list(session.scalars(select(Application.id)))
    record_decisions(database, application_ids=ids, stage=Stage.FINAL, result=Result.PASS, actor="test")
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "acceptance")
    assert caught.value.code == "papers.nobody-waits"


def test_another_city_gets_its_own_papers(database: Database, programme_id: int) -> None:
    appointed_with_pay_day(database, programme_id)
    view = programme(database, programme_id)
    save_programme(
        database, form=replace(view, sender="海辺市長", municipality="海辺市", contacts=()), actor="test"
    )
    text = plain("".join(pages_text(make(database, programme_id, "conditions").pdf)))
    assert "海辺市の条例" in text
    assert "藤沢市の" not in text
    assert "問い合わせ先" not in text
