"""Sentences and words about the first screening."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "screening.points-foreign": N_(
        "Points were given for a criterion that does not count for this course, so nothing was saved. "
        "Reload the application and give the points again."
    ),
    "screening.points-missing": N_(
        "No points yet, so the application is not finished. Enter them, or skip the application for now."
    ),
    "screening.points-range": N_("Only whole points from 0 to {most} are possible here. Correct them."),
    "screening.reviewer-gone": N_(
        "This reviewer is no longer there, so nothing was saved. Choose another reviewer."
    ),
    "screening.application-gone": N_(
        "This application is no longer there, so nothing was saved. Reload the list."
    ),
    "screening.criterion-gone": N_("This criterion is no longer there. Reload the list."),
    "screening.course-gone": N_("This course is no longer there. Reload and choose another course."),
    "screening.rule-announced": N_(
        "Results that rest on these points are announced, so the way they are counted stays as it is. "
        "Correct single results where that is meant."
    ),
    "screening.criterion-scored": N_(
        "{count} reviews already give points for this criterion, so it stays. "
        "Rename it, or lower its weight, if it should count less."
    ),
    "screening.criterion-course": N_(
        "Points were already given for this criterion, so it stays with its course. "
        "Add another criterion for the other course."
    ),
    "screening.template-known": N_(
        "All criteria of the template are there already, so nothing was added. Edit them as needed."
    ),
    "screening.template-broken": N_(
        "{file} cannot be read, so nothing was done. Install the program again, or restore the file."
    ),
    "screening.number-range": N_("A whole number from 1 to {most} is needed here. Correct it."),
    "screening.name-taken": N_("{text} is there already. Enter another name."),
    "screening.reviews-done": N_(
        "{count} reviews are finished without this criterion, so it was not added: all applications "
        "of a course "
        "are judged by the same criteria. Open those reviews again first if it is really needed."
    ),
    "screening.points-given": N_(
        "{given} points were already given, so the maximum cannot be lower. Enter {given} or more."
    ),
    "screening.reviewer-has-reviews": N_(
        "This reviewer has {count} saved reviews, so nothing was taken away. "
        "Keep the reviewer, or remove those reviews first."
    ),
    "screening.not-your-course": N_(
        "This course is not among the reviewer's courses, so nothing was saved. "
        "Add the course to the reviewer, or choose another reviewer."
    ),
    "screening.announced": N_(
        "The result of this application is announced, so its points stay as they are. "
        "If the result is wrong, correct the result with a reason."
    ),
    "screening.no-criteria": N_(
        "There is no criterion for this course yet, so there is nothing to give points for. "
        "Load the template or add criteria first."
    ),
    "screening.others-hidden": N_(
        "{count} applications are not finished by this reviewer, and until then the others' points "
        "are hidden. "
        "Finish them, or look at the ranking as the office."
    ),
    "screening.others-at-work": N_(
        "{count} applications that this reviewer does not judge are still read by others, and until they are "
        "done their points are hidden. Wait for them, or look at the ranking as the office."
    ),
    "sheet.nobody": N_(
        "There is no application to judge for the chosen reviewers, so no sheet was made. "
        "Check the reviewers' courses and whether the results are announced."
    ),
    "sheet.not-a-score-sheet": N_(
        "{file} is no score sheet of this program, so nothing was read. Choose the file that was sent out."
    ),
    "sheet.columns-gone": N_(
        "Columns of {file} are missing, so its points cannot be read safely. "
        "Ask for the file as it was sent out, with the points copied into it."
    ),
    "sheet.other-programme": N_(
        "The sheet belongs to another programme ({title}), so nothing was read. "
        "Switch to that programme, or choose another file."
    ),
    "sheet.reviewer-gone": N_(
        "The reviewer of this sheet is no longer there, or has another name now, so nothing was read. "
        "Put the reviewer back, or send a new sheet."
    ),
    "sheet.criteria-changed": N_(
        "The criteria changed since the sheet was made, so its points would mean something else. "
        "Send a new sheet."
    ),
    "sheet.row-unknown": N_(
        "This row was not in the sheet as it was sent out, so it was not taken in. Ask the reviewer."
    ),
    "sheet.row-twice": N_(
        "This row is in the sheet more than once, so none of them was taken in. Keep the right one."
    ),
    "sheet.number-changed": N_(
        "The number was changed (it was {issued}), so the row was not taken in. "
        "Check whom it is about and put the number back."
    ),
    "sheet.name-changed": N_(
        "The name was changed, so the row was not taken in. Check whom it is about and put the name back."
    ),
    "sheet.points-unreadable": N_(
        "{criterion}: “{text}” is not a whole number, so the row was not taken in. Correct it."
    ),
    "sheet.points-range": N_(
        "{criterion}: only 0 to {most} points are possible, so the row was not taken in. Correct it."
    ),
    "sheet.points-missing": N_(
        "{criterion}: the points are missing ({count} in this row), so the row was not taken in. "
        "Fill them in."
    ),
    "sheet.recuse-unreadable": N_(
        "Only {sign} or nothing can stand here, so the row was not taken in. Correct it."
    ),
    "sheet.recused-with-points": N_(
        "The row has points and also says that it is not judged, so it was not taken in. Keep one of the two."
    ),
}

LABELS: Final[dict[str, str]] = {
    "screening.rule": N_("Rule of the first screening"),
    "screening.criterion-add": N_("New criterion"),
    "screening.criterion-edit": N_("Edit of a criterion"),
    "screening.criterion-move": N_("Order of the criteria"),
    "screening.criterion-remove": N_("Criterion taken out"),
    "screening.template": N_("Template of criteria ({count})"),
    "screening.reviewer-add": N_("New reviewer"),
    "screening.reviewer-edit": N_("Edit of a reviewer"),
    "screening.reviewer-move": N_("Order of the reviewers"),
    "screening.reviewer-remove": N_("Reviewer taken out"),
    "screening.review": N_("Points for an application ({review_state})"),
    "screening.issue-sheets": N_("Score sheets given out ({count}, {entries} applications)"),
    "screening.import-sheet": N_("Score sheet taken in ({added} new, {changed} changed)"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "review_state": {
        "none": N_("Unread"),
        "draft": N_("Draft"),
        "skipped": N_("Skipped"),
        "done": N_("Done"),
        "recused": N_("Not judged"),
    },
    "aggregate": {"mean": N_("Mean"), "median": N_("Median")},
    "reading_order": {
        "shuffled": N_("Mixed (fair)"),
        "received": N_("As received"),
        "number": N_("By number"),
    },
    "list": {"screening-ranking": N_("Ranking of the first screening")},
    "list-column": {
        "rank": N_("Rank"),
        "score": N_("Points"),
        "spread": N_("Spread"),
        "above-line": N_("Against the line"),
        "decided": N_("Noted result"),
    },
    "above-line": {
        "above": N_("above"),
        "tied": N_("tied on the line"),
        "below": N_("below"),
    },
}
