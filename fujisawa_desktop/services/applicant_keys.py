"""The two keys of a person: under which the search box finds them, and where a list puts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from fujisawa_desktop.rules.contact import phone_digits
from fujisawa_desktop.rules.names import half_width, kana_sort_key, search_key, search_keys, search_terms

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
    """Return (search key, sort key) of a person; both are made in this module alone.

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
    # Kanji follow all kana in code-point order, so people without a reading stand last.
    return _joined(parts), kana_sort_key(kana) if kana else search_key(name_official or name_entered)


def new_applicants_keys(
    people: Sequence[Mapping[str, Any]], numbers: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return search keys and sort keys of many people who come in with one number each.

    The same as :func:`applicant_keys` of one after the other, column by column.

    Args:
        people: their fields as they will be stored; nobody has an official name yet.
        numbers: the portal's number of each.
    """
    names = search_keys([person["name_entered"] for person in people])
    kana = [person["kana"] for person in people]
    parts = zip(
        names,
        search_keys(kana),
        search_keys(numbers),
        [phone_digits(person["phone"]) for person in people],
        search_keys([person["mail"] for person in people]),
        search_keys([person["school"] for person in people]),
        strict=True,
    )
    sort = [kana_sort_key(reading) if reading else name for reading, name in zip(kana, names, strict=True)]
    return list(map(_joined, parts)), sort


def _joined(parts: Sequence[str]) -> str:
    """Return the parts as one search key, each once."""
    if KEY_SEPARATOR in "".join(parts):
        parts = [part.replace(KEY_SEPARATOR, "") for part in parts]
    return KEY_SEPARATOR.join(dict.fromkeys(filter(None, parts)))


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
