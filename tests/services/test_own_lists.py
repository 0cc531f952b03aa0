"""A list this program wrote is no portal's file, whatever was chosen for it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from intake_scene import CHILD, DX, OTHER, counts, take_in

from fujisawa_desktop import texts
from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.profiles import is_own_list
from fujisawa_desktop.exchange.tabular import read_table
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.file_columns import read_columns
from fujisawa_desktop.services.import_layouts import IntakeChoices
from fujisawa_desktop.services.intake import import_applicants, preview_applicants
from fujisawa_desktop.services.list_export import CELLS, COLUMNS, list_export
from fujisawa_desktop.services.list_tables import applicant_table
from fujisawa_desktop.texts import term

LANGUAGES = ("ja", "en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    set_language(request.param)
    return str(request.param)


@pytest.mark.parametrize("columns", [COLUMNS, tuple(CELLS), ("number", "name", "courses", "flags")])
@pytest.mark.parametrize("kind", ["csv", "csv-cp932", "xlsx"])
def test_an_export_is_refused_with_what_to_do_instead(
    kind: Literal["csv", "csv-cp932", "xlsx"],
    columns: tuple[str, ...],
    language: str,
    database: Database,
    programme_id: int,
    tmp_path: Path,
) -> None:
    take_in(database, programme_id, tmp_path, {}, OTHER)
    data = list_export(
        database,
        query=ListQuery(programme_id),
        file_format=kind,
        words=term,
        title="応募者",
        columns=columns,
        substitute=True,
    )
    path = tmp_path / "一覧.dat"
    path.write_bytes(data)
    before = counts(database)
    # A clerk's choice of columns or of a portal does not make a portal's file of it.
    chosen = IntakeChoices(uses=("number", "", "name", *[""] * (len(columns) - 3)), source="e-application")
    for choices in (None, IntakeChoices(profile="e-application"), chosen):
        for act in (preview_applicants, import_applicants):
            with pytest.raises(InputFileError) as caught:
                act(database, programme_id=programme_id, file=path, choices=choices)
            assert caught.value.code == "import.own-list"
    with pytest.raises(InputFileError):
        read_columns(database, programme_id=programme_id, file=path, choices=IntakeChoices())
    told = texts.message(caught.value)
    assert path.name in told
    assert ("貼り付け" if language == "ja" else "paste") in told
    assert counts(database) == before


def test_every_heading_of_our_lists_is_known(language: str, database: Database, programme_id: int) -> None:
    for name in CELLS:
        assert is_own_list([term("column", "number"), term("column", "source"), term("column", name)])
    assert is_own_list(
        [term("list-column", name) for name in applicant_table(database, programme_id=programme_id).columns]
    )


@pytest.mark.parametrize("name", ["e-application", "rikunabi"])
def test_a_portals_file_is_none_of_our_lists(name: str) -> None:
    assert not is_own_list(read_table(resources_dir() / "samples" / f"{name}.csv").headings)


@pytest.mark.parametrize(
    "headings",
    [
        ("番号", "氏名", "フリガナ", "大学", "応募コース"),
        ("番号", "氏名", "確認事項", "生年月日", "住所", "志望理由"),
        ("受付番号", "応募元", "氏名", "学年"),
    ],
)
def test_a_few_headings_in_common_do_not_make_a_list_of_ours(headings: tuple[str, ...]) -> None:
    assert not is_own_list(headings)


def test_people_of_one_portal_do_not_come_in_again_as_anothers(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    """As from an export of a few columns: nothing but its contents tells where it comes from."""
    take_in(database, programme_id, tmp_path, {}, OTHER)
    path = tmp_path / "few.csv"
    rows = [f"1001,楜澤　涼介,{DX}", f"1002,高橋葵,{CHILD}", f"1001,別　人,{DX}", f"7,見本　花,{CHILD}"]
    path.write_text("\n".join(["番号,氏名,コース", *rows[:2], rows[3]]), encoding="utf-8")
    choices = IntakeChoices(uses=("number", "name", "courses"), source="other")
    result = import_applicants(database, programme_id=programme_id, file=path, choices=choices)
    assert [(one.line, one.code, one.column) for one in result.rejected] == [
        (2, "import.known-elsewhere", "番号"),
        (3, "import.known-elsewhere", "番号"),
    ]
    assert result.added == 1
    # Another portal may count the same way: another name is another person.
    path.write_text("\n".join(["番号,氏名,コース", rows[2]]), encoding="utf-8")
    assert import_applicants(database, programme_id=programme_id, file=path, choices=choices).added == 1
