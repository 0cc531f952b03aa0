"""What one part of the selection must know of another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from decided_people import (
    TERM_DAY,
    announced_final,
    decide,
    decision_of,
    named,
    number_of,
    status_of,
)
from intake_scene import OTHER, portal_file
from pdf_reading import pages_text
from screening_scene import Scene, make_scene
from staged_people import Staged, stage

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Application, Decision, Entry, Interview, Notice, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.corrections import correct_decision
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_booking import Sitting, write_sittings
from fujisawa_desktop.services.list_narrowing import Narrowing
from fujisawa_desktop.services.list_paste import apply_paste, foresee_paste
from fujisawa_desktop.services.mail_drafts import MailDraft, MailKind, MailOrder, draft_mails
from fujisawa_desktop.services.mails import write_mails
from fujisawa_desktop.services.overview import overview
from fujisawa_desktop.services.papers import issue_papers, make_papers
from fujisawa_desktop.services.paste_values import in_order
from fujisawa_desktop.services.person_merge import foresee_merge, merge_people
from fujisawa_desktop.services.promotion import promote
from fujisawa_desktop.services.rehearsal import Outcome, rehearse
from fujisawa_desktop.services.rulings import FlagVerdict, rule_flag
from fujisawa_desktop.services.screening_ranking import course_ranking
from fujisawa_desktop.services.selection import record_decisions, record_reply, release
from fujisawa_desktop.services.selection_marks import mark_ineligible
from fujisawa_desktop.services.unit_of_work import unit_of_work

S = ApplicationStatus
AFTER_FINAL = date(2024, 11, 15)


def todo(database: Database, programme_id: int, today: date) -> dict[str, dict[str, object]]:
    found = overview(database, programme_id, today).todos
    return {item.code.removeprefix("todo."): dict(item.params) for item in found}


def draft(database: Database, programme_id: int, kind: MailKind, person: Staged) -> MailDraft:
    found = draft_mails(database, order=MailOrder(programme_id, kind))
    return next(one for one in found if one.entry_id == person.entry_id)


def write(database: Database, programme_id: int, kind: MailKind, folder: Path) -> None:
    order = MailOrder(programme_id, kind)
    found = draft_mails(database, order=order)
    write_mails(database, order=order, drafts=found, folder=folder, checked_by="鈴木", actor="佐藤")


# --- who left the selection ---------------------------------------------------------


def test_what_was_noted_of_somebody_not_eligible_waits_for_nothing(
    database: Database, programme_id: int
) -> None:
    people = [stage(database, programme_id, 1) for _ in range(3)]
    decide(database, people[:2], Result.PASS, Stage.FIRST)
    mark_ineligible(database, application_ids=[people[0].application_id], reason="在学していない")
    today = date(2024, 10, 18)
    assert todo(database, programme_id, today)["first-decisions"] == {"open": 1, "noted": 1}
    listed = list_page(database, ListQuery(programme_id, narrowing=Narrowing(noted="noted")))
    assert [row.entry_id for row in listed] == [people[1].entry_id]
    decide(database, people[2:], Result.FAIL, Stage.FIRST)
    assert todo(database, programme_id, today)["release-first"] == {"count": 2}
    assert release(database, programme_id=programme_id, stage=Stage.FIRST).announced == 2
    assert "release-first" not in todo(database, programme_id, today)


@pytest.fixture
def scene(database: Database, programme_id: int) -> Scene:
    return make_scene(database, programme_id)


def test_the_list_ranks_as_the_screening_does(scene: Scene) -> None:
    for at, number in enumerate(scene.ids):
        scene.review(number, 0, 5 - at, 3, 3, 3)
    withdrawn, ineligible, late, waived, plain = scene.ids.values()
    database, programme_id = scene.database, scene.programme_id
    record_reply(database, application_id=withdrawn, kind=ReplyKind.WITHDRAWN)
    mark_ineligible(database, application_ids=[ineligible], reason="在学していない")
    with unit_of_work(database, "test.late") as work:
        for key in (late, waived):
            work.session.get_one(Entry, work.session.get_one(Application, key).entry_id).is_late = True
        entry_id = work.session.get_one(Application, waived).entry_id
        work.commit()
    rule_flag(database, entry_id=entry_id, flag="late", verdict=FlagVerdict.WAIVED, reason="障害のため")
    listed = list_page(database, ListQuery(programme_id), ranks=True)
    ranks = {row.application_ids[0]: row.ranks[0] for row in listed}
    assert ranks == {withdrawn: None, ineligible: None, late: None, waived: 1, plain: 2}
    shown = course_ranking(
        database, programme_id=programme_id, course_id=scene.course_ids[0], with_excluded=True
    )
    assert {row.application_id: row.rank for row in shown.rows} == ranks
    best = list_page(database, ListQuery(programme_id, narrowing=Narrowing(rank_to=1)))
    assert [row.application_ids[0] for row in best] == [waived]


def test_whose_flag_stands_is_not_appointed(database: Database, programme_id: int) -> None:
    person = stage(database, programme_id, 1, S.ACCEPTED, flag="is_disqualified")
    other = stage(database, programme_id, 1, S.ACCEPTED, flag="is_late")
    rule_flag(database, entry_id=person.entry_id, flag="disqualified", verdict=FlagVerdict.STANDS)
    number = number_of(database, person)
    done = appoint(database, programme_id=programme_id)
    assert done.appointed == (number_of(database, other),)
    assert [(one.number, one.code) for one in done.refused] == [(number, "appoint.flag-stands")]
    with pytest.raises(RuleError, match=r"appoint\.flag-stands"):
        appoint(database, programme_id=programme_id, numbers=[number])
    rule_flag(
        database,
        entry_id=person.entry_id,
        flag="disqualified",
        verdict=FlagVerdict.WAIVED,
        reason="記入の誤り",
    )
    assert appoint(database, programme_id=programme_id, numbers=[number]).appointed == (number,)


# --- taken back at the portal, and then not ------------------------------------------


@pytest.mark.parametrize("answered", [False, True])
def test_an_entry_the_portal_no_longer_calls_taken_back_is_in_again(
    database: Database, programme_id: int, tmp_path: Path, answered: bool
) -> None:
    def take_in(state: str) -> None:
        person = {**OTHER, "処理状況": state}
        import_applicants(database, programme_id=programme_id, file=portal_file(tmp_path / "p.csv", person))

    def status() -> tuple[int, ApplicationStatus]:
        with database.read() as session:
            row = session.query(Application).one()
            return row.id, row.status

    take_in("処理待ち")
    if answered:
        record_reply(database, application_id=status()[0], kind=ReplyKind.WITHDRAWN)
    take_in("取下げ")
    assert status()[1] is S.WITHDRAWN
    take_in("処理待ち")
    assert status()[1] is (S.WITHDRAWN if answered else S.RECEIVED)
    undo(database)
    assert status()[1] is S.WITHDRAWN


# --- messages and letters ------------------------------------------------------------


def booked(database: Database, programme_id: int) -> Staged:
    person = stage(database, programme_id, 1, S.FIRST_PASSED)
    named(database, person, "見本　七", "p7@example.jp")
    with unit_of_work(database, "test.interview") as work:
        sitting = Sitting(person.entry_id, person.applicant_id, (), *_half_hour(13))
        write_sittings(work, programme_id, [sitting])
        work.commit()
    return person


def _half_hour(hour: int) -> tuple[datetime, datetime]:
    start = datetime(2024, 10, 30, hour, 30)
    return start, start + timedelta(minutes=30)


def test_an_invitation_by_mail_tells_the_time_as_a_letter_does(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    person = booked(database, programme_id)
    today, kind = date(2024, 10, 28), MailKind.INTERVIEW_INVITATION
    assert todo(database, programme_id, today)["invitations"] == {"count": 1}
    write(database, programme_id, kind, tmp_path)
    assert "invitations" not in todo(database, programme_id, today)
    assert not draft(database, programme_id, kind, person).is_due
    with unit_of_work(database, "test.move") as work:
        row = work.session.query(Interview).one()
        times = _half_hour(15)
        write_sittings(
            work, programme_id, [Sitting(person.entry_id, person.applicant_id, (), *times, row.id)]
        )
        work.commit()
    assert todo(database, programme_id, today)["invitations"] == {"count": 1}
    assert draft(database, programme_id, kind, person).is_due


def test_a_time_is_no_correction_of_a_result(database: Database, programme_id: int, tmp_path: Path) -> None:
    person = stage(database, programme_id, 1, S.FIRST_FAILED)
    named(database, person, "見本　八", "p8@example.jp")
    write(database, programme_id, MailKind.FIRST_FAIL, tmp_path)
    correct_decision(
        database,
        decision_id=decision_of(database, person, Stage.FIRST).id,
        result=Result.PASS,
        reason="転記の誤り",
    )
    assert draft(database, programme_id, MailKind.FIRST_PASS, person).is_correction
    with unit_of_work(database, "test.interview") as work:
        write_sittings(
            work, programme_id, [Sitting(person.entry_id, person.applicant_id, (), *_half_hour(9))]
        )
        work.commit()
    invitation = draft(database, programme_id, MailKind.INTERVIEW_INVITATION, person)
    assert not invitation.is_correction
    assert "訂正" not in invitation.subject + invitation.body


def test_a_result_announced_after_the_last_message_is_due(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    """Two courses of one entry, the second announced later with the same result."""
    person = stage(database, programme_id, 1, S.FIRST_FAILED)
    named(database, person, "見本　九", "p9@example.jp")
    write(database, programme_id, MailKind.FIRST_FAIL, tmp_path)
    assert not draft(database, programme_id, MailKind.FIRST_FAIL, person).is_due
    with unit_of_work(database, "test.course") as work:
        second = Application(
            applicant_id=person.applicant_id, entry_id=person.entry_id, course_id=2, status=S.FIRST_FAILED
        )
        work.session.add(second)
        work.session.flush()
        work.session.add(
            Decision(
                application_id=second.id,
                stage=Stage.FIRST,
                result=Result.FAIL,
                decided_at=work.now,
                announced_at=work.now + timedelta(minutes=1),
            )
        )
        work.commit()
    again = draft(database, programme_id, MailKind.FIRST_FAIL, person)
    assert (again.is_due, len(again.application_ids), again.is_correction) == (True, 2, False)


def test_results_told_by_mail_or_to_nobody_need_no_letter(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    final = announced_final(database, programme_id)
    assert todo(database, programme_id, AFTER_FINAL)["final-letters"] == {"count": 6}
    write(database, programme_id, MailKind.FINAL_RESERVE, tmp_path)
    assert todo(database, programme_id, AFTER_FINAL)["final-letters"] == {"count": 3}
    record_reply(database, application_id=final.passed[0].application_id, kind=ReplyKind.WITHDRAWN)
    assert todo(database, programme_id, AFTER_FINAL)["final-letters"] == {"count": 2}
    draft_ = make_papers(database, programme_id=programme_id, kind="final-result")
    issue_papers(database, draft=draft_)
    assert "final-letters" not in todo(database, programme_id, AFTER_FINAL)


def test_who_moved_up_gets_no_reserve_letter_with_the_others(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    record_reply(database, application_id=final.passed[0].application_id, kind=ReplyKind.WITHDRAWN)
    promote(database, application_id=final.reserves[0].application_id, today=TERM_DAY)
    moved = number_of(database, final.reserves[0])
    made = make_papers(database, programme_id=programme_id, kind="final-result")
    assert moved not in {page.number for page in made.pages}
    assert len(made.pages) == 4
    named_ = make_papers(database, programme_id=programme_id, kind="final-result", numbers=[moved])
    assert [page.number for page in named_.pages] == [moved]
    issue_papers(database, draft=made)
    assert "final-letters" not in todo(database, programme_id, AFTER_FINAL)


def test_a_correction_names_the_letter_of_its_own_course(database: Database, programme_id: int) -> None:
    """One entry for two courses, told in two letters: a pass, and after it a fail."""
    final = announced_final(database, programme_id)
    person = final.passed[0]
    with unit_of_work(database, "test.course") as work:
        second = Application(
            applicant_id=person.applicant_id, entry_id=person.entry_id, course_id=2, status=S.FINAL_FAILED
        )
        work.session.add(second)
        work.session.flush()
        told = {"decided_at": work.now, "announced_at": work.now}
        work.session.add(Decision(application_id=second.id, stage=Stage.FIRST, result=Result.PASS, **told))
        work.session.add(Decision(application_id=second.id, stage=Stage.FINAL, result=Result.FAIL, **told))
        work.commit()
    number = number_of(database, person)
    issue_papers(
        database,
        draft=make_papers(database, programme_id=programme_id, kind="final-result", numbers=[number]),
    )
    correct_decision(
        database, decision_id=decision_of(database, person).id, result=Result.FAIL, reason="転記の誤り"
    )
    again = make_papers(database, programme_id=programme_id, kind="final-result", numbers=[number])
    with database.read() as session:
        first = session.query(Notice).filter_by(application_id=person.application_id).one()
    corrected = [sheet for sheet in again.sheets if person.application_id in sheet.application_ids]
    assert [sheet.corrects_id for sheet in corrected] == [first.id]


def test_a_rank_that_nobody_holds_any_more_stops_nothing(database: Database, programme_id: int) -> None:
    """The rehearsal and the release judge ranks alike."""
    final = announced_final(database, programme_id)
    record_reply(database, application_id=final.reserves[0].application_id, kind=ReplyKind.WITHDRAWN)
    late = stage(database, programme_id, 1, S.FIRST_PASSED)
    decide(database, [late], Result.RESERVE)
    for rank, outcome in ((1, Outcome.OK), (2, Outcome.STOP)):
        with unit_of_work(database, "test.rank") as work:
            row = work.session.query(Decision).filter_by(
                application_id=late.application_id, stage=Stage.FINAL
            )
            row.one().reserve_rank = rank
            work.commit()
        found = rehearse(database, programme_id=programme_id, stage=Stage.FINAL).checks
        assert next(one for one in found if one.code == "reserves").outcome is outcome
    with pytest.raises(RuleError, match=r"selection\.rank-twice"):
        release(database, programme_id=programme_id, stage=Stage.FINAL)
    undo(database)
    release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert status_of(database, late) is S.FINAL_RESERVE


# --- points --------------------------------------------------------------------------


def test_points_on_which_a_result_rests_are_not_pasted_over(scene: Scene) -> None:
    first, second, *_rest = scene.ids.values()
    database, programme_id = scene.database, scene.programme_id
    record_decisions(database, application_ids=[first], stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    with database.read() as session:
        entries = [session.get_one(Application, key).entry_id for key in (first, second)]
    pasted = in_order("80\n70", entries)
    lines = foresee_paste(database, programme_id=programme_id, what="score", pasted=pasted)
    assert [line.code for line in lines] == ["screening.announced", ""]
    apply_paste(database, programme_id=programme_id, what="score", pasted=pasted)
    assert [scene.score(number) for number in list(scene.ids)[:2]] == [None, 7_000]


def test_a_disclosure_ranks_as_the_screening_does(scene: Scene) -> None:
    """The best one withdrew: the second is the first of those who take part."""
    best, second, third, *_rest = scene.ids
    for points, number in zip((5, 4, 3), (best, second, third), strict=True):
        scene.review(number, 0, points, points, points, points)
    database, programme_id = scene.database, scene.programme_id
    record_reply(database, application_id=scene.ids[best], kind=ReplyKind.WITHDRAWN)
    ids = [scene.ids[second], scene.ids[third]]
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    paper = make_papers(database, programme_id=programme_id, kind="disclosure", numbers=[second])
    assert "2人中1位" in "".join(pages_text(paper.pdf))


def test_who_withdrew_after_the_announcement_keeps_the_disclosed_place(scene: Scene) -> None:
    best, second, third, *_rest = scene.ids
    for points, number in zip((5, 4, 3), (best, second, third), strict=True):
        scene.review(number, 0, points, points, points, points)
    database, programme_id = scene.database, scene.programme_id
    ids = [scene.ids[number] for number in (best, second, third)]
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    record_reply(database, application_id=scene.ids[best], kind=ReplyKind.WITHDRAWN)
    with unit_of_work(database, "test.people") as work:  # what the portal says of it in the next import
        entry = work.session.get_one(Application, scene.ids[best]).entry_id
        work.session.get_one(Entry, entry).is_withdrawn = True
        work.commit()
    for number, place in ((best, 1), (second, 2)):
        paper = make_papers(database, programme_id=programme_id, kind="disclosure", numbers=[number])
        assert f"3人中{place}位" in "".join(pages_text(paper.pdf))


# --- two entries that are one person -------------------------------------------------


@pytest.mark.parametrize("announced", [False, True])
def test_one_person_is_not_told_two_things_of_one_course(
    database: Database, programme_id: int, announced: bool
) -> None:
    """One entry passes, noted or announced before; the other is to fail the same course."""
    one = stage(database, programme_id, 1)
    decide(database, [one], Result.PASS, Stage.FIRST)
    if announced:
        release(database, programme_id=programme_id, stage=Stage.FIRST)
    two = stage(database, programme_id, 1)
    decide(database, [two], Result.FAIL, Stage.FIRST)
    with database.read() as session:
        foreseen = foresee_merge(session, one.applicant_id, two.applicant_id)
    assert (foreseen.refused, len(foreseen.noted_apart)) == ("", 1)
    merge_people(database, kept_id=one.applicant_id, gone_id=two.applicant_id)
    found = rehearse(database, programme_id=programme_id, stage=Stage.FIRST).checks
    check = next(row for row in found if row.code == "duplicates")
    noted = [two.entry_id] if announced else [one.entry_id, two.entry_id]
    assert [(person.entry_id, person.code) for person in check.people] == [
        (key, "rehearsal.one-person") for key in noted
    ]
    decide(database, [two], Result.PASS, Stage.FIRST)
    found = rehearse(database, programme_id=programme_id, stage=Stage.FIRST).checks
    assert next(row for row in found if row.code == "duplicates").outcome is Outcome.OK
