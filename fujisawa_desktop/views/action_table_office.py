"""The papers for the post and for the file: labels, envelopes, window sheets, ledger, certificate."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec


def _office(kind: str, text: str, tip: str, group: int) -> ActionSpec:
    return ActionSpec(f"papers.{kind}", text, "papers", tip, tab="applicants", group=group)


OFFICE_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _office(
        "labels",
        N_("Address la&bels…"),
        N_("Prints addresses on a sheet of labels; a sheet that was begun can be used up."),
        3,
    ),
    _office(
        "envelope",
        N_("&Envelopes…"),
        N_("Prints addresses on envelopes (長形3号), the postcode in its boxes."),
        3,
    ),
    _office(
        "window-address",
        N_("Address sheets for &window envelopes…"),
        N_("Prints sheets whose address shows through the window of the envelope."),
        3,
    ),
    _office(
        "dispatch-ledger",
        N_("Dispat&ch ledger on paper"),
        N_("Lists the letters that were issued and the mails that were written, for the file."),
        4,
    ),
    _office(
        "purge-certificate",
        N_("Certificate of era&sure"),
        N_("Certifies, in counts, which personal data were erased at the end of their period."),
        4,
    ),
)
