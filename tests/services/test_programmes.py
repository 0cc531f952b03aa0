from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Applicant, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.history import redo, undo, undo_state
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.programmes import (
    ClosedDayRow,
    ContactRow,
    PatternRow,
    ProgrammeView,
    RateRow,
    choose_programme,
    create_programme,
    current_programme_id,
    eligibility_policy,
    programme,
    programme_to_show,
    programmes,
    save_programme,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def form(database: Database, programme_id: int) -> ProgrammeView:
    return programme(database, programme_id)


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    text = (resources_dir() / "programmes" / "r6.toml").read_text(encoding="utf-8")
    path = tmp_path / "r7.toml"
    path.write_text(
        text.replace('code = "r6"', 'code = "r7"').replace("fiscal_year = 2024", "fiscal_year = 2025"),
        encoding="utf-8",
    )
    return path


class TestCreate:
    def test_an_empty_file_has_no_programme(self, empty_database: Database) -> None:
        with pytest.raises(NotFoundError, match=r"programme\.none"):
            current_programme_id(empty_database)
        assert programmes(empty_database) == []

    def test_r6_is_stored_with_all_it_brings(self, empty_database: Database) -> None:
        change = create_programme(empty_database, source="r6", actor="test")
        assert change.kinds >= {"programme", "course", "hourly_rate", "work_pattern", "contact"}
        view = programme(empty_database, current_programme_id(empty_database))
        assert view.code == "r6"
        assert view.rates == (RateRow(date(2024, 12, 1), 1258),)
        assert [pattern.sign for pattern in view.patterns] == ["終", "半"]
        assert view.closed_days == ()
        assert view.closed == frozenset()
        assert view.contacts[0].persons == "楜澤（くるみざわ）・西山"
        assert view.minimum_wages[0] == ("2024-10-01", 1162)

    def test_the_first_one_founds_the_file_and_stays(self, empty_database: Database) -> None:
        create_programme(empty_database, source="r6", actor="test")
        assert undo_state(empty_database).undo is None
        with pytest.raises(RuleError, match=r"undo\.nothing"):
            undo(empty_database, actor="test")
        assert len(programmes(empty_database)) == 1

    def test_a_further_one_can_be_taken_back_and_done_again(self, database: Database, tmp_path: Path) -> None:
        shipped = resources_dir() / "programmes" / "r6.toml"
        text = shipped.read_text(encoding="utf-8").replace('code = "r6"', 'code = "r7"', 1)
        further = tmp_path / "r7.toml"
        further.write_text(text, encoding="utf-8")
        create_programme(database, source=further, actor="test")
        assert len(programmes(database)) == 2
        before = programme(database, current_programme_id(database))
        undo(database, actor="test")
        assert len(programmes(database)) == 1
        left = current_programme_id(database)
        assert programme_to_show(database, wanted=before.id) == left
        assert programme_to_show(database, wanted=left) == left
        redo(database, actor="test")
        assert programme(database, current_programme_id(database)) == before
        assert check_journal(database).broken_at is None

    def test_the_same_programme_is_not_stored_twice(self, database: Database) -> None:
        with pytest.raises(ConflictError, match=r"programme\.exists"):
            create_programme(database, source="r6")
        assert len(programmes(database)) == 1


class TestChoice:
    def test_the_newest_is_current_until_one_is_chosen(
        self, database: Database, programme_id: int, next_year: Path
    ) -> None:
        create_programme(database, source=next_year)
        assert [row.code for row in programmes(database)] == ["r7", "r6"]
        newest = current_programme_id(database)
        assert newest != programme_id
        choose_programme(database, programme_id=programme_id)
        assert current_programme_id(database) == programme_id
        choose_programme(database, programme_id=newest)
        assert current_programme_id(database) == newest
        assert not choose_programme(database, programme_id=newest).changed

    def test_a_chosen_programme_that_is_gone_falls_back_to_the_newest(
        self, empty_database: Database, next_year: Path
    ) -> None:
        create_programme(empty_database, source="r6")
        r6 = current_programme_id(empty_database)
        create_programme(empty_database, source=next_year)
        choose_programme(empty_database, programme_id=current_programme_id(empty_database))
        with unit_of_work(empty_database, "programme.choose") as work:
            from fujisawa_desktop.models import Setting

            setting = work.session.get(Setting, "current-programme")
            assert setting is not None
            setting.value = 999
            work.commit()
        assert current_programme_id(empty_database) != r6

    def test_what_does_not_exist_cannot_be_chosen_or_read(self, database: Database) -> None:
        with pytest.raises(NotFoundError, match=r"programme\.gone"):
            choose_programme(database, programme_id=999)
        with pytest.raises(NotFoundError, match=r"programme\.gone"):
            programme(database, 999)


class TestSave:
    def test_nothing_changed_leaves_no_trace(self, database: Database, form: ProgrammeView) -> None:
        assert not save_programme(database, form=form).changed
        assert programme(database, form.id) == form

    def test_columns_and_lists_are_stored(self, database: Database, form: ProgrammeView) -> None:
        wanted = replace(
            form,
            title="見本インターンシップ",
            cap_inclusive=True,
            final_result_on=date(2024, 11, 15),
            minimum_wages=(("2024-10-01", 1162),),
            rates=(RateRow(date(2024, 12, 1), 1258), RateRow(date(2025, 1, 1), 1300)),
            patterns=(
                PatternRow("早", "早番", time(8, 30), time(12), None, 0),
                *form.patterns[1:],
            ),
            closed_days=(ClosedDayRow(date(2024, 12, 27), "電気設備点検"),),
            contacts=(ContactRow("notice", "見本課", "", "0466-00-0000", "", ""),),
        )
        change = save_programme(database, form=wanted)
        assert change.kinds == {"programme", "hourly_rate", "work_pattern", "closed_day", "contact"}
        stored = programme(database, form.id)
        assert stored == replace(wanted, version=form.version + 1)
        assert stored.closed == frozenset({date(2024, 12, 27)})

    def test_it_can_be_taken_back(self, database: Database, form: ProgrammeView) -> None:
        save_programme(
            database, form=replace(form, title="別", rates=(RateRow(date(2024, 11, 1), 9),), contacts=())
        )
        undo(database)
        assert programme(database, form.id) == form

    def test_a_stale_form_is_refused(self, database: Database, form: ProgrammeView) -> None:
        save_programme(database, form=replace(form, title="一人目"))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save_programme(database, form=replace(form, title="二人目"))
        assert programme(database, form.id).title == "一人目"

    def test_new_words_and_a_new_deadline_judge_the_entries_anew(
        self, database: Database, form: ProgrammeView
    ) -> None:
        with unit_of_work(database, "test.entries") as work:
            people = work.insert_many(
                Applicant,
                [
                    {
                        "programme_id": form.id, "name_entered": "見本", "name_official": None,
                        "kana": "ミホン", "search_key": "", "sort_key": "", "birth_date": None,
                        "school": school,
                    }
                    for school in ("見本大学", "見本高等学校")
                ],
            )  # fmt: skip
            work.insert_many(
                Entry,
                [
                    {
                        "programme_id": form.id, "applicant_id": applicant_id, "source": "manual",
                        "number": str(applicant_id), "received_at": datetime(2024, 10, 16, 18, 0),
                        "state_text": "保留", "is_not_student": applicant_id == people[1],
                    }
                    for applicant_id in people
                ],
            )  # fmt: skip
            work.commit()
        wanted = replace(
            form,
            entry_deadline=datetime(2024, 10, 16, 17, 0),
            school_words=("高等学校",),
            refused_words=(),
            withdrawn_words=("保留",),
        )
        assert "entry" in save_programme(database, form=wanted).kinds
        with database.read() as session:
            rows = {
                entry.applicant_id: (entry.is_late, entry.is_withdrawn, entry.is_not_student)
                for entry in session.query(Entry)
            }
        assert rows == {people[0]: (True, True, True), people[1]: (True, True, False)}
        undo(database)
        with database.read() as session:
            assert not any(entry.is_late for entry in session.query(Entry))

    def test_the_policy_of_the_rules(self, form: ProgrammeView) -> None:
        policy = eligibility_policy(form)
        assert policy.deadline == datetime(2024, 10, 16, 23, 59)
        assert "専門学校" in policy.refused_words


FULL_DAY = PatternRow("終", "終日", time(9), time(16), None, 0)
RATE = RateRow(date(2024, 12, 1), 1258)
CLOSED = ClosedDayRow(date(2024, 12, 27), "電気設備点検")

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"title": "  "}, "field.required", "title"),
    ({"workplace": ""}, "field.required", "workplace"),
    ({"final_result_text": ""}, "field.required", "final_result_text"),
    ({"entry_from": date(2024, 10, 17)}, "programme.days-reversed", "entry_until"),
    ({"first_result_on": date(2024, 10, 15)}, "programme.days-reversed", "first_result_on"),
    ({"interview_from": date(2024, 10, 24)}, "programme.days-reversed", "interview_from"),
    ({"interview_until": date(2024, 10, 29)}, "programme.days-reversed", "interview_until"),
    ({"final_result_on": date(2024, 11, 7)}, "programme.days-reversed", "final_result_on"),
    ({"final_result_on": date(2024, 12, 2)}, "programme.days-reversed", "term_from"),
    ({"term_from": date(2024, 11, 7)}, "programme.days-reversed", "term_from"),
    ({"term_until": date(2024, 11, 30)}, "programme.days-reversed", "term_until"),
    ({"term_until": date(2025, 4, 1)}, "term.beyond-fiscal-year", "term_until"),
    ({"entry_deadline": datetime(2024, 10, 17, 0, 0)}, "programme.deadline-day", "entry_deadline"),
    ({"interview_day_until": time(9)}, "programme.hours-reversed", "interview_day_until"),
    ({"lunch_from": None}, "field.required", "lunch_from"),
    ({"lunch_until": None}, "field.required", "lunch_until"),
    ({"lunch_until": time(12)}, "programme.hours-reversed", "lunch_until"),
    ({"interview_slot_minutes": 0}, "number.too-small", "interview_slot_minutes"),
    ({"interview_slot_minutes": 32}, "programme.slot-step", "interview_slot_minutes"),
    ({"interview_gap_minutes": 3}, "programme.slot-step", "interview_gap_minutes"),
    ({"cap_minutes": 0}, "number.too-small", "cap_minutes"),
    ({"commuting_cap_yen": -1}, "number.too-small", "commuting_cap_yen"),
    ({"week_days_max": 8}, "programme.week-days", "week_days_max"),
    ({"week_days_min": 3, "week_days_max": 2}, "programme.week-days", "week_days_max"),
    ({"pay_day": 32}, "programme.pay-day", "pay_day"),
    ({"pay_rounding": "D"}, "programme.unknown-choice", "pay_rounding"),
    ({"commuting_mode": "taxi"}, "programme.unknown-choice", "commuting_mode"),
    ({"tax_column": "?"}, "programme.unknown-choice", "tax_column"),
    ({"rates": ()}, "programme.rate-missing", "rates"),
    ({"rates": (RateRow(date(2024, 12, 2), 1258),)}, "programme.rate-missing", "rates"),
    ({"rates": (RateRow(date(2024, 12, 1), 0),)}, "number.too-small", "rates"),
    ({"rates": (RATE, RATE)}, "programme.listed-twice", "rates"),
    ({"patterns": (replace(FULL_DAY, sign=""),)}, "field.required", "patterns"),
    ({"patterns": (replace(FULL_DAY, ends=time(9)),)}, "programme.hours-reversed", "patterns"),
    ({"patterns": (FULL_DAY, FULL_DAY)}, "programme.listed-twice", "patterns"),
    ({"closed_days": (CLOSED, CLOSED)}, "programme.listed-twice", "closed_days"),
]


@pytest.mark.parametrize(("changes", "code", "field"), REFUSED)
def test_a_form_that_cannot_be_is_refused_at_its_field(
    database: Database, form: ProgrammeView, changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save_programme(database, form=replace(form, **changes))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert programme(database, form.id) == form


def test_a_term_of_one_day_and_a_day_in_every_week_are_fine(database: Database, form: ProgrammeView) -> None:
    day = form.term_from + timedelta(days=1)
    save_programme(
        database,
        form=replace(form, term_from=day, term_until=day, pay_day=31, lunch_from=None, lunch_until=None),
    )
    assert programme(database, form.id).term_until == day
