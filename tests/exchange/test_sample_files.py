from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from fujisawa_desktop.exchange import sample_files
from fujisawa_desktop.exchange.applicant_rows import ApplicantsRead, read_applicants
from fujisawa_desktop.exchange.profiles import map_table
from fujisawa_desktop.exchange.sample_people import SampleProgramme
from fujisawa_desktop.exchange.tabular import parse_table

PROGRAMME = SampleProgramme(
    municipality="見本市",
    courses=("「甲」コース", "「乙」コース"),
    entry_from=date(2025, 6, 2),
    deadline=datetime(2025, 6, 13, 17),
    interview_days=(date(2025, 6, 23), date(2025, 6, 24)),
    day_from=time(9),
    day_until=time(17),
    lunch_from=time(12),
    lunch_until=time(13),
    interviewers=(("人事課A", ""),),
    work_days=tuple(date(2025, 8, day) for day in range(1, 29)),
    rate_yen=1200,
)


def read(files: dict[str, bytes], name: str) -> ApplicantsRead:
    table = parse_table(files[name], name=name)
    return read_applicants(table, map_table(table))


def test_the_same_seed_gives_the_same_files() -> None:
    one = sample_files.sample_files(PROGRAMME, applicants=60, seed=3)
    assert one == sample_files.sample_files(PROGRAMME, applicants=60, seed=3)
    assert one != sample_files.sample_files(PROGRAMME, applicants=60, seed=4)


@pytest.mark.parametrize("applicants", [40, 123, 1000])
def test_the_files_hold_what_their_truth_says(applicants: int) -> None:
    files = sample_files.sample_files(PROGRAMME, applicants=applicants)
    truth = json.loads(files[sample_files.TRUTH])
    for name, key in ((sample_files.E_APPLICATION, "e-application"), (sample_files.RIKUNABI, "rikunabi")):
        found = read(files, name)
        assert len(found.records) == truth["importable"][key]
        assert len(found.records) + len(found.rejections) == truth["rows"][key]
    refused = read(files, sample_files.E_APPLICATION).rejections
    assert [rejection.code for rejection in refused] == ["number.damaged", "date.no-such-day", "name.missing"]
    assert sum(truth["importable"].values()) == applicants
    late = [
        record for record in read(files, sample_files.E_APPLICATION).records if record.number in truth["late"]
    ]
    assert late
    assert all(record.received_at is not None and record.received_at > PROGRAMME.deadline for record in late)


def test_a_programme_of_one_course_has_samples_too() -> None:
    files = sample_files.sample_files(replace(PROGRAMME, courses=("「甲」コース",)))
    assert len(json.loads(files[sample_files.TRUTH])["hired"]) == 2
