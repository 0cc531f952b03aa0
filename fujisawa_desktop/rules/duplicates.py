"""Two entries that may be one person: suggested, never merged by the program (domain rules 5.6).

Only entries that agree in a name *and* in a fact (birth date, telephone, mail) are compared at
all, so the work grows with the number of such pairs and not with the square of the people.
Twins share the family name and all facts, namesakes share the name alone: neither is enough.

What people and portals get wrong, and what is made of it: a kana mistyped (the kanji still agree),
another spelling of the same sound (ミヅキ, ミズキ; ユウト, ユート), family and given name in each other's
boxes, a family name changed by marriage (the given name and a way to reach the person agree).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final, NamedTuple

_MOST_ALIKE: Final = 20
"""How many entries with the same name and fact are compared with each of them.  More are no people but a
broken file, and comparing all with all would take the square of their number."""
SUSPECTED_FROM: Final = 60
SAME_FROM: Final = 95
_DOUBTFUL_AT_MOST: Final = 90
_KANA_AND_NAME, _KANA_ONLY, _NAME_ONLY, _GIVEN_ONLY = 45, 35, 30, 10
_TURNED: Final = " "
"""What stands between the sorted parts of a name, so that they never equal a whole one."""
_BIRTH_EQUAL, _BIRTH_DIFFERS = 30, -15
_PHONE, _MAIL, _SCHOOL = 35, 35, 10
# A family name is voiced so and so by its own bearers (ヤマザキ, ヤマサキ); a given name is not:
# シュン and ジュン may be twins.
_UNVOICE: Final = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホウ",
)

# One sound has several spellings; a lengthening ー, and オオ for オウ, sound as ウ after the row of オ.
# リョウ and リヨウ are one name, written on forms that knew no small kana.
_ONE_SOUND: Final = str.maketrans("ヅヂヲァィゥェォッャュョヮ", "ズジオアイウエオツヤユヨワ")
_ROW_OF_O: Final = "オコソトノホモヨロゴゾドボポ"
_LONG_O: Final = re.compile(f"(?<=[{_ROW_OF_O}])[オー]")
_LONG_U: Final = re.compile("(?<=[ウクスツヌフムユルグズブプ])ー")
_LONG_E: Final = re.compile("(?<=[エケセテネヘメレゲゼデベペ])ー")

_Block = tuple[str, object]


@dataclass(frozen=True, slots=True)
class PersonKey:
    """What is compared of one entry; keys are folded, an unknown value is empty or None.

    Attributes:
        key: the entry's identity in the database; a pair names these.
        number: the portal's own number, for messages.
        given_kana: the given name alone, empty when the reading is not split.
        name_parts: the parts of the name as it is split, family name first; empty when it is not.
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
    name_parts: tuple[str, ...] = ()


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


class _Candidate(NamedTuple):
    person: PersonKey
    kana: str
    parts: str
    given: str
    names: str

    def blocks(self, shared: Container[object]) -> set[_Block]:
        """Return what another entry must share to be compared: a name together with a fact.

        A fact that is not among the ``shared`` ones is left out: nobody else has it.
        """
        person = self.person
        names = {person.name_key, self.kana, self.parts, self.names} - {""}
        found: set[_Block] = {(name, person.birth_date) for name in names if person.birth_date in shared}
        ways_to_reach = [fact for fact in (person.phone, person.mail) if fact in shared]
        if ways_to_reach:
            found.update(product({*names, self.given, self.given_name()} - {""}, ways_to_reach))
        return found

    def given_name(self) -> str:
        """Return the given name in kanji, empty when the name is not split in two."""
        parts = self.person.name_parts
        return parts[1] if len(parts) == 2 else ""


def _candidate(person: PersonKey) -> _Candidate:
    kana = _sound(person.kana_key)
    given = _sound(person.given_kana)
    parts = ""
    if given and kana.endswith(given):
        # In a fixed order, so that a family name typed into the box of the given name agrees too.
        parts = _TURNED.join(sorted((kana[: -len(given)].translate(_UNVOICE), given)))
    names = _TURNED.join(sorted(person.name_parts)) if len(person.name_parts) > 1 else ""
    return _Candidate(person, kana, parts, given, names)


def _sound(kana: str) -> str:
    """Return a reading in which spellings of one sound are one spelling."""
    plain = kana.translate(_ONE_SOUND)
    if "ー" in plain:
        plain = _LONG_E.sub("イ", _LONG_U.sub("ウ", plain))
    return _LONG_O.sub("ウ", plain) if "ー" in plain or "オ" in plain else plain


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
    shared = _shared_facts([candidate.person for candidate in candidates])
    ours: dict[_Block, list[_Candidate]] = defaultdict(list)
    others: dict[_Block, list[_Candidate]] = defaultdict(list)
    rest: list[_Candidate] = []
    for candidate in candidates:
        if wanted is None or candidate.person.key in wanted:
            for block in candidate.blocks(shared):
                ours[block].append(candidate)
        else:
            rest.append(candidate)
    for candidate in rest:
        for block in candidate.blocks(shared):
            if block in ours:
                others[block].append(candidate)
    for block, members in ours.items():
        if len(members) > 1:
            yield from _near_pairs(members)
        if block in others:
            yield from product(members, others[block][:_MOST_ALIKE])


def _shared_facts(people: Sequence[PersonKey]) -> set[object]:
    """Return birth dates, telephones and mails that several people have."""
    count: Counter[object] = Counter()
    for facts in zip(*((person.birth_date, person.phone, person.mail) for person in people), strict=True):
        count.update(facts)
    return {fact for fact, times in count.items() if times > 1} - {None, ""}


def _near_pairs(members: list[_Candidate]) -> Iterator[tuple[_Candidate, _Candidate]]:
    """Yield all pairs of a block; of very many alike each with those that follow it closely."""
    for at, one in enumerate(members):
        for other in members[at + 1 : at + 1 + _MOST_ALIKE]:
            yield one, other


def _judge(one: _Candidate, other: _Candidate, pair: tuple[int, int]) -> Suspicion | None:
    left, right = one.person, other.person
    births_known = left.birth_date is not None and right.birth_date is not None
    evidence = {
        "kana": _agree(one.kana, other.kana) or _agree(one.parts, other.parts),
        "name": _agree(left.name_key, right.name_key) or _agree(one.names, other.names),
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
    if birth_differs or not (evidence["kana"] or evidence["name"]) or _only_family(one, other, evidence):
        score = min(score, _DOUBTFUL_AT_MOST)
    if score < SUSPECTED_FROM:
        return None
    reasons = tuple(reason for reason, agrees in evidence.items() if agrees)
    return Suspicion(*pair, score=min(score, 100), same=score >= SAME_FROM, reasons=reasons)


def _only_family(one: _Candidate, other: _Candidate, evidence: Mapping[str, bool]) -> bool:
    """Return whether the reading that agrees may be a family name alone, the kanji telling two people."""
    split = one.given or other.given
    names_known = one.person.name_key and other.person.name_key
    return bool(not split and names_known and not evidence["name"])


def _agree(one: str, other: str) -> bool:
    return one != "" and one == other


def _name_score(*, kana: bool, name: bool) -> int:
    if kana and name:
        return _KANA_AND_NAME
    if kana:
        return _KANA_ONLY
    # Pairs reach this point only when they share a name in some form: then the given name.
    return _NAME_ONLY if name else _GIVEN_ONLY
