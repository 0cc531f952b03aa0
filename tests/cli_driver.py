"""Runs the command line inside the test, and keeps what it answered."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fujisawa_desktop.__main__ import main


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, the output's bytes, and the messages."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


def run_command(*arguments: object) -> Answer:
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="ascii"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # --help
            code = int(str(stop.code))
    out.flush()
    return Answer(code, out.buffer.getvalue(), err.getvalue())  # type: ignore[attr-defined]


def on(database: Path, language: str = "ja") -> Run:
    """Return a function that runs commands on one database."""
    return lambda *arguments: run_command("--database", database, "--lang", language, *arguments)


@dataclass(frozen=True)
class Walk:
    """The whole job by commands: the database at its end, and what each command answered."""

    file: Path
    answers: dict[str, Answer]
    run: Run


def is_japanese(text: str) -> bool:
    return any("\u3040" <= sign <= "\u9fff" for sign in text)
