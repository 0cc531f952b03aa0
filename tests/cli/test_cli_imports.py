"""Layouts and refused rows on the command line."""

from __future__ import annotations

from pathlib import Path

from fujisawa_desktop.exchange.tabular import read_table
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.import_layouts import save_layout
from fujisawa_desktop.services.journal_view import JournalQuery, journal_page
from fujisawa_desktop.services.sample_data import SampleSet
from tests.cli_driver import on

UNKNOWN = "コード,応募した人,行きたい所\r\nA-1,見本　太郎,DX\r\n"


def test_refused_rows_are_written_corrected_and_imported(
    fresh: Path, samples: SampleSet, tmp_path: Path
) -> None:
    run, target = on(fresh), tmp_path / "refused.csv"
    answer = run("import", "applicants", samples.e_application, "--rejected", target, "--json")
    assert (answer.code, len(answer.json["rejected"])) == (1, 3)
    assert target.name in answer.err
    table = read_table(target)
    assert (table.encoding, len(table.rows)) == ("cp932", 3)
    corrected = target.read_bytes().decode("cp932").replace("2004/02/30", "2004/02/29")
    target.write_bytes(corrected.encode("cp932"))
    again = run("import", "applicants", target, "--json")
    assert (again.json["added"], len(again.json["rejected"])) == (1, 2)
    with opened(fresh) as database:
        out = journal_page(database, query=JournalQuery(kinds=frozenset({"exported"})))
    assert [(one.label.code, one.label.params["count"]) for one in out.rows] == [("list.exported-other", 3)]


def test_no_file_is_written_when_nothing_was_refused(fresh: Path, samples: SampleSet, tmp_path: Path) -> None:
    target = tmp_path / "refused.xlsx"
    answer = on(fresh)("import", "applicants", samples.rikunabi, "--rejected", target)
    assert answer.code == 0
    assert not target.exists()


def test_a_kept_layout_serves_the_command_line_by_name_and_by_headings(fresh: Path, tmp_path: Path) -> None:
    file = tmp_path / "r7.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    assert on(fresh)("import", "applicants", file).code == 2
    columns = (("コード", "number"), ("応募した人", "name"), ("行きたい所", "courses"))
    with opened(fresh) as database:
        save_layout(database, name="R7", source="r7", columns=columns, actor="test")
    by_name = on(fresh)("import", "applicants", file, "--profile", "R7", "--json", "--dry-run")
    assert by_name.json["added"] == 1
    assert on(fresh)("import", "applicants", file, "--json").json["added"] == 1
