"""Wordings as clerks edit them: what they consist of, what is wrong with them, their versions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import JournalEntry, PaperTemplate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_wording import wording
from fujisawa_desktop.services.programmes import create_programme, programmes
from fujisawa_desktop.services.wording_checks import check_wording
from fujisawa_desktop.services.wording_shape import Path, Shape, sections_of, texts_in, value_at, with_value
from fujisawa_desktop.services.wording_versions import (
    SHIPPED,
    WordingText,
    compare_texts,
    compare_wordings,
    save_wording,
    take_back_wording,
    wording_names,
    wording_text,
    wording_versions,
    wordings,
)
from fujisawa_desktop.services.wording_words import known_words
from fujisawa_desktop.services.wording_years import copy_wordings, wording_sources
from fujisawa_desktop.texts import label, message

FIRST = "first-result"
BODY: Path = ("pass", "body")


def text_of(database: Database, programme_id: int, name: str = FIRST) -> WordingText:
    return wording_text(database, programme_id=programme_id, name=name)


def save(database: Database, programme_id: int, path: Path, value: object, **more: Any) -> None:
    now = text_of(database, programme_id)
    data = with_value(now.data, path, value)
    options = {"based_on": now.edition, "actor": "佐藤", **more}
    save_wording(database, programme_id=programme_id, name=FIRST, data=data, **options)


def in_use(database: Database, programme_id: int, path: Path, name: str = FIRST) -> Any:
    with database.read() as session:
        programme = programme_of(session, programme_id)
        return value_at(wording_in_use(session, programme, name).data, path)


def faults_of(name: str, path: Path, value: object) -> list[tuple[str, str, int]]:
    shipped = shipped_of(name)
    found = check_wording(name, with_value(shipped, path, value), shipped)
    assert all(fault.path == path for fault in found)
    told = [message(ValidationError(one.code, field="x", **one.params())) for one in found]
    assert not [text for text in told if any(name in text for name in ("{word}", "{line}", "{most}"))]
    return [(fault.code, fault.word, fault.line) for fault in found]


def shipped_of(name: str) -> Mapping[str, Any]:
    is_mail = name.startswith("mail:")
    return wording(name.removeprefix("mail:"), "mails" if is_mail else "notices").data


# --- what a wording consists of -------------------------------------------------


@pytest.mark.parametrize("name", wording_names())
def test_every_text_of_every_wording_can_be_edited_and_has_no_fault(name: str) -> None:
    shipped = shipped_of(name)
    fields = [field for section in sections_of(shipped) for field in section.fields]
    reached = [text for field in fields for _place, text in texts_in(field, value_at(shipped, field.path))]
    settings = [field for field in fields if field.shape in (Shape.CHOICE, Shape.FLAG)]
    assert sorted(reached) == sorted(every_text(shipped, {field.path[-1] for field in settings}))
    assert check_wording(name, shipped, shipped) == ()


def every_text(value: Any, but: set[str]) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in but for text in every_text(part, but)]
    return [text for part in value for text in every_text(part, but)] if isinstance(value, list) else []


def test_a_letter_has_a_part_for_each_result_and_a_form_has_none(
    database: Database, programme_id: int
) -> None:
    rows = {row.name: row for row in wordings(database, programme_id=programme_id)}
    assert rows["final-result"].variants == (("pass",), ("reserve",), ("fail",))
    assert rows["interview-invitation"].variants == (("letter",),)
    assert rows["attendance"].variants == ()
    assert {row.edition for row in rows.values()} == {SHIPPED}


@pytest.mark.parametrize("name", wording_names())
def test_every_word_has_a_meaning(name: str) -> None:
    shipped = shipped_of(name)
    words = {
        word
        for section in sections_of(shipped)
        for field in section.fields
        for word in known_words(name, field, shipped)
    }
    assert [word.word for word in words if not word.meaning] == []


# --- what is wrong with one -----------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "faults"),
    [
        (BODY, ["{{氏名}}様", "二つ目の\n{{指名}}"], [("wording.unknown", "指名", 2)]),
        (BODY, ["{% if 合格 %}はい"], [("wording.broken", "{% if 合格 %}はい", 1)]),
        (BODY, ["{% if 合格 %}はい{% endif %}"], []),
        (BODY, [], [("wording.empty", "", 1)]),
        (BODY, ["　"], [("wording.empty", "", 1)]),
        (BODY, ["外字\ue000です"], [("wording.character", "\ue000", 1)]),
        (BODY, ["𠮷葛\U000e0100"], []),
        (BODY, ["長" * 4_001], [("wording.long", "", 1)]),
        (BODY, "段落", [("wording.shape", "", 1)]),
        (("pass", "notes"), [], []),
        (("pass", "title"), "", [("wording.empty", "", 1)]),
        (("pass", "items"), [], []),
        (("pass", "items"), [{"label": "{{氏名}}", "lines": []}], [("wording.unknown", "氏名", 1)]),
        (("pass", "items"), [{"label": "", "lines": ["あ"]}], [("wording.empty", "", 1)]),
        (("pass", "items"), [{"label": "所"}], [("wording.shape", "", 1)]),
        (("date_style",), "gregorian", [("wording.choice", "gregorian", 1)]),
        (("print_address",), "true", [("wording.shape", "", 1)]),
        (("file_name",), "{{年度}}", [("wording.unknown", "年度", 1)]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    path: Path, value: object, faults: list[tuple[str, str, int]]
) -> None:
    assert faults_of(FIRST, path, value) == faults


def test_a_table_keeps_its_number_of_columns() -> None:
    assert faults_of("interviewer-timetable", ("columns",), ["氏名"]) == [("wording.count", "", 1)]


def test_a_word_is_known_only_where_it_is_filled() -> None:
    assert faults_of("score-sheet", ("most",), "／{{満点}}点") == []
    assert faults_of("score-sheet", ("title",), "{{満点}}") == [("wording.unknown", "満点", 1)]
    assert faults_of("attendance", ("title",), "{{月}}") == [("wording.unknown", "月", 1)]


def test_a_message_may_hold_any_character_and_knows_its_own_words() -> None:
    assert faults_of("mail:first-pass", ("after",), ["\ue000{{連絡事項}}"]) == []
    assert faults_of("mail:first-pass", ("after",), ["{{件名}}"]) == [("wording.unknown", "件名", 1)]


VALUES = st.recursive(
    st.one_of(
        st.text(max_size=20), st.booleans(), st.none(), st.integers(), st.sampled_from(["{{", "{% if "])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["label", "lines", "x"]), inner)
    ),
    max_leaves=8,
)


@given(value=VALUES, at=st.integers(0, 8))
def test_no_value_of_a_field_ends_in_anything_but_a_fault(value: object, at: int) -> None:
    shipped = shipped_of(FIRST)
    fields = [field for section in sections_of(shipped) for field in section.fields]
    path = fields[at].path
    for fault in check_wording(FIRST, with_value(shipped, path, value), shipped):
        assert fault.path == path
        assert message(ValidationError(fault.code, field="x", **fault.params()))


# --- versions -------------------------------------------------------------------


def test_what_was_saved_is_used_and_taken_back_as_one_act(database: Database, programme_id: int) -> None:
    before = in_use(database, programme_id, BODY)
    save(database, programme_id, BODY, ["新しい本文です。"], note="短くした")
    assert in_use(database, programme_id, BODY) == ["新しい本文です。"]
    with database.read() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert entry is not None
        assert label(entry.label, entry.params) == "文面の変更：1次選考結果通知"
    undo(database)
    assert in_use(database, programme_id, BODY) == before
    redo(database)
    assert in_use(database, programme_id, BODY) == ["新しい本文です。"]
    newest = wording_versions(database, programme_id=programme_id, name=FIRST)[0]
    assert (newest.edition, newest.actor, newest.note, newest.is_in_use) == (1, "佐藤", "短くした", True)


def test_every_version_is_kept_and_any_can_be_used_again(database: Database, programme_id: int) -> None:
    for text in ("一", "二", "三"):
        save(database, programme_id, BODY, [text])
    take_back_wording(database, programme_id=programme_id, name=FIRST, edition=1, based_on=3)
    assert in_use(database, programme_id, BODY) == ["一"]
    versions = wording_versions(database, programme_id=programme_id, name=FIRST)
    assert [one.edition for one in versions] == [4, 3, 2, 1, SHIPPED]
    assert [one.is_in_use for one in versions] == [True, False, False, False, False]
    undo(database)
    assert in_use(database, programme_id, BODY) == ["三"]


def test_the_shipped_text_comes_back_at_any_time(database: Database, programme_id: int) -> None:
    shipped = in_use(database, programme_id, BODY)
    save(database, programme_id, BODY, ["別の文"])
    take_back_wording(database, programme_id=programme_id, name=FIRST, edition=SHIPPED, based_on=1)
    assert in_use(database, programme_id, BODY) == shipped
    [row] = [one for one in wordings(database, programme_id=programme_id) if one.name == FIRST]
    assert (row.edition, row.is_changed) == (2, False)
    with database.read() as session:
        newest = select(PaperTemplate.body).order_by(PaperTemplate.edition.desc()).limit(1)
        assert session.scalar(newest) == {}  # a later release may improve the shipped text


def test_saving_what_is_already_so_writes_nothing(database: Database, programme_id: int) -> None:
    save(database, programme_id, BODY, in_use(database, programme_id, BODY))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(PaperTemplate)) == 0


def test_a_version_saved_meanwhile_is_noticed(database: Database, programme_id: int) -> None:
    save(database, programme_id, BODY, ["佐藤の文"])
    with pytest.raises(ConflictError) as caught:
        save(database, programme_id, BODY, ["鈴木の文"], based_on=SHIPPED, actor="鈴木")
    assert caught.value.code == "conflict.changed-meanwhile"
    with pytest.raises(ConflictError):
        take_back_wording(database, programme_id=programme_id, name=FIRST, edition=SHIPPED, based_on=SHIPPED)
    assert in_use(database, programme_id, BODY) == ["佐藤の文"]


def test_a_version_with_a_fault_is_not_kept(database: Database, programme_id: int) -> None:
    before = in_use(database, programme_id, BODY)
    with pytest.raises(ValidationError) as caught:
        save(database, programme_id, BODY, ["{{知らない語}}"])
    assert (caught.value.code, caught.value.field) == ("wording.unknown", "pass.body")
    with pytest.raises(ValidationError, match="note-long"):
        save(database, programme_id, BODY, ["良い文"], note="長" * 201)
    assert in_use(database, programme_id, BODY) == before


def test_what_does_not_exist_is_said(database: Database, programme_id: int) -> None:
    with pytest.raises(NotFoundError, match="unknown-name"):
        wording_text(database, programme_id=programme_id, name="../secret")
    with pytest.raises(NotFoundError, match="version-gone"):
        take_back_wording(database, programme_id=programme_id, name=FIRST, edition=9, based_on=SHIPPED)


def test_two_versions_are_compared_letter_by_letter(database: Database, programme_id: int) -> None:
    save(database, programme_id, BODY, ["合格されました。", "日程を調整します。"])
    save(database, programme_id, BODY, ["合格しました。", "日程を調整します。"])
    [change] = compare_wordings(database, programme_id=programme_id, name=FIRST, before=1, after=2)
    assert change.field.path == BODY
    assert [text for text, differs in change.before if differs] == ["され"]
    assert [text for text, differs in change.after if differs] == ["し"]
    assert "".join(text for text, _ in change.after) == "合格しました。\n日程を調整します。"


@given(old=st.lists(st.text("あい\n。", max_size=6), max_size=3), new=st.lists(st.text("あう。", max_size=6)))
def test_a_comparison_holds_both_texts_whole(old: list[str], new: list[str]) -> None:
    shipped = shipped_of(FIRST)
    first, second = with_value(shipped, BODY, old), with_value(shipped, BODY, new)
    changes = compare_texts(first, second, shipped)
    assert len(changes) == (old != new)
    for change in changes:
        assert "".join(text for text, _ in change.before) == "\n".join(old)
        assert "".join(text for text, _ in change.after) == "\n".join(new)


def test_what_a_later_release_adds_is_said_as_it_ships(database: Database, programme_id: int) -> None:
    data = dict(text_of(database, programme_id).data)
    del data["fail"]
    with_old = {**data, "file_name": "古い版"}
    with database.write() as session:
        session.add(
            PaperTemplate(
                programme_id=programme_id, kind=FIRST, edition=1, body=with_old, actor="佐藤",
                made_at=datetime(2024, 10, 1),
            )
        )  # fmt: skip
        session.commit()
    assert in_use(database, programme_id, ("file_name",)) == "古い版"
    assert in_use(database, programme_id, ("fail", "body"))


def test_wordings_of_messages_and_of_all_papers_are_kept_too(database: Database, programme_id: int) -> None:
    for name, path, value in (
        ("mail:first-fail", ("subject",), "結果（{{受付番号}}）"),
        ("common", ("contact", "heading"), "担当"),
        ("mail:common", ("opening",), "{{担当課}}でございます。"),
    ):
        now = text_of(database, programme_id, name)
        data = with_value(now.data, path, value)
        save_wording(database, programme_id=programme_id, name=name, data=data, based_on=SHIPPED)
        assert in_use(database, programme_id, path, name) == value


def test_words_are_said_of_fields_that_exist() -> None:
    data = tomllib.loads((resources_dir() / "wordings" / "words.toml").read_text(encoding="utf-8"))
    paths = {
        ".".join((name, *field.path[:length]))
        for name in wording_names()
        for section in sections_of(shipped_of(name))
        for field in section.fields
        for length in range(len(field.path) + 1)
    }
    assert set(data["fields"]) <= paths


def test_a_list_of_tables_that_are_not_alike_is_written_part_by_part() -> None:
    shipped = {"items": [{"label": "甲", "lines": ["{{件数}}"]}, {"label": "乙", "counts": "{{種類}}件"}]}
    fields = {field.key: field for section in sections_of(shipped) for field in section.fields}
    assert list(fields) == ["items.0.label", "items.0.lines", "items.1.label", "items.1.counts"]
    changed = with_value(shipped, fields["items.1.counts"].path, "{{種類}}")
    assert changed["items"][1] == {"label": "乙", "counts": "{{種類}}"}
    assert shipped["items"][1]["counts"] == "{{種類}}件"
    assert check_wording(FIRST, {"items": []}, shipped)


# --- other years ----------------------------------------------------------------


@pytest.fixture
def next_year(database: Database, programme_id: int, tmp_path: FilePath) -> int:
    """Another programme in the same file."""
    source = resources_dir() / "programmes" / "r6.toml"
    copied = tmp_path / "r7.toml"
    copied.write_text(source.read_text("utf-8").replace('code = "r6"', 'code = "r7"'), "utf-8")
    create_programme(database, source=copied)
    return next(row.id for row in programmes(database) if row.id != programme_id)


def test_what_was_changed_in_one_year_is_used_in_another_as_one_act(
    database: Database, programme_id: int, next_year: int
) -> None:
    assert wording_sources(database, programme_id=next_year) == ()
    save(database, programme_id, BODY, ["昨年の文"])
    mail = text_of(database, programme_id, "mail:first-fail")
    changed = with_value(mail.data, ("subject",), "結果")
    save_wording(database, programme_id=programme_id, name=mail.name, data=changed, based_on=SHIPPED)
    assert [row.id for row in wording_sources(database, programme_id=next_year)] == [programme_id]
    done = copy_wordings(database, programme_id=next_year, source_id=programme_id)
    assert done.label.params["count"] == 2
    assert in_use(database, next_year, BODY) == ["昨年の文"]
    assert in_use(database, next_year, ("subject",), mail.name) == "結果"
    with pytest.raises(RuleError, match="nothing-to-copy"):
        copy_wordings(database, programme_id=next_year, source_id=programme_id)
    undo(database)
    assert in_use(database, next_year, BODY) == shipped_of(FIRST)["pass"]["body"]
    assert in_use(database, programme_id, BODY) == ["昨年の文"]
