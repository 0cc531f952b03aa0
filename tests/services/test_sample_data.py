from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.errors import NotFoundError, StorageError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.programmes import programme
from fujisawa_desktop.services.sample_data import sample_programme, write_samples


def test_the_shipped_samples_are_what_the_program_makes(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    samples = write_samples(database, programme_id=programme_id, folder=tmp_path)
    assert samples.e_application.exists()
    for path in tmp_path.glob("*.*"):
        shipped = resources_dir() / "samples" / path.name
        if path.suffix in {".csv", ".json"}:
            assert path.read_bytes() == shipped.read_bytes(), path.name


def test_samples_agree_with_their_programme(database: Database, programme_id: int) -> None:
    view = programme(database, programme_id)
    made = sample_programme(database, programme_id)
    assert all(view.interview_from <= day <= view.interview_until for day in made.interview_days)
    assert len(made.interview_days) == 7
    assert made.work_days[0].isoformat() == "2024-12-02"
    assert len(made.interviewers) == 1 + len(made.courses)


def test_samples_need_a_whole_programme_and_a_folder(
    database: Database, programme_id: int, empty_database: Database, tmp_path: Path
) -> None:
    with pytest.raises(NotFoundError):
        write_samples(empty_database, programme_id=1, folder=tmp_path)
    with pytest.raises(StorageError):
        write_samples(database, programme_id=programme_id, folder=tmp_path / "none")
