"""The wheel, installed elsewhere, holds everything the program needs and runs the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FEW = "40"

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the scripts of an environment that has the program from the wheel alone.

    The libraries are those of this environment: a line in a .pth file leads to them, and since
    .pth files behind such a line are not read, the editable program is not among them.
    """
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    (site,) = place.glob("**/site-packages")
    (site / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    run(
        *(
            sys.executable,
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            "--python",
            scripts / "python",
        ),
        *("install", "--no-deps", "--no-index", "--ignore-installed", wheel),
        cwd=place.parent,
    )
    return scripts


def test_the_wheel_holds_resources_and_catalogues_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "fujisawa_desktop/_shipped/resources/programmes/r6.toml",
        "fujisawa_desktop/_shipped/i18n/ja/LC_MESSAGES/fujisawa_desktop.mo",
        "fujisawa_desktop/_shipped/i18n/en/LC_MESSAGES/fujisawa_desktop.mo",
        "fujisawa_desktop/models/migrations/versions/0001_first_schema.py",
        "fujisawa_desktop-0.1.0.dist-info/sboms/fujisawa-desktop.cdx.json",
    ):
        assert wanted in names
    assert any(name.endswith(".ttf") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "resources/", "i18n/"))]


def test_the_demonstration_runs_from_the_wheel(elsewhere: Path, tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY"}
    }
    environment |= {"FUJISAWA_DATA_DIR": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    where = run(
        elsewhere / "python",
        "-c",
        "import fujisawa_desktop as f; print(f.__file__)",
        cwd=tmp_path,
        environment=environment,
    )
    assert Path(where.strip()).is_relative_to(elsewhere.parent)
    out = run(
        elsewhere / "fujisawa-desktop",
        "demo",
        "--out",
        "made",
        "--applicants",
        FEW,
        cwd=tmp_path,
        environment=environment,
    )
    made = [Path(line.split("  ")[0]) for line in out.splitlines()]
    assert all((tmp_path / file).stat().st_size > 0 for file in made)
    endings = [file.suffix for file in made]
    assert endings.count(".png") == 5
    assert endings.count(".pdf") == 22
    assert {".fjdb", ".xlsx", ".csv", ".txt"} <= set(endings)
