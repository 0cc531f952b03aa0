"""The disclosure sheet and the decision record, read back from the PDF."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from decided_people import announced_final, capacity, decide, decision_of, named, noted_final, number_of
from pdf_reading import pages_text
from staged_people import Staged, stage

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import (
    Aggregate,
    Application,
    Criterion,
    ReplyKind,
    Review,
    Reviewer,
    ReviewState,
    Score,
    ScreeningRule,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.corrections import correct_decision
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.promotion import promote
from fujisawa_desktop.services.selection import record_reply, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

REVIEWERS = ("観音寺　太郎", "長者町　花子")


def text_of(draft: PaperDraft) -> str:
    return "".join(pages_text(draft.pdf)).replace("\n", "").replace("\r", "")


def scored(database: Database, programme_id: int, people: dict[Staged, tuple[int, int]]) -> None:
    """Let two reviewers give each person points of two criteria; the second counts twice."""
    with unit_of_work(database, "test.scores") as work:
        session = work.session
        session.add(ScreeningRule(programme_id=programme_id, aggregate=Aggregate.MEAN, is_blind=True))
        criteria = [
            Criterion(programme_id=programme_id, position=1, name="志望動機", max_points=5, weight=1),
            Criterion(programme_id=programme_id, position=2, name="課題発見", max_points=5, weight=2),
        ]
        reviewers = [
            Reviewer(programme_id=programme_id, position=at, name=name) for at, name in enumerate(REVIEWERS)
        ]
        session.add_all([*criteria, *reviewers])
        session.flush()
        for person, points in people.items():
            for extra, reviewer in enumerate(reviewers):
                review = Review(
                    application_id=person.application_id,
                    reviewer_id=reviewer.id,
                    state=ReviewState.DONE,
                    comment="口外無用の所見",
                    saved_at=datetime(2024, 10, 20),
                )
                session.add(review)
                session.flush()
                for criterion, figure in zip(criteria, points, strict=True):
                    session.add(Score(review_id=review.id, criterion_id=criterion.id, points=figure - extra))
            mean = sum((points[0] - extra) + 2 * (points[1] - extra) for extra in (0, 1)) * 50
            session.get_one(Application, person.application_id).score = mean
        work.commit()


def test_a_disclosure_tells_the_person_own_points_and_nothing_else(
    database: Database, programme_id: int
) -> None:
    final = announced_final(database, programme_id)
    scored(database, programme_id, {final.passed[0]: (5, 5), final.failed: (3, 4), final.reserves[0]: (4, 4)})
    draft = make_papers(
        database,
        programme_id=programme_id,
        kind="disclosure",
        numbers=[number_of(database, final.failed)],
        dated=date(2024, 12, 2),
    )
    text = text_of(draft)
    for wanted in (
        "見本　六",
        "志望動機",
        "課題発見",
        "採点者A",
        "採点者B",
        "9.5点",
        "3人中3位",
        "令和6年12月2日",
    ):
        assert wanted in text
    for hidden in (*REVIEWERS, "口外無用", "見本　一", "見本　三", "観音寺"):
        assert hidden not in text
    assert draft.warnings == ()
    issue_papers(database, draft=draft)


def test_equals_share_a_rank(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    scored(database, programme_id, {final.passed[0]: (5, 5), final.failed: (3, 4), final.reserves[0]: (3, 4)})
    draft = make_papers(
        database, programme_id=programme_id, kind="disclosure", numbers=[number_of(database, final.failed)]
    )
    assert "3人中2位" in text_of(draft)


def test_without_points_it_says_so(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    draft = make_papers(
        database,
        programme_id=programme_id,
        kind="disclosure",
        numbers=[number_of(database, final.reserves[1])],
    )
    text = text_of(draft)
    assert "採点の記録は、ありません" in text
    assert "補欠2" in text


def test_a_disclosure_is_for_somebody_named_whose_result_is_known(
    database: Database, programme_id: int
) -> None:
    with pytest.raises(RuleError, match=r"papers\.disclosure-whom"):
        make_papers(database, programme_id=programme_id, kind="disclosure")
    waiting = stage(database, programme_id, 1)
    with pytest.raises(RuleError, match=r"papers\.no-decision"):
        make_papers(
            database, programme_id=programme_id, kind="disclosure", numbers=[number_of(database, waiting)]
        )


def test_a_record_holds_what_was_decided_how_and_by_whom(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    capacity(database, 1)
    release(database, programme_id=programme_id, stage=Stage.FINAL, reason="定員は程度のため", actor="佐藤")
    correct_decision(
        database,
        decision_id=decision_of(database, final.failed).id,
        result=Result.RESERVE,
        reserve_rank=4,
        reason="転記の誤り",
        actor="鈴木",
    )
    record_reply(database, application_id=final.passed[0].application_id, kind=ReplyKind.WITHDRAWN)
    record_reply(database, application_id=final.passed[1].application_id, kind=ReplyKind.WITHDRAWN)
    promote(
        database,
        application_id=final.reserves[1].application_id,
        reason="1位は連絡がつかない",
        today=date(2024, 11, 20),
    )
    draft = make_papers(database, programme_id=programme_id, kind="decision-record")
    text = text_of(draft)
    for wanted in (
        "決定の記録（最終選考）",
        "佐藤",
        "定員は程度のため",
        "定員1人に対し、合格者として2人を発表した",
        "転記の誤り",
        "鈴木",
        "1位は連絡がつかない",
        "不合格",
        "補欠4",
        number_of(database, final.passed[0]),
    ):
        assert wanted in text
    assert "見本" not in text  # numbers, no names
    assert draft.warnings == ()


def test_a_record_of_the_first_screening_names_the_criteria(database: Database, programme_id: int) -> None:
    people = [stage(database, programme_id, 1) for _ in range(3)]
    scored(database, programme_id, dict.fromkeys(people, (4, 4)))
    decide(database, people[:1], Result.PASS, Stage.FIRST)
    decide(database, people[1:], Result.FAIL, Stage.FIRST)
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="佐藤")
    text = text_of(make_papers(database, programme_id=programme_id, kind="decision-record"))
    for wanted in ("志望動機", "全コース", "採点者の平均", "伏せた", "同点", "10.5点"):
        assert wanted in text


def test_every_page_of_a_record_says_what_it_is(database: Database, programme_id: int) -> None:
    people = [stage(database, programme_id, 1) for _ in range(60)]
    decide(database, people, Result.FAIL, Stage.FIRST)
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="佐藤")
    pages = pages_text(make_papers(database, programme_id=programme_id, kind="decision-record").pdf)
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        for words in ("決定の記録", "取扱注意", "受付番号", f"{number}／{len(pages)}頁"):
            assert words in text


def test_without_an_announcement_there_is_no_record(database: Database, programme_id: int) -> None:
    noted_final(database, programme_id)
    with database.read() as session:
        assert session.query(Application).count() == 6
    # The first screening of these people was announced before; its record is there.
    text = text_of(make_papers(database, programme_id=programme_id, kind="decision-record"))
    assert "最終選考" not in text


def test_a_promotion_letter_goes_to_the_promoted_only(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    with pytest.raises(RuleError, match=r"papers\.nobody"):
        make_papers(database, programme_id=programme_id, kind="promotion")
    record_reply(database, application_id=final.passed[0].application_id, kind=ReplyKind.WITHDRAWN)
    promote(database, application_id=final.reserves[0].application_id, today=date(2024, 11, 20))
    draft = make_papers(database, programme_id=programme_id, kind="promotion", reply_by=date(2024, 11, 29))
    assert [page.number for page in draft.pages] == [number_of(database, final.reserves[0])]
    assert "繰上げ合格について（通知）" in text_of(draft)
    assert "令和6年11月29日" in text_of(draft)


@pytest.mark.parametrize(
    "name",
    [
        "<img src='/etc/passwd'>{氏名}",
        "寿限無" * 60,
        "\ue000𠮷\u202e",
        "=1+1\r\n二",
    ],
)
def test_hostile_names_come_out_as_text(database: Database, programme_id: int, name: str) -> None:
    final = announced_final(database, programme_id)
    named(database, final.failed, name, "p5@example.jp")
    scored(database, programme_id, {final.failed: (3, 4)})
    number = number_of(database, final.failed)
    for kind, numbers in (("disclosure", [number]), ("decision-record", None)):
        draft = make_papers(database, programme_id=programme_id, kind=kind, numbers=numbers)
        assert number in text_of(draft)
        assert draft.page_count >= 1
