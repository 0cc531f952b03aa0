"""Telephones and postcodes of a row: what a spreadsheet took from them is seen and given back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.contact import phone_digits, postcode_digits
from fujisawa_desktop.rules.names import half_width

_ROUNDED: Final = re.compile(r"[+-]?\d+(?:[.,]\d*)?E[+-]?\d+|#+|#[A-Z/0!?]+", re.IGNORECASE)
_WHOLE: Final = re.compile(r"(\d+)[.,]0+")
_USUAL: Final = re.compile(r"0[0-9]{9,10}|0[2-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{3,4}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s\-‐−–—ー()（）.]")
_LANDLINE_WITHOUT_ZERO: Final = re.compile(r"[1-9]\d{8}")
_POSTCODE_WITHOUT_ZERO: Final = re.compile(r"[1-9]\d{5}")
_PHONE_DIGITS: Final = range(9, 16)
_POSTCODE: Final = 7


@dataclass(frozen=True, slots=True)
class ContactValue:
    """A value as it is stored, and the code of what somebody should look at; empty when all is well."""

    text: str
    warning: str = ""


def phone_value(text: str) -> ContactValue:
    """Return a telephone number; a lost leading zero is given back and told.

    Raises:
        ValidationError: ``phone.damaged``, a spreadsheet has rounded it (9.01235E+09).
    """
    if _USUAL.fullmatch(text) and len(text.replace("-", "")) in {10, 11}:
        return ContactValue(text)
    plain = _unrounded(text, "phone")
    bare = _BETWEEN_DIGITS.sub("", plain)
    if _LANDLINE_WITHOUT_ZERO.fullmatch(bare):
        return ContactValue(f"0{bare}", "phone.zero-lost")
    if plain and len(phone_digits(plain)) not in _PHONE_DIGITS:
        return ContactValue(plain, "phone.unreadable")
    return ContactValue(plain)


def postcode_value(text: str) -> ContactValue:
    """Return a postcode; the leading zero of the northern prefectures is given back and told.

    Raises:
        ValidationError: ``postcode.damaged``, a spreadsheet has rounded it.
    """
    if text.isdecimal() and text.isascii() and len(text) == _POSTCODE:
        return ContactValue(text)
    plain = _unrounded(text, "postcode")
    if _POSTCODE_WITHOUT_ZERO.fullmatch(plain):
        return ContactValue(f"0{plain}", "postcode.zero-lost")
    if plain and len(postcode_digits(plain)) != _POSTCODE:
        return ContactValue(plain, "postcode.unreadable")
    return ContactValue(plain)


def _unrounded(text: str, field: str) -> str:
    plain = half_width(text)
    if _ROUNDED.fullmatch(plain):
        raise ValidationError(f"{field}.damaged", field=field, text=plain)
    whole = _WHOLE.fullmatch(plain)
    return whole[1] if whole else plain
