from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.names import (
    half_width,
    kana_form,
    kana_sort_key,
    name_parts,
    names_parts,
    private_use,
    search_key,
    search_keys,
    search_terms,
    tidy_name,
)
from fujisawa_desktop.rules.variants import VARIANT_KANJI

katakana = st.text(
    st.sampled_from([chr(code) for code in range(0x30A1, 0x30F5)] + ["ー", "・", " "]), max_size=12
)

names = st.lists(
    st.text(
        st.one_of(
            st.sampled_from("髙高﨑ﾔﾏﾀﾞ゛゜ヅー-‐―・ 　\nΣσςßİÅA´\u0301\u3099\ufe00\x01\x1f(（)）ㅎㅏ\u11a8"),
            st.characters(),
        ),
        max_size=8,
    ),
    max_size=6,
)


EXPECTED = [
    "カツラ",
    "ガツラ",
    "キョウ",
    "キヨウ",
    "サトウ",
    "サドウ",
    "チジヤ",
    "ヂシヤ",
    "ハーン",
    "ハアン",
    "パンダ",
    "ハンハ",
    "ハンバ",
    "バンバ",
    "ヤマサキ",
    "ヤマザキ",
]


def kana_or_refusal(text: str) -> str:
    """Return the reading, or the code with which it is refused."""
    try:
        return kana_form(text)
    except ValidationError as error:
        return error.code


class TestSearchKey:
    @pytest.mark.parametrize(
        "pair",
        [
            "髙橋=高橋",
            "山﨑=山崎",
            "𠮷田=吉田",
            "濵田=浜田",
            "濱田=浜田",
            "渡邊=渡辺",
            "渡邉=渡辺",
            "澤田=沢田",
            "栁田=柳田",
            "齋藤=斎藤",
            "齊藤=斉藤",
            "齋藤=斉藤",
            "櫻井=桜井",
            "國井=国井",
            "廣田=広田",
            "眞子=真子",
            "惠子=恵子",
            "七瀨=七瀬",
            "德川=徳川",
            "曾根=曽根",
            "中嶋=中島",
            "中嶌=中島",
            "冨田=富田",
            "渕上=淵上",
            "籔田=藪田",
            "薮田=藪田",
            "龍之介=竜之介",
            "慶應義塾=慶応義塾",
            "國學院=国学院",
            "凉介=涼介",
            "\ufa19谷=神谷",
            "\ufa10田=塚田",
        ],
    )
    def test_domain_rules_4_5_variants_are_found(self, pair: str) -> None:
        one, other = pair.split("=")
        assert one != other
        assert search_key(one) == search_key(other)

    def test_domain_rules_4_5_selectors_do_not_matter(self) -> None:
        assert search_key("葛\U000e0100城") == search_key("葛城")
        assert search_key("葛\U000e0102城") == search_key("葛城")
        assert search_key("渡辺\ufe00") == search_key("渡辺")

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("くるみざわ　りょうすけ", "クルミザワリョウスケ"),
            ("ｸﾙﾐｻﾞﾜ ﾘｮｳｽｹ", "クルミザワリョウスケ"),
            ("ＲＮ２６", "rn26"),
            ("Rn26", "rn26"),
            ("ヴァン・デンバーグ", "ヴァンデンバーグ"),
            ("ヴァンデンバ－グ", "ヴァンデンバーグ"),
            ("ヴァンデンバ―グ", "ヴァンデンバーグ"),
            ("竜ヶ崎", "竜ケ崎"),
            ("よしゑ", "ヨシエ"),
            ("090-0000-0001", "090-0000-0001"),
            ("０９０‐００００", "090-0000"),
            ("高\u200b橋", "高橋"),
            ("", ""),
        ],
    )
    def test_forms(self, text: str, key: str) -> None:
        assert search_key(text) == key

    def test_different_names_stay_different(self) -> None:
        names = ["高橋", "高崎", "浜田", "沢田", "ヤマサキ", "ヤマザキ", "一", "ー"]
        assert len({search_key(name) for name in names}) == len(names)

    @pytest.mark.parametrize(("text", "key"), [("か゛", "ガ"), ("カ\u200b\u3099", "ガ"), ("A´", "á")])
    def test_a_mark_meets_its_letter_when_what_stood_between_is_cut_out(self, text: str, key: str) -> None:
        assert search_key(text) == search_key(search_key(text)) == key

    @pytest.mark.parametrize(
        ("text", "key"),
        [("か ゛", "カ"), ("A ´", "a"), ("O ´Brien", "obrien"), ("ㅎ ㅏ", "\u1112"), ("ァ --ア", "ァーーア")],
    )
    def test_a_mark_of_its_own_changes_no_letter_of_another_word(self, text: str, key: str) -> None:
        assert search_key(text) == search_key(search_key(text)) == key
        assert all(term in key for term in search_terms(text))

    def test_a_hyphen_before_a_word_is_not_looked_for(self) -> None:
        assert search_terms("カ -タ -") == ["カ", "タ"]
        assert search_terms("090-0000") == ["090-0000"]

    @given(st.one_of(st.text(), names.map(" ".join)))
    def test_a_key_of_a_key_is_the_key(self, text: str) -> None:
        assert search_key(search_key(text)) == search_key(text)

    @given(st.one_of(st.text(), names.map(" ".join)))
    def test_every_word_is_found_in_the_key(self, text: str) -> None:
        assert all(term in search_key(text) for term in search_terms(text))

    @given(st.text(st.characters(categories=["Zs"]), max_size=3))
    def test_any_gap_between_family_and_given_name(self, gap: str) -> None:
        assert search_key("橋千") in search_key("髙橋" + gap + "千尋")

    def test_the_table_names_each_character_once(self) -> None:
        everything = "".join(common + variants for common, variants in VARIANT_KANJI.items())
        assert len(everything) == len(set(everything))
        assert all(unicodedata.is_normalized("NFKC", char) for char in everything)

    def test_terms(self) -> None:
        assert search_terms("髙橋　ちひろ  RN26") == ["高橋", "チヒロ", "rn26"]
        assert search_terms("  　") == []
        assert search_terms("・") == []


class TestKanaForm:
    @pytest.mark.parametrize(
        ("text", "kana"),
        [
            ("ｸﾙﾐｻﾞﾜ ﾘｮｳｽｹ", "クルミザワ リョウスケ"),
            ("くるみざわ　りょうすけ", "クルミザワ リョウスケ"),
            ("クルミザワ　　リョウスケ ", "クルミザワ リョウスケ"),
            ("ヴァンデンバーグ ジョン", "ヴァンデンバーグ ジョン"),
            ("ﾊﾞﾝ ﾃﾞﾝ ﾊﾞｰｸﾞ", "バン デン バーグ"),
            ("アン・リー", "アン・リー"),
            ("ハ－ン ジョン", "ハーン ジョン"),
            ("か\u3099く", "ガク"),
            ("ゔぃ", "ヴィ"),
        ],
    )
    def test_domain_rules_4_10(self, text: str, kana: str) -> None:
        assert kana_form(text) == kana

    @pytest.mark.parametrize(
        ("text", "character"),
        [
            ("楜澤 リョウスケ", "楜"),
            ("クルミザワ2", "2"),
            ("クルミザワ Ryosuke", "R"),
            ("ア゛", "\u3099"),
            ("ﾞ", "\u3099"),
            ("リュウガサキ ヶ", "ヶ"),
            ("ー?", "?"),
        ],
    )
    def test_domain_rules_4_10_refusals(self, text: str, character: str) -> None:
        with pytest.raises(ValidationError) as caught:
            kana_form(text)
        assert caught.value.code == "kana.not-kana"
        assert caught.value.field == "kana"
        assert caught.value.params["character"] == character

    @pytest.mark.parametrize("text", ["", " ", "　"])
    def test_empty(self, text: str) -> None:
        with pytest.raises(ValidationError, match=r"kana\.empty"):
            kana_form(text)

    @given(katakana)
    def test_its_result_is_its_own_form(self, text: str) -> None:
        if text.strip():
            assert kana_form(kana_form(text)) == kana_form(text)

    @given(st.text(max_size=10))
    def test_any_text_is_kana_or_a_named_refusal(self, text: str) -> None:
        kana = kana_or_refusal(text)
        allowed = {"kana.empty", "kana.not-kana"}
        assert kana in allowed or all("ァ" <= char <= "ヴ" or char in "ー・ " for char in kana)


class TestOrder:
    def test_domain_rules_4_11(self) -> None:
        assert sorted(set(EXPECTED), key=kana_sort_key) == EXPECTED
        assert len({kana_sort_key(name) for name in EXPECTED}) == len(EXPECTED)

    def test_the_family_name_weighs_before_the_given_name(self) -> None:
        people = ["ヤマ タロウ", "ヤマサキ アイ", "ヤマサキ ワカ", "ヤマザキ アイ", "ヤマシタ アイ"]
        assert sorted(set(people), key=kana_sort_key) == people

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("カー", "カア"),
            ("キー", "キイ"),
            ("スー", "スウ"),
            ("テー", "テエ"),
            ("コー", "コオ"),
            ("ファー", "ファア"),
            ("ハパ", "ハパン"),
            ("ハ", "バ"),
            ("バ", "パ"),
            ("カ", "カー"),
        ],
    )
    def test_pairs(self, one: str, other: str) -> None:
        assert kana_sort_key(one) < kana_sort_key(other)

    def test_a_long_mark_without_a_vowel_is_kept(self) -> None:
        assert kana_sort_key("ンー") > kana_sort_key("ン")
        assert kana_sort_key("ー").startswith("ー")

    @pytest.mark.parametrize("text", ["さとう　はな", "ｻﾄｳ ﾊﾅ", "サトウ ハナ", "サ・トウ ハナ"])
    def test_other_forms_have_the_same_place(self, text: str) -> None:
        assert kana_sort_key(text) == kana_sort_key("サトウ ハナ")


class TestStoredNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("楜澤 涼介", "楜澤　涼介"),
            ("  楜澤　　涼介\n", "楜澤　涼介"),
            ("楜澤\u00a0涼介", "楜澤　涼介"),
            ("\ufeff楜澤\u200b涼介", "楜澤　涼介"),
            ("   ", ""),
        ],
    )
    def test_tidy_name(self, text: str, name: str) -> None:
        assert tidy_name(text) == name

    @pytest.mark.parametrize(
        "name", ["\ufa19", "\ufa10", "①", "㈱", "葛\U000e0100", "𠮷", "﨑", "髙", "～", "－", "Ⅲ"]
    )
    def test_domain_rules_4_4_no_character_is_normalised(self, name: str) -> None:
        assert tidy_name(name) == name

    @given(st.text())
    def test_tidy_once_is_enough(self, text: str) -> None:
        assert tidy_name(tidy_name(text)) == tidy_name(text)

    def test_domain_rules_4_9_private_characters(self) -> None:
        assert private_use("山\ue000田\U000f0001\ue000") == ("\ue000", "\U000f0001")
        assert private_use("楜澤 髙﨑 𠮷 葛\U000e0100") == ()

    def test_half_width(self) -> None:
        assert half_width(" ＡＢ－１２　") == "AB-12"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("髙橋　葵", ("高橋", "葵")),
        ("鈴木（旧姓 髙橋）　葵", ("鈴木", "葵")),
        ("鈴木(髙橋) 葵", ("鈴木", "葵")),
        ("葵", ("葵",)),
        ("グエン ヴァン アン", ("グエン", "ヴァン", "アン")),
        ("（）", ()),
    ],
)
def test_the_parts_of_a_name_leave_a_former_name_out(text: str, parts: tuple[str, ...]) -> None:
    assert name_parts(text) == parts


@pytest.mark.parametrize(
    "group", ["橋𣘺", "土𡈽", "渡邉渡邊渡辺", "山﨑山崎山嵜", "長⻑", "西⻄", "呉吳", "祇祗"]
)
def test_rare_forms_are_one_character_to_a_search(group: str) -> None:
    size = 2 if group.startswith(("渡", "山")) else 1
    names = [group[at : at + size] for at in range(0, len(group), size)]
    assert len({search_key(name) for name in names}) == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(names)
def test_names_folded_together_are_folded_as_each_alone(texts: list[str]) -> None:
    assert search_keys(texts) == [search_key(text) for text in texts]
    assert names_parts(texts) == [name_parts(text) for text in texts]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(katakana)
def test_a_plain_reading_is_what_the_long_way_gives(kana: str) -> None:
    """Outer space sends a reading the long way round; it says nothing of its own."""
    assert kana_sort_key(kana) == kana_sort_key(f"\u3000{kana}")
    if kana.strip():
        assert kana_form(kana) == kana_form(f"\u3000{kana}")
        assert kana_form(kana.replace(" ", "\u3000")) == kana_form(kana)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=5))
def test_the_characters_of_one_machine_are_those_of_category_co(text: str) -> None:
    assert private_use(text) == tuple(
        dict.fromkeys(char for char in text if unicodedata.category(char) == "Co")
    )
