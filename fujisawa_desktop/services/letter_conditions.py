"""What the conditions of letters and messages ask about: ``{% if 合格 %}``."""

from __future__ import annotations

from fujisawa_desktop.rules.selection import Result


def result_conditions(result: Result) -> dict[str, str]:
    """Return what ``{% if 合格 %}`` and the like ask about: the word itself where it is so, else nothing."""
    words = {Result.PASS: "合格", Result.RESERVE: "補欠", Result.FAIL: "不合格"}
    return {word: word if one is result else "" for one, word in words.items()}
