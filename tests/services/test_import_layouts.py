from __future__ import annotations

from pathlib import Path

import pytest
from intake_scene import counts, row_of
from sqlalchemy import select

from fujisawa_desktop.errors import InputFileError, NotFoundError, ValidationError
from fujisawa_desktop.models import ImportBatch
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import details
from fujisawa_desktop.services.entry_raw import as_typed
from fujisawa_desktop.services.file_columns import read_columns, with_use
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.import_layouts import IntakeChoices, delete_layout, layouts, save_layout
from fujisawa_desktop.services.intake import import_applicants, preview_applicants

HEADINGS = ("コード", "応募した人", "よみ", "れんらくさき", "行きたい所", "ひとこと")
ROWS = (
    ("A-1", "見本　太郎", "ミホン　タロウ", "09000000001", "DX", "よろしく"),
    ("A-2", "見本　花子", "ミホン　ハナコ", "09000000002", "子育て", ""),
)
USES = ("number", "name", "kana", "phone", "courses", "answer")


def unknown(folder: Path, *, encoding: str = "utf-8", turned: bool = False, extra: str = "") -> Path:
    lines = [HEADINGS, *ROWS]
    if extra:
        lines = [(*line, extra if at == 0 else "x") for at, line in enumerate(lines)]
    if turned:
        lines = [tuple(reversed(line)) for line in lines]
    path = folder / "r7.csv"
    path.write_bytes("\r\n".join(",".join(line) for line in lines).encode(encoding))
    return path


def keep(database: Database, **changes: str) -> None:
    columns = tuple(zip(HEADINGS, USES, strict=True))
    given = {"name": "R7ポータル", "source": "r7-portal", **changes}
    save_layout(database, columns=columns, actor="test", **given)


def test_an_unknown_layout_goes_through_with_a_few_choices(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    path = unknown(tmp_path)
    with pytest.raises(InputFileError) as caught:
        import_applicants(database, programme_id=programme_id, file=path)
    assert caught.value.code == "import.no-number-column"
    found = read_columns(database, programme_id=programme_id, file=path, choices=IntakeChoices())
    assert found.missing(found.uses) == ("number", "name")
    assert found.samples[0] == ("A-1", "A-2")
    uses = found.uses
    for column, use in enumerate(USES[:4]):
        uses = with_use(uses, column, use)
    assert found.missing(uses) == ()
    choices = IntakeChoices(uses=uses, source="r7-portal")
    preview = preview_applicants(database, programme_id=programme_id, file=path, choices=choices)
    assert (len(preview.to_add), preview.rejected) == (2, ())
    result = import_applicants(database, programme_id=programme_id, file=path, choices=choices)
    assert result.added == 2
    row = row_of(database, programme_id, "A-1")
    assert (row.source, row.kana) == ("r7-portal", "ミホン タロウ")
    assert details(database, row.entry_id).answers == (("ひとこと", "よろしく"),)


@pytest.mark.parametrize("turned", [False, True])
def test_a_kept_layout_is_found_by_the_headings(
    database: Database, programme_id: int, tmp_path: Path, turned: bool
) -> None:
    keep(database)
    path = unknown(tmp_path, turned=turned, extra="新しい列")
    result = import_applicants(database, programme_id=programme_id, file=path)
    assert (result.added, result.rejected) == (2, ())
    row = row_of(database, programme_id, "A-1")
    assert row.source == "r7-portal"
    assert ("新しい列", "x") in details(database, row.entry_id).answers
    with database.read() as session:
        assert session.scalars(select(ImportBatch.profile)).one() == "R7ポータル"


@pytest.mark.parametrize("name", ["R7ポータル", "r7-portal"])
def test_a_kept_layout_is_found_by_its_name_or_source(
    database: Database, programme_id: int, tmp_path: Path, name: str
) -> None:
    keep(database)
    result = import_applicants(database, programme_id=programme_id, file=unknown(tmp_path), profile=name)
    assert result.added == 2
    with pytest.raises(NotFoundError) as caught:
        import_applicants(database, programme_id=programme_id, file=unknown(tmp_path), profile="どこか")
    assert "R7ポータル" in str(caught.value.params["known"])
    assert "rikunabi" in str(caught.value.params["known"])


def test_the_character_code_of_a_layout_is_not_asked_again(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    path = unknown(tmp_path, encoding="euc_jp")
    with pytest.raises(InputFileError):
        import_applicants(database, programme_id=programme_id, file=path)
    keep(database, encoding="euc_jp")
    assert import_applicants(database, programme_id=programme_id, file=path).added == 2
    assert row_of(database, programme_id, "A-1").name == "見本　太郎"


def test_keeping_replacing_and_forgetting_are_acts(database: Database) -> None:
    keep(database)
    keep(database, source="another")
    assert [(layout.name, layout.source) for layout in layouts(database)] == [("R7ポータル", "another")]
    undo(database)
    assert layouts(database)[0].source == "r7-portal"
    delete_layout(database, name="R7ポータル")
    assert layouts(database) == []
    undo(database)
    assert layouts(database)[0].columns == tuple(zip(HEADINGS, USES, strict=True))
    redo(database)
    with pytest.raises(NotFoundError):
        delete_layout(database, name="R7ポータル")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "import.layout-name"),
        ({"source": ""}, "import.layout-source"),
        ({"name": "電子申請"}, "import.layout-name-taken"),
        ({"name": "rikunabi"}, "import.layout-name-taken"),
    ],
)
def test_a_layout_needs_a_name_of_its_own(database: Database, changes: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        keep(database, **changes)
    assert caught.value.code == code
    assert layouts(database) == []


def test_a_wrong_choice_of_columns_is_mended_by_importing_again(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    path = unknown(tmp_path)
    wrong = ("number", "name", "answer", "kana", "courses", "phone")
    import_applicants(
        database, programme_id=programme_id, file=path, choices=IntakeChoices(uses=wrong, source="r7")
    )
    before = counts(database)
    right = IntakeChoices(uses=USES, source="r7")
    preview = preview_applicants(database, programme_id=programme_id, file=path, choices=right)
    assert {change.field for change in preview.to_update[0].changes} >= {"kana", "phone"}
    result = import_applicants(database, programme_id=programme_id, file=path, choices=right)
    assert (result.updated, result.added) == (2, 0)
    assert counts(database)["entry"] == before["entry"]
    assert row_of(database, programme_id, "A-1").kana == "ミホン タロウ"
    again = import_applicants(database, programme_id=programme_id, file=path, choices=right)
    assert (again.unchanged, again.change.seq) == (2, None)


def test_a_reading_of_an_earlier_batch_decides_what_a_clerk_edited(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    """Without the kept columns the old row could not be read, and a clerk's edit would be lost."""
    from dataclasses import replace

    from fujisawa_desktop.services.applicants import save_applicant

    choices = IntakeChoices(uses=USES, source="r7")
    path = unknown(tmp_path)
    import_applicants(database, programme_id=programme_id, file=path, choices=choices)
    form = details(database, row_of(database, programme_id, "A-1").entry_id).form
    save_applicant(database, form=replace(form, phone="0466503583"))
    path.write_text(path.read_text(encoding="utf-8").replace("09000000001", "08011112222"), encoding="utf-8")
    preview = preview_applicants(database, programme_id=programme_id, file=path, choices=choices)
    [kept] = preview.kept
    assert [(c.field, c.old, c.new) for c in kept.kept] == [("phone", "0466503583", "08011112222")]
    import_applicants(database, programme_id=programme_id, file=path, choices=choices)
    now = details(database, row_of(database, programme_id, "A-1").entry_id).form
    assert now.phone == "0466503583"


def test_what_is_only_kept_stands_in_the_raw_row(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    uses = (*USES[:5], "")
    import_applicants(
        database,
        programme_id=programme_id,
        file=unknown(tmp_path),
        choices=IntakeChoices(uses=uses, source="r7"),
    )
    entry_id = row_of(database, programme_id, "A-1").entry_id
    assert details(database, entry_id).answers == ()
    found = as_typed(database, entry_id=entry_id)
    assert found is not None
    assert (found.file_name, found.line) == ("r7.csv", 2)
    assert [(cell.heading, cell.cell) for cell in found.cells] == list(zip(HEADINGS, ROWS[0], strict=True))
    assert [cell.use for cell in found.cells] == list(uses), "as it was settled, not as it is guessed"
