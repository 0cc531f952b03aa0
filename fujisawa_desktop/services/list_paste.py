"""A column pasted from a spreadsheet: what each person's value would become, then all of it as one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import AppError, ConflictError, ValidationError
from fujisawa_desktop.models import Applicant, Application, Course, Decision, Entry, Review
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.applicant_cells import write_fields
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.lookup import entries_by_number
from fujisawa_desktop.services.paste_values import (
    PASTED,
    Key,
    Pair,
    Pasted,
    Value,
    read_value,
)
from fujisawa_desktop.services.person_fields import stored_value
from fujisawa_desktop.services.selection_core import (
    DecisionPlan,
    Verdict,
    plan_decisions,
    subjects,
    write_decisions,
)
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_STAGES: Final = {"first": Stage.FIRST, "final": Stage.FINAL}


@dataclass(frozen=True, slots=True)
class PasteLine:
    """What one pasted row does.

    Attributes:
        row: number of the row in the pasted block, from 1.
        number, name: the person meant, empty when nobody is.
        text: the value as pasted.
        old, new: the value now and after; equal when nothing changes.
        code, params: why it is refused; an empty code means it is not.
        applicant_id: the person meant.
    """

    row: int
    number: str
    name: str
    text: str
    old: Value = None
    new: Value = None
    code: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    applicant_id: int | None = None

    @property
    def changes(self) -> bool:
        """Whether the row changes something."""
        return not self.code and self.old != self.new


@dataclass(frozen=True, slots=True)
class PasteResult:
    """What was written."""

    change: ChangeSet
    changed: int


def foresee_paste(
    database: Database, *, programme_id: int, what: str, pasted: Pasted, course_id: int | None = None
) -> tuple[PasteLine, ...]:
    """Return what each pasted row would do; nothing is written.

    Args:
        database: where to look.
        programme_id: whose portals' numbers are meant.
        what: one of ``PASTED``.
        pasted: values beside the entries or the numbers they are for.
        course_id: results and points are for this course only; None means every course applied for.
    """
    with database.read() as session:
        return tuple(_Planner(session, programme_id, what, course_id).plan(pasted))


def apply_paste(
    database: Database,
    *,
    programme_id: int,
    what: str,
    pasted: Pasted,
    course_id: int | None = None,
    expected: Sequence[PasteLine] | None = None,
    actor: str | None = None,
) -> PasteResult:
    """Write the rows that can be written, as one act; refused rows change nothing.

    Results become pending decisions; nothing is announced.

    Raises:
        ConflictError: a row would do something else than ``expected``, which a person agreed to.
    """
    with unit_of_work(database, "list.paste", actor=actor, pasted=what) as work:
        planner = _Planner(work.session, programme_id, what, course_id)
        lines = planner.plan(pasted)
        if expected is not None and list(expected) != lines:
            raise ConflictError("conflict.changed-meanwhile")
        changed = sum(line.changes for line in lines)
        if changed:
            planner.write(work)
        return PasteResult(work.commit(count=changed), changed)


@dataclass(frozen=True, slots=True)
class _Person:
    entry_id: int
    applicant_id: int
    number: str
    name: str


class _Planner:
    """Finds out whom each row means and what it would do."""

    def __init__(self, session: Session, programme_id: int, what: str, course_id: int | None) -> None:
        if what not in PASTED:
            raise ValueError(what)
        self._session = session
        self._programme_id = programme_id
        self._what = what
        self._course_id = course_id
        self._decisions: DecisionPlan | None = None
        self._scores: dict[int, int] = {}
        self._fields: dict[int, str] = {}

    def plan(self, pasted: Pasted) -> list[PasteLine]:
        people = self._people(pasted.pairs)
        lines = [self._located(row, pair, people) for row, pair in enumerate(pasted.pairs, pasted.first_row)]
        met: dict[int, int] = {}
        for at, (line, pair) in enumerate(zip(lines, pasted.pairs, strict=True)):
            person = people.get(pair.key)
            if person is None or line.code:
                continue
            key = person.applicant_id if self._what not in (*_STAGES, "score") else person.entry_id
            if key in met and lines[met[key]].text != pair.text:
                lines[at] = _refused(line, "paste.twice", first=lines[met[key]].row)
            else:
                met.setdefault(key, at)
        wanted: dict[int, tuple[int, _Person]] = {}
        for at, pair in enumerate(pasted.pairs):
            if not lines[at].code and pair.text:
                wanted.setdefault(people[pair.key].entry_id, (at, people[pair.key]))
        if self._what in _STAGES:
            self._plan_results(lines, wanted)
        elif self._what == "score":
            self._plan_scores(lines, wanted)
        else:
            self._plan_field(lines, wanted)
        return lines

    def write(self, work: UnitOfWork) -> None:
        if self._decisions is not None:
            write_decisions(work, self._decisions)
        if self._scores:
            work.update_many(Application, {key: {"score": value} for key, value in self._scores.items()})
        if self._fields:
            write_fields(work, self._what, self._fields)

    # --- who is meant ----------------------------------------------------------

    def _people(self, pairs: Sequence[Pair]) -> dict[Key, _Person]:
        by_number = entries_by_number(
            self._session, self._programme_id, [pair.key for pair in pairs if isinstance(pair.key, str)]
        )
        keys: dict[Key, int] = {pair.key: pair.key for pair in pairs if isinstance(pair.key, int)}
        keys.update({number: found[0].id for number, found in by_number.items() if len(found) == 1})
        self._twice = {number for number, found in by_number.items() if len(found) > 1}
        people: dict[int, _Person] = {}
        for chunk in chunks(sorted(set(keys.values()))):
            query = select(Entry, Applicant).join(Applicant, Applicant.id == Entry.applicant_id)
            for entry, person in self._session.execute(query.where(Entry.id.in_(chunk))):
                people[entry.id] = _Person(entry.id, person.id, entry.number, person.name)
        return {key: people[entry_id] for key, entry_id in keys.items() if entry_id in people}

    def _located(self, row: int, pair: Pair, people: Mapping[Key, _Person]) -> PasteLine:
        person = people.get(pair.key)
        if person is not None:
            return PasteLine(row, person.number, person.name, pair.text, applicant_id=person.applicant_id)
        number = pair.key if isinstance(pair.key, str) else ""
        line = PasteLine(row, number, "", pair.text)
        if pair.key is None:
            return _refused(line, "paste.no-row-left")
        if not number:
            return _refused(line, "applicant.gone" if isinstance(pair.key, int) else "paste.number-empty")
        code = "import.number-of-two" if number in self._twice else "import.number-unknown"
        return _refused(line, code, number=number)

    # --- what it would do --------------------------------------------------------

    def _values(self, lines: list[PasteLine], wanted: Mapping[int, tuple[int, _Person]]) -> dict[int, Value]:
        values: dict[int, Value] = {}
        for entry_id, (at, _person) in wanted.items():
            try:
                values[entry_id] = read_value(self._what, lines[at].text)
            except ValidationError as error:
                lines[at] = _refused(lines[at], error.code, **_params(error))
        return values

    def _applications(self, entry_ids: Iterable[int]) -> dict[int, list[Application]]:
        found: dict[int, list[Application]] = {}
        for chunk in chunks(list(entry_ids)):
            query = select(Application).where(Application.entry_id.in_(chunk))
            if self._course_id is not None:
                query = query.where(Application.course_id == self._course_id)
            for one in self._session.scalars(query.order_by(Application.preference, Application.id)):
                found.setdefault(one.entry_id, []).append(one)
        return found

    def _refuse_without_course(self, line: PasteLine) -> PasteLine:
        course = self._session.get(Course, self._course_id) if self._course_id is not None else None
        name = course.short_name if course is not None else ""
        return _refused(line, "decision.not-applied", number=line.number, course=name)

    def _plan_results(self, lines: list[PasteLine], wanted: Mapping[int, tuple[int, _Person]]) -> None:
        stage = _STAGES[self._what]
        values = self._values(lines, wanted)
        applied = self._applications(values)
        verdicts = {
            one.id: value
            for entry_id, value in values.items()
            if isinstance(value, Verdict)
            for one in applied.get(entry_id, [])
        }
        plan = plan_decisions(self._session, stage, verdicts, subjects(self._session, verdicts))
        self._decisions = plan
        before = self._results_before(stage, list(verdicts))
        for entry_id in values:
            at = wanted[entry_id][0]
            ids = [one.id for one in applied.get(entry_id, [])]
            if not ids:
                lines[at] = self._refuse_without_course(lines[at])
                continue
            going = [key for key in ids if key not in plan.refused]
            if not going:
                lines[at] = _refused(lines[at], plan.refused[ids[0]].code, number=lines[at].number)
                continue
            changing = [key for key in going if key not in plan.unchanged]
            shown = (changing or going)[0]
            new = plan.new.get(shown) or (plan.changed[shown][1] if shown in plan.changed else None)
            old = before.get(shown)
            lines[at] = _filled(lines[at], old, new if new is not None else old)

    def _results_before(self, stage: Stage, ids: Sequence[int]) -> dict[int, Verdict]:
        found: dict[int, Verdict] = {}
        for chunk in chunks(ids):
            query = select(Decision).where(Decision.stage == stage, Decision.application_id.in_(chunk))
            found.update(
                (one.application_id, Verdict(one.result, one.reserve_rank))
                for one in self._session.scalars(query)
            )
        return found

    def _plan_scores(self, lines: list[PasteLine], wanted: Mapping[int, tuple[int, _Person]]) -> None:
        values = self._values(lines, wanted)
        applied = self._applications(values)
        every = [one.id for found in applied.values() for one in found]
        reviewed, announced = self._reviewed(every), self._announced(every)
        for entry_id, value in values.items():
            at = wanted[entry_id][0]
            found = applied.get(entry_id, [])
            open_ = [one for one in found if one.id not in announced]
            free = [one for one in open_ if one.id not in reviewed]
            if not found:
                lines[at] = self._refuse_without_course(lines[at])
            elif not open_:
                lines[at] = _refused(lines[at], "screening.announced")
            elif not free:
                lines[at] = _refused(lines[at], "paste.score-reviewed", number=lines[at].number)
            elif isinstance(value, int):
                changing = [one for one in free if one.score != value]
                self._scores.update((one.id, value) for one in changing)
                lines[at] = _filled(lines[at], (changing or free)[0].score, value)

    def _reviewed(self, ids: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for chunk in chunks(ids):
            query = select(Review.application_id).where(Review.application_id.in_(chunk))
            found.update(self._session.scalars(query))
        return found

    def _announced(self, ids: Sequence[int]) -> set[int]:
        """Return applications whose first result is known: what was announced rests on their points."""
        found: set[int] = set()
        for chunk in chunks(ids):
            query = select(Decision.application_id).where(
                Decision.application_id.in_(chunk),
                Decision.stage == Stage.FIRST,
                Decision.announced_at.is_not(None),
            )
            found.update(self._session.scalars(query))
        return found

    def _plan_field(self, lines: list[PasteLine], wanted: Mapping[int, tuple[int, _Person]]) -> None:
        people: dict[int, Applicant] = {}
        for chunk in chunks([person.applicant_id for _at, person in wanted.values()]):
            query = select(Applicant).where(Applicant.id.in_(chunk))
            people.update((person.id, person) for person in self._session.scalars(query))
        for at, found in wanted.values():
            person = people[found.applicant_id]
            before: str | None = getattr(person, self._what)
            try:
                after = stored_value(
                    self._what, lines[at].text, before=before, name_entered=person.name_entered
                )
            except ValidationError as error:
                lines[at] = _refused(lines[at], error.code, **_params(error))
                continue
            lines[at] = _filled(lines[at], before, after)
            if after != before:
                self._fields[person.id] = lines[at].text


def _params(error: AppError) -> dict[str, object]:
    return {name: value for name, value in error.params.items() if name != "field"}


def _refused(line: PasteLine, code: str, **params: object) -> PasteLine:
    return replace(line, old=None, new=None, code=code, params=params)


def _filled(line: PasteLine, old: Value, new: Value) -> PasteLine:
    return replace(line, old=old, new=new, code="", params={})
