from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from intake_scene import CHILD, OTHER, row_of, take_in
from sqlalchemy import select, text

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    ApplicantAvailability,
    Application,
    Appointment,
    AvailabilityText,
    Base,
    Decision,
    Dispatch,
    Entry,
    Interview,
    InterviewAnnouncement,
    InterviewNeed,
    InterviewUnit,
    NoteKind,
    Notice,
    PersonMerge,
    SuspectedDuplicate,
    SuspicionVerdict,
    UnitHolder,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.glance import glance_at
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, details, list_page, mark_different, save_applicant
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.notes import add_note, office_notes
from fujisawa_desktop.services.person_merge import MergeForesight, foresee_merge, merge_people
from fujisawa_desktop.services.person_split import everybody_in, merges_into, split_person
from fujisawa_desktop.services.unit_of_work import unit_of_work

AGAIN = {"整理番号": "2001", "氏名（漢字）": "楜沢　涼介", "メールアドレス": "relay@relay.example"}
THIRD = {"整理番号": "3001", "電話番号": "08011112222", "メールアドレス": "third@relay.example"}
NOON = datetime(2024, 10, 28, 12, 0)


def person(database: Database, programme_id: int, number: str) -> int:
    return row_of(database, programme_id, number).applicant_id


@pytest.fixture
def pair(database: Database, programme_id: int, tmp_path: Path) -> tuple[int, int]:
    """Two people who are one, suspected, and somebody else."""
    take_in(database, programme_id, tmp_path, {}, AGAIN, OTHER)
    return person(database, programme_id, "1001"), person(database, programme_id, "2001")


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the journal's, versions left out."""
    with database.read() as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            if not table.name.startswith("journal"):
                columns = [column for column in table.c if column.name != "version"]
                rows = session.execute(select(*columns).order_by(*table.primary_key)).all()
                found[table.name] = [tuple(map(repr, row)) for row in rows]
        return found


def foresight(database: Database, kept: int, gone: int) -> MergeForesight:
    with database.read() as session:
        return foresee_merge(session, kept, gone)


def decide(database: Database, entry_number: str, result: Result, *, announced: bool) -> None:
    with unit_of_work(database, "test.decision") as work:
        entry = select(Entry.id).where(Entry.number == entry_number)
        application = work.session.scalars(select(Application).where(Application.entry_id.in_(entry))).one()
        work.session.add(
            Decision(
                application_id=application.id,
                stage=Stage.FIRST,
                result=result,
                decided_at=NOON,
                announced_at=NOON if announced else None,
            )
        )
        work.commit()


def meet(database: Database, programme_id: int, number: str, starts: datetime) -> None:
    """Store an interview of half an hour with its units, without any interviewer."""
    with unit_of_work(database, "test.interview") as work:
        entry = work.session.scalars(select(Entry).where(Entry.number == number)).one()
        meeting = Interview(
            programme_id=programme_id,
            entry_id=entry.id,
            applicant_id=entry.applicant_id,
            starts_at=starts,
            ends_at=starts.replace(minute=30),
        )
        work.session.add(meeting)
        work.session.flush()
        for minute in range(0, 30, 5):
            work.session.add(
                InterviewUnit(
                    interview_id=meeting.id,
                    holder=UnitHolder.APPLICANT,
                    holder_id=entry.applicant_id,
                    starts_at=starts.replace(minute=minute),
                )
            )
        work.commit()


def burden(database: Database, programme_id: int, kept: int, gone: int) -> None:
    """Let much hang on the person who goes."""
    meet(database, programme_id, "2001", NOON)
    add_note(database, applicant_id=gone, kind=NoteKind.OFFICE, text="電話あり")
    with unit_of_work(database, "test.burden") as work:
        day = date(2024, 10, 28)
        for owner, hours in ((kept, (9, 10)), (gone, (9, 12)), (gone, (13, 17))):
            work.session.add(
                ApplicantAvailability(applicant_id=owner, day=day, starts=time(hours[0]), ends=time(hours[1]))
            )
        common: dict[str, Any] = {"programme_id": programme_id, "applicant_id": gone, "kind": "first-result"}
        work.session.add(Notice(**common, dated=day, issued_at=NOON, snapshot={}, sha256=""))
        work.session.add(Dispatch(**common, address="x", sha256="", written_at=NOON, actor="甲"))
        entry = work.session.scalars(select(Entry).where(Entry.number == "2001")).one()
        told = {"programme_id": programme_id, "entry_id": entry.id, "applicant_id": gone, "actor": "甲"}
        span = {"starts_at": NOON, "ends_at": NOON.replace(minute=30), "announced_at": NOON}
        work.session.add(InterviewAnnouncement(**told, **span))
        for owner, text in ((kept, "午後なら可"), (gone, "11/1は終日可")):
            work.session.add(AvailabilityText(applicant_id=owner, text=text, is_confirmed=True))
        work.session.add(InterviewNeed(applicant_id=kept, minutes=30, finish_by=day, note="車椅子"))
        work.session.add(InterviewNeed(applicant_id=gone, minutes=45, needs_support=True, note="筆談"))
        work.commit()


def owners(database: Database, model: type[Any]) -> set[int]:
    with database.read() as session:
        return set(session.scalars(select(model.applicant_id)))


def test_everything_goes_over_to_the_one_person(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    burden(database, programme_id, kept, gone)
    before = dump(database)
    seen = foresight(database, kept, gone)
    assert (seen.refused, seen.entries, seen.twice, seen.interviews) == ("", 2, ("DX・スマートシティ",), 1)
    change = merge_people(database, kept_id=kept, gone_id=gone, from_gone={"mail", "name"}, actor="甲")
    assert change.changed
    for model in (Interview, InterviewAnnouncement, Notice, Dispatch):
        assert owners(database, model) == {kept}, model
    with database.read() as session:
        assert set(session.scalars(select(InterviewUnit.holder_id))) == {kept}
        assert [note.text for note in office_notes(session, kept)] == ["電話あり"]
        need = session.scalars(select(InterviewNeed).where(InterviewNeed.applicant_id == kept)).one()
        assert (need.minutes, need.finish_by, need.needs_support) == (45, date(2024, 10, 28), True)
        assert need.note == "車椅子\n筆談"
        text = session.scalars(select(AvailabilityText).where(AvailabilityText.applicant_id == kept)).one()
        assert (text.text, text.is_confirmed) == ("午後なら可\n11/1は終日可", False)
        times = session.scalars(
            select(ApplicantAvailability)
            .where(ApplicantAvailability.applicant_id == kept)
            .order_by(ApplicantAvailability.starts)
        ).all()
        assert [(row.starts.hour, row.ends.hour) for row in times] == [(9, 12), (13, 17)]
        assert session.get_one(Applicant, gone).mail == "relay@relay.example"
        one = session.get_one(Applicant, kept)
        assert (one.mail, one.name_entered, one.phone) == (
            "relay@relay.example",
            "楜沢\u3000涼介",
            "09000000001",
        )
    after = dump(database)
    undo(database)
    assert dump(database) == before
    redo(database)
    assert dump(database) == after
    assert check_journal(database).broken_at is None


def test_the_list_keeps_a_line_for_each_entry_and_finds_both_numbers(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    merge_people(database, kept_id=kept, gone_id=gone)
    for number in ("1001", "2001"):
        rows = list_page(database, ListQuery(programme_id, text=number))
        assert [(row.number, row.applicant_id) for row in rows] == [("1001", kept), ("2001", kept)]
    listed = list_page(database, ListQuery(programme_id))
    assert [row.number for row in listed] == ["1001", "2001", "1002"]
    if database.path is not None:  # only a file is glanced at before it is opened
        glance = glance_at(database.path)
        assert glance is not None
        assert [row.number for row in glance.rows] == [row.number for row in listed]
    shown = details(database, listed[0].entry_id)
    assert [other.number for other in shown.other_entries] == ["2001"]
    assert shown.suspicions == ()


def test_who_is_one_is_suspected_no_more(
    database: Database, programme_id: int, pair: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = pair
    merge_people(database, kept_id=kept, gone_id=gone)
    take_in(database, programme_id, tmp_path, {}, {**AGAIN, "電話番号": "09099990000"}, OTHER)
    form = details(database, row_of(database, programme_id, "1001").entry_id).form
    save_applicant(database, form=replace(form, phone="09077770000"))
    with database.read() as session:
        assert session.scalars(select(SuspectedDuplicate)).all() == []


def test_doubts_about_a_third_go_over_once_and_different_people_stay_different(
    database: Database, programme_id: int, pair: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = pair
    take_in(database, programme_id, tmp_path, THIRD)
    third = person(database, programme_id, "3001")
    with database.read() as session:
        doubts = {
            (row.first_id, row.second_id): row.id for row in session.scalars(select(SuspectedDuplicate))
        }
    assert set(doubts) == {(kept, gone), (kept, third), (gone, third)}
    mark_different(database, suspicion_id=doubts[gone, third])
    before = dump(database)
    merge_people(database, kept_id=kept, gone_id=gone)
    with database.read() as session:
        [left] = session.scalars(select(SuspectedDuplicate)).all()
        assert (left.first_id, left.second_id, left.verdict) == (kept, third, SuspicionVerdict.DIFFERENT)
    take_in(database, programme_id, tmp_path, {**THIRD, "志望理由": "別"})
    with database.read() as session:
        assert [row.verdict for row in session.scalars(select(SuspectedDuplicate))] == [
            SuspicionVerdict.DIFFERENT
        ]
    undo(database)
    split_person(database, gone_id=gone)
    with database.read() as session:
        told = {
            (row.first_id, row.second_id): row.verdict for row in session.scalars(select(SuspectedDuplicate))
        }
    different, still_open = SuspicionVerdict.DIFFERENT, SuspicionVerdict.OPEN
    assert told == {(kept, gone): different, (kept, third): still_open, (gone, third): different}
    undo(database)
    undo(database)
    assert dump(database) == before


def test_split_later_gives_back_entries_and_what_came_to_them_since(
    database: Database, programme_id: int, pair: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = pair
    burden(database, programme_id, kept, gone)
    before = dump(database)
    merge_people(database, kept_id=kept, gone_id=gone, from_gone={"mail", "name"})
    form = details(database, row_of(database, programme_id, "1001").entry_id).form
    save_applicant(database, form=replace(form, mail="new@example.ac.jp"))
    take_in(database, programme_id, tmp_path, {}, {**AGAIN, "希望コース": CHILD}, OTHER)
    with database.read() as session:
        [view] = merges_into(session, kept)
        assert (view.gone_id, view.numbers) == (gone, ("2001",))
        assert everybody_in(session, kept) == [kept, gone]
    result = split_person(database, gone_id=gone, actor="甲")
    assert result.kept == ("mail",)
    assert person(database, programme_id, "2001") == gone
    row = row_of(database, programme_id, "2001")
    assert set(row.courses) == {"DX・スマートシティ", "子ども・子育て政策"}
    for model in (Interview, InterviewAnnouncement, Notice, Dispatch):
        assert owners(database, model) == {gone}, model
    after = dump(database)
    together = ("interview_unit", "interview_need", "availability_text", "interview_announcement")
    for table in (*together, "applicant_availability", "applicant_note"):
        assert after[table] == before[table], table
    with database.read() as session:
        one = session.get_one(Applicant, kept)
        assert (one.name_entered, one.mail) == ("楜澤\u3000涼介", "new@example.ac.jp")
        assert session.scalars(select(PersonMerge)).all() == []
        assert set(session.scalars(select(Application.applicant_id))) >= {kept, gone}
    assert [one.number for one in list_page(database, ListQuery(programme_id, text="2001"))] == ["2001"]


def test_split_at_once_is_as_before_but_for_the_remembered_difference(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    burden(database, programme_id, kept, gone)
    before = dump(database)
    merge_people(database, kept_id=kept, gone_id=gone, from_gone={"mail", "name", "kana", "birth_date"})
    split_person(database, gone_id=gone)
    after = dump(database)
    assert [row[-1] for row in after.pop("suspected_duplicate")] == [
        "<SuspicionVerdict.DIFFERENT: 'different'>"
    ]
    before.pop("suspected_duplicate")
    assert after == before


def test_three_entries_of_one_person_are_split_in_any_order(
    database: Database, programme_id: int, pair: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = pair
    take_in(database, programme_id, tmp_path, THIRD)
    third = person(database, programme_id, "3001")
    merge_people(database, kept_id=kept, gone_id=gone, from_gone={"mail"})
    merge_people(database, kept_id=kept, gone_id=third, from_gone={"mail", "phone"})
    split_person(database, gone_id=gone)
    split_person(database, gone_id=third)
    with database.read() as session:
        one = session.get_one(Applicant, kept)
        assert (one.mail, one.phone) == ("a@example.ac.jp", "09000000001")
    merge_people(database, kept_id=kept, gone_id=gone)
    merge_people(database, kept_id=third, gone_id=kept)
    with pytest.raises(RuleError) as refused:
        split_person(database, gone_id=gone)
    assert refused.value.code == "merge.split-other-first"
    with database.read() as session:
        assert everybody_in(session, third) == [third, kept, gone]


def test_announced_results_that_contradict_each_other_are_refused(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    decide(database, "1001", Result.PASS, announced=True)
    decide(database, "2001", Result.FAIL, announced=True)
    assert foresight(database, kept, gone).refused == "merge.decisions-contradict"
    with pytest.raises(RuleError) as refused:
        merge_people(database, kept_id=kept, gone_id=gone)
    assert refused.value.params == {"courses": ["DX・スマートシティ"]}
    assert person(database, programme_id, "2001") == gone


def test_noted_results_may_differ_and_are_named(database: Database, pair: tuple[int, int]) -> None:
    kept, gone = pair
    decide(database, "1001", Result.PASS, announced=False)
    decide(database, "2001", Result.FAIL, announced=False)
    seen = foresight(database, kept, gone)
    assert (seen.refused, seen.noted_apart) == ("", ("DX・スマートシティ",))
    merge_people(database, kept_id=kept, gone_id=gone)
    with database.read() as session:
        assert len(session.scalars(select(Decision)).all()) == 2


def test_two_interviews_at_one_time_are_refused(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    meet(database, programme_id, "1001", NOON)
    meet(database, programme_id, "2001", NOON)
    with pytest.raises(RuleError) as refused:
        merge_people(database, kept_id=kept, gone_id=gone)
    assert refused.value.code == "merge.interviews-clash"


def test_two_appointments_for_one_time_are_refused(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    with unit_of_work(database, "test.appointments") as work:
        for application in work.session.scalars(
            select(Application).where(Application.applicant_id.in_(pair))
        ):
            work.session.add(
                Appointment(
                    programme_id=programme_id,
                    applicant_id=application.applicant_id,
                    application_id=application.id,
                    course_id=application.course_id,
                    host_department="",
                    workplace="",
                    term_from=date(2024, 12, 1),
                    term_until=date(2025, 3, 31),
                    cap_minutes=3600,
                    cap_inclusive=False,
                    week_days_max=3,
                    pay_rounding="A",
                    tax_column="hei",
                    commuting_mode="none",
                    appointed_at=NOON,
                )
            )
        work.commit()
    assert foresight(database, kept, gone).refused == "merge.both-appointed"


def test_what_cannot_be_merged_or_split_is_refused(
    database: Database, programme_id: int, pair: tuple[int, int]
) -> None:
    kept, gone = pair
    for one, other in ((kept, kept), (kept, 999)):
        with pytest.raises(NotFoundError):
            merge_people(database, kept_id=one, gone_id=other)
    with pytest.raises(ConflictError):
        merge_people(database, kept_id=kept, gone_id=gone, versions=(1, 99))
    with pytest.raises(NotFoundError):
        split_person(database, gone_id=gone)
    merge_people(database, kept_id=kept, gone_id=gone)
    with pytest.raises(NotFoundError):
        merge_people(database, kept_id=kept, gone_id=gone)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM person_merge")) == 1


def test_notes_on_both_are_kept(database: Database, programme_id: int, pair: tuple[int, int]) -> None:
    kept, gone = pair
    for number, note in (("1001", "一"), ("2001", "二")):
        form = details(database, row_of(database, programme_id, number).entry_id).form
        save_applicant(database, form=replace(form, note=note))
    merge_people(database, kept_id=kept, gone_id=gone)
    with database.read() as session:
        assert session.get_one(Applicant, kept).note == "一\n\n二"
    split_person(database, gone_id=gone)
    with database.read() as session:
        assert session.get_one(Applicant, kept).note == "一"


def test_both_entries_of_one_person_may_change_in_one_file(
    database: Database, programme_id: int, pair: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = pair
    merge_people(database, kept_id=kept, gone_id=gone)
    take_in(database, programme_id, tmp_path, {"電話番号": "09055556666"}, {**AGAIN, "学年": "4年"}, OTHER)
    with database.read() as session:
        one = session.get_one(Applicant, kept)
        assert (one.phone, one.grade) == ("09055556666", "4年")
