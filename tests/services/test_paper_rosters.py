"""The roster: columns, order and people as a clerk chose them."""

from __future__ import annotations

import pytest
from office_people import HANA, RYOSUKE, TWICE, YOSHINOSUKE, add_office_people, make
from pdf_reading import opened, pages_text
from sqlalchemy import select

from fujisawa_desktop.documents.specs import RosterSpec
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Application, Course
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.paper_options import RosterOptions, remember_roster, remembered_roster
from fujisawa_desktop.services.paper_rosters import COLUMNS, USUAL_COLUMNS, is_crowded, roster_page
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def listed(database: Database, programme_id: int) -> Database:
    add_office_people(database, programme_id)
    return database


def specs(database: Database, programme_id: int, **options: object) -> list[RosterSpec]:
    wanted = RosterOptions(**options)  # type: ignore[arg-type]
    draft = make(database, programme_id, "roster", options=wanted)
    return [sheet.spec for sheet in draft.sheets if isinstance(sheet.spec, RosterSpec)]


def test_without_a_choice_it_is_the_usual_list_of_each_course(listed: Database, programme_id: int) -> None:
    first, second = specs(listed, programme_id)
    assert [column.heading for column in first.columns] == [
        "No.", "受付番号", "氏名", "フリガナ", "大学・学部・学科・学年", "状況",
    ]  # fmt: skip
    assert [row[2] for row in first.rows] == [TWICE, YOSHINOSUKE, HANA]
    assert [row[2] for row in second.rows] == [TWICE, RYOSUKE]
    assert first.mark == "取扱注意"
    assert "（五十音順）" in first.subtitle
    assert not first.is_portrait


def test_columns_are_chosen_and_ordered(listed: Database, programme_id: int) -> None:
    columns = ("row", "name", "course", "number", "blank")
    (spec,) = specs(listed, programme_id, columns=columns, by_course=False, order="number", marked=False)
    assert [column.heading for column in spec.columns] == ["No.", "氏名", "コース", "受付番号", "備考"]
    assert [row[3] for row in spec.rows] == ["20", "100", "300", "400", "401"], "20 is less than 100"
    assert [row[0] for row in spec.rows] == ["1", "2", "3", "4", "5"]
    assert spec.rows[0][1:] == (HANA, "DX・スマートシティ", "20", "")
    assert spec.mark == ""
    assert spec.subtitle == "全コース（受付番号順）"


def test_narrow_lists_stand_upright_and_wide_ones_lie(listed: Database, programme_id: int) -> None:
    narrow = make(listed, programme_id, "roster", options=RosterOptions(columns=("row", "number", "name")))
    wide = make(listed, programme_id, "roster", options=RosterOptions(columns=USUAL_COLUMNS))
    for draft, upright in ((narrow, True), (wide, False)):
        with opened(draft.pdf) as document:
            width, height = document.get_page_size(0)
        assert (height > width) is upright
        assert "1／1頁" in pages_text(draft.pdf)[0]
        assert "令和6年10月25日 17:02 作成" in pages_text(draft.pdf)[0]


def test_only_a_state_and_a_course(listed: Database, programme_id: int) -> None:
    with listed.read() as session:
        course = session.scalars(select(Course.id).order_by(Course.position)).all()[1]
    (spec,) = specs(listed, programme_id, course_ids=(course,), statuses=(Status.FIRST_PASSED,))
    assert [row[1] for row in spec.rows] == ["401", "300"]
    assert spec.subtitle.endswith("（1次合格のみ、五十音順）")
    with pytest.raises(RuleError) as caught:
        options = RosterOptions(statuses=(Status.APPOINTED,))
        make(listed, programme_id, "roster", numbers=["300"], options=options)
    assert caught.value.code == "papers.roster-empty"
    (empty, _other) = specs(listed, programme_id, statuses=(Status.APPOINTED,))
    assert empty.rows == ()
    assert empty.empty_text


def test_an_entry_for_both_courses_is_one_row_of_the_whole_list(listed: Database, programme_id: int) -> None:
    with unit_of_work(listed, "test.second", actor="test") as work:
        known = work.session.scalars(select(Application)).first()
        assert known is not None
        other = work.session.scalars(select(Course.id).where(Course.id != known.course_id)).first()
        row = Application(
            applicant_id=known.applicant_id,
            entry_id=known.entry_id,
            course_id=other,
            status=Status.FIRST_FAILED,
            score=1250,
        )
        work.session.add(row)
        work.commit()
    columns = ("number", "course", "state", "score")
    (spec,) = specs(listed, programme_id, columns=columns, by_course=False)
    (both,) = (row for row in spec.rows if row[0] == "300")
    assert set(both[1].split("・")) >= {"DX", "子ども"}
    assert "1次合格" in both[2]
    assert "1次不合格" in both[2]
    assert both[3] == "12.50"
    assert len(spec.rows) == 5


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_can_stand_on_the_list(listed: Database, programme_id: int, key: str) -> None:
    (spec,) = specs(listed, programme_id, columns=(key,), by_course=False)
    assert spec.columns[0].heading != key, "every column has a heading in the wording"
    assert all(isinstance(row[0], str) for row in spec.rows)


def test_what_is_not_known_is_refused(listed: Database, programme_id: int) -> None:
    for options, code in (
        ({"columns": ("name", "salary")}, "papers.column-unknown"),
        ({"order": "points"}, "papers.order-unknown"),
    ):
        with pytest.raises(NotFoundError) as caught:
            specs(listed, programme_id, **options)
        assert caught.value.code == code


def test_columns_and_order_are_remembered(listed: Database, programme_id: int) -> None:
    wanted = RosterOptions(
        columns=("number", "name"), order="number", by_course=False, marked=False, statuses=(Status.RECEIVED,)
    )
    assert remember_roster(listed, options=wanted, actor="test").changed
    assert not remember_roster(listed, options=wanted, actor="test").changed
    found = remembered_roster(listed)
    assert (found.columns, found.order, found.by_course, found.marked) == (
        ("number", "name"),
        "number",
        False,
        False,
    )
    assert found.statuses is None, "of whom it is belongs to one printing"
    (spec,) = (sheet.spec for sheet in make(listed, programme_id, "roster").sheets)
    assert isinstance(spec, RosterSpec)
    assert [row[0] for row in spec.rows] == ["20", "100", "300", "400", "401"]
    undo(listed, actor="test")
    assert remembered_roster(listed) == RosterOptions()


def test_the_picture_is_the_beginning_of_the_list(listed: Database, programme_id: int) -> None:
    pdf = roster_page(listed, programme_id=programme_id, options=RosterOptions(columns=("name", "address")))
    text = pages_text(pdf)[0]
    assert YOSHINOSUKE in text
    assert "湘南ハイツ" in text


def test_too_many_columns_are_told() -> None:
    assert not is_crowded(USUAL_COLUMNS)
    assert is_crowded(tuple(COLUMNS))
