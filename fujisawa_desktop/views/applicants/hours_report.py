"""What a file of hours would do, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.i18n import _, format_date, format_minutes, format_time
from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.services.hours_import import HoursImport
from fujisawa_desktop.services.hours_intake import HoursLine
from fujisawa_desktop.services.import_kinds import FileFacts
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.import_report import ImportReport, Part, report_of_result


def report_of_hours(result: HoursImport, file: FileFacts) -> ImportReport:
    """Return the report of a file of hours, with the rows that are added, changed and known already."""
    report = report_of_result(result, file)
    listed = {
        "added": _part(report.part("added"), result.lines),
        "updated": _part(report.part("updated"), result.lines),
        "unchanged": _part(report.part("unchanged"), result.lines),
    }
    parts = tuple(listed.get(part.key, part) for part in report.parts)
    return ImportReport(report.facts, report.rows, report.effect, parts, report.rejected)


def _part(part: Part, lines: Sequence[HoursLine]) -> Part:
    mine = [line for line in lines if line.outcome == part.key]
    with_before = part.key == "updated"
    headings = [_("Line"), _("Number"), _("Name"), _("Planned or worked"), _("Work day")]
    headings += [_("Value here"), _("In the file")] if with_before else [_("In the file")]
    rows = [
        (
            str(line.line),
            line.number,
            line.name,
            term("shift", line.kind),
            format_date(line.after.day),
            *([_span(line.before)] if with_before else []),
            _span(line.after),
        )
        for line in mine
    ]
    return Part(part.key, part.title, part.count, headings, rows, part.tone, figures=(0,))


def _span(shift: ShiftTime | None) -> str:
    """Return ``9:00–16:00 (60) 6:00``: times, break in minutes, and what is worked."""
    if shift is None:
        return ""
    times = f"{format_time(shift.start)}–{format_time(shift.end)}"
    return f"{times} ({shift.break_minutes}) {format_minutes(shift.minutes)}"
