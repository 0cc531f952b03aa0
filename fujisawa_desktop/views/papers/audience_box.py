"""For whom the papers are made: the people chosen, everybody, those of one result or one course."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.paper_audience import Audience, AudienceGroup
from fujisawa_desktop.texts import term

CHOSEN = AudienceGroup(Audience.CHOSEN)


class AudienceBox(QComboBox):
    """The groups of people a kind of paper can be made for, with how many papers each has.

    Signals:
        chosen(AudienceGroup): make the papers for these.
    """

    chosen = Signal(object)

    def __init__(self, numbers: Sequence[str] | None) -> None:
        super().__init__()
        self._numbers = numbers
        self._groups: list[AudienceGroup] = []
        self.setMinimumWidth(200)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(300)
        self.show_groups(())
        self.currentIndexChanged.connect(self._choose)

    def group(self) -> AudienceGroup:
        """Return for whom the papers are made now."""
        return self._groups[max(self.currentIndex(), 0)]

    def show_groups(self, groups: Sequence[AudienceGroup]) -> None:
        """Offer these; what is chosen stays chosen while it is still offered."""
        before = self._groups[self.currentIndex()] if self._groups else None
        first = [] if self._numbers is None else [CHOSEN]
        listed = list(groups) or [AudienceGroup(Audience.EVERYBODY)]
        self._groups = [*first, *listed]
        with QSignalBlocker(self):
            self.clear()
            for group in self._groups:
                self.addItem(self._words(group))
            keys = [group.key for group in self._groups]
            self.setCurrentIndex(keys.index(before.key) if before and before.key in keys else 0)

    def choose(self, audience: Audience) -> None:
        """Make the papers for another group."""
        place = next((at for at, one in enumerate(self._groups) if one.audience is audience), None)
        if place is not None:
            self.setCurrentIndex(place)

    def _choose(self, _at: int) -> None:
        self.chosen.emit(self.group())

    def _words(self, group: AudienceGroup) -> str:
        if group.audience is Audience.CHOSEN:
            count = len(self._numbers or ())
            return ngettext("The {count} chosen", "The {count} chosen", count).format(count=f"{count:,}")
        name = group.name or term("audience", group.audience)
        if group.count is None:
            return name
        return _("{name} ({count})").format(name=name, count=f"{group.count:,}")
