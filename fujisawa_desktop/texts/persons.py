"""Sentences and words about one person: merged or kept apart, flags decided, notes."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "ruling.reason-missing": N_(
        "A reason is missing: somebody who takes part in spite of a flag needs one. Write it down."
    ),
    "ruling.flag-gone": N_(
        "The entry does not bear this flag any more, so there is nothing to decide. Reload the list."
    ),
    "ruling.none": N_("Nothing was decided about this flag, so there is nothing to open. Reload the list."),
    "note.empty": N_("A note without words cannot be kept. Write something, or close it."),
    "note.gone": N_("This note is no longer there. Reload the list."),
}

LABELS: Final[dict[str, str]] = {
    "ruling.waived": N_("Takes part all the same ({flag})"),
    "ruling.stands": N_("Does not take part ({flag})"),
    "ruling.reopen": N_("Decision taken away ({flag})"),
    "note.add": N_("Note written"),
    "note.edit": N_("Note changed"),
    "note.delete": N_("Note deleted"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "note-kind": {"shared": N_("Shared"), "office": N_("Office only")},
}
