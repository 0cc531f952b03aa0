"""Sentences of the list of applicants that no rule says."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "selection.nothing-noted": N_(
        "No result of this screening is noted for this person, so there is nothing to take out."
    ),
    "saved-view.name-empty": N_("The view has no name, so it was not saved. Write a name."),
    "saved-view.name-long": N_(
        "The name is longer than {most} letters, so the view was not saved. Write a shorter one."
    ),
    "saved-view.name-taken": N_(
        "There is already a saved view called {name}, so nothing was changed. Write another name."
    ),
    "saved-view.gone": N_("This saved view is no longer there; somebody has deleted it. Reload the list."),
    "paste.cell-too-long": N_(
        "A cell on the clipboard is longer than a list can hold, so nothing was read. "
        "Copy only the column that is meant."
    ),
    "paste.too-many-rows": N_(
        "More than {rows} rows are on the clipboard, so nothing was read. Copy fewer rows."
    ),
    "paste.no-row-left": N_(
        "More values were copied than rows are chosen, so nobody is meant by this one. "
        "Choose as many rows, or copy the numbers beside the values."
    ),
    "paste.number-empty": N_("The cell of the number is empty, so nobody is meant. Fill the number in."),
    "paste.twice": N_(
        "Row {first} already says a value for this person, so this one was left out. Keep the right one."
    ),
    "paste.score-unreadable": N_(
        "“{text}” cannot be read as points. Write a number from 0 to 1000, such as 92.5."
    ),
    "paste.score-reviewed": N_(
        "The points of {number} are computed from the reviews, so they cannot be pasted. "
        "Change the review instead."
    ),
    "export.cp932-unwritable": N_(
        "{cells} cells hold characters that CP932 (Shift_JIS) cannot write, so no file was written. "
        "Choose UTF-8 or Excel, which hold every character."
    ),
}

LABELS: Final[dict[str, str]] = {
    "applicant.cell": N_("{field} changed in the list"),
    "applicant.fill-down": N_("{field} filled down ({count})"),
    "list.paste": N_("Pasted column “{pasted}” ({count})"),
    "list.exported": N_("List exported ({count}, {file_format})"),
    "list.exported-other": N_("{list}: exported ({count}, {file_format})"),
    "saved-view.save": N_("Saved view"),
    "saved-view.rename": N_("New name of a saved view"),
    "saved-view.delete": N_("Saved view deleted"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "pasted": {
        "first": N_("Result of the 1st screening"),
        "final": N_("Result of the final screening"),
        "score": N_("Points of the 1st screening"),
        "grade": N_("Grade"),
        "note": N_("Note"),
        "name_official": N_("Official name"),
        "kana": N_("Reading"),
        "phone": N_("Telephone"),
        "mail": N_("Mail address"),
        "graduation": N_("Expected graduation"),
    },
    "file_format": {
        "xlsx": N_("Excel"),
        "csv": N_("CSV"),
        "csv-cp932": N_("CSV in Shift_JIS"),
        "pdf": N_("PDF"),
        "json": N_("JSON"),
        "print": N_("on paper"),
        "clipboard": N_("to the clipboard"),
    },
    "list": {
        "refused-rows": N_("Refused rows of an import"),
        "calendar": N_("Interview calendar"),
        "register": N_("Pay register"),
    },
    "noted": {"noted": N_("Result noted, not announced"), "undecided": N_("No result yet")},
    "column": {
        "phone": N_("Telephone"),
        "mail": N_("Mail address"),
        "graduation": N_("Expected graduation"),
        "weekdays": N_("Weekdays"),
        "score": N_("Points"),
        "rank": N_("Place"),
        "progress": N_("Interview"),
        "pending": N_("Result (not announced)"),
        "name_official": N_("Official name"),
        "note": N_("Note"),
        "course": N_("Course"),
    },
}
