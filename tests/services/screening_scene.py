"""A programme with criteria, two reviewers and people whose entries can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from fujisawa_desktop.models import Applicant, Application, Course, Entry, EntryAnswer
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.names import kana_sort_key
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_reviewers import ReviewerForm, save_reviewer
from fujisawa_desktop.services.screening_reviews import ReviewSaved, save_review
from fujisawa_desktop.services.screening_setup import (
    ScreeningSetup,
    load_template,
    save_rule,
    screening_setup,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work

PEOPLE = (
    ("1001", "髙橋　美咲", "タカハシ ミサキ", "女子見本大学"),
    ("1002", "葛城　さくら", "カツラギ サクラ", "見本大学"),
    ("1003", "楜澤　涼介", "クルミザワ リョウスケ", "見本大学"),
    ("1004", "小鳥遊　結衣", "タカナシ ユイ", "見本大学"),
    ("1005", "林　花", "ハヤシ ハナ", "見本大学"),
)
DONE = ReviewState.DONE


@dataclass
class Scene:
    """Ids of everything, and short ways to do things."""

    database: Database
    programme_id: int
    course_ids: list[int]
    ids: dict[str, int]

    @property
    def setup(self) -> ScreeningSetup:
        return screening_setup(self.database, programme_id=self.programme_id)

    @property
    def reviewers(self) -> list[int]:
        return [row.id for row in self.setup.reviewers]

    def points(self, *given: int) -> dict[int, int]:
        criteria = [row.id for row in self.setup.criteria]
        return dict(zip(criteria, given, strict=False))

    def review(
        self, number: str, reviewer: int, *points: int, state: ReviewState = DONE, comment: str = ""
    ) -> ReviewSaved:
        return save_review(
            self.database,
            application_id=self.ids[number],
            reviewer_id=self.reviewers[reviewer],
            state=state,
            points=self.points(*points),
            comment=comment,
            actor="test",
        )

    def score(self, number: str) -> int | None:
        with self.database.read() as session:
            return session.get_one(Application, self.ids[number]).score


def add_entries(
    database: Database, programme_id: int, people: tuple[tuple[str, str, str, str], ...] = PEOPLE
) -> dict[str, int]:
    """Store people with one entry for the first course and two answers each."""
    with unit_of_work(database, "test.people", actor="test") as work:
        course = work.session.scalars(
            select(Course).where(Course.programme_id == programme_id).order_by(Course.position)
        ).first()
        assert course is not None
        ids = {}
        for at, (number, name, kana, school) in enumerate(people):
            person = Applicant(
                programme_id=programme_id, name_entered=name, kana=kana, search_key=number,
                sort_key=kana_sort_key(kana), school=school, faculty="経済学部", grade="3年",
                mail=f"s{number}@example.ac.jp", phone="090-0000-0000",
            )  # fmt: skip
            work.session.add(person)
            work.session.flush()
            entry = Entry(
                programme_id=programme_id, applicant_id=person.id, source="test", number=number,
                received_at=datetime(2024, 10, 8, 9, 0) + timedelta(hours=at), weekdays="月火",
            )  # fmt: skip
            work.session.add(entry)
            work.session.flush()
            reason = f"{name}です。{school}で学び、市の統計を伝わる形にしたいと考えました。"
            for position, (heading, text) in enumerate(
                (("志望理由", reason), ("性別", "女"), ("自己PR", ""))
            ):
                work.session.add(
                    EntryAnswer(entry_id=entry.id, position=position, heading=heading, text=text)
                )
            application = Application(applicant_id=person.id, entry_id=entry.id, course_id=course.id)
            work.session.add(application)
            work.session.flush()
            ids[number] = application.id
        work.commit()
    return ids


def make_scene(database: Database, programme_id: int) -> Scene:
    """Load the template, add two reviewers (the second judges the first course only) and five people."""
    load_template(database, programme_id=programme_id, actor="test")
    with database.read() as session:
        courses = list(
            session.scalars(
                select(Course.id).where(Course.programme_id == programme_id).order_by(Course.position)
            )
        )
    for name, department, chosen in (
        ("採点　一郎", "デジタル推進課", ()),
        ("採点　二子", "子育て企画課", courses[:1]),
    ):
        form = ReviewerForm(
            id=None, programme_id=programme_id, name=name, department=department, course_ids=tuple(chosen)
        )
        save_reviewer(database, form=form, actor="test")
    return Scene(database, programme_id, courses, add_entries(database, programme_id))


def rule(scene: Scene, **changes: object) -> None:
    """Change the rule of the screening, keeping what is not named."""
    now = scene.setup.rule
    wanted = {"aggregate": now.aggregate, "is_blind": now.is_blind, "hides_others": now.hides_others}
    save_rule(scene.database, programme_id=scene.programme_id, **(wanted | changes))
