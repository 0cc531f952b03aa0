"""Passphrases: how hard one is to guess, and which are refused."""

from __future__ import annotations

import pytest

from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.rules.passphrases import Strength, require_usable, strength

OTHER = "another four words"


def refusal(error: pytest.ExceptionInfo[AppError]) -> str:
    return error.value.code


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("1234567", Strength.TOO_SHORT),
        ("password123", Strength.WEAK),
        ("abcdefghijklmnopq", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("ふじさわしふじさわし", Strength.WEAK),
        ("tree7boat9lamp", Strength.FAIR),
        ("川べりの三毛猫と紙芝居", Strength.GOOD),
        ("correct horse battery", Strength.GOOD),
    ],
)
def test_strength_is_length_without_what_everybody_tries(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("short", "short", "passphrase.short"),
        ("a" * 2000, "a" * 2000, "passphrase.long"),
        (OTHER, OTHER + "x", "passphrase.differs"),
    ],
)
def test_a_passphrase_is_refused_in_words(first: str, second: str, code: str) -> None:
    with pytest.raises(ValidationError) as error:
        require_usable(first, second)
    assert refusal(error) == code
