"""Writing a planned import: people, entries, applications, answers, the raw rows, the suspicions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.row_values import RowWarning
from fujisawa_desktop.models import Applicant, Application, Entry, EntryAnswer
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus, check_move
from fujisawa_desktop.services.applicant_keys import applicant_keys, new_applicants_keys
from fujisawa_desktop.services.import_files import RowOutcome, store_batch
from fujisawa_desktop.services.intake_compare import Reading
from fujisawa_desktop.services.intake_duplicates import Suspected, keep_suspicions
from fujisawa_desktop.services.intake_plan import IntakePlan, PlannedUpdate, Steps
from fujisawa_desktop.services.intake_stored import ENTRY_COLUMNS, chunks, numbers_of
from fujisawa_desktop.services.rulings import reinstate, waived_flags
from fujisawa_desktop.services.unit_of_work import UnitOfWork


def apply_plan(work: UnitOfWork, programme_id: int, plan: IntakePlan, found: Suspected, steps: Steps) -> None:
    """Write the plan within an open act; warnings that arise are added to the plan."""
    writer = _Writer(work, programme_id, plan)
    applicant_ids: dict[int, int] = {}
    done = len(plan.file.table.rows)
    for chunk in chunks(plan.to_add):
        new_ids = writer.add(chunk)
        for applicant_id in new_ids:
            applicant_ids[-(len(applicant_ids) + 1)] = applicant_id
        done += len(chunk)
        steps.at(done)
    writer.update(plan.to_update)
    writer.keep_rows()
    keep_suspicions(work, found, applicant_ids)


class _Writer:
    def __init__(self, work: UnitOfWork, programme_id: int, plan: IntakePlan) -> None:
        self._work = work
        self._programme_id = programme_id
        self._plan = plan
        self._outcomes: dict[int, RowOutcome] = {}

    def add(self, readings: Iterable[Reading]) -> list[int]:
        """Insert people with their entry, applications and answers; return the people's ids."""
        new = list(readings)
        applicant_ids = self._insert_people(new)
        entry_ids = self._insert_entries(new, applicant_ids)
        placed = list(zip(new, applicant_ids, entry_ids, strict=True))
        self._insert_applications(
            (reading, applicant_id, entry_id, course_id, preference)
            for reading, applicant_id, entry_id in placed
            for preference, course_id in enumerate(reading.course_ids, start=1)
        )
        self._insert_answers((entry_id, reading.answers) for reading, _applicant_id, entry_id in placed)
        for reading, _applicant_id, entry_id in placed:
            self._outcomes[reading.record.line] = RowOutcome("added", entry_id)
        return applicant_ids

    def _insert_people(self, readings: Sequence[Reading]) -> list[int]:
        people = [reading.person for reading in readings]
        search, sort = new_applicants_keys(people, [reading.record.number for reading in readings])
        return self._work.insert_columns(
            Applicant,
            {
                **_columns(people),
                "search_key": search,
                "sort_key": sort,
                "programme_id": [self._programme_id] * len(readings),
            },
        )

    def _insert_entries(self, readings: Sequence[Reading], applicant_ids: Sequence[int]) -> list[int]:
        return self._work.insert_columns(
            Entry,
            {
                **_columns([reading.entry for reading in readings]),
                "programme_id": [self._programme_id] * len(readings),
                "applicant_id": applicant_ids,
                "source": [self._plan.mapping.source] * len(readings),
                "number": [reading.record.number for reading in readings],
                "received_at": [reading.record.received_at or self._work.now for reading in readings],
            },
        )

    def update(self, updates: Iterable[PlannedUpdate]) -> None:
        """Write what changed rows bring; entries and applications are never removed."""
        planned = list(updates)
        self._update_people([update for update in planned if update.difference.person])
        self._work.update_many(
            Entry,
            {
                update.stored.entry_id: {
                    name: update.difference.entry.get(name, update.stored.entry[name])
                    for name in ENTRY_COLUMNS
                }
                for update in planned
                if update.difference.entry
            },
        )
        self._replace_answers([update for update in planned if update.difference.answers is not None])
        self._add_courses(planned)
        self._withdraw([update for update in planned if update.difference.entry.get("is_withdrawn")])
        back = [one for one in planned if one.difference.entry.get("is_withdrawn") is False]
        reinstate(self._work, [one.stored.entry_id for one in back])
        for update in planned:
            self._outcomes[update.reading.record.line] = RowOutcome("updated", update.stored.entry_id)

    def keep_rows(self) -> None:
        """Store the file's raw rows with what became of them."""
        plan = self._plan
        for record, row in plan.unchanged:
            self._outcomes[record.line] = RowOutcome("unchanged", row.entry_id if row else None)
        for rejection in plan.rejected:
            self._outcomes[rejection.line] = RowOutcome("rejected", rejection=rejection)
        store_batch(
            self._work,
            programme_id=self._programme_id,
            kind="applicants",
            file=plan.file,
            outcomes=self._outcomes,
            profile=plan.mapping.profile,
            columns=plan.columns,
        )

    def _insert_applications(
        self, wanted: Iterable[tuple[Reading, int, int, int, int]], waived: Container[int] = ()
    ) -> None:
        """Insert applications: reading, person, entry, course and preference of each.

        Entries in ``waived`` take part although the portal calls them withdrawn.
        """
        withdrawn = {True: ApplicationStatus.WITHDRAWN, False: ApplicationStatus.RECEIVED}
        rows = [
            (withdrawn[reading.entry["is_withdrawn"] and entry_id not in waived], person_id, entry_id, *rest)
            for reading, person_id, entry_id, *rest in wanted
        ]
        names = ("status", "applicant_id", "entry_id", "course_id", "preference")
        self._work.insert_columns(Application, _turned(names, rows))

    def _insert_answers(self, entries: Iterable[tuple[int, tuple[tuple[str, str], ...]]]) -> None:
        rows = [
            (entry_id, position, *answer)
            for entry_id, answers in entries
            for position, answer in enumerate(answers, start=1)
        ]
        names = ("entry_id", "position", "heading", "text")
        self._work.insert_columns(EntryAnswer, _turned(names, rows))

    def _update_people(self, updates: list[PlannedUpdate]) -> None:
        numbers = numbers_of(self._work.session, [update.stored.applicant_id for update in updates])
        changes: dict[int, dict[str, Any]] = {}
        for update in updates:
            stored = update.stored
            # Two entries of one person may both be in the file.
            known = changes.get(stored.applicant_id, stored.person)
            fields = {**known, **update.difference.person}
            changes[stored.applicant_id] = {
                **fields,
                **_keys(fields, fields["name_official"], numbers[stored.applicant_id]),
            }
        self._work.update_many(Applicant, changes)

    def _replace_answers(self, updates: list[PlannedUpdate]) -> None:
        entry_ids = [update.stored.entry_id for update in updates]
        old: list[int] = []
        for chunk in chunks(entry_ids):
            query = select(EntryAnswer.id).where(EntryAnswer.entry_id.in_(chunk))
            old.extend(self._work.session.scalars(query))
        self._work.delete_many(EntryAnswer, old)
        self._insert_answers((update.stored.entry_id, update.difference.answers or ()) for update in updates)

    def _add_courses(self, updates: list[PlannedUpdate]) -> None:
        joined = [one.stored.entry_id for one in updates if one.difference.new_courses]
        # What a clerk decided about the mark of the portal holds for a course chosen later, too.
        waived = {
            entry_id
            for entry_id, flags in waived_flags(self._work.session, joined).items()
            if EntryFlag.WITHDRAWN in flags
        }
        self._insert_applications(
            (
                (
                    update.reading,
                    update.stored.applicant_id,
                    update.stored.entry_id,
                    course_id,
                    update.reading.course_ids.index(course_id) + 1,
                )
                for update in updates
                for course_id in update.difference.new_courses
            ),
            waived,
        )

    def _withdraw(self, updates: list[PlannedUpdate]) -> None:
        """Let the applications of entries that the portal now calls withdrawn follow, where they may."""
        by_entry = {update.stored.entry_id: update for update in updates}
        changes: dict[int, dict[str, Any]] = {}
        for chunk in chunks(list(by_entry)):
            query = select(Application.id, Application.entry_id, Application.status)
            for row in self._work.session.execute(query.where(Application.entry_id.in_(chunk))):
                if row.status is ApplicationStatus.WITHDRAWN:
                    continue
                try:
                    check_move(row.status, ApplicationStatus.WITHDRAWN)
                except RuleError:
                    record = by_entry[row.entry_id].reading.record
                    params = {"number": record.number}
                    self._plan.warnings.append(RowWarning(record.line, "import.withdrawn-too-late", params))
                else:
                    changes[row.id] = {"status": ApplicationStatus.WITHDRAWN}
        self._work.update_many(Application, changes)


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return rows of the same fields column by column."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


def _turned(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return rows that hold these fields in this order column by column."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _keys(fields: Any, name_official: str | None, numbers: Iterable[str]) -> dict[str, str]:
    search, sort = applicant_keys(
        name_entered=fields["name_entered"],
        name_official=name_official,
        kana=fields["kana"],
        numbers=numbers,
        phone=fields["phone"],
        mail=fields["mail"],
        school=fields["school"],
    )
    return {"search_key": search, "sort_key": sort}
