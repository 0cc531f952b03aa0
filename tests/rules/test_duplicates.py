from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.duplicates import PersonKey, Suspicion, suspicions
from fujisawa_desktop.rules.names import search_key

BASE = PersonKey(
    key=1,
    number="A1",
    name_key=search_key("髙橋 千尋"),
    kana_key=search_key("タカハシ チヒロ"),
    birth_date=date(2003, 5, 6),
    phone="09000000001",
    mail="chihiro@example.ac.jp",
    school_key=search_key("見本大学"),
    given_kana="チヒロ",
)


def other(**changes: object) -> PersonKey:
    """Return the same person's entry at the other portal, with some answers different."""
    return replace(BASE, key=2, number="B2", **changes)  # type: ignore[arg-type]


def named(name: str, kana: str) -> dict[str, object]:
    return {
        "name_key": search_key(name),
        "kana_key": search_key(kana),
        "given_kana": search_key(kana.rsplit(maxsplit=1)[-1]) if " " in kana else "",
    }


def judge(second: PersonKey, first: PersonKey = BASE) -> Suspicion | None:
    found = suspicions([first, second])
    assert len(found) <= 1
    return found[0] if found else None


PEOPLE = st.lists(
    st.builds(
        PersonKey,
        key=st.integers(1, 10_000),
        number=st.just(""),
        name_key=st.sampled_from(["高橋千尋", "高橋若葉", ""]),
        kana_key=st.sampled_from(["タカハシチヒロ", "タカハシワカバ", "タカバシチヒロ", ""]),
        birth_date=st.sampled_from([None, date(2003, 5, 6), date(2004, 1, 1)]),
        phone=st.sampled_from(["", "0900", "0901"]),
        mail=st.sampled_from(["", "a@b", "c@d"]),
        school_key=st.sampled_from(["", "見本大学"]),
        given_kana=st.sampled_from(["", "チヒロ", "ワカバ"]),
        name_parts=st.sampled_from([(), ("高橋", "千尋"), ("千尋", "高橋"), ("鈴木", "千尋")]),
    ),
    max_size=8,
    unique_by=lambda person: person.key,
)


def order(pair: Suspicion) -> tuple[int, int]:
    return pair.first, pair.second


class TestOnePerson:
    def test_the_same_answers_are_the_same_person(self) -> None:
        assert judge(other()) == Suspicion(
            1, 2, 100, same=True, reasons=("kana", "name", "birth-date", "phone", "mail", "school")
        )

    @pytest.mark.parametrize(
        ("changes", "same"),
        [
            ({"mail": "relay-1@relay.example.com"}, True),
            ({"phone": "08011112222"}, True),
            ({"phone": "08011112222", "mail": "relay-1@relay.example.com"}, False),
            ({"phone": "", "mail": ""}, False),
            ({"birth_date": None}, True),
            ({"birth_date": date(2003, 6, 5)}, False),
            ({"school_key": search_key("見本大学大学院")}, True),
            ({"kana_key": "", "given_kana": ""}, True),
            ({"given_kana": ""}, True),
        ],
    )
    def test_domain_rules_5_6_one_answer_may_differ(self, changes: dict[str, object], same: bool) -> None:
        found = judge(other(**changes))
        assert found is not None
        assert found.same is same

    @pytest.mark.parametrize(
        ("name", "kana", "same"),
        [
            ("高橋 千尋", "タカハシ チヒロ", True),
            ("髙橋 千尋", "タカバシ チヒロ", True),
            ("髙橋 千尋", "タカハシチヒロ", True),
            ("高梁 千尋", "タカハシ チヒロ", True),
            ("千尋 髙橋", "チヒロ タカハシ", True),
            ("鈴木 千尋", "スズキ チヒロ", False),
        ],
    )
    def test_the_name_may_be_written_otherwise(self, name: str, kana: str, same: bool) -> None:
        found = judge(other(**named(name, kana)))
        assert found is not None
        assert found.same is same

    def test_small_kana_may_be_written_large(self) -> None:
        one = replace(BASE, **named("見本 涼", "ミホン リョウ"))  # type: ignore[arg-type]
        found = judge(replace(one, key=2, **named("見本 遼", "ミホン リヨウ")), one)  # type: ignore[arg-type]
        assert found is not None
        assert "kana" in found.reasons

    @pytest.mark.parametrize(
        ("one", "again"),
        [
            ("ミホン ミヅキ", "ミホン ミズキ"),
            ("ミホン ユウト", "ミホン ユート"),
            ("オオノ アイ", "オウノ アイ"),
            ("オーノ アイ", "オオノ アイ"),
            ("ミホン ジョージ", "ミホン ジヨウジ"),
            ("ミホン レー", "ミホン レイ"),
        ],
    )
    def test_one_sound_may_be_spelt_in_several_ways(self, one: str, again: str) -> None:
        first = replace(BASE, **named("見本 一", one))  # type: ignore[arg-type]
        found = judge(replace(first, key=2, **named("例示 二", again)), first)  # type: ignore[arg-type]
        assert found is not None
        assert "kana" in found.reasons

    def test_a_mistyped_reading_is_told_by_the_kanji(self) -> None:
        found = judge(
            other(kana_key=search_key("タカハシ チヒル"), given_kana="チヒル", mail="r@relay.example")
        )
        assert found is not None
        assert found.reasons == ("name", "birth-date", "phone", "school")

    @pytest.mark.parametrize("changes", [{"phone": "08011112222"}, {"mail": "r@relay.example"}])
    def test_a_family_name_may_change(self, changes: dict[str, object]) -> None:
        married = {**named("鈴木 千尋", "スズキ チヒロ"), "name_parts": ("鈴木", "千尋")}
        first = replace(BASE, name_parts=("高橋", "千尋"))
        found = judge(other(**married, **changes), first)
        assert found is not None
        assert not found.same
        without = {"kana_key": "", "given_kana": ""}
        assert judge(other(**{**married, **changes, **without}), replace(first, **without)) is not None  # type: ignore[arg-type]

    def test_kanji_in_each_others_boxes_agree(self) -> None:
        without = {"kana_key": "", "given_kana": "", "phone": "", "mail": ""}
        first = replace(BASE, name_parts=("高橋", "千尋"), **without)  # type: ignore[arg-type]
        found = judge(other(name_key="千尋高橋", name_parts=("千尋", "高橋"), **without), first)
        assert found is not None
        assert "name" in found.reasons


class TestDifferentPeople:
    def test_nobody_is_a_double_of_oneself(self) -> None:
        one = replace(BASE, name_key="レオ", kana_key="レオ", given_kana="レオ")
        assert suspicions([one]) == []

    def test_a_family_name_alone_as_reading_makes_nobody_sure(self) -> None:
        twins = {"kana_key": "タカハシ", "given_kana": ""}
        found = judge(other(name_key=search_key("髙橋 若葉"), **twins), replace(BASE, **twins))  # type: ignore[arg-type]
        assert found is None or not found.same

    @pytest.mark.parametrize(
        ("name", "kana"),
        [
            ("髙橋 若葉", "タカハシ ワカバ"),
            ("髙橋 若葉", "タカハシワカバ"),
            ("高橋 結", "タカハシ ユイ"),
            ("髙橋 若葉", ""),
        ],
    )
    @pytest.mark.parametrize("mail", ["other@example.ac.jp", "chihiro@example.ac.jp", ""])
    def test_twins_share_all_but_the_given_name(self, name: str, kana: str, mail: str) -> None:
        assert judge(other(**named(name, kana), mail=mail)) is None

    def test_twins_whose_names_differ_in_voicing_only(self) -> None:
        one = replace(BASE, **named("見本 隼", "ミホン シュン"))  # type: ignore[arg-type]
        twin = replace(one, key=2, **named("見本 純", "ミホン ジュン"), mail="j@example.ac.jp")  # type: ignore[arg-type]
        assert judge(twin, one) is None

    @pytest.mark.parametrize("school", ["見本大学", "別大学", ""])
    def test_namesakes_were_born_on_different_days(self, school: str) -> None:
        namesake = other(
            birth_date=date(2001, 1, 2),
            phone="09000000002",
            mail="other@example.ac.jp",
            school_key=search_key(school),
        )
        assert judge(namesake) is None

    def test_a_mail_address_alone_never_decides(self) -> None:
        stranger = other(
            **named("見本 太郎", "ミホン タロウ"), birth_date=date(2001, 1, 2), phone="", school_key=""
        )
        assert judge(stranger) is None

    def test_a_telephone_used_by_many_alone_never_decides(self) -> None:
        stranger = other(
            **named("見本 太郎", "ミホン タロウ"), birth_date=date(2001, 1, 2), mail="t@example.ac.jp"
        )
        assert judge(stranger) is None

    def test_people_of_whom_nothing_is_known_are_not_compared(self) -> None:
        blank = replace(
            BASE, name_key="", kana_key="", birth_date=None, phone="", mail="", school_key="", given_kana=""
        )
        assert judge(replace(blank, key=2), blank) is None
        assert judge(other(birth_date=None, phone="", mail="")) is None


class TestLists:
    def test_the_likeliest_pair_stands_first(self) -> None:
        people = [
            BASE,
            other(birth_date=date(2003, 6, 5), mail=""),
            replace(BASE, key=3),
        ]
        found = suspicions(people)
        assert [(row.first, row.second) for row in found] == [(1, 3), (1, 2), (2, 3)]
        assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)

    def test_only_pairs_with_one_of_the_wanted(self) -> None:
        people = [replace(BASE, key=key) for key in (4, 3, 2, 1)]
        assert [(row.first, row.second) for row in suspicions(people, among=[2])] == [(1, 2), (2, 3), (2, 4)]
        assert len(suspicions(people, among=[1, 2])) == 5
        assert suspicions(people, among=[]) == []
        assert len(suspicions(people)) == 6

    @given(PEOPLE)
    def test_the_order_of_the_people_does_not_matter(self, people: list[PersonKey]) -> None:
        found = suspicions(people)
        assert found == suspicions(people[::-1])
        assert all(row.first < row.second and 60 <= row.score <= 100 and row.reasons for row in found)
        keys = {person.key for person in people}
        assert suspicions(people, among=keys) == found
        assert {row for key in keys for row in suspicions(people, among=[key])} == set(found)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(PEOPLE)
    def test_many_are_compared_as_two_alone(self, people: list[PersonKey]) -> None:
        """What nobody else has is left out of the comparison; two people have all in common that counts."""
        pairs = [pair for two in combinations(people, 2) for pair in suspicions(two)]
        assert sorted(pairs, key=order) == sorted(suspicions(people), key=order)

    def test_ten_thousand_people_are_compared_in_blocks(self) -> None:
        names = ["タカハシ", "サトウ", "スズキ", "ヤマザキ", "イトウ"]
        people = [
            PersonKey(
                key=index,
                number=str(index),
                name_key=f"{names[index % 5]}{index % 97}",
                kana_key=f"{names[index % 5]}チヒロ",
                birth_date=date(2000, 1, 1) + timedelta(days=index % 1461),
                phone=f"090{index:08d}",
                mail=f"s{index}@example.ac.jp",
                school_key="見本大学",
                given_kana="チヒロ",
            )
            for index in range(10_000)
        ]
        twice = [replace(person, key=person.key + 10_000) for person in people[:30]]
        found = suspicions([*people, *twice], among=[person.key for person in twice])
        sure = [row for row in found if row.same]
        assert [(row.first, row.second) for row in sure] == [(key, key + 10_000) for key in range(30)]


def test_thousands_alike_are_not_compared_all_with_all() -> None:
    """A file in which everybody is the same person is looked through in a moment."""
    alike = [
        PersonKey(
            key=key, number=str(key), name_key="山田太郎", kana_key="ヤマダタロウ", given_kana="タロウ",
            birth_date=date(2004, 4, 1), phone="", mail="", school_key="",
        )
        for key in range(3_000)
    ]  # fmt: skip
    found = suspicions(alike)
    assert len(found) < 3_000 * 21
    assert {key for pair in found for key in (pair.first, pair.second)} == set(range(3_000))
