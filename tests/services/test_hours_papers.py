"""Attendance sheets in both forms, and the sheets that departments sign, made from a real month."""

from __future__ import annotations

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, sample_december, work
from pdf_reading import pypdf_text

from fujisawa_desktop.documents.hours_specs import ConfirmationSpec
from fujisawa_desktop.documents.specs import AttendanceSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.paper_options import AttendanceOptions
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.staff import Member

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def make(database: Database, programme_id: int, kind: str, **options: object) -> PaperDraft:
    return make_papers(
        database,
        programme_id=programme_id,
        kind=kind,
        year_month=DECEMBER,
        **options,  # type: ignore[arg-type]
    )


def sheet(draft: PaperDraft) -> AttendanceSpec:
    [made] = draft.sheets
    assert isinstance(made.spec, AttendanceSpec)
    return made.spec


def confirmations(draft: PaperDraft) -> list[ConfirmationSpec]:
    return [made.spec for made in draft.sheets if isinstance(made.spec, ConfirmationSpec)]


class TestBlank:
    def test_plans_stand_in_it_and_worked_time_does_not(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], TEN_DAYS[:2], "終", ShiftKind.PLANNED)
        options = {"numbers": [YUI], "options": AttendanceOptions(is_blank=True)}
        draft = make(database, programme_id, "attendance", **options)
        days = sheet(draft).days
        assert [row.day for row in days if row.planned] == ["2", "4"]
        assert not any(row.starts or row.ends or row.break_time or row.worked for row in days)
        totals = {one.label: one.text.replace("　", "") for one in sheet(draft).totals}
        assert totals == {"勤務日数": "日", "勤務予定の合計": "12時間", "勤務時間の合計": "時間分"}
        text = pypdf_text(draft.pdf)
        assert "上記のとおり勤務しました。" in text
        assert "8時間30分" not in text

    def test_filled_in_it_says_what_was_worked(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert four
        draft = make(database, programme_id, "attendance", numbers=[YUI], options=AttendanceOptions())
        assert {one.text for one in sheet(draft).totals} >= {"3日", "8時間30分"}
        assert draft.page_count == 1


class TestConfirmation:
    def test_each_department_with_its_people_and_total(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert four
        draft = make(database, programme_id, "confirmation")
        digital, children = confirmations(draft)
        assert (digital.owner.label, children.owner.label) == ("デジタル推進室", "子育て企画課")
        told = {line.number: (line.days, line.count, line.time) for line in children.lines}
        assert told == {
            SAKURA: ("2・4・6・9・11・13・16・18・20・23日", "10日", "60時間"),
            YUI: ("2・4・6日", "3日", "8時間30分"),
        }
        assert (children.total.count, children.total.time) == ("13日", "68時間30分")
        text = pypdf_text(draft.pdf)
        assert "上記のとおり勤務したことを確認します。" in text

    def test_somebody_who_did_not_work_is_named(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], TEN_DAYS[:3], "")
        _digital, children = confirmations(make(database, programme_id, "confirmation"))
        yui = next(line for line in children.lines if line.number == YUI)
        assert (yui.days, yui.count, yui.time) == ("勤務なし", "0日", "0時間")

    def test_only_those_asked_for(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert four
        [only] = confirmations(make(database, programme_id, "confirmation", numbers=[RYOSUKE]))
        assert [line.number for line in only.lines] == [RYOSUKE]

    def test_it_is_issued(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        assert four
        draft = make(database, programme_id, "confirmation")
        assert issue_papers(database, draft=draft, actor="test").changed

    def test_nobody_in_that_month(self, database: Database, programme_id: int) -> None:
        with pytest.raises(RuleError) as caught:
            make(database, programme_id, "confirmation")
        assert caught.value.code == "month.nobody"
