"""The two keys of a person: under which the search box finds them, and where a list puts them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fujisawa_desktop.rules.contact import phone_digits
from fujisawa_desktop.rules.names import half_width, kana_sort_key, search_key, search_terms

KEY_SEPARATOR: Final = "|"
"""Stands between the parts of a search key and in none of them."""
_FIGURES: Final = re.compile(r"[0-9-]+")


def applicant_keys(
    *,
    name_entered: str,
    name_official: str | None,
    kana: str,
    numbers: Iterable[str],
    phone: str,
    mail: str,
    school: str,
) -> tuple[str, str]:
    """Return (search key, sort key) of a person; the only place where either is made.

    Args:
        name_entered: as the portal sent it.
        name_official: as a clerk corrected it, or None.
        kana: the reading, family and given name parted by a space.
        numbers: the portals' numbers of all the person's entries.
        phone: in any form.
        mail: in any form.
        school: name of the school.
    """
    parts = [
        search_key(name_official or ""),
        search_key(name_entered),
        search_key(kana),
        *map(search_key, numbers),
        phone_digits(phone),
        search_key(mail),
        search_key(school),
    ]
    if KEY_SEPARATOR in "".join(parts):
        parts = [part.replace(KEY_SEPARATOR, "") for part in parts]
    search = KEY_SEPARATOR.join(dict.fromkeys(filter(None, parts)))
    # Kanji follow all kana in code-point order, so people without a reading stand last.
    return search, kana_sort_key(kana) if kana else search_key(name_official or name_entered)


def key_terms(text: str) -> list[str]:
    """Return what must all be found in a search key for the text of a search box.

    A telephone number may be typed with hyphens; keys hold its digits.
    """
    terms = (term.replace(KEY_SEPARATOR, "") for term in search_terms(text))
    return [term.replace("-", "") if _FIGURES.fullmatch(term) else term for term in terms if term.strip("-")]


def stored_phone(text: str) -> str:
    """Return a telephone number as it is stored: bare digits, but a foreign number as written."""
    plain = half_width(text)
    digits = phone_digits(plain)
    return plain if not digits or (plain.startswith("+") and not digits.startswith("0")) else digits
