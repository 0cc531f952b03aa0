"""Sentences of the journal: what it holds, what a check of it finds, what leaves the program."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "journal.anchor-count": N_(
        "Without the number of acts the line cannot be compared. Type the number that stands before 件."
    ),
    "journal.anchor-mark": N_(
        "The check code has twelve letters and figures in groups of four, so this one cannot be compared. "
        "Read it again from the paper."
    ),
    "journal.no-such-act": N_(
        "Act {number} is no longer in the journal, so it cannot be shown. Check the file (Tools menu)."
    ),
}

LABELS: Final[dict[str, str]] = {
    "papers.files-noted": N_("Files of act {seq} that had been lost on their way were seen to ({count})"),
    "screen.copied": N_("Copied to the clipboard ({count})"),
    "papers.draft-out": N_("{kind}: draft printed or saved ({count})"),
    "papers.copy-out": N_("{kind}: printed or saved again ({count})"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "list": {"journal": N_("Journal of acts")},
    "list-column": {
        "act_number": N_("No."),
        "act_at": N_("When"),
        "act_actor": N_("Who"),
        "act_kind": N_("Kind"),
        "act": N_("Act"),
        "act_people": N_("People concerned"),
    },
    "journal-kind": {
        "act": N_("Act"),
        "undo": N_("Act taken back"),
        "redo": N_("Done again"),
        "issued": N_("Issued paper"),
        "exported": N_("Written out"),
        "erased": N_("Erased"),
        "restored": N_("Restored"),
        "founded": N_("New file"),
    },
    "journal-part": {
        "entry": N_("Act"),
        "payload": N_("Values of the act"),
        "subjects": N_("People of the act"),
    },
    "journal-tampering": {
        "changed": N_("changed"),
        "deleted": N_("removed"),
        "inserted": N_("put in"),
        "swapped": N_("exchanged"),
        "truncated": N_("missing at the end"),
        "rewritten": N_("written anew"),
        "restored": N_("given up when a backup was restored"),
    },
    "undo-reason": {
        "undo.issued": N_("A paper about the same person has been issued since."),
        "undo.erased": N_("What it held was erased when its period of retention was over."),
    },
    "journal-field": {
        "account_kind": N_("Kind of account"),
        "account_number": N_("Account number"),
        "actor": N_("Who"),
        "announced_at": N_("Told at"),
        "asked_on": N_("Asked for"),
        "attendance": N_("Attendance"),
        "bank_code": N_("Bank code"),
        "branch_code": N_("Branch code"),
        "break_minutes": N_("Break (minutes)"),
        "category": N_("Category"),
        "closed_at": N_("Closed at"),
        "code": N_("Code"),
        "comment": N_("Comment"),
        "confirmed_on": N_("Confirmed on"),
        "day": N_("Day"),
        "day_note": N_("Note on the day"),
        "decided_at": N_("Decided at"),
        "document_number": N_("Document number"),
        "due_on": N_("Due"),
        "ends": N_("End"),
        "ends_at": N_("End"),
        "file_name": N_("File"),
        "flag": N_("Flag"),
        "from_day": N_("From"),
        "holder_kana": N_("Account holder"),
        "is_locked": N_("Fixed"),
        "is_remote": N_("At home"),
        "issued_at": N_("Issued at"),
        "key": N_("Setting"),
        "kind": N_("Kind"),
        "late_minutes": N_("Late (minutes)"),
        "leaving_reason": N_("Reason for leaving"),
        "left_on": N_("Left on"),
        "minutes": N_("Minutes"),
        "month": N_("Month"),
        "net_yen": N_("Paid out (yen)"),
        "paid_on": N_("Paid on"),
        "pass_yen": N_("Season ticket (yen)"),
        "pay_yen": N_("Pay (yen)"),
        "points": N_("Points"),
        "preference": N_("Preference"),
        "reason": N_("Reason"),
        "recommendation": N_("Recommendation"),
        "replied_at": N_("Replied at"),
        "reserve_rank": N_("Place on the reserve list"),
        "result": N_("Result"),
        "round_trip_yen": N_("Round trip (yen)"),
        "score": N_("Points"),
        "sent_at": N_("Sent at"),
        "stage": N_("Stage"),
        "starts": N_("Start"),
        "starts_at": N_("Start"),
        "status": N_("State"),
        "subject": N_("Subject"),
        "tax_yen": N_("Income tax (yen)"),
        "text": N_("Text"),
        "title": N_("Title"),
        "value": N_("Value"),
        "verdict": N_("Ruling"),
        "year": N_("Year"),
        "yen": N_("Yen"),
    },
}
