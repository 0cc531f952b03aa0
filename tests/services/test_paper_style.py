"""Figures of a paper: one style in a document, whatever they come from."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from appointed import DECEMBER, Person, add_people
from interview_scene import at
from pdf_reading import pages_text
from register_scene import stated_month
from sqlalchemy import select

from fujisawa_desktop.documents.specs import LetterSpec, RosterSpec
from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.models import Application, Entry, Interviewer, PaperTemplate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.figures import DIGIT_STYLES, DigitStyle
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.interview_booking import Sitting, write_sittings
from fujisawa_desktop.services.paper_kinds import MONTHLY, PaperKind
from fujisawa_desktop.services.paper_style import in_house_style
from fujisawa_desktop.services.paper_wording import Wording, wording
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOW = datetime(2024, 10, 25, 17, 2)
NUMBER = "100"
KINDS = (
    PaperKind.FIRST_RESULT,
    PaperKind.FINAL_RESULT,
    PaperKind.INTERVIEW_INVITATION,
    PaperKind.DISCLOSURE,
    PaperKind.DECISION_RECORD,
    PaperKind.ROSTER,
    PaperKind.INTERVIEW_TIMETABLE,
    PaperKind.INTERVIEWER_TIMETABLE,
    PaperKind.SCORE_SHEET,
    PaperKind.DOOR_LIST,
)
# Signs that belong to one number, and words whose figures are part of their name.
_WORD = re.compile(r"[!-~]*[A-Za-z@][!-~]*")
_NUMBER = re.compile(r"[0-9０-９]+(?:[,.:/\-，．：－][0-9０-９]+)*")


@pytest.fixture
def decided(database: Database, programme_id: int) -> Database:
    """One person, interviewed and passed, whose portal wrote figures in full width."""
    add_people(
        database, programme_id, (Person(NUMBER, "楜澤　涼介", "クルミザワ リョウスケ", 0, Status.RECEIVED),)
    )
    with database.read() as session:
        applications = list(session.scalars(select(Application.id)))
    for stage in Stage:
        record_decisions(
            database, application_ids=applications, stage=stage, result=Result.PASS, actor="test"
        )
        release(database, programme_id=programme_id, stage=stage, actor="test")
        if stage is Stage.FIRST:
            book(database, programme_id)
    return database


def book(database: Database, programme_id: int) -> None:
    with unit_of_work(database, "test.book", actor="test") as act:
        interviewer = Interviewer(programme_id=programme_id, position=0, name="職員課 佐野")
        act.session.add(interviewer)
        entry = act.session.scalars(select(Entry)).one()
        act.session.flush()
        sitting = Sitting(entry.id, entry.applicant_id, (interviewer.id,), at(9), at(9, 30))
        write_sittings(act, programme_id, [sitting])
        act.commit()


def choose(database: Database, programme_id: int, kind: PaperKind, **keys: str) -> None:
    """Store a wording of the clerks' own for a kind."""
    with unit_of_work(database, "test.template", actor="test") as act:
        older = act.session.scalars(select(PaperTemplate).where(PaperTemplate.kind == kind.value)).all()
        act.session.add(
            PaperTemplate(
                programme_id=programme_id,
                kind=kind.value,
                edition=len(older) + 1,
                body={**wording(kind.value).data, **keys},
                made_at=NOW,
                actor="test",
            )
        )
        act.commit()


def make(database: Database, programme_id: int, kind: PaperKind) -> PaperDraft:
    return make_papers(
        database,
        programme_id=programme_id,
        kind=kind.value,
        numbers=[NUMBER] if kind is PaperKind.DISCLOSURE else None,
        document_number="5",
        year_month=DECEMBER,
        now=NOW,
    )


def numbers_of(draft: PaperDraft) -> list[str]:
    # The line of the journal is copied sign by sign into the check, so it keeps to one form.
    text = re.sub(r"操作記録\s*\S+件\s*照合値\s*[0-9A-Z-]+", " ", "\n".join(pages_text(draft.pdf)))
    return [found[0] for found in _NUMBER.finditer(_WORD.sub(" ", text))]


def is_in_style(number: str, style: DigitStyle) -> bool:
    wants_full = style == "full" or (style == "mixed" and len(number) == 1)
    return not re.search("[0-9]" if wants_full else "[０-９]", number)


def check(database: Database, programme_id: int, kind: PaperKind, style: DigitStyle, least: int) -> None:
    choose(database, programme_id, kind, digit_style=style)
    numbers = numbers_of(make(database, programme_id, kind))
    assert len(numbers) > least
    assert [number for number in numbers if not is_in_style(number, style)] == [], kind


@pytest.mark.parametrize("style", DIGIT_STYLES)
def test_a_paper_never_mixes_styles(decided: Database, programme_id: int, style: DigitStyle) -> None:
    for kind in KINDS:
        check(decided, programme_id, kind, style, 5)


@pytest.mark.parametrize("style", DIGIT_STYLES)
def test_a_paper_of_a_month_never_mixes_styles(
    database: Database, programme_id: int, style: DigitStyle
) -> None:
    stated_month(database, programme_id)
    for kind in sorted(MONTHLY):
        check(database, programme_id, kind, style, 30)


def test_figures_of_every_origin_are_reached(decided: Database, programme_id: int) -> None:
    """Document number, date, time, the numbers under 記 and a title: all in the style of the wording."""
    choose(decided, programme_id, PaperKind.INTERVIEW_INVITATION, digit_style="mixed")
    draft = make(decided, programme_id, PaperKind.INTERVIEW_INVITATION)
    spec = draft.sheets[0].spec
    assert isinstance(spec, LetterSpec)
    assert (spec.number, spec.date, spec.digits) == ("藤職第５号", "令和６年10月25日", "mixed")
    text = pages_text(draft.pdf)[0]
    for part in ("２次選考", "令和６年10月30日（水）午前９時00分から午前９時30分まで", "１ 受付番号", "2257"):
        assert part in text, part
    assert "楜澤　涼介" in text


def test_the_style_of_dates_reaches_years_and_months(decided: Database, programme_id: int) -> None:
    choose(decided, programme_id, PaperKind.FIRST_RESULT, date_style="western-era")
    text = pages_text(make(decided, programme_id, PaperKind.FIRST_RESULT).pdf)[0].replace("\n", "")
    assert "2024年度（令和6年度）" in text
    assert "2024年（令和6年）10月25日" in text
    western = Wording("x.toml", {"date_style": "western-era"})
    assert western.month(2024, 12) == "2024年（令和6年）12月"
    assert Wording("x.toml", {"date_style": "era"}).month(2025, 1) == "令和7年1月"


def test_without_a_word_about_it_figures_are_half_width(decided: Database, programme_id: int) -> None:
    assert Wording("x.toml", {}).digit_style == "half"
    draft = make(decided, programme_id, PaperKind.ROSTER)
    spec = draft.sheets[0].spec
    assert isinstance(spec, RosterSpec)
    assert spec.digits == "half"


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(InputFileError) as caught:
        in_house_style(Wording("x.toml", {"digit_style": "roman"}), [])
    assert (caught.value.code, caught.value.params["key"]) == ("papers.wording-key", "digit_style")


def test_a_sheet_in_style_already_stays_the_very_same(decided: Database, programme_id: int) -> None:
    sheets = make(decided, programme_id, PaperKind.FIRST_RESULT).sheets
    again = in_house_style(Wording("x.toml", {}), sheets)
    assert all(after is before for after, before in zip(again, sheets, strict=True))
