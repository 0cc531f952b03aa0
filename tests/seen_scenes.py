# ruff: noqa: E501 - names of tests are sentences
"""Which use-cases notice that somebody else changed what they change, and why the others need not.

The sweep (tests/meanwhile_sweep.py) changes the rows of every use-case that writes, from a second connection.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

CHANGED: Final = "conflict.changed-meanwhile"
_SEEN = "tests/services/test_seen_before.py::"
SEEN = {
    "applicant_cells.fill_down": f"{_SEEN}test_cells_of_the_list",
    "applicant_cells.save_cell": f"{_SEEN}test_cells_of_the_list",
    "availability_forms.save_person_times": f"{_SEEN}test_times_of_a_person",
    "course_routes.save_course_rules": f"{_SEEN}test_rules_for_courses",
    "dated_figures.save_figure": f"{_SEEN}test_a_figure",
    "interview_review_forms.save_points": f"{_SEEN}test_points_of_an_interview",
    "retention_settings.save_periods_form": f"{_SEEN}test_periods",
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
    "list_paste.apply_paste": f"{_SEEN}test_cells_of_the_list",
    "month_confirmations.confirm_month": f"{_SEEN}test_records_of_a_month",
    "month_confirmations.withdraw_confirmation": f"{_SEEN}test_records_of_a_month",
    "months.reopen_month": f"{_SEEN}test_records_of_a_month",
    "notes.delete_note": f"{_SEEN}test_a_note",
    "payments.take_payment_back": f"{_SEEN}test_records_of_a_month",
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
    "selection.clear_decisions": f"{_SEEN}test_noted_results",
    "selection.record_decisions": f"{_SEEN}test_noted_results",
}
"""Use-cases whose scene for the sweep of faults names nothing that was seen → one that does."""
ADDS: Final[Mapping[str, tuple[str, ...]]] = {
    "writes files, copies or keys: no row that a clerk typed": (
        "backup_occasions.backup_before",
        "backup_occasions.keep_watch",
        "backup_places.save_backup_settings",
        "backups.automatic_backup",
        "backups.forget_copies",
        "backups.make_backup",
        "copying.copy_database",
        "copying.copy_opened",
        "databases.create_database",
        "outgoing.save_list",
        "paper_files.save_copies",
        "paper_files.save_draft_copy",
        "rejected_rows.save_rejected",
        "retention_copies.delete_copies",
        "returning.restore_backup",
        "sample_data.write_filled_sheets",
        "sample_data.write_samples",
        "table_files.save_file",
        "unlocking.change_key",
        "unlocking.create_encrypted",
        "unlocking.encrypt_file",
        "unlocking.erase_copies",
        "unlocking.make_plain",
        "unlocking.prepare_slots",
        "unlocking.set_passphrase",
    ),
    "tells what left the office or was printed: entries and papers are only added": (
        "attendance_books.issue_attendance_books",
        "exports_journal.record_export",
        "exports_journal.record_list",
        "exports_journal.record_papers",
        "interview_ical.write_calendars",
        "interview_sheets.issue_interview_sheets",
        "mails.write_mails",
        "outgoing.note_lost",
        "outgoing.settle_outgoing",
        "paper_files.issue_and_save",
        "paper_issuing.issue_papers",
        "pay.issue_statements",
        "person_export.export_person",
        "register_files.save_register",
        "score_sheets.issue_score_sheets",
        "screening_export.write_ranking",
        "transfer_file.hand_out_transfer",
        "transfer_file.write_transfer",
        "year_end_files.save_year_end",
    ),
    "adds a row; what two add at once, a key of the table keeps apart": (
        "courses.add_course",
        "document_numbers.record_elsewhere",
        "document_numbers.void_number",
        "hours_corrections.correct_day",
        "interview_booking.book",
        "interview_drafts.save_draft",
        "interviewer_times.add_interviewer_time",
        "months.close_month",
        "notes.add_note",
        "payments.mark_paid",
        "programmes.create_programme",
        "retention_settings.hold_person",
        "screening_setup.load_template",
    ),
    "each version is a row of its own; the one it stands on is named, or the newest of another year": (
        "wording_versions.save_wording",
        "wording_versions.take_back_wording",
        "wording_years.copy_wordings",
    ),
    "reads a file and plans again inside its act; what it would replace its preview names": (
        "attendance_book_import.take_attendance_book",
        "attendance_return.take_attendance",
        "decision_import.import_decisions",
        "hours_import.import_hours",
        "intake.import_applicants",
        "interview_imports.import_availability",
        "interview_imports.import_interviewers",
        "interview_sheets.import_interview_sheet",
        "score_sheet_doors.take_sheet",
    ),
    "takes back acts, and refuses where a later act of somebody touches the same rows": (
        "history.take_back",
        "history.undo",
        "undo_list.undo_through",
    ),
    "fills only what is empty": (
        "hours_entry.work_as_planned",
        "hours_fill.fill_usual_week",
        "interview_drafts.apply_draft",
        "interview_plan.apply_plan",
        "interview_plan.book_places",
    ),
    "one choice for everybody, kept whole under its name: the last one stands, and nothing typed is lost": (
        "dated_figures.choose_prefecture",
        "paper_options.remember_addresses",
        "paper_options.remember_roster",
        "programmes.choose_programme",
    ),
    "no window and no command calls it: what is typed goes through save_cells, which compares": (
        "hours_entry.enter_hours",
    ),
    "erases by a list that is made again inside the act": (
        "retention_erasing.erase",
        "retention_sweeping.sweep",
    ),
    "computed from what is stored, nothing typed": ("doubts.look_again",),
    "tries, tells and takes it back": ("interview_settings.foresee_settings",),
}
"""Use-cases whose scene changes no row that was there before → by reason."""
STANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "moves one place up or down from wherever it stands by now; nothing typed is replaced": (
        "interview_criteria.move_interview_criterion",
        "screening_reviewers.move_reviewer",
        "screening_setup.move_criterion",
    ),
    "sets one state, the same whatever stood there before; who came, was told or was asked is a fact": (
        "doubts.mark_different",
        "doubts.mark_open",
        "hand_ins.receive_hand_ins",
        "mails.mark_sent",
        "selection_marks.record_attendance",
        "selection_marks.record_interview",
    ),
    "the rules of the selection are asked again about the state by now; answers are only added": (
        "appointments.appoint",
        "selection.record_replies",
    ),
    "a kept plan and a stretch of time are never edited; what is taken away is what was seen": (
        "interview_drafts.delete_drafts",
        "interviewer_times.remove_interviewer_times",
    ),
    "undoes its own merge field by field, and leaves and names what was changed since": (
        "person_split.split_person",
    ),
    "the points of a sheet or a review are compared; the total of the application follows from them": (
        "score_sheet_import.import_score_sheet",
        "screening_reviews.save_review",
    ),
    "tells people of a time; what is told is compared with the time by now": (
        "interview_announcing.announce",
    ),
    "makes limits what the trial on the screen supposed, and plans again from what is stored": (
        "interview_trial.make_real",
    ),
    "mends what cannot be right, from what is stored": ("integrity.repair_findings",),
}
"""Use-cases that do it all the same → by reason."""
OWN_WORDS = {
    "corrections.correct_decision": "correction.decided-later",
    "document_numbers.release_numbers": "numbers.issued",
    "history.redo": "redo.nothing",
    "import_batches.take_back_import": "import.back-changed",
    "promotion.promote": "promotion.not-reserve",
    "selection.record_reply": "selection.accept-before-pass",
    "selection.release": "selection.final-before-first",
    "selection_marks.mark_eligible": "selection.impossible-move",
    "selection_marks.mark_ineligible": "selection.ineligible-too-late",
}
"""Use-cases that say in words of their own that it is no longer so."""
ELSEWHERE = {
    "accounts.save_account": "tests/services/test_accounts.py::test_somebody_else_was_faster",
    "availability.save_times_of_interviewer": "tests/services/test_availability.py::test_an_interviewers_time_that_was_stored_meanwhile_is_not_overwritten",
    "availability.save_times_of_person": "tests/services/test_availability.py::test_time_that_was_stored_meanwhile_is_not_overwritten",
    "availability_forms.save_interviewer_times": "tests/services/test_availability.py::test_an_interviewers_time_that_was_stored_meanwhile_is_not_overwritten",
    "hand_ins.save_hand_ins": "tests/services/test_hand_ins.py::TestSaving::test_somebody_else_was_faster",
    "person_merge.merge_people": "tests/services/test_person_merge.py::test_what_cannot_be_merged_or_split_is_refused",
    "interview_reviews.save_interview_review": f"{_SEEN}test_points_of_an_interview",
    "promotion.order_reserves": "tests/services/test_promotion.py::test_an_order_that_somebody_changed_since_it_was_seen_is_asked_about",
    "programmes.save_programme": "tests/services/test_programmes.py::TestSave::test_a_stale_form_is_refused",
    "retention_settings.save_periods": f"{_SEEN}test_periods",
    "screening_setup.save_rule": f"{_SEEN}test_the_rule_of_the_screening",
}
"""Use-cases whose scene only adds and that compare → the test that shows it."""
REASONS: Final = {
    name: reason for table in (ADDS, STANDS) for reason, names in table.items() for name in names
}


def unnoticed(name: str, found: Mapping[str, Any]) -> str:
    """Return what is wrong with what became of a use-case whose rows were changed; empty if nothing is."""
    if name in SEEN or name in ELSEWHERE:
        return ""
    if found["refused"] == CHANGED:
        return f"{name} refuses, and needs no reason" if name in REASONS else ""
    if found["refused"]:
        return "" if OWN_WORDS.get(name) == found["refused"] else f"{name}: {found['refused']}"
    if name in REASONS:
        return ""
    what = f"writes over {', '.join(found['over'])}" if found["over"] else "says nothing"
    return f"{name} {what}: let it compare what was seen, or say why it need not (tests/seen_scenes.py)"
