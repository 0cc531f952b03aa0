"""The command as the shell runs it: a process of its own, whatever the terminal's encoding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_driver import Walk

COMMAND = (sys.executable, "-m", "fujisawa_desktop")


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
def test_json_is_utf8_in_every_terminal(walk: Walk, encoding: str) -> None:
    done = process(
        "--database", walk.file, "list", "applicants", "--format", "json", PYTHONIOENCODING=encoding
    )
    assert done.returncode == 0
    rows = json.loads(done.stdout.decode("utf-8"))
    assert len(rows) == len(walk.answers["applicants"].json)


def test_the_console_command_is_the_same(walk: Walk) -> None:
    script = Path(sys.executable).with_name("fujisawa-desktop")
    done = subprocess.run(
        [script, "--database", walk.file, "check", "--json"], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["whole"] is True


def test_a_reader_that_goes_away_leaves_no_traceback(walk: Walk) -> None:
    with subprocess.Popen(
        [*COMMAND, "--database", str(walk.file), "list", "applicants", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        messages = command.stderr.read()
    assert b"Traceback" not in messages


def test_imports_behind_qt_read_no_sources() -> None:
    """PySide6 would keep the text of every module; see app_imports."""
    code = (
        "import linecache; from fujisawa_desktop.app_imports import import_lightly; import_lightly(); "
        "import fujisawa_desktop.app, sqlalchemy.orm; "
        "print(sum(len(entry[2]) for entry in linecache.cache.values() if len(entry) > 1))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=True)
    assert int(done.stdout) < 5000


def test_most_commands_do_without_qt_and_paper(walk: Walk) -> None:
    code = (
        "import sys; from fujisawa_desktop.__main__ import main; "
        f"main(['--database', {str(walk.file)!r}, 'pay', '2024-12', '--format', 'json']); "
        "print([name for name in ('PySide6', 'reportlab', 'alembic', 'xlsxwriter', 'highspy') "
        "if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=True)
    assert done.stderr.decode().splitlines()[-1] == "[]"
