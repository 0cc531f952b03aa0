"""Writing a planned import: people, entries, applications, answers, the raw rows, the suspicions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.row_values import RowWarning
from fujisawa_desktop.models import Applicant, Application, Entry, EntryAnswer
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus, check_move
from fujisawa_desktop.services.applicant_keys import applicant_keys
from fujisawa_desktop.services.import_files import RowOutcome, store_batch
from fujisawa_desktop.services.intake_compare import Reading
from fujisawa_desktop.services.intake_duplicates import Suspected, keep_suspicions
from fujisawa_desktop.services.intake_plan import IntakePlan, PlannedUpdate, Steps
from fujisawa_desktop.services.intake_stored import ENTRY_COLUMNS, chunks, numbers_of
from fujisawa_desktop.services.rulings import reinstate, waived_flags
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_KEYED: Final = frozenset({"name_entered", "kana", "phone", "mail", "school"})


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
        source = self._plan.mapping.source
        applicant_ids = self._work.insert_many(Applicant, [self._person(reading) for reading in new])
        entry_ids = self._work.insert_many(
            Entry,
            [
                {
                    **reading.entry,
                    "programme_id": self._programme_id,
                    "applicant_id": applicant_id,
                    "source": source,
                    "number": reading.record.number,
                    "received_at": reading.record.received_at or self._work.now,
                }
                for reading, applicant_id in zip(new, applicant_ids, strict=True)
            ],
        )
        placed = list(zip(new, applicant_ids, entry_ids, strict=True))
        self._work.insert_many(
            Application,
            [
                _application(reading, applicant_id, entry_id, course_id, preference)
                for reading, applicant_id, entry_id in placed
                for preference, course_id in enumerate(reading.course_ids, start=1)
            ],
        )
        self._insert_answers((entry_id, reading.answers) for reading, _applicant_id, entry_id in placed)
        for reading, _applicant_id, entry_id in placed:
            self._outcomes[reading.record.line] = RowOutcome("added", entry_id)
        return applicant_ids

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

    def _person(self, reading: Reading) -> dict[str, Any]:
        keys = _keys(reading.person, None, [reading.record.number])
        return {**reading.person, **keys, "programme_id": self._programme_id, "name_official": None}

    def _insert_answers(self, entries: Iterable[tuple[int, tuple[tuple[str, str], ...]]]) -> None:
        self._work.insert_many(
            EntryAnswer,
            [
                {"entry_id": entry_id, "position": position, "heading": heading, "text": text}
                for entry_id, answers in entries
                for position, (heading, text) in enumerate(answers, start=1)
            ],
        )

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
        self._work.insert_many(
            Application,
            [
                _application(
                    update.reading,
                    update.stored.applicant_id,
                    update.stored.entry_id,
                    course_id,
                    update.reading.course_ids.index(course_id) + 1,
                    waived=update.stored.entry_id in waived,
                )
                for update in updates
                for course_id in update.difference.new_courses
            ],
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


def _application(
    reading: Reading,
    applicant_id: int,
    entry_id: int,
    course_id: int,
    preference: int,
    *,
    waived: bool = False,
) -> dict[str, Any]:
    withdrawn = reading.entry["is_withdrawn"] and not waived
    return {
        "applicant_id": applicant_id,
        "entry_id": entry_id,
        "course_id": course_id,
        "preference": preference,
        "status": ApplicationStatus.WITHDRAWN if withdrawn else ApplicationStatus.RECEIVED,
    }


def _keys(fields: Any, name_official: str | None, numbers: Iterable[str]) -> dict[str, str]:
    named = {name: fields[name] for name in _KEYED}
    search, sort = applicant_keys(**named, name_official=name_official, numbers=numbers)
    return {"search_key": search, "sort_key": sort}
