"""Two entries that may be one person: suggested, never merged by the program (domain rules 5.6).

Only entries that agree in a name *and* in a fact (birth date, telephone, mail) are compared at
all, so the work grows with the number of such pairs and not with the square of the people.
Twins share the family name and all facts, namesakes share the name alone: neither is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Final

SUSPECTED_FROM: Final = 60
SAME_FROM: Final = 95
_DOUBTFUL_AT_MOST: Final = 90
_KANA_AND_NAME, _KANA_ONLY, _NAME_ONLY, _GIVEN_ONLY = 45, 35, 30, 10
_BIRTH_EQUAL, _BIRTH_DIFFERS = 30, -15
_PHONE, _MAIL, _SCHOOL = 35, 35, 10
# リョウ and リヨウ are one name, written on forms that knew no small kana.
_ENLARGE: Final = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
# A family name is voiced so and so by its own bearers (ヤマザキ, ヤマサキ); a given name is not:
# シュン and ジュン may be twins.
_UNVOICE: Final = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホウ",
)

_Block = tuple[str, object]


@dataclass(frozen=True, slots=True)
class PersonKey:
    """What is compared of one entry; keys are folded, an unknown value is empty or None.

    Attributes:
        key: the entry's identity in the database; a pair names these.
        number: the portal's own number, for messages.
        given_kana: the given name alone, empty when the reading is not split.
    """

    key: int
    number: str
    name_key: str
    kana_key: str
    birth_date: date | None
    phone: str
    mail: str
    school_key: str
    given_kana: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two entries that may be one person; ``first`` is the smaller key.

    Attributes:
        score: 60 to 100, for the order of the list.
        same: there is hardly a doubt; else it is a mere suspicion.  A clerk decides both.
        reasons: what agrees, of kana, name, birth-date, phone, mail, school.
    """

    first: int
    second: int
    score: int
    same: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    person: PersonKey
    kana: str
    parts: str
    given: str

    def blocks(self) -> Iterator[_Block]:
        """Yield what another entry must share to be compared: a name together with a fact."""
        person = self.person
        ways_to_reach = [fact for fact in (person.phone, person.mail) if fact]
        for name in {person.name_key, self.kana, self.parts} - {""}:
            if person.birth_date is not None:
                yield name, person.birth_date
            for fact in ways_to_reach:
                yield name, fact
        if self.given:
            for fact in ways_to_reach:
                yield self.given, fact


def _candidate(person: PersonKey) -> _Candidate:
    kana = person.kana_key.translate(_ENLARGE)
    given = person.given_kana.translate(_ENLARGE)
    parts = ""
    if given and kana.endswith(given):
        # In a fixed order, so that a family name typed into the box of the given name agrees too.
        parts = " ".join(sorted((kana[: -len(given)].translate(_UNVOICE), given)))
    return _Candidate(person, kana, parts, given)


def suspicions(people: Iterable[PersonKey], among: Iterable[int] | None = None) -> list[Suspicion]:
    """Return the pairs that may be one person, the likeliest first.

    Args:
        people: every entry known.
        among: keys of entries of interest, such as those of one import; only pairs with at
            least one of them are returned.  None compares all with all.
    """
    candidates = [_candidate(person) for person in people]
    wanted = None if among is None else set(among)
    seen: set[tuple[int, int]] = set()
    found: list[Suspicion] = []
    for one, other in _pairs(candidates, wanted):
        pair = (min(one.person.key, other.person.key), max(one.person.key, other.person.key))
        if pair in seen:
            continue
        seen.add(pair)
        suspicion = _judge(one, other, pair)
        if suspicion is not None:
            found.append(suspicion)
    return sorted(found, key=lambda suspicion: (-suspicion.score, suspicion.first, suspicion.second))


def _pairs(candidates: list[_Candidate], wanted: set[int] | None) -> Iterator[tuple[_Candidate, _Candidate]]:
    """Yield pairs that share a block, blocks without a wanted entry never being filled."""
    ours: dict[_Block, list[_Candidate]] = defaultdict(list)
    others: dict[_Block, list[_Candidate]] = defaultdict(list)
    rest: list[_Candidate] = []
    for candidate in candidates:
        if wanted is None or candidate.person.key in wanted:
            for block in candidate.blocks():
                ours[block].append(candidate)
        else:
            rest.append(candidate)
    for candidate in rest:
        for block in candidate.blocks():
            if block in ours:
                others[block].append(candidate)
    for block, members in ours.items():
        yield from combinations(members, 2)
        yield from product(members, others.get(block, ()))


def _judge(one: _Candidate, other: _Candidate, pair: tuple[int, int]) -> Suspicion | None:
    left, right = one.person, other.person
    births_known = left.birth_date is not None and right.birth_date is not None
    evidence = {
        "kana": _agree(one.kana, other.kana) or _agree(one.parts, other.parts),
        "name": _agree(left.name_key, right.name_key),
        "birth-date": births_known and left.birth_date == right.birth_date,
        "phone": _agree(left.phone, right.phone),
        "mail": _agree(left.mail, right.mail),
        "school": _agree(left.school_key, right.school_key),
    }
    birth_differs = births_known and not evidence["birth-date"]
    score = (
        _name_score(kana=evidence["kana"], name=evidence["name"])
        + _BIRTH_EQUAL * evidence["birth-date"]
        + _BIRTH_DIFFERS * birth_differs
        + _PHONE * evidence["phone"]
        + _MAIL * evidence["mail"]
        + _SCHOOL * evidence["school"]
    )
    if birth_differs or not (evidence["kana"] or evidence["name"]):
        score = min(score, _DOUBTFUL_AT_MOST)
    if score < SUSPECTED_FROM:
        return None
    reasons = tuple(reason for reason, agrees in evidence.items() if agrees)
    return Suspicion(*pair, score=min(score, 100), same=score >= SAME_FROM, reasons=reasons)


def _agree(one: str, other: str) -> bool:
    return one != "" and one == other


def _name_score(*, kana: bool, name: bool) -> int:
    if kana and name:
        return _KANA_AND_NAME
    if kana:
        return _KANA_ONLY
    # Pairs reach this point only when they share a name in some form: then the given name.
    return _NAME_ONLY if name else _GIVEN_ONLY
