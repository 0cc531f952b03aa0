"""The whole job by commands, once for all tests of the command line, on sample files of our own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.sample_data import SampleSet, write_samples
from tests.cli_driver import Walk, on


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> SampleSet:
    folder = tmp_path_factory.mktemp("samples")
    create_database(folder / "for-samples.fjdb", programme="r6", actor="test")
    with opened(folder / "for-samples.fjdb") as database:
        return write_samples(database, programme_id=current_programme_id(database), folder=folder)


@pytest.fixture(scope="session")
def walk(samples: SampleSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walk")
    file = folder / "job.fjdb"
    run = on(file)
    commands: dict[str, tuple[object, ...]] = {
        "init": ("init",),
        "dry": ("import", "applicants", samples.e_application, "--dry-run", "--json"),
        "before": ("list", "applicants", "--format", "json"),
        "e": ("import", "applicants", samples.e_application, "--json"),
        "r": ("import", "applicants", samples.rikunabi, "--json"),
        "e again": ("import", "applicants", samples.e_application, "--json"),
        "r again": ("import", "applicants", samples.rikunabi, "--json"),
        "applicants": ("list", "applicants", "--format", "json"),
        "first": ("import", "decisions", samples.decisions_first, "--json"),
        "first again": ("import", "decisions", samples.decisions_first, "--json"),
        "pending": ("list", "applicants", "--format", "json"),
        "release first": ("release", "first", "--json"),
        "release again": ("release", "first", "--json"),
        "announced": ("list", "applicants", "--format", "json"),
        "availability": ("import", "availability", samples.availability, "--json"),
        "interviewers": ("import", "interviewers", samples.interviewers, "--json"),
        "plan": ("plan", "--json"),
        "nothing booked": ("list", "interviews", "--format", "json"),
        "apply": ("plan", "--apply", "--json"),
        "interviews": ("list", "interviews", "--format", "json"),
        "plan again": ("plan", "--json"),
        "early": ("appoint",),
        "final": ("import", "decisions", samples.decisions_final, "--json"),
        "release final": ("release", "final", "--json"),
        "appoint": ("appoint",),
        "appoint again": ("appoint",),
        "hours": ("import", "hours", samples.hours, "--json"),
        "hours again": ("import", "hours", samples.hours, "--json"),
        "pay": ("pay", "2024-12", "--format", "json"),
    }
    before = os.environ.get("FUJISAWA_DATA_DIR")
    os.environ["FUJISAWA_DATA_DIR"] = str(folder / "data")
    answers = {name: run(*arguments) for name, arguments in commands.items()}
    yield Walk(file, answers, run)
    if before is None:
        os.environ.pop("FUJISAWA_DATA_DIR", None)
    else:
        os.environ["FUJISAWA_DATA_DIR"] = before


@pytest.fixture
def worked(walk: Walk, tmp_path: Path) -> Path:
    """Return a copy of the database at the end of the job, to be changed at will."""
    copy = tmp_path / "worked.fjdb"
    copy.write_bytes(walk.file.read_bytes())
    return copy


@pytest.fixture
def fresh(_programme_file: Path, tmp_path: Path) -> Path:
    """Return a database that holds the programme and nobody."""
    copy = tmp_path / "fresh.fjdb"
    copy.write_bytes(_programme_file.read_bytes())
    return copy
