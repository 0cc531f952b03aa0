"""The signs that banks read (JIS X 0201 as 全銀協 allows it), made from what people type.

Full-width kana, hiragana and letters become the half-width signs of the same reading; voicing
marks are signs of their own, small kana become large ones, ー becomes a hyphen.  Whatever has no
sign, kanji above all, is refused: guessing would send money to another name.

Source: domain rules 6.3 (全銀協 利用可能文字; notes of several banks).
"""

from __future__ import annotations

import unicodedata
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from fujisawa_desktop.errors import ValidationError

_SMALL: Final = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HIRAGANA: Final = {code: code + ord("ァ") - ord("ぁ") for code in range(ord("ぁ"), ord("ゖ") + 1)}
_FOLDED: Final[dict[int, str]] = {
    **dict(zip(map(ord, ascii_lowercase), ascii_uppercase, strict=True)),
    **dict.fromkeys(map(ord, "ー‐‑‒–—―−"), "-"),
}
# NFKC makes a space and a combining mark of these; as combining marks they join the kana before them.
_LOOSE_MARKS: Final = str.maketrans("゛゜", "\u3099\u309a")
_WIDE: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンヲ"
_NARROW: Final = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｦ"
_SIGNS: Final = {
    **dict(zip(_WIDE, _NARROW, strict=True)),
    **{sign: sign for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ()-./"},
    "\u3099": "ﾞ",
    "\u309a": "ﾟ",
}
_VOICED: Final = frozenset("ｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ")
_HALF_VOICED: Final = frozenset("ﾊﾋﾌﾍﾎ")


def bank_text(kana: str, length: int, field: str, *, allows_wo: bool = False) -> str:
    """Return a reading in the signs that a bank reads; it is never cut.

    Args:
        kana: what was typed: full-width or half-width kana, hiragana, letters, digits.
        length: the most signs there is room for; a voicing mark is one of them.
        field: the field it was typed into.
        allows_wo: the bank reads ｦ.

    Raises:
        ValidationError: ``transfer.text-missing``, ``transfer.kanji``, ``transfer.middle-dot``,
            ``transfer.wo``, ``transfer.mark`` (a voicing mark that belongs to no kana),
            ``transfer.sign`` and ``transfer.text-long``.
    """
    text = " ".join(_plain(kana).split())
    if not text:
        raise ValidationError("transfer.text-missing", field=field, transfer_part=field)
    for refusal, wrong in _refusals(text, allows_wo=allows_wo).items():
        if wrong:
            raise ValidationError(refusal, field=field, transfer_part=field, signs=sorted(wrong))
    signs = "".join(_SIGNS[sign] for sign in text)
    _check_marks(signs, field)
    if len(signs) > length:
        raise ValidationError(
            "transfer.text-long", field=field, transfer_part=field, count=len(signs), most=length
        )
    return signs


def _plain(kana: str) -> str:
    """Return large full-width katakana and capitals, voicing marks apart."""
    wide = unicodedata.normalize("NFKC", kana.translate(_LOOSE_MARKS)).translate(_HIRAGANA)
    return unicodedata.normalize("NFD", wide).translate(_SMALL).translate(_FOLDED)


def _refusals(text: str, *, allows_wo: bool) -> dict[str, set[str]]:
    """Return the signs that are refused by the code that says why."""
    unknown = {sign for sign in text if sign not in _SIGNS}
    kanji = {sign for sign in unknown if _is_kanji(sign)}
    return {
        "transfer.kanji": kanji,
        "transfer.middle-dot": unknown & {"・"},
        "transfer.sign": unknown - kanji,
        "transfer.wo": set() if allows_wo else set(text) & {"ヲ"},
    }


def _is_kanji(sign: str) -> bool:
    return sign in "々〆〇" or unicodedata.name(sign, "").startswith("CJK ")


def _check_marks(signs: str, field: str) -> None:
    for before, sign in zip(" " + signs, signs, strict=False):
        takers = {"ﾞ": _VOICED, "ﾟ": _HALF_VOICED}.get(sign)
        if takers is not None and before not in takers:
            raise ValidationError("transfer.mark", field=field, transfer_part=field, signs=[sign])
