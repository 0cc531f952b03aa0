"""Announcing from the command line: a rule refuses with exit 1, and a reason is an option."""

from __future__ import annotations

from pathlib import Path

from fujisawa_desktop.models import Announcement, Course
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.sample_data import SampleSet
from fujisawa_desktop.services.unit_of_work import unit_of_work
from tests.cli_driver import on


def test_more_passes_than_places_need_a_reason(samples: SampleSet, tmp_path: Path) -> None:
    file = tmp_path / "job.fjdb"
    run = on(file)
    run("init")
    for portal in (samples.e_application, samples.rikunabi):
        run("import", "applicants", portal)
    run("import", "decisions", samples.decisions_first)
    assert run("release", "first").code == 0
    run("import", "decisions", samples.decisions_final)
    with opened(file) as database, unit_of_work(database, "test.course") as work:
        for course in work.session.query(Course):
            course.capacity = 1
        work.commit()
    refused = run("release", "final", "--json")
    assert (refused.code, refused.out) == (1, b"")
    assert "定員" in refused.err
    done = run("release", "final", "--json", "--reason", "定員は程度のため")
    assert done.code == 0
    assert done.json["passed"] == 4
    assert done.json["warnings"]
    with opened(file) as database, database.read() as session:
        reasons = [row.over_capacity_reason for row in session.query(Announcement).order_by(Announcement.id)]
    assert reasons == ["", "定員は程度のため"]
