"""Invented people who apply twice, and people who only look alike: harder than the portals' samples.

Every case says what a clerk would say: the same person, or two.  A seed gives the same people again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from fujisawa_desktop.exchange.sample_people import sample_words
from fujisawa_desktop.rules.duplicates import PersonKey
from fujisawa_desktop.services.intake_duplicates import person_key

_OLD_FORMS: Final = str.maketrans("高崎浜辺沢斎柳徳広恵島橋瀬", "髙﨑濵邉澤齋栁德廣惠嶋𣘺瀨")
_NEAR_KANA: Final = dict(
    zip("アカサタナハマヤラワイキシチニヒミリ", "ワサタナマホヤラリアリシチニミイキヒ", strict=True)
)
_OTHER_SPELLINGS: Final = (("ヅ", "ズ"), ("ウト", "ート"), ("オオ", "オウ"), ("ュ", "ユ"), ("ョ", "ヨ"))


@dataclass(frozen=True)
class Entered:
    """What one person typed into one portal."""

    family: str
    given: str
    family_kana: str
    given_kana: str
    birth: date | None
    phone: str
    mail: str
    school: str
    gap: str = "　"
    kana_gap: str = " "

    def fields(self) -> dict[str, Any]:
        """Return the fields as they are stored."""
        return {
            "name_entered": f"{self.family}{self.gap}{self.given}",
            "kana": f"{self.family_kana}{self.kana_gap}{self.given_kana}".strip(),
            "birth_date": self.birth,
            "phone": self.phone,
            "mail": self.mail,
            "school": self.school,
        }


@dataclass
class Crowd:
    """People of one seed.

    Attributes:
        people: all entries, as the comparison takes them.
        typed: the same as they are stored.
        same: pairs of keys that are one person, each with the case it is of.
        apart: pairs of keys that are two people, each with the case it is of.
    """

    people: list[PersonKey] = field(default_factory=list)
    typed: list[dict[str, Any]] = field(default_factory=list)
    same: dict[tuple[int, int], str] = field(default_factory=dict)
    apart: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, person: Entered) -> int:
        """Add one entry and return its key."""
        key = len(self.people) + 1
        self.typed.append(person.fields())
        self.people.append(person_key(key, str(key), self.typed[-1]))
        return key


def crowd(people: int, seed: int) -> Crowd:
    """Return about ``people`` entries: one in eight a double, one in sixteen a lookalike."""
    maker = _Maker(seed)
    found = Crowd()
    doubles, alike = people // 16, people // 32
    for at in range(doubles):
        name, twist = SAME[at % len(SAME)]
        one = maker.person()
        found.same[found.add(one), found.add(twist(maker, one))] = name
    for at in range(alike):
        name, twist = APART[at % len(APART)]
        one = maker.person()
        found.apart[found.add(one), found.add(twist(maker, one))] = name
    while len(found.people) < people:
        found.add(maker.person())
    return found


class _Maker:
    """Makes people; some share name and birth date by chance, as in a list of thousands they do."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = sample_words()
        self._phones = self._numbers()

    def person(self, **given: Any) -> Entered:
        family, _portal, family_kana = self.dice.choice(self.words["families"])
        first, first_kana = self.dice.choice(self.words["given"])
        birth = date(2000, 4, 2) + timedelta(days=self.dice.randrange(2200))
        number = next(self._phones)
        made = Entered(
            family, first, family_kana, first_kana, birth, f"080{number:08d}",
            f"s{number}@example.ac.jp", self.dice.choice(self.words["schools"]),
        )  # fmt: skip
        return replace(made, **given)

    def phone(self) -> str:
        return f"090{next(self._phones):08d}"

    def relay(self) -> str:
        return f"relay{next(self._phones)}@relay.example.com"

    def other_given(self, but_not: str) -> tuple[str, str]:
        names = [(name, kana) for name, kana in self.words["given"] if kana != but_not]
        name, kana = self.dice.choice(names)
        return name, kana

    def mistyped(self, kana: str) -> str:
        """Return a reading with one kana wrong."""
        at = self.dice.randrange(len(kana))
        return kana[:at] + _NEAR_KANA.get(kana[at], "ナ") + kana[at + 1 :]

    @staticmethod
    def _numbers() -> Iterator[int]:
        yield from range(1_000, 10_000_000)


_Twist = Callable[[_Maker, Entered], Entered]


def _married(maker: _Maker, one: Entered) -> Entered:
    other = maker.person()
    return replace(one, family=f"{other.family}（旧姓 {one.family}）", family_kana=other.family_kana)


def _other_spelling(_maker: _Maker, one: Entered) -> Entered:
    kana = f"{one.family_kana} {one.given_kana}"
    for old, new in _OTHER_SPELLINGS:
        kana = kana.replace(old, new)
    family, given = kana.split(" ", 1)
    return replace(one, family_kana=family, given_kana=given, family=one.family_kana)


def _typo(maker: _Maker, one: Entered) -> Entered:
    if maker.dice.random() < 0.5:
        return replace(one, given_kana=maker.mistyped(one.given_kana))
    return replace(one, family_kana=maker.mistyped(one.family_kana))


def _wrong_birth(maker: _Maker, one: Entered) -> Entered:
    assert one.birth is not None
    return replace(one, birth=one.birth + timedelta(days=maker.dice.choice((-10, 10, 31, 365))))


def _swapped(_maker: _Maker, one: Entered) -> Entered:
    return replace(
        one, family=one.given, given=one.family, family_kana=one.given_kana, given_kana=one.family_kana
    )


SAME: Final[tuple[tuple[str, _Twist], ...]] = (
    ("again", lambda _m, one: one),
    ("relay mail", lambda m, one: replace(one, mail=m.relay())),
    ("other telephone", lambda m, one: replace(one, phone=m.phone())),
    ("relay mail and other telephone", lambda m, one: replace(one, mail=m.relay(), phone=m.phone())),
    ("old forms of kanji", lambda _m, one: replace(one, family=one.family.translate(_OLD_FORMS))),
    ("one kana mistyped", _typo),
    ("kana mistyped, relay mail", lambda m, one: replace(_typo(m, one), mail=m.relay())),
    ("kana mistyped, nothing else alike but the birth date",
     lambda m, one: replace(_typo(m, one), mail=m.relay(), phone=m.phone())),
    ("other spelling of the reading", _other_spelling),
    ("married, relay mail", lambda m, one: replace(_married(m, one), mail=m.relay())),
    ("married, other telephone", lambda m, one: replace(_married(m, one), phone=m.phone())),
    ("name in each other's boxes", lambda m, one: replace(_swapped(m, one), mail=m.relay())),
    ("swapped, other telephone and mail",
     lambda m, one: replace(_swapped(m, one), mail=m.relay(), phone=m.phone())),
    ("birth date mistyped, relay mail", lambda m, one: replace(_wrong_birth(m, one), mail=m.relay())),
    ("birth date mistyped, other telephone", lambda m, one: replace(_wrong_birth(m, one), phone=m.phone())),
    ("no birth date", lambda m, one: replace(one, birth=None, mail=m.relay())),
    ("no reading", lambda _m, one: replace(one, family_kana="", given_kana="", kana_gap="")),
    ("moved, other school and telephone",
     lambda m, one: replace(one, school="見本大学大学院", phone=m.phone(), mail=m.relay())),
    ("name without a gap", lambda m, one: replace(one, gap="", kana_gap="", mail=m.relay())),
)  # fmt: skip
"""Ways in which one person's second entry differs from the first.

Nobody could tell from namesakes, and so none of these: a wrong birth date, or a name changed by
marriage, while telephone and mail address are other ones too.
"""


def _twin(maker: _Maker, one: Entered, **given: Any) -> Entered:
    name, kana = maker.other_given(one.given_kana)
    number = next(maker._phones)
    return replace(one, given=name, given_kana=kana, mail=f"twin{number}@example.ac.jp", **given)


def _namesake(maker: _Maker, one: Entered, **given: Any) -> Entered:
    assert one.birth is not None
    other = maker.person()
    ways = {"phone": other.phone, "mail": other.mail, "school": other.school, **given}
    return replace(one, birth=one.birth + timedelta(days=400), **ways)


APART: Final[tuple[tuple[str, _Twist], ...]] = (
    ("twins with one telephone", _twin),
    ("twins with one mail address", lambda m, one: replace(_twin(m, one), mail=one.mail)),
    ("twins whose names sound alike",
     lambda m, one: replace(_twin(m, one), given="陽菜", given_kana=m.mistyped(one.given_kana))),
    ("twins without readings", lambda m, one: _twin(m, replace(one), family_kana="", kana_gap="")),
    ("namesakes", _namesake),
    ("namesakes of one school", lambda m, one: _namesake(m, one, school=one.school)),
    ("namesakes, both forms of kanji",
     lambda m, one: _namesake(m, one, family=one.family.translate(_OLD_FORMS))),
    ("siblings with one telephone",
     lambda m, one: replace(_twin(m, one), birth=(one.birth or date(2000, 1, 1)) - timedelta(days=700))),
    ("a stranger with the same mail address", lambda m, one: replace(m.person(), mail=one.mail)),
    ("a stranger with the same telephone and school",
     lambda m, one: replace(m.person(), phone=one.phone, school=one.school)),
)  # fmt: skip
"""People who are two, however alike."""
