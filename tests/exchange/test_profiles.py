from __future__ import annotations

import itertools
import random

import pytest

from fujisawa_desktop.errors import InputFileError, NotFoundError
from fujisawa_desktop.exchange.columns import Field, heading_key, weekdays_of
from fujisawa_desktop.exchange.profiles import (
    Profile,
    common_headings,
    map_table,
    profile_of,
    shipped_profiles,
)
from tests.exchange.tables import COURSES, GOOD, table

RIKUNABI_CELLS = {
    "会員ID": "RN1",
    "エントリー日時": "2024-10-01 9:00",
    "氏名(姓)": "山田",
    "氏名(名)": "湊",
    "カナ(姓)": "ヤマダ",
    "カナ(名)": "ミナト",
    "生年月日": "20040229",
    "メールアドレス": "a@example.jp",
    "携帯電話番号": "090",
    "現住所郵便番号": "251-0000",
    "現住所": "藤沢市",
    "学校区分": "大学",
    "学校名": "見本大学",
    "学部・研究科名": "法学部",
    "学科・専攻名": "学科",
    "卒業予定年月": "2027/3",
    "設問1": "子育て政策",
    "設問2": "学びたいです",
    "設問3": "月水",
}
RIKUNABI, RIKUNABI_ROW = list(RIKUNABI_CELLS), list(RIKUNABI_CELLS.values())


def named(headings: list[str], row: list[str]) -> dict[str, list[str]]:
    mapping = map_table(table(headings, row), course_words=COURSES)
    found = {field.value: [headings[index] for index in columns] for field, columns in mapping.fields.items()}
    found["answers"] = [headings[index] for index in mapping.answers]
    found["source"] = [mapping.source]
    return found


def test_both_layouts_are_recognised_in_any_order() -> None:
    dice = random.Random(1)
    for headings, row, source in (
        (list(GOOD), list(GOOD.values()), "e-application"),
        (RIKUNABI, RIKUNABI_ROW, "rikunabi"),
    ):
        expected = named(headings, row)
        assert expected["source"] == [source]
        order = list(range(len(headings)))
        for _ in range(5):
            dice.shuffle(order)
            turned = named([headings[n] for n in order], [row[n] for n in order])
            assert {key: sorted(names) for key, names in turned.items()} == {
                key: sorted(names) for key, names in expected.items()
            }


def test_the_shipped_layouts_leave_only_answers_over() -> None:
    found = named(RIKUNABI, RIKUNABI_ROW)
    assert found["answers"] == ["設問2"]
    assert (found["courses"], found["weekdays"]) == (["設問1"], ["設問3"])
    assert named(list(GOOD), list(GOOD.values()))["answers"] == ["志望理由"]


def test_numbered_questions_are_known_by_what_they_hold() -> None:
    """Next year 設問1 may be another question."""
    headings = RIKUNABI.copy()
    row = RIKUNABI_ROW.copy()
    row[16], row[17], row[18] = "水木", "DX・スマートシティ", "学びたいです"
    found = named(headings, row)
    assert (found["courses"], found["weekdays"], found["answers"]) == (["設問2"], ["設問1"], ["設問3"])


OTHER_LAYOUTS = (
    # field, a cell, and its heading in three layouts
    (Field.NUMBER, "001", "受付番号", "申込番号", "応募ＩＤ"),
    (Field.RECEIVED_AT, "2024/10/1 9:00", "受付日時", "申請日時", "応募日時"),
    (Field.NAME, "山田　湊", "お名前", "申込者氏名（必須）", "氏名"),
    (Field.KANA, "ヤマダ ミナト", "ふりがな", "申込者氏名フリガナ（全角）", "氏名（カナ）"),
    (Field.BIRTH_DATE, "2004/2/29", "誕生日", "生年月日（西暦）", "生年月日"),
    (Field.POSTCODE, "251-0000", "〒", "郵便番号【任意】", "郵便番号"),
    (Field.ADDRESS, "藤沢市", "ご住所", "住所１", "連絡先住所"),
    (Field.PHONE, "090", "TEL", "電話番号", "日中連絡がとれる電話番号"),
    (Field.MAIL, "a@example.jp", "Ｅメール", "メールアドレス", "連絡先メールアドレス"),
    (Field.SCHOOL, "見本大学", "在籍大学", "大学名", "在学している学校名"),
    (Field.FACULTY, "法学部", "学部", "学部等", "学部・研究科"),
    (Field.DEPARTMENT, "学科", "学科", "学科等", "学科・専攻"),
    (Field.GRADE, "3年", "学年", "現在の学年", "学年"),
    (Field.GRADUATION, "2027年3月", "卒業予定", "卒業見込年月", "修了予定年月"),
    (Field.COURSES, "DX", "応募コース", "希望するコース", "第1希望のコース"),
    (Field.WEEKDAYS, "月水", "参加可能曜日", "勤務できる曜日", "勤務可能な曜日"),
)


@pytest.mark.parametrize("layout", [0, 1, 2])
def test_plausible_other_layouts_need_no_choice(layout: int) -> None:
    headings = [line[2 + layout] for line in OTHER_LAYOUTS]
    found = named(headings, [cell for _field, cell, *_ in OTHER_LAYOUTS])
    for field, _cell, *names in OTHER_LAYOUTS:
        assert found[field.value] == [names[layout]]
    assert found["answers"] == []


def test_confirmation_and_family_columns_are_not_the_applicants() -> None:
    headings = [
        "番号",
        "整理番号",
        "氏名",
        "保護者氏名",
        "メールアドレス（確認用）",
        "メールアドレス",
        "緊急連絡先電話番号",
        "電話番号",
        "帰省先住所",
        "住所",
    ]
    found = named(headings, ["1"] * len(headings))
    assert (found["number"], found["name"], found["mail"]) == (["整理番号"], ["氏名"], ["メールアドレス"])
    assert (found["phone"], found["address"]) == (["電話番号"], ["住所"])


def test_parts_of_an_address_follow_each_other() -> None:
    headings = ["住所2", "整理番号", "住所1", "氏名", "住所3"]
    assert named(headings, ["b", "1", "a", "n", "c"])["address"] == ["住所1", "住所2", "住所3"]


def test_one_hot_weekdays_and_the_parts_of_a_date() -> None:
    headings = ["整理番号", "氏名", "月", "火曜", "勤務可能曜日（水）"]
    mapping = map_table(table(headings, ["1", "n", "1", "", "○"]))
    assert mapping.one_hot == ((2, "月"), (3, "火"), (4, "水"))
    dated = map_table(table(["整理番号", "氏名", "月", "日"], ["1", "n", "2", "29"]))
    assert dated.one_hot == ()
    assert len(dated.answers) == 2


def test_duplicate_headings_are_used_once() -> None:
    mapping = map_table(table(["整理番号", "氏名", "氏名", ""], ["1", "a", "b", "c"]))
    assert mapping.fields[Field.NAME] == (1,)
    assert mapping.answers == (2, 3)


@pytest.mark.parametrize(
    ("headings", "code"),
    [(["氏名", "住所"], "import.no-number-column"), (["整理番号", "住所"], "import.no-name-column")],
)
def test_files_without_number_or_name_are_refused(headings: list[str], code: str) -> None:
    with pytest.raises(InputFileError) as caught:
        map_table(table(headings, ["1", "2"]))
    assert caught.value.code == code


def test_a_profile_can_be_chosen_and_an_unknown_one_is_named() -> None:
    made = table(["会員番号", "氏名"], ["1", "n"])
    assert map_table(made).source == "rikunabi"
    assert map_table(made, profile="電子申請").source == "e-application"
    assert map_table(table(["エントリーID", "氏名"], ["1", "n"])).source == "other"
    with pytest.raises(NotFoundError) as caught:
        map_table(made, profile="ハローワーク")
    assert "rikunabi" in str(caught.value.params["known"])


def test_a_profile_of_ones_own_wins() -> None:
    own = profile_of({"name": "独自", "source": "own", "columns": {"number": ["かぎ"], "name": ["だれ"]}})
    assert isinstance(own, Profile)
    mapping = map_table(table(["かぎ", "だれ", "氏名"], ["1", "n", "m"]), profiles=[*shipped_profiles(), own])
    assert (mapping.source, mapping.fields[Field.NAME], mapping.answers) == ("own", (1,), (2,))


def test_a_mapping_can_be_corrected_by_hand() -> None:
    mapping = map_table(table(["整理番号", "氏名", "月", "火", "水", "x"], ["1", "n", "1", "", "", "y"]))
    changed = mapping.with_column(Field.COURSES, [5]).with_column(Field.GRADE, [2])
    assert changed.fields[Field.COURSES] == (5,)
    assert changed.one_hot == ((3, "火"), (4, "水"))
    assert changed.answers == ()
    assert changed.with_column(Field.KANA, [1]).column(Field.NAME) is None


def test_known_headings_are_told_apart() -> None:
    """No heading of the shipped data may serve two fields: which one wins would be chance."""
    for profile in (*shipped_profiles(), None):
        columns = profile.columns if profile else common_headings().columns
        for (one, names), (other, more) in itertools.combinations(columns.items(), 2):
            both = {heading_key(name) for name in names} & {heading_key(name) for name in more}
            assert not both, (one, other, both)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("月曜日;水曜日", ("月", "水")),
        ("水、月", ("月", "水")),
        ("火木金", ("火", "木", "金")),
        ("月曜・火曜", ("月", "火")),
        ("日曜日", ("日",)),
        ("いつでも", None),
        ("", None),
        ("月1回", None),
    ],
)
def test_weekdays(text: str, days: tuple[str, ...] | None) -> None:
    assert weekdays_of(text) == days
