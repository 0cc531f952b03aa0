"""Labels, envelopes and window sheets from a real database."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_people import HANA, NOW, RYOSUKE, TWICE, YOSHINOSUKE, add_office_people, make
from pdf_reading import ink, pages_text
from sqlalchemy import select

from fujisawa_desktop.documents.office_specs import EnvelopeSpec, LabelsSpec, WindowSpec
from fujisawa_desktop.documents.specs import LetterSpec, RemarkKind, Shift
from fujisawa_desktop.errors import AppError, InputFileError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Application, Decision, Entry, Notice, PaperTemplate, Setting
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services import label_layouts as layouts_module
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.label_layouts import label_layout, label_layouts
from fujisawa_desktop.services.paper_addresses import address_book, placed_page, trial_page
from fujisawa_desktop.services.paper_options import (
    AddressOptions,
    Tenths,
    remember_addresses,
    remembered_addresses,
    with_printer,
)
from fujisawa_desktop.services.paper_templates import shipped_wording
from fujisawa_desktop.services.papers import PaperDraft, issue_papers
from fujisawa_desktop.services.programmes import programme
from fujisawa_desktop.services.unit_of_work import unit_of_work

KINDS = ("labels", "envelope", "window-address")


@pytest.fixture
def addressed(database: Database, programme_id: int) -> Database:
    add_office_people(database, programme_id)
    return database


def names(draft: PaperDraft) -> list[str]:
    found: list[str] = []
    for sheet in draft.sheets:
        if isinstance(sheet.spec, LabelsSpec):
            found += [one.name for one in sheet.spec.people]
        elif isinstance(sheet.spec, EnvelopeSpec | WindowSpec):
            found.append(sheet.spec.addressee.name)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_with_an_address_gets_one_in_order_of_kana(
    addressed: Database, programme_id: int, kind: str
) -> None:
    draft = make(addressed, programme_id, kind)
    assert names(draft) == [TWICE, YOSHINOSUKE, RYOSUKE]
    missing = [one for one in draft.warnings if one.kind is RemarkKind.NO_ADDRESS]
    assert [(one.number, one.name) for one in missing] == [("20", HANA)]
    assert not missing[0].is_lost
    text = "".join(pages_text(draft.pdf)).replace("\n", "")
    assert "朝日町1番地の1" in text
    assert "湘南ハイツ203号室" in text
    assert "12 Rue de Rivoli" in text
    assert HANA not in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_outside_says_nothing_about_the_selection(
    addressed: Database, programme_id: int, kind: str
) -> None:
    text = "".join(pages_text(make(addressed, programme_id, kind).pdf))
    for word in ("選考", "合格", "インターンシップ", "応募", "面接", "採用"):
        assert word not in text


def test_people_are_named_before_anything_is_printed(addressed: Database, programme_id: int) -> None:
    book = address_book(addressed, programme_id=programme_id)
    assert [one.name for one in book.people] == [TWICE, YOSHINOSUKE, RYOSUKE, HANA]
    assert [one.number for one in book.without] == ["20"]
    chosen = address_book(addressed, programme_id=programme_id, numbers=["401", "20"])
    assert [(one.number, one.name) for one in chosen.people] == [("401", TWICE), ("20", HANA)]


def test_people_without_an_address_stay_by_choice(addressed: Database, programme_id: int) -> None:
    draft = make(addressed, programme_id, "envelope", options=AddressOptions(keep_unaddressed=True))
    assert names(draft) == [TWICE, YOSHINOSUKE, RYOSUKE, HANA]
    assert not draft.warnings
    assert f"{HANA}　様" in pages_text(draft.pdf)[3]


def test_a_stage_is_chosen(addressed: Database, programme_id: int) -> None:
    options = AddressOptions(statuses=(Status.FIRST_PASSED,))
    draft = make(addressed, programme_id, "labels", options=options)
    assert names(draft) == [TWICE, YOSHINOSUKE, RYOSUKE]
    assert not draft.warnings
    with pytest.raises(RuleError) as caught:
        make(addressed, programme_id, "labels", options=AddressOptions(statuses=(Status.FIRST_FAILED,)))
    assert caught.value.code == "papers.no-addresses"
    with pytest.raises(RuleError) as caught:
        make(addressed, programme_id, "labels", options=AddressOptions(statuses=(Status.APPOINTED,)))
    assert caught.value.code == "papers.nobody-concerned"


def test_a_used_sheet_is_begun_at_the_face_asked_for(addressed: Database, programme_id: int) -> None:
    options = AddressOptions(layout="10-86.4x50.8", start=9, with_number=True)
    draft = make(addressed, programme_id, "labels", options=options)
    assert [len(sheet.spec.people) for sheet in draft.sheets if isinstance(sheet.spec, LabelsSpec)] == [2, 1]
    assert draft.page_count == 2
    assert [page.name for page in draft.pages] == [
        f"1枚目　{TWICE}～{YOSHINOSUKE}",
        f"2枚目　{RYOSUKE}～{RYOSUKE}",
    ]
    assert "400" in pages_text(draft.pdf)[0]
    assert ink(draft.pdf).top > 21.2 + 4 * 50.8


@pytest.mark.parametrize(
    ("options", "error", "code"),
    [
        (AddressOptions(layout="7"), NotFoundError, "papers.layout-unknown"),
        (AddressOptions(start=0), ValidationError, "papers.start-outside"),
        (AddressOptions(start=13), ValidationError, "papers.start-outside"),
        (AddressOptions(tenths=Tenths(101, 0)), ValidationError, "papers.shift-too-far"),
        (AddressOptions(tenths=Tenths(0, -101)), ValidationError, "papers.shift-too-far"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    addressed: Database, programme_id: int, options: AddressOptions, error: type[AppError], code: str
) -> None:
    with pytest.raises(error) as caught:
        make(addressed, programme_id, "labels", options=options)
    assert caught.value.code == code


def test_a_postcode_is_written_with_its_hyphen(addressed: Database, programme_id: int) -> None:
    assert "〒251-8601" in pages_text(make(addressed, programme_id, "labels").pdf)[0]


def test_an_envelope_has_mark_and_sender(addressed: Database, programme_id: int) -> None:
    text = pages_text(make(addressed, programme_id, "envelope", numbers=["300"]).pdf)[0]
    assert "親展" in text
    assert "藤沢市 総務部 職員課" in text
    assert "電話　0466-25-1111（代表）　内線2257" in text.replace("\n", "")


def test_labels_are_recorded_without_being_a_letter_to_anybody(
    addressed: Database, programme_id: int
) -> None:
    issue_papers(addressed, draft=make(addressed, programme_id, "labels"), actor="test")
    with addressed.read() as session:
        (notice,) = session.scalars(select(Notice))
    assert (notice.kind, notice.applicant_id) == ("labels", None)


# --- settings and test pages ----------------------------------------------------


def test_what_was_wanted_is_remembered_for_each_printer(addressed: Database, programme_id: int) -> None:
    near = AddressOptions(
        layout="24-66x33.9", with_number=True, printer="窓口", tenths=Tenths(12, -5), start=7
    )
    change = remember_addresses(addressed, kind="labels", options=near, actor="test")
    assert change.changed
    far = AddressOptions(layout="24-66x33.9", with_number=True, printer="3階", tenths=Tenths(-3, 0))
    remember_addresses(addressed, kind="labels", options=far, actor="test")
    found = remembered_addresses(addressed, kind="labels")
    assert found.printers == {"窓口": Tenths(12, -5), "3階": Tenths(-3, 0)}
    assert found.options == far
    assert found.options.start == 1, "the first face is of one printing only"
    assert not remember_addresses(addressed, kind="labels", options=far, actor="test").changed
    draft = make(addressed, programme_id, "labels")
    spec = draft.sheets[0].spec
    assert isinstance(spec, LabelsSpec)
    assert (spec.grid, spec.shift) == (label_layout("24-66x33.9").grid, Shift(-0.3, 0.0))
    assert with_printer(addressed, kind="labels", options=AddressOptions(printer="窓口")).tenths == Tenths(
        12, -5
    )
    with pytest.raises(NotFoundError) as caught:
        with_printer(addressed, kind="labels", options=AddressOptions(printer="4階"))
    assert caught.value.code == "papers.printer-unknown"
    with pytest.raises(NotFoundError) as caught:
        with_printer(addressed, kind="envelope", options=AddressOptions(printer="4階"))
    assert caught.value.code == "papers.no-printers"


def test_a_correction_is_an_act_that_can_be_taken_back(addressed: Database) -> None:
    options = AddressOptions(printer="窓口", tenths=Tenths(12, -5))
    remember_addresses(addressed, kind="envelope", options=options, actor="test")
    undo(addressed, actor="test")
    assert remembered_addresses(addressed, kind="envelope").printers == {}
    with pytest.raises(ValidationError) as caught:
        remember_addresses(
            addressed, kind="envelope", options=AddressOptions(printer="長" * 61), actor="test"
        )
    assert caught.value.code == "papers.printer-name"


def test_a_damaged_setting_harms_nothing(addressed: Database, programme_id: int) -> None:
    with unit_of_work(addressed, "test.settings", actor="test") as work:
        broken = {"printer": "a", "printers": {"a": [9999, "x"]}}
        work.session.add(Setting(key="papers.labels", value=broken))
        work.session.add(Setting(key="papers.envelope", value=[1, 2]))
        work.commit()
    assert remembered_addresses(addressed, kind="labels").options.tenths == Tenths(100, 0)
    assert make(addressed, programme_id, "envelope").page_count == 3


def test_letters_use_the_correction_of_window_envelopes(addressed: Database, programme_id: int) -> None:
    remember_addresses(
        addressed, kind="window-address", options=AddressOptions(tenths=Tenths(15, 5)), actor="test"
    )
    (spec,) = (
        sheet.spec for sheet in make(addressed, programme_id, "window-address", numbers=["300"]).sheets
    )
    assert isinstance(spec, WindowSpec)
    assert spec.shift == Shift(1.5, 0.5)


def test_a_letter_with_an_address_has_it_in_rows_and_corrected(
    addressed: Database, programme_id: int
) -> None:
    with unit_of_work(addressed, "test.wording", actor="test") as work:
        shipped = shipped_wording(programme(addressed, programme_id), "first-result").data
        body = {**shipped, "print_address": True}
        work.session.add(
            PaperTemplate(
                programme_id=programme_id,
                kind="first-result",
                edition=1,
                body=body,
                made_at=NOW,
                actor="test",
            )
        )
        ids = work.session.scalars(
            select(Application.id).join(Entry, Entry.id == Application.entry_id).where(Entry.number == "100")
        )
        work.session.add_all(
            Decision(
                application_id=key,
                stage=Stage.FIRST,
                result=Result.PASS,
                announced_at=NOW,
                decided_at=NOW,
            )
            for key in ids
        )
        work.commit()
    far = AddressOptions(tenths=Tenths(15, 5))
    remember_addresses(addressed, kind="window-address", options=far, actor="test")
    spec = make(addressed, programme_id, "first-result", numbers=["100"]).sheets[0].spec
    assert isinstance(spec, LetterSpec)
    assert spec.address == ("〒251-0025", "神奈川県藤沢市鵠沼石上1-1-1", "湘南ハイツ203号室")
    assert spec.window_shift == Shift(1.5, 0.5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_test_page_says_what_to_do_with_it(addressed: Database, programme_id: int, kind: str) -> None:
    options = AddressOptions(tenths=Tenths(5, -5))
    pdf = trial_page(addressed, programme_id=programme_id, kind=kind, options=options)
    text = pages_text(pdf)[0]
    assert "試し刷り" in text
    words = shipped_wording(programme(addressed, programme_id), kind).part("trial").texts("notes")
    assert "".join(words)[:20] in text.replace("\n", "").replace("\r", "")
    with pytest.raises(ValidationError):
        trial_page(
            addressed, programme_id=programme_id, kind=kind, options=AddressOptions(tenths=Tenths(999, 0))
        )


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_shows_people_or_somebody_invented(
    addressed: Database, programme_id: int, kind: str
) -> None:
    options = AddressOptions()
    shown = placed_page(addressed, programme_id=programme_id, kind=kind, options=options, numbers=["300"])
    assert RYOSUKE in pages_text(shown)[0]
    nobody = placed_page(addressed, programme_id=programme_id, kind=kind, options=options, numbers=["20"])
    assert "見本　花子" in pages_text(nobody)[0]


def test_a_sheet_described_wrongly_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "labels"
    folder.mkdir()
    good = (layouts_module.resources_dir() / "labels" / "10-86.4x50.8.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(layouts_module, "resources_dir", lambda: tmp_path)
    broken = {
        "not toml": "columns = = 2",
        "a key is missing": good.replace("step_y", "other"),
        "wider than the paper": good.replace("width = 86.4", "width = 186.4"),
        "no rows": good.replace("rows = 5", "rows = 0"),
        "a word": good.replace("rows = 5", 'rows = "five"'),
    }
    for text in broken.values():
        (folder / "x.toml").write_text(text, encoding="utf-8")
        label_layouts.cache_clear()
        with pytest.raises(InputFileError) as caught:
            label_layouts()
        assert caught.value.params["file"] == "x.toml"
    label_layouts.cache_clear()


def test_a_file_for_reading_only_prints_as_it_was_wanted(addressed: Database, programme_id: int) -> None:
    remember_addresses(addressed, kind="labels", options=AddressOptions(layout="65-38.1x21.2"), actor="test")
    reader = open_database(addressed.place, read_only=True)
    try:
        spec = make(reader, programme_id, "labels").sheets[0].spec
    finally:
        reader.dispose()
    assert isinstance(spec, LabelsSpec)
    assert spec.grid.count == 65
