"""What an import would do, as counts and lists to look at before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from fujisawa_desktop.i18n import _, format_date, format_datetime, ngettext
from fujisawa_desktop.rules.names import search_key, search_terms
from fujisawa_desktop.services.import_kinds import FileFacts
from fujisawa_desktop.services.imports import ImportResult, RejectedRow, SuspectedPair, Warning_
from fujisawa_desktop.services.intake import ChangedEntry, ImportPreview, NewEntry
from fujisawa_desktop.services.intake_compare import FieldChange
from fujisawa_desktop.texts import message_for, term
from fujisawa_desktop.views.applicants.words import field_word, joined, reasons_text
from fujisawa_desktop.views.theme import Tone

ENCODINGS: Final[dict[str, str]] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp932": "Shift_JIS (CP932)",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "JIS (ISO-2022-JP)",
}
"""Names a clerk may know a character code by."""
TEXT_FORMATS: Final = frozenset({"csv", "tsv"})
"""Files whose character code can be chosen."""


@dataclass(frozen=True, slots=True)
class Part:
    """One group of rows: how many, and a list of them if there is one.

    Attributes:
        key: stable name.
        title: what the rows have in common.
        count: how many rows of the file.
        headings, rows: the list; empty when there is nothing to list.
        tone: ``caution`` or ``wrong`` when somebody should look.
        figures: columns of figures.
    """

    key: str
    title: str
    count: int
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    tone: Tone = "neutral"
    figures: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Everything the dialog shows of one file."""

    facts: str
    rows: int
    effect: int
    parts: tuple[Part, ...]
    rejected: tuple[RejectedRow, ...] = ()

    def part(self, key: str) -> Part:
        """Return one group."""
        return next(part for part in self.parts if part.key == key)


def report_of_preview(preview: ImportPreview) -> ImportReport:
    """Return the report of an applicants' file."""
    parts = (
        Part(
            "added",
            _("To be added"),
            len(preview.to_add),
            _added_headings(),
            _added(preview.to_add),
            figures=(0,),
        ),
        Part(
            "updated",
            _("To be changed"),
            len(preview.to_update),
            _changed_headings(),
            _changed(preview.to_update),
            figures=(0,),
        ),
        Part(
            "kept",
            _("Edited here, stays"),
            len(preview.kept),
            _changed_headings(),
            _kept(preview.kept),
            "caution" if preview.kept else "neutral",
            figures=(0,),
        ),
        Part(
            "unchanged",
            _("Unchanged"),
            preview.unchanged,
            (_("Line"), _("Number"), _("Name")),
            [(str(row.line), row.number, row.name) for row in preview.unchanged_rows],
            figures=(0,),
        ),
        _rejected_part(preview.rejected),
        _warnings_part(preview.warnings),
        _suspected_part(preview.suspected),
        Part("sample", _("As in the file"), preview.rows, _sample_headings(preview), preview.sample_rows),
    )
    facts = _("{file} · read as “{layout}”").format(
        file=format_text(preview.kind, preview.encoding), layout=preview.profile or _("unknown layout")
    )
    effect = len(preview.to_add) + len(preview.to_update)
    return ImportReport(facts, preview.rows, effect, parts, preview.rejected)


def report_of_result(result: ImportResult, file: FileFacts) -> ImportReport:
    """Return the report of any other file, from a dry run."""
    parts = (
        Part("added", _("To be added"), result.added),
        Part("updated", _("To be changed"), result.updated),
        Part("unchanged", _("Unchanged"), result.unchanged),
        _rejected_part(result.rejected),
        _warnings_part(result.warnings),
        Part("sample", _("As in the file"), file.rows, file.headings, file.sample),
    )
    facts = format_text(file.file_format, file.encoding)
    return ImportReport(facts, result.rows, result.added + result.updated, parts, result.rejected)


def matching_rows(rows: Sequence[Sequence[str]], text: str) -> Sequence[Sequence[str]]:
    """Return the rows that hold every word of a text, however it is written."""
    terms = search_terms(text)
    if not terms:
        return rows
    keys = [(row, search_key(" ".join(row))) for row in rows]
    return [row for row, key in keys if all(term in key for term in terms)]


def summary_of(report: ImportReport) -> str:
    """Return in a sentence what taking the file in means."""
    refused = report.part("rejected").count
    if not report.effect and refused:
        return _(
            "There is nothing to take in. Correct the rows shown in the file, or at the portal, "
            "and choose the file again."
        )
    if not report.effect:
        return _("The list already says all of this, so there is nothing to take in.")
    if refused:
        return ngettext(
            "{count} row stays out for the reason shown; the others go in. "
            "All of it can be undone in one step.",
            "{count} rows stay out for the reasons shown; the others go in. "
            "All of it can be undone in one step.",
            refused,
        ).format(count=refused)
    return _("All rows can be taken in. All of it can be undone in one step.")


def format_text(file_format: str, encoding: str) -> str:
    """Return what kind of file it is, with its character code when it is a text file."""
    code = ENCODINGS.get(encoding, encoding)
    return f"{file_format.upper()} · {code}" if code else file_format.upper()


def _rejected_part(rows: Sequence[RejectedRow]) -> Part:
    return Part(
        "rejected",
        _("Cannot be taken in"),
        len(rows),
        (_("Line"), _("Column"), _("Reason")),
        [(str(row.line), row.column, message_for(row.code, row.params)) for row in rows],
        "wrong" if rows else "neutral",
        figures=(0,),
    )


def _warnings_part(rows: Sequence[Warning_]) -> Part:
    return Part(
        "warnings",
        _("Worth a look"),
        len(rows),
        (_("Line"), _("Column"), _("What to look at")),
        [(str(row.line), row.column, message_for(row.code, row.params)) for row in rows],
        "caution" if rows else "neutral",
        figures=(0,),
    )


def _suspected_part(pairs: Sequence[SuspectedPair]) -> Part:
    return Part(
        "suspected",
        _("Possible duplicates"),
        len(pairs),
        (_("Number"), _("Name"), _("Number"), _("Name"), _("Alike in"), _("Likeness")),
        [
            (
                pair.numbers[0],
                pair.names[0],
                pair.numbers[1],
                pair.names[1],
                reasons_text(pair.reasons),
                f"{pair.score} %",
            )
            for pair in pairs
        ],
        "caution" if pairs else "neutral",
        figures=(5,),
    )


def _added_headings() -> tuple[str, ...]:
    return _("Line"), _("Number"), _("Name"), _("Reading"), _("University"), _("Course"), _("Marks")


def _added(entries: Sequence[NewEntry]) -> list[tuple[str, ...]]:
    return [
        (
            str(entry.line),
            entry.number,
            entry.name,
            entry.kana,
            entry.school,
            joined(entry.courses),
            joined(term("flag", flag) for flag in entry.flags),
        )
        for entry in entries
    ]


def _kept(entries: Sequence[ChangedEntry]) -> list[tuple[str, ...]]:
    return _changed([replace(entry, changes=()) for entry in entries])


def _changed_headings() -> tuple[str, ...]:
    return _("Line"), _("Number"), _("Name"), _("Field"), _("Value here"), _("In the file"), _("What happens")


def _changed(entries: Sequence[ChangedEntry]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for entry in entries:
        told = [(change, _("is changed")) for change in entry.changes]
        told += [(change, _("stays: edited here")) for change in entry.kept]
        rows.extend(
            (
                str(entry.line),
                entry.number,
                entry.name,
                _field(change),
                _value(change.old),
                _value(change.new),
                what,
            )
            for change, what in told
        )
    return rows


def _field(change: FieldChange) -> str:
    return field_word(change.field)


def _value(value: date | datetime | bool | str | None) -> str:  # noqa: FBT001 - a value as stored
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return format_datetime(value)
    return format_date(value) if isinstance(value, date) else value


def _sample_headings(preview: ImportPreview) -> list[str]:
    """Name for each heading what it is taken for, so that a wrong guess is seen."""
    return [
        f"{heading} → {field_word(use)}" if use else heading
        for heading, use in zip(preview.headings, preview.columns, strict=True)
    ]
