"""The signs that banks read (domain-rules 6.3)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.bank_signs import bank_text

ALLOWED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ()-./ﾞﾟｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ")


@pytest.mark.parametrize(
    ("typed", "signs"),
    [
        pytest.param("キュウヨ", "ｷﾕｳﾖ", id="6.3 small kana become large"),
        pytest.param("クルミザワ　リョウスケ", "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ", id="6.5"),
        pytest.param("ヴァンデンバーグ ジョン", "ｳﾞｱﾝﾃﾞﾝﾊﾞ-ｸﾞ ｼﾞﾖﾝ", id="6.5 ヴ and ー"),
        pytest.param("くるみざわ りょうすけ", "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ", id="hiragana"),
        pytest.param("ｸﾙﾐｻﾞﾜ ﾘｮｳｽｹ", "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ", id="half-width"),
        pytest.param("ﾊﾞｰｸﾞ", "ﾊﾞ-ｸﾞ", id="half-width ー"),
        pytest.param("ァィゥェォッャュョヮヵヶ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ", id="every small kana"),
        pytest.param("ぁぃぅぇぉっゃゅょゎゕゖ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ", id="every small hiragana"),
        pytest.param("ｧｨｩｪｫｯｬｭｮ", "ｱｲｳｴｵﾂﾔﾕﾖ", id="every small half-width kana"),
        pytest.param("ガギグゲゴザジズゼゾ", "ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞ", id="voiced"),
        pytest.param("ダヂヅデドバビブベボ", "ﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞ", id="voiced too"),
        pytest.param("パピプペポ", "ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ", id="half voiced"),
        pytest.param("カ゛ハ゜", "ｶﾞﾊﾟ", id="loose marks"),
        pytest.param("ゔぁん", "ｳﾞｱﾝ", id="hiragana ゔ"),
        pytest.param("ａｂｃ ｘｙｚ abc xyz", "ABC XYZ ABC XYZ", id="no lower case"),
        pytest.param("１２（３）．－／", "12(3).-/", id="full-width signs"),
        pytest.param("ア‐イ‑ウ‒エ–オ—カ―キ−ク", "ｱ-ｲ-ｳ-ｴ-ｵ-ｶ-ｷ-ｸ", id="every hyphen"),
        pytest.param("  フジサワ　　シ ", "ﾌｼﾞｻﾜ ｼ", id="one space between words"),
        pytest.param("アイウエオカキクケコサシスセソ", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿ"),
        pytest.param("タチツテトナニヌネノハヒフヘホ", "ﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎ"),
        pytest.param("マミムメモヤユヨラリルレロワン", "ﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ"),
    ],
)
def test_what_is_typed_becomes_what_a_bank_reads(typed: str, signs: str) -> None:
    assert bank_text(typed, 40, "holder_kana") == signs


@pytest.mark.parametrize(
    ("typed", "code", "wrong"),
    [
        ("藤沢市", "transfer.kanji", ["市", "沢", "藤"]),
        ("サ々キ", "transfer.kanji", ["々"]),
        ("㈱フジサワ", "transfer.kanji", ["株"]),
        ("𠮷野", "transfer.kanji", ["野", "𠮷"]),
        ("アン・ドゥ", "transfer.middle-dot", ["・"]),
        ("アン･ドゥ", "transfer.middle-dot", ["・"]),
        ("ヲカダ", "transfer.wo", ["ヲ"]),
        ("をかだ", "transfer.wo", ["ヲ"]),
        ("ア、イ", "transfer.sign", ["、"]),
        ("A,B", "transfer.sign", [","]),
        ("ア;イ", "transfer.sign", [";"]),
        ("ß", "transfer.sign", ["ß"]),
        ("ヰ", "transfer.sign", ["ヰ"]),
        ("ア~", "transfer.sign", ["~"]),
        ("\u3040\u3097", "transfer.sign", ["\u3040", "\u3097"]),
        ("アﾞ", "transfer.mark", ["ﾞ"]),
        ("カﾟ", "transfer.mark", ["ﾟ"]),
        ("ﾞカ", "transfer.mark", ["ﾞ"]),
        ("ガﾞ", "transfer.mark", ["ﾞ"]),
        ("カ ゛", "transfer.mark", ["ﾞ"]),
    ],
)
def test_what_a_bank_does_not_read_is_named(typed: str, code: str, wrong: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        bank_text(typed, 30, "holder_kana")
    assert caught.value.code == code
    assert caught.value.params == {"field": "holder_kana", "transfer_part": "holder_kana", "signs": wrong}


@pytest.mark.parametrize("typed", ["", "  ", "\u3000", "\n"])
def test_nothing_is_no_name(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        bank_text(typed, 30, "bank_kana")
    assert (caught.value.code, caught.value.field) == ("transfer.text-missing", "bank_kana")
    assert caught.value.params["transfer_part"] == "bank_kana"


def test_a_bank_that_reads_wo() -> None:
    assert bank_text("ヲカダ", 30, "holder_kana", allows_wo=True) == "ｦｶﾀﾞ"
    with pytest.raises(ValidationError, match=r"transfer\.mark"):
        bank_text("ヺ", 30, "holder_kana", allows_wo=True)


def test_a_name_that_is_too_long_is_not_cut() -> None:
    """6.3: voicing marks count."""
    assert bank_text("ガ" * 15, 30, "holder_kana") == "ｶﾞ" * 15
    with pytest.raises(ValidationError) as caught:
        bank_text("ガ" * 15 + "ア", 30, "holder_kana")
    assert caught.value.code == "transfer.text-long"
    expected = {"field": "holder_kana", "transfer_part": "holder_kana", "count": 31, "most": 30}
    assert caught.value.params == expected


kana = st.text(
    st.sampled_from(
        [*map(chr, range(0x3041, 0x3097)), *map(chr, range(0x30A1, 0x30FD)), *"ABCxyz019 -()./　"]
    ),
    max_size=30,
)


@settings(deadline=None)
@given(kana | st.text(max_size=20))
def test_only_signs_that_every_bank_reads_come_out_and_they_stay_as_they_are(text: str) -> None:
    try:
        signs = bank_text(text, 60, "name")
    except ValidationError:
        return
    assert set(signs) <= ALLOWED
    assert len(signs.encode("cp932")) == len(signs) <= 60
    assert bank_text(signs, 60, "name") == signs
