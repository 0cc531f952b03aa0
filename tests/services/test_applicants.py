from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_scene import CHILD, DX, OTHER, row_of, take_in

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.exchange.tabular import parse_table
from fujisawa_desktop.models import SuspicionVerdict
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicant_keys import (
    applicant_keys,
    key_terms,
    new_applicants_keys,
    stored_phone,
)
from fujisawa_desktop.services.applicants import (
    FLAGS,
    SORTS,
    ListQuery,
    details,
    facet_counts,
    first_page,
    list_count,
    list_export,
    list_ids,
    list_page,
    mark_different,
    mark_open,
    save_applicant,
)
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.selection import record_decisions, release

SAMPLES = resources_dir() / "samples"


@pytest.fixture
def full(database: Database, programme_id: int) -> Database:
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(database, programme_id=programme_id, file=SAMPLES / name)
    return database


def numbers(database: Database, query: ListQuery) -> list[str]:
    return [row.number for row in list_page(database, query, 0, 1000)]


@pytest.mark.parametrize(
    "text",
    [
        "髙橋",
        "高橋",
        "たかはし",
        "ﾀｶﾊｼ",
        "高橋 葵",
        "葵　髙橋",
        "1002",
        "１００２",
        "090-0000-0002",
        "0000-0002",
        "B@EXAMPLE",
    ],
)
def test_one_box_finds_a_person_however_it_is_typed(
    database: Database, programme_id: int, tmp_path: Path, text: str
) -> None:
    take_in(database, programme_id, tmp_path, {}, OTHER)
    assert numbers(database, ListQuery(programme_id, text=text)) == ["1002"]


@pytest.mark.parametrize("text", ["zzz", "高橋 湊", "%", "_", "|", "'", '"', "\\", "*"])
def test_what_is_not_there_is_not_found(
    database: Database, programme_id: int, tmp_path: Path, text: str
) -> None:
    take_in(database, programme_id, tmp_path, {}, OTHER)
    assert numbers(database, ListQuery(programme_id, text=text)) in ([], ["1001", "1002"])
    assert (numbers(database, ListQuery(programme_id, text=text)) == []) == bool(key_terms(text))


def test_an_official_name_is_shown_and_found(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(database, programme_id, tmp_path, {})
    entry_id = row_of(database, programme_id, "1001").entry_id
    save_applicant(database, form=replace(details(database, entry_id).form, name_official="楜澤 凉介"))
    for text in ("涼介", "凉介"):
        [row] = list_page(database, ListQuery(programme_id, text=text))
        assert row.name == "楜澤　凉介"


def test_the_list_is_in_the_order_of_the_syllabary(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    names = ["ハーン", "ハアン", "ガツラ", "カツラ", "", "ハンバ", "パンダ"]
    take_in(
        database,
        programme_id,
        tmp_path,
        *[
            {"整理番号": str(n), "氏名（フリガナ）": kana, "氏名（漢字）": "見本"}
            for n, kana in enumerate(names)
        ],
    )
    rows = list_page(database, ListQuery(programme_id))
    assert [row.kana for row in rows] == ["カツラ", "ガツラ", "ハーン", "ハアン", "パンダ", "ハンバ", ""]
    turned = list_page(database, ListQuery(programme_id, sorts=(("kana", "desc"),)))
    assert [row.kana for row in turned] == [row.kana for row in reversed(rows)]


def test_pages_follow_each_other_in_every_order(full: Database, programme_id: int) -> None:
    for name in SORTS:
        for direction in ("asc", "desc"):
            for text in ("", "見本"):
                query = ListQuery(programme_id, text=text, sorts=((name, direction),))
                ids = list_ids(full, query)
                assert len(set(ids)) == len(ids) == list_count(full, query) == 400
                paged = [row.entry_id for at in range(0, 400, 90) for row in list_page(full, query, at, 90)]
                assert paged == ids


def test_orders_are_what_they_say(full: Database, programme_id: int) -> None:
    def column(name: str, field: str, direction: str = "asc") -> list[Any]:
        query = ListQuery(programme_id, sorts=((name, direction),))
        return [getattr(row, field) for row in list_page(full, query, 0, 400)]

    for name in ("number", "source", "received_at", "school", "faculty"):
        values = column(name, name)
        assert values == sorted(values)
        assert column(name, name, "desc") == sorted(values, reverse=True)
    grades = column("grade", "grade")
    assert "" in grades
    assert grades == sorted(grades, key=lambda grade: (not grade, grade))
    assert column("grade", "grade", "desc") == [
        *sorted(filter(None, grades), reverse=True),
        *(grade for grade in grades if not grade),
    ]
    withdrawn = column("status", "status")[:4]
    assert set(withdrawn) == {ApplicationStatus.WITHDRAWN}
    assert all(column("flags", "flags")[:60])


def test_filters_combine(full: Database, programme_id: int) -> None:
    everyone = list_page(full, ListQuery(programme_id), 0, 1000)
    dx = next(row.course_ids[0] for row in everyone if row.courses[0].startswith("DX"))

    def both_ways(query: ListQuery, wanted: list[int]) -> None:
        assert list_ids(full, query) == wanted
        assert list_count(full, query) == len(wanted)

    both_ways(
        ListQuery(programme_id, course_ids=frozenset({dx})),
        [row.entry_id for row in everyone if dx in row.course_ids],
    )
    both_ways(
        ListQuery(programme_id, sources=frozenset({"rikunabi"}), flags=frozenset({"duplicate"})),
        [row.entry_id for row in everyone if row.source == "rikunabi" and "duplicate" in row.flags],
    )
    both_ways(
        ListQuery(programme_id, flags=frozenset({"late", "not-student"})),
        [row.entry_id for row in everyone if {"late", "not-student"} & set(row.flags)],
    )
    some = [row.entry_id for row in everyone[10:20]]
    both_ways(ListQuery(programme_id, entry_ids=frozenset(some)), some)
    both_ways(ListQuery(programme_id, entry_ids=frozenset()), [])
    both_ways(
        ListQuery(
            programme_id,
            text="見本",
            course_ids=frozenset({dx}),
            statuses=frozenset({ApplicationStatus.WITHDRAWN}),
        ),
        [
            row.entry_id
            for row in everyone
            if row.status is ApplicationStatus.WITHDRAWN and dx in row.course_ids
        ],
    )


def test_course_and_state_must_be_of_one_application(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"希望コース": f"{DX};{CHILD}"})
    row = row_of(database, programme_id, "1001")
    record_decisions(database, application_ids=row.application_ids[:1], stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    passed = frozenset({ApplicationStatus.FIRST_PASSED})
    first, second = row.course_ids
    query = ListQuery(programme_id, statuses=passed)
    assert list_count(database, replace(query, course_ids=frozenset({first}))) == 1
    assert list_count(database, replace(query, course_ids=frozenset({second}))) == 0
    assert facet_counts(database, query).courses == {first: 1}


def test_facets_count_what_choosing_them_would_show(full: Database, programme_id: int) -> None:
    for query in (
        ListQuery(programme_id),
        ListQuery(programme_id, text="高橋"),
        ListQuery(programme_id, sources=frozenset({"rikunabi"}), flags=frozenset({"duplicate"})),
    ):
        facets = facet_counts(full, query)
        for course_id, count in facets.courses.items():
            assert list_count(full, replace(query, course_ids=frozenset({course_id}))) == count
        for status, count in facets.statuses.items():
            assert list_count(full, replace(query, statuses=frozenset({status}))) == count
        for flag in FLAGS:
            assert list_count(full, replace(query, flags=frozenset({flag}))) == facets.flags[flag]
        for source, count in facets.sources.items():
            assert list_count(full, replace(query, sources=frozenset({source}))) == count


def test_the_first_page_counts_on_the_way(
    full: Database, programme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = ListQuery(programme_id, text="高橋")
    page = first_page(full, query, 3)
    assert list(page.rows) == list_page(full, query, 0, 3)
    assert page.total == list_count(full, query)
    monkeypatch.setattr("fujisawa_desktop.services.applicant_list._COUNTED", 5)
    assert first_page(full, query, 3).total is None
    assert len(first_page(full, query, 3).rows) == 3


def test_details_show_all_of_an_entry(full: Database, programme_id: int) -> None:
    row = next(row for row in list_page(full, ListQuery(programme_id), 0, 1000) if "duplicate" in row.flags)
    shown = details(full, row.entry_id)
    assert (shown.number, shown.name, shown.flags) == (row.number, row.name, row.flags)
    assert [view.course for view in shown.applications] == list(row.courses)
    [suspicion] = shown.suspicions
    assert (suspicion.verdict, bool(suspicion.reasons)) == (SuspicionVerdict.OPEN, True)
    assert details(full, suspicion.entry_id).suspicions[0].entry_id == row.entry_id
    assert [line.label.code for line in shown.history] == ["import.applicants"] * len(shown.history)
    assert shown.answers
    with pytest.raises(NotFoundError):
        details(full, 99_999)


def test_two_people_kept_apart_leave_the_filter(full: Database, programme_id: int) -> None:
    query = ListQuery(programme_id, flags=frozenset({"duplicate"}))
    before = list_count(full, query)
    shown = details(full, list_ids(full, query)[0])
    suspicion_id = shown.suspicions[0].suspicion_id
    mark_different(full, suspicion_id=suspicion_id)
    assert list_count(full, query) == before - 2
    assert not mark_different(full, suspicion_id=suspicion_id).changed
    again = details(full, shown.entry_id)
    assert (again.suspicions[0].verdict, again.flags) == (SuspicionVerdict.DIFFERENT, ())
    assert again.history[0].label.code == "applicant.different"
    mark_open(full, suspicion_id=suspicion_id)
    assert list_count(full, query) == before
    with pytest.raises(NotFoundError):
        mark_different(full, suspicion_id=99_999)


def test_a_judged_pair_stays_judged_when_imported_again(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    twice = {"整理番号": "2", "メールアドレス": "z@z.jp"}
    take_in(database, programme_id, tmp_path, {}, twice)
    shown = details(database, row_of(database, programme_id, "2").entry_id)
    mark_different(database, suspicion_id=shown.suspicions[0].suspicion_id)
    take_in(database, programme_id, tmp_path, {}, {**twice, "メールアドレス": "a@example.ac.jp"})
    now = details(database, shown.entry_id)
    assert now.suspicions[0].verdict is SuspicionVerdict.DIFFERENT
    assert "mail" in now.suspicions[0].reasons


def test_edits_are_checked_stored_and_taken_back(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, OTHER)
    entry_id = row_of(database, programme_id, "1001").entry_id
    form = details(database, entry_id).form
    for change, field in (
        ({"kana": "漢字"}, "kana"),
        ({"postcode": "251"}, "postcode"),
        ({"mail": "a@b"}, "mail"),
        ({"mail": "a@b.jp,c@d.jp"}, "mail"),
    ):
        with pytest.raises(ValidationError) as caught:
            save_applicant(database, form=replace(form, **change))
        assert caught.value.field == field
    edited = replace(
        form,
        kana="くるみさわ りょうすけ",
        postcode="〒251-8601",
        phone="0466-25-1111",
        mail="ｎｅｗ@example.jp",
        note="電話済",
    )
    assert save_applicant(database, form=edited).changed
    now = details(database, entry_id).form
    assert (now.kana, now.postcode, now.phone, now.mail) == (
        "クルミサワ リョウスケ",
        "2518601",
        "0466251111",
        "new@example.jp",
    )
    assert numbers(database, ListQuery(programme_id, text="0466-25-1111")) == ["1001"]
    with pytest.raises(ConflictError):
        save_applicant(database, form=form)
    assert not save_applicant(database, form=now).changed
    undo(database)
    assert details(database, entry_id).form.phone == "09000000001"
    with pytest.raises(NotFoundError):
        save_applicant(database, form=replace(form, applicant_id=99_999))


def test_an_edit_that_makes_two_people_alike_is_noticed(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(
        database, programme_id, tmp_path, {}, {**OTHER, "生年月日": "2004/02/29", "電話番号": "09000000001"}
    )
    assert row_of(database, programme_id, "1002").flags == ()
    entry_id = row_of(database, programme_id, "1002").entry_id
    save_applicant(database, form=replace(details(database, entry_id).form, kana="クルミザワ リョウスケ"))
    assert row_of(database, programme_id, "1002").flags == ("duplicate",)


def test_a_reading_that_is_no_kana_may_stay_as_it_is(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"氏名（フリガナ）": "Smith John"})
    entry_id = row_of(database, programme_id, "1001").entry_id
    save_applicant(database, form=replace(details(database, entry_id).form, note="x"))
    assert details(database, entry_id).form.kana == "Smith John"


def words(family: str, value: object) -> str:
    return f"{family}:{value}"


def test_exports_hold_the_list_and_no_formula_comes_alive(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(
        database,
        programme_id,
        tmp_path,
        {"氏名（漢字）": '=HYPERLINK("http://x")', "大学・大学院名": "@大学"},
        OTHER,
    )
    query = ListQuery(programme_id, sorts=(("number", "asc"),))
    csv = list_export(database, query=query, file_format="csv", words=words, title="応募者")
    table = parse_table(csv, name="x")
    assert table.headings[0] == "column:number"
    assert [row.cells[0] for row in table.rows] == ["1001", "1002"]
    assert table.rows[0].cells[2] == '=HYPERLINK("http://x")'
    assert b"\"'=HYPERLINK" in csv
    page = openpyxl.load_workbook(
        io.BytesIO(list_export(database, query=query, file_format="xlsx", words=words, title="応募者"))
    ).active
    assert page is not None
    assert {cell.data_type for cell in page[2]} <= {"s", "n", "d"}
    assert (page["A2"].value, page["C2"].data_type, page["I3"].value) == ("1001", "s", "status:received")


def test_too_long_a_text_is_refused_by_excel_but_not_by_csv(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"大学・大学院名": "見本大学" * 9_000})
    query = ListQuery(programme_id)
    assert list_export(database, query=query, file_format="csv", words=words, title="t")
    with pytest.raises(RuleError):
        list_export(database, query=query, file_format="xlsx", words=words, title="t")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("０９０－１２３４－５６７８", "09012345678"),
        ("+81 90-1234-5678", "09012345678"),
        ("9012345678", "09012345678"),
        ("+1 212-555-0100", "+1 212-555-0100"),
        ("なし", "なし"),
        ("", ""),
    ],
)
def test_telephones_are_stored_bare(text: str, stored: str) -> None:
    assert stored_phone(text) == stored


_NAMES = st.text(st.one_of(st.characters(), st.sampled_from("Aカ -|´゛\u0301")), max_size=20)


@given(_NAMES, _NAMES)
def test_every_part_of_a_name_is_found_in_its_key(name: str, more: str) -> None:
    search, _sort = applicant_keys(
        name_entered=name + more, name_official=None, kana="", numbers=["7"], phone="", mail="", school=""
    )
    for term in key_terms(name + more):
        if not term.isdecimal():
            assert term in search


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name_entered": st.sampled_from(["髙橋 千尋", "a|b", "|", "", "Ｓｍｉｔｈ"]),
                "kana": st.sampled_from(["", "タカハシ チヒロ", "ﾐﾎﾝ"]),
                "phone": st.sampled_from(["", "09012345678", "+1 212-555-0100"]),
                "mail": st.sampled_from(["", "A@b.jp", "ａ|@b"]),
                "school": st.sampled_from(["", "見本 大学", "髙橋千尋"]),
            }
        ),
        max_size=6,
    )
)
def test_the_keys_of_many_new_people_are_those_of_each(people: list[dict[str, str]]) -> None:
    numbers = [f"２{at}" for at in range(len(people))]
    search, sort = new_applicants_keys(people, numbers)
    assert list(zip(search, sort, strict=True)) == [
        applicant_keys(name_official=None, numbers=[number], **person)
        for person, number in zip(people, numbers, strict=True)
    ]
