from __future__ import annotations

from pathlib import Path

import pytest
from intake_scene import OTHER, PERSON, counts, portal_file

from fujisawa_desktop import texts
from fujisawa_desktop.errors import RuleError, StorageError
from fujisawa_desktop.exchange.tabular import parse_table, read_table
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.import_layouts import IntakeChoices
from fujisawa_desktop.services.imports import RejectedRow
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.rejected_rows import REASON_HEADING, save_rejected

BAD = (
    {"整理番号": "1.2E+11", "志望理由": "一行目\n=二行目"},
    {**OTHER, "生年月日": "2004/02/30"},
)


def reason(row: RejectedRow) -> str:
    return texts.message_for(row.code, row.params)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc_jp"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_refused_rows_come_back_once_they_are_corrected(
    database: Database, programme_id: int, tmp_path: Path, encoding: str, ending: str
) -> None:
    source = portal_file(tmp_path / "a.csv", {}, *BAD)
    source.write_bytes(source.read_bytes().decode("utf-8-sig").replace("髙", "高").encode(encoding))
    chosen = encoding if encoding == "euc_jp" else None
    result = import_applicants(
        database, programme_id=programme_id, file=source, choices=IntakeChoices(encoding=chosen)
    )
    assert (result.added, len(result.rejected)) == (1, 2)
    target = tmp_path / f"refused{ending}"
    written = save_rejected(
        database,
        file=source,
        target=target,
        rejected=result.rejected,
        reason=reason,
        encoding=result.encoding or None,
        actor="職員",
    )
    assert (written.count, written.file_format) == (2, ending[1:])
    (told,) = recent_acts(database, limit=1)
    assert (told.kind, told.label.code, told.label.params["list"]) == (
        EntryKind.EXPORTED,
        "list.exported-other",
        "refused-rows",
    )
    table = read_table(target, encoding=chosen if ending == ".csv" else None)
    assert table.headings == (REASON_HEADING, *PERSON)
    assert [row.cells[1] for row in table.rows] == ["1.2E+11", "1002"]
    assert table.rows[0].cells[0].startswith("整理番号: ")
    assert table.rows[0].cells[-1] == "一行目\n=二行目"
    if ending == ".csv":
        assert table.encoding == {"utf-16-le": "utf-16"}.get(result.encoding, result.encoding)
    corrected = tmp_path / "corrected.csv"
    lines = [table.headings, *(row.cells for row in table.rows)]
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    text = text.replace("1.2E+11", "1009").replace("2004/02/30", "2004/02/29")
    corrected.write_text(text, encoding="utf-8")
    again = import_applicants(database, programme_id=programme_id, file=corrected)
    assert (again.added, again.rejected) == (2, ())
    assert counts(database)["entry"] == 3


def test_a_row_with_more_cells_than_headings_is_kept_whole(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    source = tmp_path / "a.tsv"
    source.write_text("整理番号\t氏名\t希望コース\n1\t見本\tDX\tはみ出し\n2\t見本\tDX\n", encoding="utf-8")
    result = import_applicants(database, programme_id=programme_id, file=source)
    save_rejected(database, file=source, target=tmp_path / "b.tsv", rejected=result.rejected, reason=reason)
    data = (tmp_path / "b.tsv").read_bytes()
    assert data.decode().splitlines()[1].count("\t") == 4
    assert parse_table(data, name="b").rows[0].cells[-1] == "はみ出し"


def test_nothing_refused_and_no_place_are_said(database: Database, tmp_path: Path) -> None:
    source = portal_file(tmp_path / "a.csv", {})
    with pytest.raises(RuleError):
        save_rejected(database, file=source, target=tmp_path / "b.csv", rejected=(), reason=reason)
    row = RejectedRow(2, "整理番号", "number.missing")
    with pytest.raises(StorageError):
        save_rejected(
            database, file=source, target=tmp_path / "none" / "b.csv", rejected=[row], reason=reason
        )
