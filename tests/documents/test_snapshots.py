"""What was kept of a paper is the paper: every form goes to JSON and back, today and years later."""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, fields, is_dataclass, replace
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_samples import SPECS, job, letter, printed

from fujisawa_desktop.documents import SnapshotError, make_paper, spec_from
from fujisawa_desktop.documents.press import _PRINTERS
from fujisawa_desktop.documents.snapshots import rebuilt
from fujisawa_desktop.documents.specs import (
    Column,
    ContactBox,
    DisclosureSpec,
    LetterSpec,
    Owner,
    ReportSection,
    ReportTable,
)

FORMS = sorted(_PRINTERS, key=lambda form: form.__name__)


def kept(spec: Any) -> Any:
    """Return what the database holds of a spec."""
    return json.loads(json.dumps(asdict(spec), ensure_ascii=False))


def again(spec: Any) -> Any:
    return spec_from(type(spec).__name__, kept(spec))


@pytest.mark.parametrize("name", SPECS)
def test_a_kept_paper_prints_the_same_bytes(name: str) -> None:
    spec = SPECS[name]()
    assert again(spec) == spec
    assert make_paper(job(again(spec))).pdf == printed(spec).pdf


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_form_comes_back_as_it_was(form: type[Any], data: st.DataObject) -> None:
    spec = data.draw(st.from_type(form))
    assert repr(again(spec)) == repr(spec)


def test_nested_parts_and_choices_come_back_as_their_own_kind() -> None:
    table = ReportTable((Column("列", 12.5, "right"), Column("列", 9)), (("甲", "乙"),), "なし")
    spec = DisclosureSpec(
        owner=Owner("1", "見本"),
        title="題",
        date="",
        name="見本",
        honorific="様",
        sender=("市長",),
        facts=(),
        sections=(ReportSection("見出し", ("文",), table), ReportSection("次")),
        notes=(),
        contact=None,
    )
    found = again(spec)
    assert found == spec
    assert isinstance(found.sections[0].table.columns[1].share, int), "9 prints as 9, never as 9.0"


# --- papers of other versions ------------------------------------------------


def optional_fields(form: type[Any]) -> list[str]:
    return [
        field.name
        for field in fields(form)
        if field.default is not MISSING or field.default_factory is not MISSING
    ]


@pytest.mark.parametrize("name", SPECS)
def test_what_was_kept_before_a_field_existed_takes_its_default(name: str) -> None:
    spec = SPECS[name]()
    old = kept(spec)
    for field in optional_fields(type(spec)):
        del old[field]
    found = spec_from(type(spec).__name__, old)
    for field in fields(spec):
        expected = field.default if field.name in optional_fields(type(spec)) else getattr(spec, field.name)
        assert getattr(found, field.name) == expected


def test_a_letter_kept_by_the_first_version_still_prints() -> None:
    old = kept(letter())
    del old["mark"]
    assert make_paper(job(spec_from("LetterSpec", old))).pdf == printed(letter()).pdf


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": None}, "LetterSpec.title"),
        ({"body": "one text"}, "LetterSpec.body"),
        ({"body": [1]}, "LetterSpec.body"),
        ({"owner": {"key": "1"}}, "LetterSpec.owner.label"),
        ({"owner": ["1", "x"]}, "LetterSpec.owner"),
        ({"colour": "red"}, "LetterSpec.colour"),
        ({"contact": {"heading": 1}}, "LetterSpec.contact"),
    ],
)
def test_what_does_not_fit_is_refused_and_named_without_its_text(change: dict[str, Any], where: str) -> None:
    with pytest.raises(SnapshotError) as caught:
        spec_from("LetterSpec", {**kept(letter("秘密　太郎")), **change})
    assert caught.value.where == where
    assert "秘密" not in str(caught.value)


def test_a_form_that_is_gone_is_refused() -> None:
    with pytest.raises(SnapshotError):
        spec_from("TelegramSpec", kept(letter()))


def test_a_missing_part_is_refused() -> None:
    data = kept(letter())
    del data["sender"]
    with pytest.raises(SnapshotError) as caught:
        spec_from("LetterSpec", data)
    assert caught.value.where == "LetterSpec.sender"


def test_only_what_json_can_hold_stands_in_a_spec() -> None:
    """A field of another kind could be printed, but not kept."""
    plain = (str, bool, int, float)

    def check(hint: Any, where: str) -> None:
        if isinstance(hint, type) and is_dataclass(hint):
            for name, inner in get_type_hints(hint).items():
                check(inner, f"{where}.{name}")
            return
        parts = getattr(hint, "__args__", ())
        for part in parts:
            if part not in {..., type(None)} and not isinstance(part, str):
                check(part, where)
        assert parts or (isinstance(hint, type) and issubclass(hint, plain)), where

    for form in FORMS:
        check(form, form.__name__)


def test_whole_values_of_any_class_can_be_read() -> None:
    box = ContactBox("問い合わせ先", ("職員課",), "https://example.lg.jp", "ホームページ")
    assert rebuilt(ContactBox, kept(box)) == box
    assert rebuilt(LetterSpec, kept(replace(letter(), contact=None))).contact is None
