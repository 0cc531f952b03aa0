# ruff: noqa: E501 - names of tests are sentences
"""How many entries each use-case leaves in the journal when it is done: one, unless it stands here."""

from __future__ import annotations

EXPORTS = frozenset({"exported", "issued"})
WITHOUT = {
    "backup_occasions.backup_before": "makes a copy; nothing in the file changes",
    "backups.forget_copies": "deletes copies; nothing in the file changes",
    "copying.copy_database": "the copy has the entries of what it is a copy of",
    "copying.copy_opened": "the copy has the entries of what it is a copy of",
    "outgoing.settle_outgoing": "ends what an entry before it began",
    "retention_copies.delete_copies": "deletes copies; an erasure records it",
    "retention_sweeping.sweep": "nothing was erased in its scene",
    "undo_list.undo_through": "one for each act that it takes back",
    "unlocking.change_key": "another key for the same file",
    "unlocking.create_encrypted": "a new file: its first entry, and its programme's",
    "unlocking.encrypt_file": "the same file under a key",
    "unlocking.erase_copies": "deletes copies; nothing in the file changes",
    "unlocking.make_plain": "the same file without a key",
    "unlocking.prepare_slots": "written before there is a file",
    "unlocking.set_passphrase": "another slot beside the file; nothing in the file changes",
    "backup_occasions.keep_watch": "makes a copy; nothing in the file changes",
    "backup_places.save_backup_settings": "kept beside the file, for every copy of it",
    "backups.automatic_backup": "makes a copy; nothing in the file changes",
    "backups.make_backup": "makes a copy; nothing in the file changes",
    "interview_settings.foresee_settings": "tries and takes back, to say what would happen",
    "sample_data.write_filled_sheets": "invented people",
    "sample_data.write_samples": "invented people",
    "table_files.save_file": "holds nobody: tests/test_exports_recorded.py",
    "returning.restore_backup": "the file that is made from a copy has the copy's entries and one of its own",
    "databases.create_database": "a new file: its first entry, and its programme's",
    "retention_erasing.erase": "one that it began, one that the freed pages are clear",
}
"""Use-cases that leave none, or not one → why."""
CHANGING = {
    "attendance_book_import.take_attendance_book": "tests/services/test_attendance_books.py::TestBack::test_a_second_stretch_in_a_spare_row",
    "attendance_return.take_attendance": "tests/services/test_attendance_return.py::TestTaking::test_the_sheet_takes_the_place_of_what_was_there",
    "decision_import.import_decisions": "tests/services/test_mails.py::test_another_address_than_the_portals_is_shown",
    "hand_ins.save_hand_ins": "tests/services/test_appointing_papers.py::test_a_paper_without_a_day_is_wanted_at_once",
    "hours_import.import_hours": "tests/services/test_hours_round_trip.py::TestOutAndBack::test_all_of_it_comes_back",
    "interview_sheets.import_interview_sheet": "tests/services/test_interview_sheets.py::test_what_came_back_is_shown_and_taken_in_as_one_act",
    "programmes.save_programme": "tests/services/test_conditions.py::test_saving_the_programme_keeps_and_checks_the_items",
}
"""Use-cases whose scene for the sweep of faults changes nothing, and leaves no entry → one in which they do."""
UNCHANGING = {*CHANGING, "doubts.look_again"}


def miscounted(name: str, entries: list[str]) -> str:
    """Return what is wrong with the entries that a use-case left; empty when nothing is."""
    if name in WITHOUT or (name in UNCHANGING and not entries) or len(entries) == 1:
        return ""
    return f"{name}: {len(entries)} entries ({', '.join(entries)})"
