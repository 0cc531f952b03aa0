"""Invented score sheets go the way of real ones: written, taken in, and ranked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.sample_data import write_filled_sheets, write_samples
from fujisawa_desktop.services.score_sheet_import import import_score_sheet
from fujisawa_desktop.services.screening_reviewers import ReviewerForm, save_reviewer
from fujisawa_desktop.services.screening_setup import load_template, screening_setup


def test_people_who_pass_in_the_sample_stand_above_the_others(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    samples = write_samples(database, programme_id=programme_id, folder=tmp_path, applicants=80)
    for file in (samples.e_application, samples.rikunabi):
        import_applicants(database, programme_id=programme_id, file=file, actor="test")
    load_template(database, programme_id=programme_id, actor="test")
    form = ReviewerForm(id=None, programme_id=programme_id, name="職員課")
    save_reviewer(database, form=form, actor="test")
    [reviewer] = screening_setup(database, programme_id=programme_id).reviewers
    passed = samples.truth["passed_first"]
    sheets = write_filled_sheets(
        database, programme_id=programme_id, reviewer_id=reviewer.id, passed=passed, folder=tmp_path,
        made_on=date(2024, 10, 17),
    )  # fmt: skip
    assert len(sheets) == 2
    refused = []
    for sheet in sheets:
        taken = import_score_sheet(database, programme_id=programme_id, file=sheet, actor="test")
        refused.extend(taken.preview.refused)
    assert refused == []
    rows = list_page(database, ListQuery(programme_id, sorts=(("score", "desc"),)), 0, 200)
    scored = [row for row in rows if row.scores[0] is not None]
    assert len(scored) > len(passed)
    best = min(score for row in scored if row.number in passed for score in row.scores if score)
    worst = max(score for row in scored if row.number not in passed for score in row.scores if score)
    assert best >= worst
