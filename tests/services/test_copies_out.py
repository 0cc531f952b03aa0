"""Copies and drafts of papers leave as files and are recorded in one act, before anybody sees them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from paper_scene import decided, make, notices

from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.document_numbers import Numbering, next_number
from fujisawa_desktop.services.issued_papers import reprint
from fujisawa_desktop.services.outgoing import settle_outgoing
from fujisawa_desktop.services.paper_files import FileOrder, save_copies, save_draft_copy
from fujisawa_desktop.services.papers import issue_papers
from fujisawa_desktop.services.recent import recent_acts


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def names(paper_folder: Path) -> list[str]:
    return sorted(path.name for path in paper_folder.iterdir())


def told_of(database: Database) -> list[tuple[EntryKind, str, dict[str, Any]]]:
    return [(one.kind, one.label.code, one.label.params) for one in recent_acts(database, limit=2)]


def test_copies_are_recorded_with_their_files(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    issue_papers(office, draft=make(office, programme_id))
    again = reprint(office, notice_ids=[notice.id for notice in notices(office)])
    order = FileOrder(paper_folder, one_each=True)
    out = save_copies(office, papers=again, kind="first-result", order=order, actor="職員")
    assert out.change.changed
    assert told_of(office)[0] == (EntryKind.EXPORTED, "papers.copy-out", {"kind": "first-result", "count": 3})
    assert len(names(paper_folder)) == len(out.files) == 3


def test_a_draft_that_is_saved_is_recorded_and_nothing_is_issued(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    target = paper_folder / "draft.pdf"
    out = save_draft_copy(
        office, pdf=draft.pdf, kind=draft.kind.value, count=len(draft.pages), target=target, actor="職員"
    )
    assert out.files == (target,)
    assert target.read_bytes() == draft.pdf
    assert told_of(office)[0] == (
        EntryKind.EXPORTED,
        "papers.draft-out",
        {"kind": "first-result", "count": 3},
    )
    assert (notices(office), next_number(office, sign="藤職", fiscal_year=2024)) == ([], 1)


@pytest.mark.parametrize("is_draft", [True, False])
def test_no_copy_is_seen_before_it_is_recorded(
    office: Database, programme_id: int, paper_folder: Path, monkeypatch: pytest.MonkeyPatch, is_draft: bool
) -> None:
    """The program ends in between; the next start puts the copy in its place."""
    draft, before = make(office, programme_id), told_of(office)
    looked: list[tuple[list[str], bool]] = []

    def end(_self: FileSet) -> None:
        looked.append(([one for one in names(paper_folder) if one[0] != "."], told_of(office) != before))
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(FileSet, "place", end)
        with pytest.raises(KeyboardInterrupt):
            if is_draft:
                save_draft_copy(
                    office, pdf=draft.pdf, kind="first-result", count=3, target=paper_folder / "x.pdf"
                )
            else:
                save_copies(
                    office, papers=draft, kind="first-result", order=FileOrder(paper_folder / "x.pdf")
                )
    assert looked == [([], True)]
    assert settle_outgoing(office) == ()
    assert names(paper_folder) == ["x.pdf"]
    assert (paper_folder / "x.pdf").read_bytes() == draft.pdf


@pytest.mark.file_only("a file is opened for reading only")
def test_from_a_file_that_may_only_be_read_copies_leave_all_the_same(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    draft, before = make(office, programme_id), told_of(office)
    assert office.path is not None
    reading = Database(office.path, read_only=True)
    (file,) = save_copies(
        reading, papers=draft, kind="first-result", order=FileOrder(paper_folder / "x.pdf")
    ).files
    reading.dispose()
    assert file.read_bytes() == draft.pdf
    assert told_of(office) == before
