"""Telephone numbers, mail addresses and postcodes: one stored form, one printed form."""

from __future__ import annotations

import re
from typing import Final

from fujisawa_desktop.rules.names import half_width

_MOBILE_LEADS: Final = ("050", "060", "070", "080", "090")
_SPECIAL_LEADS: Final = ("0120", "0570", "0800")
_TWO_DIGIT_AREAS: Final = ("03", "06")
# Three-digit area codes → the four-digit areas that begin alike (national numbering plan).
_THREE_DIGIT_AREAS: Final = {
    "011": (),
    "022": ("0220", "0223", "0224", "0225", "0226", "0228", "0229"),
    "042": ("0422", "0428"),
    "043": ("0436", "0438", "0439"),
    "044": (),
    "045": (),
    "046": ("0460", "0463", "0465", "0466", "0467"),
    "047": ("0470", "0475", "0476", "0478", "0479"),
    "048": ("0480",),
    "049": ("0493", "0494", "0495"),
    "052": (),
    "075": (),
    "078": (),
}
_FOREIGN_LEAD: Final = re.compile(r"^(?:\+|0{2}|010)81(?:0|\(0\))?")
_EXTENSION: Final = re.compile(r"(?:内線|ext\.?|#).*$", re.IGNORECASE)
# Old mobile addresses may end in a dot before the sign, or hold two in a row.
_MAIL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SLIPPED_PLACES: Final = frozenset(
    {"gamil.com", "gmai.com", "gmail.co", "gmail.jp", "gmial.com", "gmali.com", "yaho.co.jp", "yahoo.ne.jp"}
)
_SLIPPED_ENDS: Final = (".con", ".cmo", ".comm", ".jo", ".ac.jo", ".co.jo", ".ne.jo", ".ocm")
_LONGEST_MAIL: Final = 254
_LONGEST_MAIL_NAME: Final = 64
_LOST_ZERO: Final = re.compile(r"[5-9]0\d{8}")
_PUNCTUATION: Final = re.compile(r"[\s\-‐−–—ー.]")
_NO_DIGIT: Final = re.compile(r"\D")
_USUAL: Final = re.compile(r"0[2-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{3,4}")
"""As most people write it; only the hyphens have to be taken out."""
_BARE: Final = re.compile(r"(?!00|010)[0-9]+")
"""Digits as they are stored; nothing has to be taken from them."""


def phone_digits(text: str) -> str:
    """Return the bare digits of a telephone number, so that every way of writing it compares equal.

    ``+81 90-…`` becomes ``090…``, an extension is dropped, and the zero that a spreadsheet
    takes from a mobile number is given back.  No digits at all give an empty string.
    """
    if _USUAL.fullmatch(text):
        return text.replace("-", "")
    digits = text
    if not _BARE.fullmatch(text):
        plain = _PUNCTUATION.sub("", _EXTENSION.sub("", half_width(text)))
        digits = _NO_DIGIT.sub("", _FOREIGN_LEAD.sub("0", plain))
    return f"0{digits}" if _LOST_ZERO.fullmatch(digits) else digits


def format_phone(digits: str) -> str:
    """Return ``090-0000-0001`` or ``0466-50-3583``; a number whose area is not known stays as it is."""
    if digits[:4] in _SPECIAL_LEADS and len(digits) in {10, 11}:
        return f"{digits[:4]}-{digits[4:7]}-{digits[7:]}"
    if len(digits) == 11 and digits.startswith(_MOBILE_LEADS):
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if len(digits) != 10:
        return digits
    if digits.startswith(_TWO_DIGIT_AREAS):
        area = 2
    elif digits[:3] in _THREE_DIGIT_AREAS:
        area = 4 if digits[:4] in _THREE_DIGIT_AREAS[digits[:3]] else 3
    else:
        return digits
    return f"{digits[:area]}-{digits[area:6]}-{digits[6:]}"


def is_mail_address(text: str) -> bool:
    """Return whether a message can be sent to this: one address, nothing but letters it may hold."""
    if len(text) > _LONGEST_MAIL or not _MAIL.fullmatch(text):
        return False
    name, _at, place = text.rpartition("@")
    return len(name) <= _LONGEST_MAIL_NAME and not place.startswith(("-", "."))


def looks_mistyped(address: str) -> bool:
    """Return whether an address is one that hands often slip on: ``gmail.con``, ``gamil.com``, two dots."""
    name, _at, place = address.lower().rpartition("@")
    slipped = place in _SLIPPED_PLACES or place.endswith(_SLIPPED_ENDS)
    return slipped or ".." in name or name.startswith(".") or name.endswith(".")


def mail_key(text: str) -> str:
    """Return a mail address in the form in which two of them compare equal."""
    return half_width(text).replace(" ", "").lower()


def postcode_digits(text: str) -> str:
    """Return the bare digits of a postcode (``〒251-8601`` → ``2518601``)."""
    return text if _BARE.fullmatch(text) else _NO_DIGIT.sub("", half_width(text))


def format_postcode(digits: str) -> str:
    """Return ``251-8601``; anything but seven digits stays as it is."""
    return f"{digits[:3]}-{digits[3:]}" if re.fullmatch(r"\d{7}", digits) else digits
