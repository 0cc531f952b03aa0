"""The four totals of a month side by side, and whose figures disagree."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_yen, ngettext
from fujisawa_desktop.services.pay_totals import PayTotals, PersonTotals, Total
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import RunningText, TextLabel

NAMED_MOST = 6
"""People named in the strip; the list of the window shows the others."""


class TotalsStrip(QFrame):
    """Statements, register, bank file and payments of a month."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(_("Totals of the month"))
        self._figures = {name: TextLabel("", "bold") for name in ("stated", "register", "transfer", "paid")}
        self.verdict = RunningText("", "neutral")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        line = QHBoxLayout()
        line.setSpacing(Space.XL)
        headings = {
            "stated": _("As stated"),
            "register": _("Register"),
            "transfer": _("Transfers"),
            "paid": _("Paid"),
        }
        for name, figure in self._figures.items():
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(TextLabel(headings[name], "secondary"))
            pair.addWidget(figure)
            line.addLayout(pair)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.verdict)

    def show_totals(self, totals: PayTotals) -> None:
        """Show the totals, and name whose figures disagree."""
        for name, figure in self._figures.items():
            figure.setText(total_text(getattr(totals, name)))
        self.verdict.set_text(_verdict(totals))
        self.verdict.set_tone("wrong" if totals.mistaken else "good")

    def figure(self, name: str) -> str:
        """Return a total as it is shown."""
        return self._figures[name].text()


def total_text(total: Total) -> str:
    """Return how many people and how much."""
    people = ngettext("{count} person", "{count} people", total.people).format(count=f"{total.people:,}")
    return _("{people}, {yen} yen").format(people=people, yen=format_yen(total.yen))


def _verdict(totals: PayTotals) -> str:
    if not totals.stated.people:
        return _("Nothing was computed for this month yet.")
    if totals.mistaken:
        return _("Look at these people: {people}").format(people=_named(totals.mistaken))
    if totals.people:
        return _("The totals agree, these people aside: {people}").format(people=_named(totals.people))
    if not totals.paid.people:
        return _("Statements, register and transfers agree. Nothing is recorded as paid yet.")
    return _("All four agree.")


def _named(people: Iterable[PersonTotals]) -> str:
    listed = [_one(person) for person in people]
    if len(listed) > NAMED_MOST:
        more = _("{count} more").format(count=len(listed) - NAMED_MOST)
        listed = [*listed[:NAMED_MOST], more]
    return _(", ").join(listed)


def _one(person: PersonTotals) -> str:
    why = _(", ").join(texts.term("register-doubt", code) for code in person.codes)
    return _("{name} ({why})").format(name=person.name, why=why)
