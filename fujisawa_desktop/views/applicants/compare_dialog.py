"""People who may be one, pair after pair: made one field by field, or kept apart; keyboard or mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.comparison import Comparison, comparison, pair_form, pair_of
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.doubts import Doubt, look_again, mark_different, open_doubts
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.person_merge import MergeForesight, merge_people
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.compare_sheet import CompareSheet
from fujisawa_desktop.views.applicants.words import joined, reasons_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, do_beside_others
from fujisawa_desktop.views.widgets import (
    EmptyState,
    IconButton,
    LinkButton,
    Pill,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)


class CompareDialog(QDialog):
    """Goes through all open questions; the pair asked for comes first, and the list is never left.

    Signals:
        done_with(): nothing is in doubt any more, or the dialog was closed.

    Attributes:
        doubts: the questions that are open.
        pair: the two people shown, None while they are read.
        sheet: the fields of the pair.
    """

    done_with = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, start: int | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._start = start
        self._at = 0
        self._acting = False
        self.doubts: tuple[Doubt, ...] = ()
        self.pair: Comparison | None = None
        self.sheet: CompareSheet | None = None
        self.setWindowTitle(_("One person or two?"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1040, 720)
        self.previous = IconButton("previous", _("Previous pair (Alt+↑)"), lambda: self.step(-1))
        self.next = IconButton("next", _("Next pair (Alt+↓)"), lambda: self.step(1))
        self.place = TextLabel("", "secondary")
        self.sure = Pill("", "neutral")
        self.likeness = RunningText()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nobody = EmptyState(_("Looking for people who may be one…"))
        self.foresight = RunningText()
        self.told = TextLabel("", "body", "good")
        self.take_back = LinkButton(_("Take it back (Ctrl+Z)"), self._undo)
        self.take_back.hide()
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self.different = SecondaryButton(_("Two people (Ctrl+D)"), self.keep_apart)
        self.merge = PrimaryButton(_("One person (Ctrl+Enter)"), self.make_one)
        self._lay_out()
        self._offer_keys()
        self._set_ready(ready=False)
        self.finished.connect(lambda _result: self.done_with.emit())
        self._ask_queue()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(row(self.previous, self.next, self.place, self.sure, None))
        column.addWidget(self.likeness)
        column.addWidget(self.nobody, 1)
        column.addWidget(self.area, 1)
        column.addWidget(self.foresight)
        column.addLayout(row(self.told, self.take_back, None, self.close_button, self.different, self.merge))

    def _offer_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Alt+Up", lambda: self.step(-1)),
            ("Alt+Down", lambda: self.step(1)),
            ("Ctrl+Return", self.make_one),
            ("Ctrl+Enter", self.make_one),
            ("Ctrl+D", self.keep_apart),
            ("Ctrl+Z", self._undo),
            ("PgDown", lambda: self._page(QScrollBar.SliderAction.SliderPageStepAdd)),
            ("PgUp", lambda: self._page(QScrollBar.SliderAction.SliderPageStepSub)),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(
                key.startswith("Pg")
            )  # a key held down must not decide about a pair nobody has seen
            shortcut.activated.connect(act)

    # --- what the buttons do -----------------------------------------------------

    def step(self, by: int) -> None:
        """Go to another pair."""
        if 0 <= self._at + by < len(self.doubts):
            self._at += by
            self._ask_pair()

    def make_one(self) -> None:
        """Make one person of the two, with the values chosen."""
        if self.pair is None or self.sheet is None or not self.merge.isEnabled():
            return
        self._begin()
        base = pair_of(self.pair.left.form, self.pair.right.form)
        kept_id, gone_id = base.ids
        both = ((_("Left"), "kept"), (_("Right"), "gone"))
        labels = {
            f"{whose}:{name}": _("{person}: {field}").format(person=side, field=term("field", name))
            for side, whose in both
            for name in base.kept
        }
        saving = Saving(
            merge_people,
            base=base,
            read=partial(pair_form, kept_id=kept_id, gone_id=gone_id),
            row=RowOf("applicant", ids=base.ids),
            words=FormWords(self, labels=labels),
            owner=self,
            on_done=lambda change: self._done(change, _("The two are one person now.")),
            on_error=self._refused,
            on_stop=self._look_at_theirs,
            aside=frozenset({"ids", "versions"}),
            more={"from_gone": self.sheet.from_right()},
            given=lambda pair: {"kept_id": pair.ids[0], "gone_id": pair.ids[1], "versions": pair.versions},
            deed=_("(made one person)"),
        )
        do_beside_others(self._desk, saving)

    def _look_at_theirs(self) -> None:
        """Show the pair as somebody else saved it."""
        self._acting = False
        self._ask_pair()

    def keep_apart(self) -> None:
        """Remember that they are two people."""
        if self.pair is None or not self.different.isEnabled():
            return
        self._begin()
        self._desk.perform(
            mark_different,
            on_done=lambda change: self._done(change, _("The two stay two people.")),
            on_error=self._refused,
            suspicion_id=self.doubts[self._at].suspicion_id,
            actor=self._desk.actor,
        )

    def _page(self, step: QScrollBar.SliderAction) -> None:
        """Read on by keyboard."""
        self.area.verticalScrollBar().triggerAction(step)

    def _undo(self) -> None:
        if self.take_back.isHidden() or self._acting:
            return
        self._begin()
        self.take_back.hide()
        self._desk.perform(
            undo,
            on_done=lambda change: self._done(change, _("Taken back."), undone=True),
            on_error=self._refused,
            actor=self._desk.actor,
        )

    def reject(self) -> None:
        """Close, but not while something is being written: its answer is told here."""
        if not self._acting:
            super().reject()

    def _begin(self) -> None:
        self._acting = True
        self._set_ready(ready=False)

    def _done(self, change: ChangeSet, words: str, *, undone: bool = False) -> None:
        self._acting = False
        self.told.setText(words)
        self.take_back.setVisible(change.changed and not undone)
        self._ask_queue()

    def _refused(self, error: Exception) -> None:
        self._acting = False
        self.told.setText("")
        self.foresight.set_tone("wrong")
        self.foresight.set_text(texts.message(error))
        self._set_ready(ready=self.pair is not None)

    # --- what is read --------------------------------------------------------------

    def _ask_queue(self) -> None:
        self._desk.query(
            open_doubts,
            self._show_queue,
            owner=self,
            on_error=self._fail,
            programme_id=self._desk.programme_id,
        )

    def _show_queue(self, doubts: tuple[Doubt, ...]) -> None:
        self.doubts = doubts
        if self._start is not None:
            ids = [doubt.suspicion_id for doubt in doubts]
            self._at = ids.index(self._start) if self._start in ids else 0
            self._start = None
        self._at = min(self._at, max(len(doubts) - 1, 0))
        if doubts:
            self._ask_pair()
        else:
            self._show_nobody()

    def _ask_pair(self) -> None:
        self._set_ready(ready=False)
        doubt = self.doubts[self._at]
        self._desk.query(
            comparison,
            self._show_pair,
            owner=self,
            latest="applicants.comparison",
            on_error=self._fail,
            left_entry_id=doubt.first_entry_id,
            right_entry_id=doubt.second_entry_id,
        )

    def _show_pair(self, pair: Comparison) -> None:
        doubt = self.doubts[self._at]
        self.pair = pair
        self.sheet = CompareSheet(pair, can_choose=not self._desk.read_only)
        self.area.setWidget(self.sheet)
        self.place.setText(f"{self._at + 1:,} / {len(self.doubts):,}")
        self.sure.set(_("probably one person") if doubt.is_same else _("perhaps one person"), "neutral")
        self.likeness.set_text(
            _("Alike in {reasons} (likeness {score} %). Choose the value to keep where they differ.").format(
                reasons=reasons_text(doubt.reasons), score=doubt.score
            )
        )
        refused = bool(pair.foresight.refused)
        self.foresight.set_tone("caution" if refused or pair.foresight.noted_apart else None)
        self.foresight.set_text("\n".join(foresight_lines(pair.foresight)))
        self._set_ready(ready=True)
        self._column.activate()  # before it is laid out, the focus would scroll the names out of sight
        if self.sheet.choices:
            self.sheet.choices[0].focus()
        else:
            (self.merge if self.merge.isEnabled() else self.different).setFocus()

    def _show_nobody(self) -> None:
        self.pair = self.sheet = None
        self._set_ready(ready=False)
        self.place.setText("")
        writable = not self._desk.read_only
        self.nobody.say(
            _("Nobody is in doubt"),
            _("Every pair has been decided. New doubts appear here after the next import."),
            _("Look through everybody again") if writable else "",
            self._look_again,
        )
        self.close_button.setFocus()

    def _look_again(self) -> None:
        self._begin()
        self.nobody.say(_("Looking for people who may be one…"))
        self._desk.perform(
            look_again,
            on_done=self._looked,
            on_error=self._refused_look,
            programme_id=self._desk.programme_id,
            actor=self._desk.actor,
        )

    def _looked(self, change: ChangeSet) -> None:
        self._done(change, _("Everybody was compared with everybody."))

    def _refused_look(self, error: Exception) -> None:
        self._acting = False
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        self.reject()
        self._desk.notifier.show(error)

    def _set_ready(self, *, ready: bool) -> None:
        """Let the buttons act only on a pair that is shown; say what is there when none is."""
        here = self.pair is not None
        for widget in (self.area, self.likeness, self.foresight, self.sure):
            widget.setVisible(here)
        self.nobody.setVisible(not here)
        writable = ready and here and not self._desk.read_only
        self.different.setEnabled(writable)
        self.merge.setEnabled(writable and self.pair is not None and not self.pair.foresight.refused)
        self.previous.setEnabled(ready and self._at > 0)
        self.next.setEnabled(ready and self._at < len(self.doubts) - 1)


def foresight_lines(foresight: MergeForesight) -> list[str]:
    """Return in words what making two people one would do, or why it cannot be done."""
    if foresight.refused:
        return [texts.message_for(foresight.refused, foresight.params)]
    lines = [
        ngettext(
            "As one person: {count} entry. It can be split again later.",
            "As one person: {count} entries. They can be split again later.",
            foresight.entries,
        ).format(count=foresight.entries)
    ]
    if foresight.twice:
        lines.append(
            _("Both have applied for {courses}; both entries stay, each with its own decision.").format(
                courses=joined(foresight.twice)
            )
        )
    if foresight.noted_apart:
        lines.append(
            _("Different results are noted for {courses}. Look at them before they are announced.").format(
                courses=joined(foresight.noted_apart)
            )
        )
    if foresight.interviews > 1:
        lines.append(_("The one person would have {count} interviews.").format(count=foresight.interviews))
    return lines
