"""The job of one year with invented people, step by step through the same services as the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fujisawa_desktop import texts
from fujisawa_desktop.demo_pay import ACTOR, Made, PayPart
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.calendar import add_months, open_days
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.appointments import appoint, appointments
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.conditions import conditions_view, save_conditions
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.interview_plan import apply_plan, make_plan
from fujisawa_desktop.services.list_tables import (
    applicant_table,
    appointment_table,
    hours_table,
    interview_table,
    pay_table,
)
from fujisawa_desktop.services.papers import Numbering, issue_papers, make_papers
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.programme_view import ProgrammeView
from fujisawa_desktop.services.programmes import current_programme_id, programme
from fujisawa_desktop.services.sample_data import SampleSet, write_filled_sheets, write_samples
from fujisawa_desktop.services.score_sheet_import import import_score_sheet
from fujisawa_desktop.services.screening_reviewers import ReviewerForm, save_reviewer
from fujisawa_desktop.services.screening_setup import load_template, screening_setup
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.table_files import ListTable, save_file, table_file
from fujisawa_desktop.services.terms_changes import change_terms, terms_view

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database
    from fujisawa_desktop.services.unlocking import FileKey

__all__ = ["FOLDERS", "Made", "walk"]

SAMPLES, PAPERS, LISTS, COPIES = FOLDERS = ("samples", "papers", "lists", "backups")
PAY_DAY: Final = 21
"""Invented: the papers of the city name none."""
CHANGE_REASON: Final = "本人の希望による"
MOST_LETTERS: Final = 500
"""A demonstration with very many people prints letters and lists for the first of them only."""


def walk(
    file: Path, *, applicants: int, tell: Callable[[str], object], key: FileKey | None = None
) -> list[Made]:
    """Make a database, take invented people through the whole job, and return the files made.

    Args:
        file: the database; papers, lists and samples go into folders beside it.
        applicants: how many entries come from the two portals.
        tell: is told each step as it begins.
        key: what the database is encrypted with.
    """
    create_database(file, programme="r6", actor=ACTOR, key=key)
    with opened(file, key=key) as database:
        job = _Job(database, file.parent, current_programme_id(database))
        tell(_("Telling the public"))
        job.tell_the_public()
        tell(_("Taking in the invented entries of two portals"))
        samples = job.take_in(applicants)
        tell(_("Scoring the applications"))
        job.score(samples)
        tell(_("Deciding the first screening"))
        job.first_screening(samples)
        tell(_("Holding the interviews"))
        job.interviews(samples)
        tell(_("Final decision and appointments"))
        job.final_decision(samples)
        tell(_("Recording hours and pay"))
        job.hours_and_pay(samples)
        tell(_("Lists and a backup"))
        job.lists()
    return [Made(file, _("database")), *job.made]


class _Job:
    """One clerk's year; ``made`` collects the files."""

    def __init__(self, database: Database, folder: Path, programme_id: int) -> None:
        self._database = database
        self._folder = folder
        self._programme_id = programme_id
        self.made: list[Made] = []

    def tell_the_public(self) -> None:
        for kind in ("press-release", "flyer", "course-sheet"):
            self._print(kind)

    def take_in(self, applicants: int) -> SampleSet:
        samples = write_samples(
            self._database,
            programme_id=self._programme_id,
            folder=self._folder / SAMPLES,
            applicants=applicants,
        )
        for path in sorted((self._folder / SAMPLES).iterdir()):
            self.made.append(Made(path, _("invented file to import")))
        for file in (samples.e_application, samples.rikunabi):
            import_applicants(self._database, programme_id=self._programme_id, file=file, actor=ACTOR)
        self._print("roster", numbers=self._some(frozenset()))
        return samples

    def score(self, samples: SampleSet) -> None:
        """Let the office and each host department judge the entries by the usual criteria."""
        load_template(self._database, programme_id=self._programme_id, actor=ACTOR)
        view = self._view()
        listed = courses(self._database, self._programme_id)
        judges: list[tuple[str, tuple[int, ...]]] = [(view.office.split()[-1], ())]
        judges += [(course.host_department, (course.id,)) for course in listed]
        for name, course_ids in judges:
            form = ReviewerForm(id=None, programme_id=self._programme_id, name=name, course_ids=course_ids)
            save_reviewer(self._database, form=form, actor=ACTOR)
        setup = screening_setup(self._database, programme_id=self._programme_id)
        for reviewer in setup.reviewers:
            sheets = write_filled_sheets(
                self._database,
                programme_id=self._programme_id,
                reviewer_id=reviewer.id,
                passed=samples.truth["passed_first"],
                folder=self._folder / SAMPLES,
                made_on=view.entry_until,
            )
            for sheet in sheets:
                import_score_sheet(self._database, programme_id=self._programme_id, file=sheet, actor=ACTOR)
                self.made.append(Made(sheet, _("invented file to import")))

    def first_screening(self, samples: SampleSet) -> None:
        import_decisions(
            self._database, programme_id=self._programme_id, file=samples.decisions_first, actor=ACTOR
        )
        release(self._database, programme_id=self._programme_id, stage=Stage.FIRST, actor=ACTOR)
        decided = {ApplicationStatus.FIRST_PASSED, ApplicationStatus.FIRST_FAILED}
        dated = self._view().first_result_on
        self._print("first-result", numbers=self._some(frozenset(decided)), dated=dated)
        self._print("labels", numbers=self._some(frozenset(decided)))

    def interviews(self, samples: SampleSet) -> None:
        for service, file in (
            (import_availability, samples.availability),
            (import_interviewers, samples.interviewers),
        ):
            service(self._database, programme_id=self._programme_id, file=file, actor=ACTOR)
        apply_plan(
            self._database, plan=make_plan(self._database, programme_id=self._programme_id), actor=ACTOR
        )
        self._print("interview-timetable")
        self._print("interview-invitation", dated=self._view().interview_from - timedelta(days=2))

    def final_decision(self, samples: SampleSet) -> None:
        import_decisions(
            self._database, programme_id=self._programme_id, file=samples.decisions_final, actor=ACTOR
        )
        record_decisions(
            self._database,
            application_ids=self._undecided(),
            stage=Stage.FINAL,
            result=Result.FAIL,
            actor=ACTOR,
        )
        release(self._database, programme_id=self._programme_id, stage=Stage.FINAL, actor=ACTOR)
        dated = self._view().interview_until + timedelta(days=7)
        reply_by = dated + timedelta(days=7)
        self._print("final-result", dated=dated, reply_by=reply_by)
        self._print("acceptance", dated=dated, reply_by=reply_by)
        self._print("dispatch-ledger")
        appoint(self._database, programme_id=self._programme_id, accept=True, actor=ACTOR)
        self._tell_conditions(reply_by + timedelta(days=3))

    def _tell_conditions(self, dated: date) -> None:
        """Decide the pay day, tell everybody the conditions, and change those of one person."""
        form = conditions_view(self._database, programme_id=self._programme_id).form
        save_conditions(self._database, form=replace(form, pay_day=PAY_DAY), actor=ACTOR)
        self._print("appointment", dated=dated)
        self._print("conditions", dated=dated)
        first = appointments(self._database, self._programme_id)[0]
        term = terms_view(self._database, appointment_id=first.appointment_id, today=dated)
        following = add_months(term.first.replace(day=1), 1)
        change = replace(
            term.form,
            effective_from=open_days(following, following + timedelta(days=14))[0],
            reason=CHANGE_REASON,
            week_days_max=2,
        )
        change_terms(self._database, form=change, actor=ACTOR)
        self._print("change-consent", dated=dated)
        self._print("change-notice", dated=dated + timedelta(days=7))

    def hours_and_pay(self, samples: SampleSet) -> None:
        """Bring the first month to its end, find one day of it wrong afterwards, and plan the second."""
        first = self._view().term_from
        part = PayPart(self._database, self._folder / LISTS, self._programme_id, self._print)
        part.take_papers(first)
        import_hours(self._database, programme_id=self._programme_id, file=samples.hours, actor=ACTOR)
        self._print("attendance")
        part.settle(first, {})
        following = add_months(first.replace(day=1), 1)
        part.correct(first)
        part.plan(following)
        part.end_of_year(following.year)
        self.made += part.made

    def lists(self) -> None:
        first = self._view().term_from
        rows = pay_for_month(
            self._database, programme_id=self._programme_id, year=first.year, month=first.month
        )
        for make in (applicant_table, interview_table, appointment_table, hours_table):
            self._write_list(make(self._database, programme_id=self._programme_id))
        self._write_list(pay_table(rows))
        copy = make_backup(self._database)
        place = self._folder / COPIES / copy.path.name
        self.made.append(Made(place, _("checked copy of the database")))
        self.made.append(Made(place.with_name(f"{place.name}.json"), _("what the copy was proven to hold")))

    def _undecided(self) -> list[int]:
        """Return the applications that passed the first screening and have no final decision yet."""
        query = ListQuery(self._programme_id, statuses=frozenset({ApplicationStatus.FIRST_PASSED}))
        return [
            application_id
            for row in list_page(self._database, query, limit=MOST_LETTERS)
            for application_id, status in zip(row.application_ids, row.statuses, strict=True)
            if status is ApplicationStatus.FIRST_PASSED
            and application_id not in {decision.application_id for decision in row.pending}
        ]

    def _some(self, statuses: frozenset[ApplicationStatus]) -> list[str]:
        query = ListQuery(self._programme_id, statuses=statuses)
        return [row.number for row in list_page(self._database, query, limit=MOST_LETTERS)]

    def _view(self) -> ProgrammeView:
        return programme(self._database, self._programme_id)

    def _print(
        self,
        kind: str,
        *,
        numbers: Sequence[str] | None = None,
        dated: date | None = None,
        reply_by: date | None = None,
    ) -> None:
        """Print papers with the dates they would have borne in the year of the programme."""
        draft = make_papers(
            self._database,
            programme_id=self._programme_id,
            kind=kind,
            numbers=numbers,
            dated=dated,
            numbering=Numbering.ONE,
            reply_by=reply_by,
        )
        place = self._folder / PAPERS / f"{kind}.pdf"
        save_file(place, draft.pdf)
        issue_papers(self._database, draft=draft, actor=ACTOR)
        self.made.append(Made(place, texts.term("kind", kind)))

    def _write_list(self, table: ListTable) -> None:
        place = self._folder / LISTS / f"{table.name}.xlsx"
        save_file(place, table_file(table, "xlsx", texts.term, made_at=datetime.now()))
        self.made.append(Made(place, texts.term("list", table.name)))
