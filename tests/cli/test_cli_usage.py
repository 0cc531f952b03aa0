"""Wrong use: a sentence that says what, why and what to do; exit 2; nothing on the output; nothing made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli_driver import is_japanese, on, run_command

WRONG: list[tuple[list[str], str]] = [
    (["nonsense"], "nonsense"),
    (["--nonsense"], "--nonsense"),
    (["release"], "STAGE"),
    (["release", "second"], "second"),
    (["import", "applicants"], "FILE"),
    (["import", "people", "x.csv"], "people"),
    (["import", "hours", "x.csv", "--profile", "rikunabi"], "--profile"),
    (["import", "hours", "x.csv", "--shift", "both"], "both"),
    (["import", "applicants", "x.csv", "--shift", "planned"], "--shift"),
    (["list", "applicants", "--month", "2024-12"], "--month"),
    (["list", "hours", "--month", "2024-13"], "2024-13"),
    (["print", "roster", "--blank"], "--blank"),
    (["list", "applicants", "--format", "docx"], "docx"),
    (["list", "applicants", "--out", "list.docx"], "list.docx"),
    (["list", "applicants", "--out"], "--out"),
    (["pay"], "YYYY-MM"),
    (["pay", "2024-13"], "2024-13"),
    (["pay", "december"], "december"),
    (["pay", "２０２４-12"], "２０２４-12"),
    (["print", "poem"], "poem"),
    (["print", "attendance", "--month", "12"], "12"),
    (["demo", "--applicants", "many"], "many"),
    (["demo", "--applicants", "3"], "3"),
    (["backup"], "FILE"),
    (["check", "twice"], "twice"),
    (["check", "--database", "x"], "--database"),
    (["--lang", "fr", "check"], "fr"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=lambda value: " ".join(value)[:30])
def test_wrong_use_is_explained(
    fresh: Path, arguments: list[str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = fresh.read_bytes()
    answer = on(fresh)(*arguments)
    assert (answer.code, answer.out) == (2, b"")
    assert named in answer.err
    assert is_japanese(answer.err)
    assert "Traceback" not in answer.err
    assert "プログラムの担当者" not in answer.err
    assert fresh.read_bytes() == before
    assert list(tmp_path.iterdir()) == [fresh]


def test_in_english_not_a_word_is_japanese(fresh: Path) -> None:
    for arguments, _named in WRONG:
        if "fr" not in arguments:
            assert not is_japanese(on(fresh, "en")(*arguments).err)


@pytest.mark.parametrize("command", [[], ["import"], ["list"], ["print"], ["demo"]])
@pytest.mark.parametrize(("language", "word"), [("ja", "使い方"), ("en", "Usage")])
def test_help_is_in_the_persons_language(command: list[str], language: str, word: str) -> None:
    answer = run_command("--lang", language, *command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert word in answer.out.decode()
    assert is_japanese(answer.out.decode()) is (language == "ja")


def test_the_language_may_be_joined_with_an_equals_sign() -> None:
    assert not is_japanese(run_command("--lang=en", "release").err)


def test_a_failure_nobody_foresaw_is_one_sentence_and_leaves_no_values_in_the_log(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    someone = "山田　花子"

    def burst(_arguments: object) -> int:
        raise ZeroDivisionError(someone)

    monkeypatch.setattr("fujisawa_desktop.cli.COMMANDS", {"check": burst})
    answer = on(fresh)("check")
    assert answer.code == 2
    code = re.search(r"F-[0-9A-F]{6}", answer.err)
    assert code is not None
    assert "Traceback" not in answer.err
    logged = (tmp_path / "data" / "logs" / "fujisawa-desktop.log").read_text(encoding="utf-8")
    assert f"fault {code[0]}" in logged
    assert "ZeroDivisionError" in logged
    assert "山田" not in logged + answer.err
    caplog.clear()


def test_stopping_with_the_keyboard_says_that_nothing_was_kept(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("fujisawa_desktop.cli.COMMANDS", {"check": stopped})
    answer = on(fresh)("check")
    assert answer.code == 130
    assert is_japanese(answer.err)
