"""The first look agrees with the list itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.glance import glance_at
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import choose_programme, current_programme_id
from fujisawa_desktop.services.sample_data import write_samples


@pytest.fixture
def filled(database: Database, programme_id: int, tmp_path: Path) -> Database:
    folder = tmp_path / "samples"
    folder.mkdir()
    samples = write_samples(database, programme_id=programme_id, folder=folder, applicants=60)
    for file in (samples.rikunabi, samples.e_application):
        import_applicants(database, programme_id=programme_id, file=file, actor="test")
    return database


def test_it_shows_the_top_of_the_list(filled: Database, programme_id: int) -> None:
    assert filled.path is not None
    glance = glance_at(filled.path)
    assert glance is not None
    assert glance.programme_id == programme_id
    wanted = list_page(filled, ListQuery(programme_id), 0, len(glance.rows))
    assert len(wanted) > 20
    assert [(row.number, row.name, row.school, row.faculty, row.courses) for row in glance.rows] == [
        (row.number, row.name, row.school, row.faculty, row.courses) for row in wanted
    ]


def test_it_reads_as_many_rows_as_it_is_asked_for(filled: Database) -> None:
    assert filled.path is not None
    none, three = glance_at(filled.path, rows=0), glance_at(filled.path, rows=3)
    assert none is not None
    assert three is not None
    assert (len(none.rows), len(three.rows)) == (0, 3)


def test_the_programme_is_the_one_on_the_desk(database: Database, programme_id: int) -> None:
    from fujisawa_desktop.services.programme_files import read_programme
    from fujisawa_desktop.services.unit_of_work import unit_of_work

    assert database.path is not None
    with unit_of_work(database, "programme.create", actor="test", year=2025) as work:
        newer = read_programme("r6").programme
        newer.code, newer.fiscal_year = "r7", 2025
        work.session.add(newer)
        work.session.flush()
        newest = newer.id
        work.commit()
    for chosen in (None, programme_id, newest):
        if chosen is not None:
            choose_programme(database, programme_id=chosen)
        glance = glance_at(database.path)
        assert glance is not None
        assert glance.programme_id == current_programme_id(database) == (chosen or newest)


def test_what_cannot_be_read_shows_nothing(empty_database: Database, tmp_path: Path) -> None:
    assert empty_database.path is not None
    assert glance_at(empty_database.path) is None
    assert glance_at(tmp_path / "missing.fjdb") is None
    (tmp_path / "text.fjdb").write_text("氏名", encoding="utf-8")
    assert glance_at(tmp_path / "text.fjdb") is None
    assert not (tmp_path / "missing.fjdb").exists()
