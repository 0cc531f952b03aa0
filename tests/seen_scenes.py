"""Which use-cases notice that somebody else changed what they change, and why the others need not.

The sweep (tests/meanwhile_sweep.py) changes the rows of every use-case that writes, from a second connection.
"""

from __future__ import annotations

from typing import Final

CHANGED: Final = "conflict.changed-meanwhile"
_SEEN = "tests/services/test_seen_before.py::"
SEEN = {
    "applicant_cells.fill_down": f"{_SEEN}test_cells_of_the_list",
    "applicant_cells.save_cell": f"{_SEEN}test_cells_of_the_list",
    "courses.remove_course": f"{_SEEN}test_a_course",
    "hours_entry.save_cells": f"{_SEEN}test_cells_of_hours",
    "hours_fill.copy_week": f"{_SEEN}test_cells_of_hours",
    "hours_fill.enter_block": f"{_SEEN}test_cells_of_hours",
    "hours_fill.move_hours": f"{_SEEN}test_cells_of_hours",
    "hours_reasons.explain_work": f"{_SEEN}test_cells_of_hours",
    "import_layouts.delete_layout": f"{_SEEN}test_layouts",
    "import_layouts.save_layout": f"{_SEEN}test_layouts",
    "interview_booking.cancel": f"{_SEEN}test_an_interview_called_off",
    "interview_booking.change_interviewers": f"{_SEEN}test_an_interview_on_its_day",
    "interview_booking.move": f"{_SEEN}test_an_interview_on_its_day",
    "interview_booking.set_locked": f"{_SEEN}test_an_interview_on_its_day",
    "interview_booking.swap": f"{_SEEN}test_two_interviews_exchanged",
    "interview_criteria.remove_interview_criterion": f"{_SEEN}test_criteria_of_interviews",
    "interview_criteria.save_interview_criterion": f"{_SEEN}test_criteria_of_interviews",
    "interview_day.mark": f"{_SEEN}test_an_interview_on_its_day",
    "interview_day.postpone": f"{_SEEN}test_an_interview_on_its_day",
    "interview_day.save_details": f"{_SEEN}test_an_interview_on_its_day",
    "interview_day.withdraw": f"{_SEEN}test_an_interview_called_off",
    "interview_needs.set_need": f"{_SEEN}test_what_a_person_needs",
    "notes.delete_note": f"{_SEEN}test_a_note",
    "register_layouts.delete_layout": f"{_SEEN}test_layouts",
    "register_layouts.save_layout": f"{_SEEN}test_layouts",
    "rulings.reopen_flag": f"{_SEEN}test_rulings",
    "rulings.rule_flag": f"{_SEEN}test_rulings",
    "saved_views.delete_view": f"{_SEEN}test_saved_views",
    "saved_views.rename_view": f"{_SEEN}test_saved_views",
    "saved_views.save_view": f"{_SEEN}test_saved_views",
    "screening_reviewers.remove_reviewer": f"{_SEEN}test_reviewers",
    "screening_reviewers.save_reviewer": f"{_SEEN}test_reviewers",
    "screening_setup.remove_criterion": f"{_SEEN}test_criteria",
    "screening_setup.save_criterion": f"{_SEEN}test_criteria",
}
"""Use-cases whose scene for the sweep of faults names nothing that was seen → one that does."""
