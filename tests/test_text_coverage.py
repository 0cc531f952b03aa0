"""Every code that is raised, warned of or journalled has its sentence, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import fujisawa_desktop
from fujisawa_desktop import errors
from fujisawa_desktop.errors import AppError, fault_code
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.texts import label, message, text_book

PACKAGE = Path(fujisawa_desktop.__file__).parent
ERROR_NAMES = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, AppError)
}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts an argument can be: a literal, or both sides of a conditional expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def raised() -> dict[str, str]:
    found = {}
    for place, call in _calls():
        if _name(call) in ERROR_NAMES and call.args:
            for code in _literals(call.args[0]):
                found[code] = place
    return found


def journalled() -> dict[str, str]:
    found = {}
    for place, call in _calls():
        if _name(call) == "unit_of_work" and len(call.args) > 1:
            for code in _literals(call.args[1]):
                found[code] = place
    return found


def test_something_is_raised_and_journalled() -> None:
    assert len(raised()) > 50
    assert len(journalled()) > 10


def test_every_raised_code_has_a_sentence() -> None:
    missing = {code: place for code, place in raised().items() if code not in text_book().messages}
    assert not missing


def test_every_journalled_act_has_a_name() -> None:
    missing = {code: place for code, place in journalled().items() if code not in text_book().labels}
    assert not missing


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_sentence_is_a_bare_code(language: str) -> None:
    set_language(language)
    for code, sentence in text_book().messages.items():
        assert code not in sentence
        assert sentence.rstrip().endswith((".", "?", "”", ")", ":")) or "{" in sentence, sentence


def test_an_unknown_error_gets_the_general_sentence(caplog: pytest.LogCaptureFixture) -> None:
    assert "no.such.code" in message(AppError("no.such.code"))
    assert fault_code(KeyError("名前")) in message(KeyError("名前"))
    assert "名前" not in message(KeyError("名前"))
    caplog.clear()


def test_an_unknown_act_has_a_name_too() -> None:
    assert label("no.such.act")
