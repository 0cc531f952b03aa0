from __future__ import annotations

import random

import pytest

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.applicant_rows import read_applicants
from fujisawa_desktop.exchange.column_uses import (
    Layout,
    all_uses,
    apply_layout,
    find_layout,
    fingerprint,
    mapping_of,
    missing_fields,
    require_columns,
    uses_of,
    with_use,
)
from fujisawa_desktop.exchange.columns import Field
from fujisawa_desktop.exchange.profiles import map_table, match_table
from tests.exchange.tables import GOOD, table

HEADINGS = ["ID", "人", "よみ", "月", "自由"]
LAYOUT = Layout(
    "来年度",
    "new",
    (("ID", "number"), ("人", "name"), ("よみ", "kana"), ("月", "day:月"), ("自由", "answer")),
)


def test_uses_and_mapping_are_two_sides_of_one_thing() -> None:
    made = table([*GOOD, "月", "火", "水", "手続き名"], [*GOOD.values(), "1", "", "", "x"])
    mapping = map_table(made)
    uses = uses_of(mapping, len(made.headings))
    assert uses[-4:] == ("day:月", "day:火", "day:水", "")
    again = mapping_of(uses, profile=mapping.profile, source=mapping.source)
    assert uses_of(again, len(made.headings)) == uses
    assert (again.one_hot, again.answers) == (mapping.one_hot, mapping.answers)
    assert set(uses) <= set(all_uses())


def test_a_field_of_one_column_leaves_the_column_it_had() -> None:
    uses = with_use(("number", "answer", "name"), 1, "number")
    assert uses == ("answer", "number", "name")
    assert with_use(uses, 0, "name") == ("name", "number", "name"), "a name may stand in two columns"
    assert with_use(("day:月", "answer"), 1, "day:月") == ("answer", "day:月")
    assert with_use(("answer", "answer"), 1, "") == ("answer", "")


def test_number_and_name_must_be_there() -> None:
    assert missing_fields(mapping_of(("answer",), profile="", source="")) == (Field.NUMBER, Field.NAME)
    split = mapping_of(("number", "family_name", "given_name"), profile="", source="")
    assert require_columns(split) is split
    with pytest.raises(InputFileError):
        require_columns(mapping_of(("number",), profile="", source=""))


def test_parts_of_one_value_are_joined_in_the_order_of_the_columns() -> None:
    headings = ["番", "姓", "名", "年", "月", "日", "市外", "市内", "番号"]
    uses = ("number", "name", "name", *["birth_date"] * 3, *["phone"] * 3)
    made = table(headings, ["1", "見本", "太郎", "2004", "2", "29", "0466", "50", "3583"])
    [record] = read_applicants(made, mapping_of(uses, profile="", source="x")).records
    assert (record.name_raw, str(record.birth_date), record.phone) == (
        "見本　太郎",
        "2004-02-29",
        "0466-50-3583",
    )


def test_a_layout_is_found_in_any_order_and_with_further_columns() -> None:
    dice = random.Random(1)
    for _ in range(5):
        headings = [*HEADINGS, "あとから増えた列"]
        dice.shuffle(headings)
        found = find_layout(headings, [LAYOUT])
        assert found is LAYOUT
        made = table(headings, ["x"] * len(headings))
        mapping = apply_layout(LAYOUT, headings, match_table(made))
        uses = dict(zip(headings, uses_of(mapping, len(headings)), strict=True))
        assert uses == {**dict(LAYOUT.columns), "あとから増えた列": "answer"}
        assert (mapping.profile, mapping.source) == ("来年度", "new")
    assert fingerprint(HEADINGS) == fingerprint([*reversed(HEADINGS)])


def test_a_layout_does_not_fit_a_file_that_lacks_one_of_its_columns() -> None:
    assert find_layout(["ID", "人", "月"], [LAYOUT]) is None
    assert find_layout(["ID", "人", "よみ", "月"], [LAYOUT]) is LAYOUT, "an answer may be missing"
    assert find_layout([], [Layout("leer", "x", (("a", "answer"),))]) is None


def test_exactly_these_headings_win_over_a_smaller_layout() -> None:
    small = Layout("小", "a", (("ID", "number"), ("人", "name")))
    assert find_layout(HEADINGS, [small, LAYOUT]) is LAYOUT
    exact = Layout("同", "b", (("ID", "number"), ("人", "name"), ("x", "answer")))
    wide = Layout("広", "c", (("ID", "number"), ("人", "name"), ("y", "answer"), ("z", "answer")))
    assert find_layout(["人", "ID", "x"], [wide, exact]) is exact


def test_a_new_column_does_not_take_a_field_that_the_layout_gave_away() -> None:
    headings = ["ID", "人", "氏名"]
    made = table(headings, ["1", "a", "b"])
    layout = Layout("n", "s", (("ID", "number"), ("人", "name")))
    uses = uses_of(apply_layout(layout, headings, match_table(made)), 3)
    assert uses == ("number", "name", "answer")
    phone = ["ID", "人", "電話番号"]
    found = uses_of(apply_layout(layout, phone, match_table(table(phone, ["1", "a", "0"]))), 3)
    assert found == ("number", "name", "phone"), "what the layout does not know is recognised"


def test_columns_with_the_same_heading_keep_their_order() -> None:
    layout = Layout("n", "s", (("氏名", "name"), ("ID", "number"), ("氏名", "kana")))
    headings = ["ID", "氏名", "氏名"]
    uses = uses_of(apply_layout(layout, headings, match_table(table(headings, ["1", "a", "ア"]))), 3)
    assert uses == ("number", "name", "kana")
    assert find_layout(["ID", "氏名"], [layout]) is None
