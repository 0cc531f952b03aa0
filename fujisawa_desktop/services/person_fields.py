"""What a clerk may type into one field of a person, and the form in which it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.contact import postcode_digits
from fujisawa_desktop.rules.names import half_width, kana_form, tidy_name
from fujisawa_desktop.services.applicant_keys import stored_phone


def stored_value(field: str, text: str, *, before: str | None, name_entered: str) -> str | None:
    """Return what is stored for a text typed into a field.

    Args:
        field: one of ``EDITABLE``.
        text: as typed.
        before: what is stored now; a reading that stays is not judged again.
        name_entered: the name as the portal sent it; an official name equal to it says nothing.

    Raises:
        ValidationError: the reading is no kana, or a postcode or mail address cannot be one.
    """
    if field == "kana":
        return kana_form(text) if text.strip() and text != before else text.strip()
    if field == "name_official":
        official = tidy_name(text)
        return official if official and official != name_entered else None
    return _READERS.get(field, str.strip)(text)


def _postcode(text: str) -> str:
    digits = postcode_digits(text)
    if text.strip() and len(digits) != 7:
        raise ValidationError("applicant.postcode", field="postcode")
    return digits


def _mail(text: str) -> str:
    mail = half_width(text)
    name, at, place = mail.rpartition("@")
    looks_right = bool(at and name and "." in place)
    if mail and not (looks_right and not any(sign.isspace() or sign in ",;<>" for sign in mail)):
        raise ValidationError("applicant.mail", field="mail")
    return mail


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "postcode": _postcode,
    "mail": _mail,
    "phone": stored_phone,
    "note": str,
}
EDITABLE: Final = (
    "name_official",
    "character_note",
    "kana",
    "postcode",
    "address",
    "phone",
    "mail",
    "school",
    "school_category",
    "faculty",
    "department",
    "grade",
    "graduation",
    "note",
)
"""Fields of a person that hold text a clerk may change."""
