"""Invented applicants of two portals: names, contacts, the same people twice, twins, late ones.

All people and schools are made from word lists; a seed gives the same people again.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

from fujisawa_desktop.paths import resources_dir

_WEEKDAYS: Final = "月火水木金"
_SAME_SHARE: Final = 0.075
_LATE, _WITHDRAWN, _TWINS = 3, 4, 4


@dataclass(frozen=True, slots=True)
class SampleProgramme:
    """What the files must agree with."""

    municipality: str
    courses: tuple[str, ...]
    entry_from: date
    deadline: datetime
    interview_days: tuple[date, ...]
    day_from: time
    day_until: time
    lunch_from: time
    lunch_until: time
    interviewers: tuple[tuple[str, str], ...]
    """Name and course, empty for any course."""
    work_days: tuple[date, ...]
    """Open days of the first month of work."""
    rate_yen: int


@dataclass(slots=True)
class SamplePerson:
    """One entry as its person typed it."""

    index: int
    family: str
    portal_family: str
    family_kana: str
    given: str
    given_kana: str
    birth: date
    phone: str
    mail: str
    school: str
    faculty: str
    department: str
    year: int
    town: str
    courses: tuple[str, ...]
    days: str
    motive: str
    received: datetime
    state: str = "処理待ち"


@dataclass(slots=True)
class SampleTruth:
    """What a program must find in the files, by portal numbers."""

    same: list[tuple[str, str]] = field(default_factory=list)
    not_same: list[tuple[str, str]] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    not_student: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(maxsize=1)
def sample_words() -> dict[str, Any]:
    """Return the lists of names, schools and sentences."""
    return tomllib.loads((resources_dir() / "samples" / "words.toml").read_text(encoding="utf-8"))


class SamplePeople:
    """The entries of both portals, numbered.

    Attributes:
        e_rows, r_rows: number and person of each entry of the two portals.
        truth: what is special about them.
    """

    def __init__(self, programme: SampleProgramme, applicants: int, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = sample_words()
        self.truth = SampleTruth()
        self.e_rows: list[tuple[str, SamplePerson]] = []
        self.r_rows: list[tuple[str, SamplePerson]] = []
        self._programme = programme
        self._taken: set[tuple[str, str, date]] = set()
        self._e_count = round(applicants * 0.55)
        self._r_count = applicants - self._e_count
        self._same = max(2, round(applicants * _SAME_SHARE))
        self._make_people()

    def person(self, index: int) -> SamplePerson:
        """Return a new person whose reading and birth date nobody else shares."""
        dice, words = self.dice, self.words
        while True:
            family, portal_family, family_kana = dice.choice(words["families"])
            given, given_kana = dice.choice(words["given"])
            birth = date(2000, 4, 2) + timedelta(days=dice.randrange(2200))
            if (family_kana, given_kana, birth) not in self._taken:
                break
        self._taken.add((family_kana, given_kana, birth))
        span = self._programme.deadline - datetime.combine(self._programme.entry_from, time(9))
        received = datetime.combine(self._programme.entry_from, time(9)) + timedelta(
            minutes=dice.randrange(int(span.total_seconds() // 60) - 60)
        )
        return SamplePerson(
            index=index,
            family=family,
            portal_family=portal_family,
            family_kana=family_kana,
            given=given,
            given_kana=given_kana,
            birth=birth,
            phone=f"0900{index:07d}",
            mail=f"sample{index:05d}@example.ac.jp",
            school=dice.choice(words["schools"]),
            faculty=dice.choice(words["faculties"]),
            department=dice.choice(words["departments"]),
            year=dice.randint(1, 4),
            town=f"{dice.choice(words['towns'])}{dice.randint(1, 40)}番地の{dice.randint(1, 9)}",
            courses=(dice.choice(self._programme.courses),),
            days="".join(day for day in _WEEKDAYS if dice.random() < 0.5) or dice.choice(_WEEKDAYS),
            motive="".join(dice.sample(words["motives"], 2)),
            received=received,
        )

    def _make_people(self) -> None:
        twins = min(_TWINS, self._r_count // 6)
        both = self._same + 2 * twins
        e_people = [self.person(index) for index in range(self._e_count)]
        for index, person in enumerate(e_people):
            self.e_rows.append((f"{240_000_000_000 + index * 6113}", person))
        for place in range(self._r_count):
            number = f"MB{20_000_000 + place * 41}"
            if place < self._same:
                person = self._again(e_people[place], place)
                self.truth.same.append((self.e_rows[place][0], number))
            elif place < both:
                person = self._alike(e_people[place], twin=place < self._same + twins)
                self.truth.not_same.append((self.e_rows[place][0], number))
            else:
                person = self.person(self._e_count + place)
            self.r_rows.append((number, person))
        self._mark_e_rows(both)
        self._mark_r_rows()

    def _again(self, person: SamplePerson, place: int) -> SamplePerson:
        """The same person at the other portal: one of mail and telephone differs, the kanji may."""
        again = replace(person, received=person.received + timedelta(hours=5))
        if place % 3 == 0:
            again.mail = f"relay{place}@relay.example.com"
        if place % 3 == 1:
            again.phone = f"0801{place:07d}"
        return again

    def _alike(self, person: SamplePerson, *, twin: bool) -> SamplePerson:
        other = self.person(person.index + 500_000)
        other.family, other.family_kana = person.family, person.family_kana
        if twin:
            names = [name for name in self.words["given"] if name[1] != person.given_kana]
            other.given, other.given_kana = self.dice.choice(names)
            other.birth, other.school, other.town = person.birth, person.school, person.town
            other.phone = person.phone  # the telephone of their home
        else:
            other.given, other.given_kana = person.given, person.given_kana
            other.birth = person.birth + timedelta(days=400)
        return other

    def _mark_e_rows(self, first_free: int) -> None:
        free = iter(self.e_rows[first_free:])
        for number, person in (next(free) for _ in range(_LATE)):
            person.received = self._programme.deadline + timedelta(hours=1, minutes=7)
            self.truth.late.append(number)
        for number, person in (next(free) for _ in range(_WITHDRAWN)):
            person.state = "取下げ"
            self.truth.withdrawn.append(number)
        for (number, person), school in zip(free, self.words["not_students"], strict=False):
            person.school, person.faculty, person.department = school, "", ""
            self.truth.not_student.append(number)

    def _mark_r_rows(self) -> None:
        odd = [
            {"motive": '一行目です。\n二行目には "引用" があります。'},
            {"motive": '=HYPERLINK("http://example.com","志望理由")'},
            {"motive": "\u202e𠮷野家🍣 葛󠄀西"},
            {"motive": "長い回答です。" * 400},
            {"family": "<b>見本&", "portal_family": "<b>見本&"},
        ]
        for (_number, person), values in zip(self.r_rows[-len(odd) - 1 : -1], odd, strict=True):
            for name, value in values.items():
                setattr(person, name, value)
        number, person = self.r_rows[-1]
        person.courses = self._programme.courses[:2]
        self.truth.both.append(number)
