"""What a programme says in the items of the conditions notice: read, saved, refused, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from appointed import appoint_four
from sqlalchemy import select
from terms_scene import RYOSUKE, appointed_with_pay_day, make, set_words

from fujisawa_desktop.errors import ConflictError, InputFileError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, ClosedDay, Course, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.condition_texts import condition_values, condition_words
from fujisawa_desktop.services.conditions import conditions_view, save_conditions
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_wording import wording
from fujisawa_desktop.services.programme_files import read_programme
from fujisawa_desktop.services.programmes import programme, save_programme
from fujisawa_desktop.services.terms_people import person_texts, programme_values, terms_people
from fujisawa_desktop.services.unit_of_work import unit_of_work

WORDS_ONLY = [item.key for item in CONDITION_ITEMS if item.is_required and not item.is_data]


def texts_of(database: Database, programme_id: int, number: str = RYOSUKE) -> dict[str, str]:
    """What the notice says for one person."""
    with database.read() as session:
        view = programme_of(session, programme_id)
        person = next(one for one in terms_people(session, view) if one.member.number == number)
        return person_texts(wording("conditions"), view, person)


# --- what is printed ----------------------------------------------------------------


def test_the_shipped_programme_says_every_item_but_the_pay_day(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    texts = texts_of(database, programme_id)
    assert [key for key, text in texts.items() if not text] == ["pay_day", "other"]
    assert texts["term"] == "令和6年12月1日から令和7年1月31日まで"
    assert texts["probation"].startswith("任用の日から1か月間（令和6年12月31日まで）は、条件付採用とします。")
    assert "15日に達する日まで" in texts["probation"]
    assert texts["workplace"] == "藤沢市役所 本庁舎"
    assert texts["department"] == "デジタル推進室"
    assert texts["duties"].split("\n")[0] == (
        "デジタル市役所・スマートシティ推進に向けた各プロジェクトの企画・推進"
    )
    assert "・行政の課題を踏まえた企画立案、事業提案、実施" in texts["duties"]
    assert texts["hours"] == (
        "終日　午前9時00分から午後4時00分まで（実働6時間）\n半日　午前9時00分から正午まで（実働3時間）"
    )
    assert texts["break"] == "終日　正午から午後1時00分まで（60分）\n半日　なし"
    assert texts["days"].startswith("週1日から3日程度\n月60時間未満\n")
    assert texts["rate"] == "時給1,258円"
    assert texts["cutoff"] == "毎月末日"
    assert texts["bonus"] == texts["retirement_pay"] == "支給しません。"
    assert texts["leave"].startswith("年次有給休暇　0日")
    assert "日額表丙欄" in texts["deductions"]
    assert texts["employment_insurance"].startswith("適用しません")
    assert "藤沢市の条例" in texts["accident"]
    assert texts["renewal_limit"] == "あり（更新の回数は0回とし、令和7年1月31日を限度とします。）"


def test_the_pay_day_says_month_day_and_what_if_it_is_closed(database: Database, programme_id: int) -> None:
    appointed_with_pay_day(database, programme_id)
    rest = "（その日が閉庁日に当たる場合は、その直前の開庁日）"
    assert texts_of(database, programme_id)["pay_day"] == f"翌月21日{rest}"
    set_words(database, programme_id, pay_day=31)
    assert texts_of(database, programme_id)["pay_day"] == f"翌月末日{rest}"
    form = conditions_view(database, programme_id=programme_id).form
    save_conditions(database, form=replace(form, pay_day=5, pay_month_offset=3))
    assert texts_of(database, programme_id)["pay_day"] == f"3か月後の月の5日{rest}"


def test_terms_of_one_person_are_told(database: Database, programme_id: int) -> None:
    four = appoint_four(database, programme_id)
    with unit_of_work(database, "test", actor="test") as work:
        row = work.session.get_one(Appointment, four[RYOSUKE].appointment_id)
        row.cap_inclusive, row.cap_minutes, row.week_days_max = True, 3585, 1
        row.commuting_mode, row.round_trip_yen = CommutingMode.PER_DAY.value, 840
        row.commuting_cap_yen = 15_000
        row.tax_column, row.employment_insurance = TaxColumn.OTSU.value, True
        work.session.add(ClosedDay(programme_id=programme_id, day=date(2024, 12, 24), name="市庁舎点検日"))
        work.session.add(ClosedDay(programme_id=programme_id, day=date(2025, 3, 3), name="任用期間の後"))
        work.commit()
    texts = texts_of(database, programme_id)
    assert texts["days"].startswith("週1日程度\n月59時間45分以内\n")
    assert texts["commuting"].endswith(
        "\n往復840円に、出勤した日数を乗じた額（1か月15,000円を限度とします。）"
    )
    assert "月額表乙欄" in texts["deductions"]
    assert texts["employment_insurance"] == "適用します。"
    assert texts["closed_days"].split("\n")[1] == "令和6年12月24日（市庁舎点検日）"


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (CommutingMode.MONTHLY_PASS, "1か月定期券の額15,000円"),
        (
            CommutingMode.MIN_OF_BOTH,
            "往復840円に出勤した日数を乗じた額と、1か月定期券の額15,000円のいずれか低い額",
        ),
        (CommutingMode.NONE, ""),
    ],
)
def test_every_way_of_refunding_is_told(
    database: Database, programme_id: int, mode: CommutingMode, said: str
) -> None:
    four = appoint_four(database, programme_id)
    with unit_of_work(database, "test", actor="test") as work:
        row = work.session.get_one(Appointment, four[RYOSUKE].appointment_id)
        row.commuting_mode, row.round_trip_yen, row.pass_yen = mode.value, 840, 15_000
        work.commit()
    lines = texts_of(database, programme_id)["commuting"].split("\n")
    assert lines[1:] == ([said] if said else [])


def test_a_break_without_an_hour_is_told_by_its_length(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    view = programme(database, programme_id)
    first = replace(view.patterns[0], break_from=None, break_minutes=45, ends=time(16, 30))
    save_programme(database, form=replace(view, patterns=(first,)), actor="test")
    texts = texts_of(database, programme_id)
    assert texts["break"] == "終日　45分"
    assert texts["hours"] == "終日　午前9時00分から午後4時30分まで（実働6時間45分）"


def test_where_allowances_may_come_into_question_somebody_has_to_write_it(
    database: Database, programme_id: int
) -> None:
    appoint_four(database, programme_id)
    with unit_of_work(database, "test", actor="test") as work:
        for row in work.session.scalars(select(Appointment)):
            row.term_from, row.term_until = date(2024, 10, 1), date(2025, 3, 31)
        work.commit()
    assert texts_of(database, programme_id)["rate"] == ""  # no rate holds on the first day
    assert texts_of(database, programme_id)["bonus"] == ""  # 3 days × 6 hours = 18 hours a week
    set_words(database, programme_id, bonus="{{自治体}}の条例による。")
    assert texts_of(database, programme_id)["bonus"] == "藤沢市の条例による。"


def test_placeholders_are_those_of_the_list(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    with database.read() as session:
        view = programme_of(session, programme_id)
        person = terms_people(session, view)[0]
        values = {**programme_values(view), **condition_values(wording("conditions"), person.facts)}
    assert {*values, "氏名", "受付番号"} == set(condition_words())


# --- refused while one is empty -------------------------------------------------------


@pytest.mark.parametrize("kind", ["conditions", "appointment"])
@pytest.mark.parametrize("key", WORDS_ONLY)
def test_each_empty_item_is_refused_by_name(
    database: Database, programme_id: int, kind: str, key: str
) -> None:
    appointed_with_pay_day(database, programme_id)
    set_words(database, programme_id, **{key: "  \n "})
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, kind)
    assert (caught.value.code, caught.value.params) == ("conditions.empty", {"condition": [key]})


def test_each_item_of_the_data_that_is_missing_is_refused(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "conditions")
    assert caught.value.params == {"condition": ["pay_day"]}
    set_words(database, programme_id)
    with unit_of_work(database, "test", actor="test") as work:
        course = work.session.scalars(select(Course).order_by(Course.position)).first()
        assert course is not None
        course.contents = course.duties = ""
        stored = work.session.get_one(Programme, programme_id)
        stored.patterns.clear()
        work.commit()
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "conditions", numbers=[RYOSUKE])
    assert caught.value.params == {"condition": ["duties", "hours", "break"]}


def test_what_is_empty_for_some_names_them(database: Database, programme_id: int) -> None:
    appointed_with_pay_day(database, programme_id)
    with unit_of_work(database, "test", actor="test") as work:
        course = work.session.scalars(select(Course).order_by(Course.position)).first()
        assert course is not None
        course.contents = course.duties = ""
        work.commit()
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "conditions")
    assert caught.value.code == "conditions.empty-for"
    assert caught.value.params == {"condition": ["duties"], "numbers": [RYOSUKE, "100000253408"]}
    assert make(database, programme_id, "conditions", numbers=["RN26003219"]).page_count == 2


def test_a_person_s_own_words_fill_an_empty_item(database: Database, programme_id: int) -> None:
    four = appointed_with_pay_day(database, programme_id)
    set_words(database, programme_id, overtime="")
    with unit_of_work(database, "test", actor="test") as work:
        work.session.get_one(Appointment, four[RYOSUKE].appointment_id).conditions = {"overtime": "なし"}
        work.commit()
    assert make(database, programme_id, "conditions", numbers=[RYOSUKE]).page_count == 2
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "conditions")
    assert RYOSUKE not in caught.value.params["numbers"]


# --- reading and saving ------------------------------------------------------------------


def test_words_are_saved_as_one_act_and_taken_back(database: Database, programme_id: int) -> None:
    view = conditions_view(database, programme_id=programme_id)
    assert view.form.pay_day is None
    assert view.shown["pay_day"] == ""
    assert view.usual["overtime"] == ""
    assert view.shown["overtime"] == "なし"
    form = replace(view.form, pay_day=21, words={**view.form.words, "overtime": " あり \n", "oath": " "})
    change = save_conditions(database, form=form, actor="職員")
    assert change.kinds == {"programme"}
    after = conditions_view(database, programme_id=programme_id)
    assert after.form.words["overtime"] == "あり"
    assert "oath" not in after.form.words
    assert after.shown["pay_day"].startswith("翌月21日")
    undo(database)
    assert conditions_view(database, programme_id=programme_id).form.words == view.form.words


def test_nothing_changed_is_no_act(database: Database, programme_id: int) -> None:
    form = conditions_view(database, programme_id=programme_id).form
    assert not save_conditions(database, form=form).changed


def test_an_older_form_is_a_conflict(database: Database, programme_id: int) -> None:
    form = conditions_view(database, programme_id=programme_id).form
    set_words(database, programme_id)
    with pytest.raises(ConflictError):
        save_conditions(database, form=form)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{知らない語}}", "conditions.word-unknown"),
        ("{{所属", "conditions.word-broken"),
        ("{% for x in 所属 %}", "conditions.word-broken"),
        ("{{所属.__class__}}", "conditions.word-broken"),
    ],
)
def test_a_text_that_cannot_be_printed_is_refused_beside_its_item(
    database: Database, programme_id: int, text: str, code: str
) -> None:
    form = conditions_view(database, programme_id=programme_id).form
    with pytest.raises(ValidationError) as caught:
        save_conditions(database, form=replace(form, words={**form.words, "leave": text}))
    assert (caught.value.code, caught.value.field) == (code, "conditions.leave")
    assert conditions_view(database, programme_id=programme_id).form == form


@pytest.mark.parametrize("day", [0, 32])
def test_a_pay_day_no_month_has_is_refused(database: Database, programme_id: int, day: int) -> None:
    form = conditions_view(database, programme_id=programme_id).form
    with pytest.raises(ValidationError) as caught:
        save_conditions(database, form=replace(form, pay_day=day))
    assert caught.value.field == "pay_day"


def test_a_programme_that_is_gone(database: Database) -> None:
    with pytest.raises(NotFoundError):
        conditions_view(database, programme_id=99)


def test_the_words_that_ship_are_offered(database: Database, programme_id: int) -> None:
    shipped = conditions_view(database, programme_id=programme_id).shipped
    assert set(shipped) >= set(WORDS_ONLY)
    assert shipped == read_programme("r6").programme.conditions


def test_saving_the_programme_keeps_and_checks_the_items(database: Database, programme_id: int) -> None:
    view = programme(database, programme_id)
    save_programme(database, form=replace(view, title="別の名"), actor="test")
    assert programme(database, programme_id).conditions == view.conditions
    broken = replace(programme(database, programme_id), conditions={"poem": "x"})
    with pytest.raises(ValidationError) as caught:
        save_programme(database, form=broken, actor="test")
    assert caught.value.code == "conditions.item-unknown"


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ('poem = "x"', "programme.file-key-unknown", "conditions.poem"),
        ("other = 3", "programme.file-key-type", "conditions.other"),
        ('other = "{{知らない語}}"', "programme.file-condition", "conditions.other"),
        ('other = "{{所属"', "programme.file-condition", "conditions.other"),
    ],
)
def test_a_programme_file_is_refused_with_its_item(tmp_path: Path, line: str, code: str, key: str) -> None:
    shipped = (resources_dir() / "programmes" / "r6.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    file.write_text(shipped.replace("[conditions]\n", f"[conditions]\n{line}\n"), encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        read_programme(file)
    assert (caught.value.code, caught.value.params["key"]) == (code, key)


def test_a_programme_file_whose_items_are_no_table(tmp_path: Path) -> None:
    shipped = (resources_dir() / "programmes" / "r6.toml").read_text(encoding="utf-8")
    start, end = shipped.index("[conditions]"), shipped.index("# --- 時給")
    file = tmp_path / "own.toml"
    file.write_text("conditions = []\n" + shipped[:start] + shipped[end:], encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        read_programme(file)
    assert (caught.value.code, caught.value.params["key"]) == ("programme.file-key-type", "conditions")
