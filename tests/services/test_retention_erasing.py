"""Erasing what is due: nothing is left of who goes, everything of who stays, and the file still works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from paper_scene import make
from pdf_reading import pages_text
from retention_scene import LATER, WITNESS, erase_due, everything_in, found_in, sentinels, walked
from sqlalchemy import func, select

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    EntryAnswer,
    EntryKind,
    Erasure,
    ImportRow,
    JournalEntry,
    JournalPayload,
    NoteKind,
    Notice,
    Review,
)
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.retention import Category, erasable_from
from fujisawa_desktop.services.databases import check_database
from fujisawa_desktop.services.history import payload_of, undo, undo_state
from fujisawa_desktop.services.notes import add_note
from fujisawa_desktop.services.overview import overview
from fujisawa_desktop.services.person_merge import merge_people
from fujisawa_desktop.services.programmes import current_programme_id, read_programme
from fujisawa_desktop.services.retention import candidates
from fujisawa_desktop.services.retention_erasing import erase
from fujisawa_desktop.services.retention_settings import HoldReason, hold_person
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """A programme of sixty people, walked through the whole job."""
    database = open_database(walked(tmp_path))
    yield database
    database.dispose()


@pytest.fixture
def programme(file: Database) -> int:
    return current_programme_id(file)


def _count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def _keep(database: Database, people: list[int]) -> None:
    for person in people:
        hold_person(database, applicant_id=person, reason=HoldReason.APPEAL, today=LATER, actor="職員")


def test_nothing_is_left_of_fifty_people_and_everything_of_who_stays(file: Database, programme: int) -> None:
    everybody = sentinels(file)
    kept = [one.applicant_id for one in everybody][::12]
    _keep(file, kept)
    result = erase_due(file, programme)
    with file.read() as session:
        left = set(session.scalars(select(Applicant.id)))
    gone = [one for one in everybody if one.applicant_id not in left]
    stay = [one for one in everybody if one.applicant_id in left]
    assert len(gone) == result.people >= 50
    assert set(kept) <= left
    text = everything_in(file)
    assert found_in(text, gone) == []
    for one in stay:
        assert set(found_in(text, [one])) == set(one.texts)
    assert result.swept
    report = check_database(file)
    assert report.is_whole


def test_the_overview_shows_what_it_showed_and_nothing_to_do(file: Database, programme: int) -> None:
    before = overview(file, programme, LATER)
    erase_due(file, programme)
    after = overview(file, programme, LATER)
    assert after.stages == before.stages
    assert after.courses == before.courses
    assert after.todos == ()
    assert sum(stage.count for stage in after.stages) > 0


def test_each_kind_goes_by_its_own_day_and_the_person_with_the_last(file: Database, programme: int) -> None:
    names = [one for one in sentinels(file) if one.texts]
    first = {Category.APPLICATION, Category.SENT, Category.RAW}
    due = candidates(file, programme_id=programme, today=LATER)
    made = {one.fiscal_year for one in due if one.category in first}
    day = date(max(made) + 2, 4, 1)
    reviews, people = _count(file, Review), _count(file, Applicant)
    with file.read() as session:
        answers = session.scalar(
            select(func.count())
            .select_from(EntryAnswer)
            .join(Application, Application.entry_id == EntryAnswer.entry_id)
        )
    result = erase_due(file, programme, day)
    assert _count(file, Review) == reviews, "what reviewers said is kept longer"
    assert _count(file, Applicant) == people - result.people
    assert _count(file, ImportRow) == 0
    with file.read() as session:
        appointed = session.scalars(select(Applicant).where(Applicant.address != "")).all()
        blank = session.scalars(select(Applicant).where(Applicant.address == "")).all()
        assert blank, "who was not appointed has no address any more"
        assert all(one.phone == one.mail == one.school == "" and one.name for one in blank)
        assert {one.mail in one.search_key for one in appointed} == {True}
        assert answers
    text = everything_in(file)
    for one in names:
        if one.applicant_id in {row.id for row in blank}:
            assert one.name in text
            assert [part for part in one.contacts if part in text] == []
    erase_due(file, programme)
    assert _count(file, Review) == 0


def test_an_act_about_erased_people_cannot_be_taken_back_and_later_ones_can(
    file: Database, programme: int
) -> None:
    with file.read() as session:
        person = session.scalars(select(Applicant.id)).first() or 0
    _keep(file, [person])
    early = undo_state(file).undo_seq
    assert early is not None
    result = erase_due(file, programme)
    with file.read() as session:
        emptied = session.scalars(
            select(JournalPayload.seq).where(JournalPayload.erased_by.is_not(None))
        ).first()
        assert emptied is not None
        with pytest.raises(RuleError) as refused:
            payload_of(session, emptied)
    assert refused.value.code == "undo.erased"
    assert result.change.seq is not None
    add_note(file, applicant_id=person, kind=NoteKind.SHARED, text="後のメモ", actor="職員")
    undo(file, actor="職員")
    assert check_database(file).is_whole


def test_the_erasure_itself_is_never_offered_for_undo(file: Database, programme: int) -> None:
    seq = erase_due(file, programme).change.seq
    state = undo_state(file)
    assert state.undo_seq != seq
    with file.read() as session:
        entry = session.get_one(JournalEntry, seq)
        assert entry.kind is EntryKind.ERASED
        assert set(entry.params) == {"count", "people"}


@pytest.mark.parametrize(
    ("confirmed", "witness", "code"),
    [
        (0, WITNESS, "retention.count-differs"),
        (None, "  ", "retention.witness-missing"),
        (None, "職　員", "retention.witness-same"),
    ],
)
def test_nothing_is_erased_without_two_people_and_the_right_number(
    file: Database, programme: int, confirmed: int | None, witness: str, code: str
) -> None:
    due = candidates(file, programme_id=programme, today=LATER)
    assert file.path is not None
    before = file.path.read_bytes()
    with pytest.raises((RuleError, ValidationError)) as refused:
        erase(
            file,
            programme_id=programme,
            confirmed=len(due) if confirmed is None else confirmed,
            witness=witness,
            today=LATER,
            actor="職員",
        )
    assert refused.value.code == code
    assert file.path.read_bytes() == before


def test_nothing_is_due_before_its_day(file: Database, programme: int) -> None:
    assert candidates(file, programme_id=programme, today=date(2026, 1, 1)) == ()
    with pytest.raises(RuleError) as refused:
        erase_due(file, programme, date(2026, 1, 1))
    assert refused.value.code == "retention.nothing-due"


def test_stopping_halfway_leaves_all_as_it_was(file: Database, programme: int) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, whole: int) -> None:
        if done * 2 > whole:
            raise StoppedError

    people = _count(file, Applicant)
    with pytest.raises(StoppedError):
        erase_due(file, programme, progress=stop)
    assert (_count(file, Applicant), _count(file, Erasure)) == (people, 0)
    assert check_database(file).is_whole


def test_certificates_hold_counts_and_nobody(file: Database, programme: int) -> None:
    everybody = sentinels(file)
    erase_due(file, programme)
    draft = make(file, programme, "purge-certificate", dated=date(2060, 4, 2))
    text = "".join(pages_text(draft.pdf))
    assert "選考に関する記録" in text
    assert "労働基準法第109条" in text
    assert WITNESS in text
    assert [one.name for one in everybody if one.name in text] == []


def test_lists_that_stay_lose_the_rows_of_erased_people_only(file: Database, programme: int) -> None:
    everybody = sentinels(file)
    with file.read() as session:
        listed = session.execute(select(Notice.id, Notice.kind).where(Notice.applicant_id.is_(None))).all()
    assert listed
    _keep(file, [one.applicant_id for one in everybody][::2])
    erase_due(file, programme)
    with file.read() as session:
        still = session.execute(select(Notice.id, Notice.kind).where(Notice.applicant_id.is_(None))).all()
    assert still == listed, "a list is a record of the office"


def _listed(database: Database, kind: str) -> str:
    with database.read() as session:
        query = select(Notice.snapshot).where(Notice.kind == kind, Notice.applicant_id.is_(None))
        return json.dumps(list(session.scalars(query)), ensure_ascii=False)


def test_registers_and_transfers_are_kept_like_pay_and_the_ledger_like_what_was_sent(
    file: Database, programme: int
) -> None:
    lists = {kind: _listed(file, kind) for kind in ("register", "transfer-list", "dispatch-ledger")}
    named = {kind: [one.name for one in sentinels(file) if one.name in text] for kind, text in lists.items()}
    assert all(named.values()), "each of them names somebody"
    whole = candidates(file, programme_id=programme, today=LATER)
    day = erasable_from(max(one.made_on for one in whole if one.category is Category.SENT), 1)
    assert day < min(one.kept_until for one in whole if one.category is Category.PAY)
    erase_due(file, programme, day, categories=[Category.SENT])
    assert {kind: _listed(file, kind) for kind in ("register", "transfer-list")} == {
        kind: lists[kind] for kind in ("register", "transfer-list")
    }
    ledger = _listed(file, "dispatch-ledger")
    assert [name for name in named["dispatch-ledger"] if name in ledger] == []
    erase_due(file, programme, categories=[Category.PAY])
    for kind in ("register", "transfer-list"):
        text = _listed(file, kind)
        assert [name for name in named[kind] if name in text] == []


def test_two_people_made_one_go_together(file: Database, programme: int) -> None:
    everybody = [one for one in sentinels(file) if len(one.texts) > 3]
    with file.read() as session:
        free = set(session.scalars(select(Applicant.id))) - set(
            session.scalars(select(Application.applicant_id).where(Application.status != "first-failed"))
        )
    one, other = [person for person in everybody if person.applicant_id in free][:2]
    merge_people(file, kept_id=one.applicant_id, gone_id=other.applicant_id, actor="職員")
    _keep(file, [person.applicant_id for person in everybody if person not in (one, other)])
    erase_due(file, programme)
    text = everything_in(file)
    assert found_in(text, [one, other]) == []


def test_the_same_person_in_the_programme_of_the_next_year_is_left_alone(
    file: Database, programme: int
) -> None:
    with file.read() as session:
        old = session.scalars(select(Applicant).order_by(Applicant.id)).first()
        assert old is not None
        name, mail = old.name_entered, old.mail
    with unit_of_work(file, "test.next-year", actor="test") as work:
        following = read_programme("r6").programme
        following.code, following.fiscal_year = "next", following.fiscal_year + 1
        work.session.add(following)
        work.session.flush()
        other = following.id
        work.session.add(
            Applicant(
                programme_id=other,
                name_entered=name,
                kana="かな",
                search_key=name,
                sort_key="か",
                mail=mail,
            )
        )
        work.commit()
    erase_due(file, programme)
    with file.read() as session:
        assert session.scalars(select(Applicant.mail).where(Applicant.programme_id == other)).all() == [mail]
    assert name in everything_in(file)
