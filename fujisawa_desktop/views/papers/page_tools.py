"""The bar above the page: turning pages and people, going to a page by its number, the size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.paper_draft import DraftPage
from fujisawa_desktop.views.papers.page_view import ZOOM_STEPS, PageView
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    ElidedLabel,
    IconButton,
    MenuButton,
    TextLabel,
    ValueEdit,
    whole_number,
)


class PageTools(QWidget):
    """Turns the pages of a view and tells where one is.

    Attributes:
        number_box: the number of the page shown, to be typed over.
        person: whose page it is.
    """

    def __init__(self, view: PageView, *, of_people: bool) -> None:
        super().__init__()
        self._view = view
        self._of_people = of_people
        self._pages: tuple[DraftPage, ...] = ()
        self._starts: list[int] = []
        self.back = IconButton("previous", _("Previous page (Page Up)"), lambda: self.turn(-1))
        self.forward = IconButton("next", _("Next page (Page Down)"), lambda: self.turn(1))
        self.number_box: ValueEdit[int] = ValueEdit(_page_number, str, width=64)
        self.number_box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number_box.setAccessibleName(_("Page number (Ctrl+G)"))
        self.number_box.setToolTip(_("Page number (Ctrl+G)"))
        self.number_box.editingFinished.connect(self._go_to_typed)
        self.place = TextLabel("", "secondary")
        self.person_back = IconButton("up", _("Previous person (Alt+↑)"), lambda: self.turn_person(-1))
        self.person_forward = IconButton("down", _("Next person (Alt+↓)"), lambda: self.turn_person(1))
        self.person = ElidedLabel("", "bold")
        self.smaller = IconButton("minus", _("Smaller (Ctrl+−)"), lambda: view.step_zoom(-1))
        self.larger = IconButton("add", _("Larger (Ctrl++)"), lambda: view.step_zoom(1))
        self.zoom = self._zoom_button()
        self._lay_out()
        view.page_shown.connect(self._shown)
        view.zoomed.connect(self._name_zoom)
        self._say_none()

    def _zoom_button(self) -> MenuButton:
        button = MenuButton(_("Whole page"))
        button.setAccessibleName(_("Size on the screen"))
        button.setMinimumWidth(92)
        button.add(_("Whole page (Ctrl+0)"), lambda: self._view.fit("page"))
        button.add(_("Width of the window (Ctrl+9)"), lambda: self._view.fit("width"))
        for step in ZOOM_STEPS:
            button.add(f"{step:.0%}", partial(self._view.set_zoom, step))
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        pages = (self.back, self.number_box, self.place, self.forward)
        people = (self.person_back, self.person_forward)
        sizes = (self.smaller, self.zoom, self.larger)
        for group in (pages, people):
            for widget in group:
                line.addWidget(widget)
            line.addSpacing(Space.S)
        line.addWidget(self.person, 1)
        for button in sizes:
            line.addWidget(button)
        for widget in people:
            widget.setVisible(self._of_people)

    def add_shortcuts(self, window: QWidget) -> None:
        """Let the keys of the bar work anywhere in the window."""
        view = self._view
        for keys, act in (
            ("Ctrl+G", self.ask_number),
            ("Alt+Down", lambda: self.turn_person(1)),
            ("Alt+Up", lambda: self.turn_person(-1)),
            ("Ctrl+PgDown", lambda: self.turn(1)),
            ("Ctrl+PgUp", lambda: self.turn(-1)),
            ("Ctrl+0", lambda: view.fit("page")),
            ("Ctrl+9", lambda: view.fit("width")),
            (QKeySequence.StandardKey.ZoomIn, lambda: view.step_zoom(1)),
            (QKeySequence.StandardKey.ZoomOut, lambda: view.step_zoom(-1)),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(act)

    def show_pages(self, pages: Sequence[DraftPage]) -> None:
        """Take in whose pages begin where."""
        self._pages = tuple(pages)
        self._starts = [page.first_page for page in pages]
        if not self._view.count():
            self._say_none()

    def ask_number(self) -> None:
        """Go to the box of the page number."""
        self.number_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number_box.selectAll()

    def turn(self, step: int) -> None:
        """Turn so many pages on."""
        self._view.go_to(self._view.number() + step)

    def turn_person(self, step: int) -> None:
        """Go to the first page of the next person (1), or of this or the one before (-1)."""
        at = self._person_at(self._view.number())
        if at is None:
            return
        if step < 0 and self._view.number() > self._starts[at]:
            step = 0
        wanted = at + step
        if 0 <= wanted < len(self._starts):
            self._view.go_to(self._starts[wanted])

    def _person_at(self, number: int) -> int | None:
        at = bisect_right(self._starts, number) - 1
        return at if at >= 0 else None

    def _go_to_typed(self) -> None:
        """Show the page typed, or the nearest there is; what is no number is forgotten."""
        try:
            wanted = self.number_box.value()
        except ValidationError:
            wanted = None
        count = self._view.count()
        if wanted is not None and count and wanted != self._view.number():
            self._view.go_to(min(max(wanted, 1), count))
        self._show_number()

    def _show_number(self) -> None:
        number = self._view.number()
        self.number_box.set_value(number or None)

    def _shown(self, number: int) -> None:
        count = self._view.count()
        self._show_number()
        text = ngettext("of {count} page", "of {count} pages", count)
        self.place.setText(text.format(count=f"{count:,}"))
        self.back.setEnabled(number > 1)
        self.forward.setEnabled(number < count)
        at = self._person_at(number)
        self.person_back.setEnabled(bool(at) or (at == 0 and number > self._starts[0]))
        self.person_forward.setEnabled(at is not None and at + 1 < len(self._starts))
        self.person.set_whole(self._name(at))
        self._enable_sizes(on=count > 0)

    def _name(self, at: int | None) -> str:
        if at is None:
            return ""
        page = self._pages[at]
        if not self._of_people:
            return page.name
        return _("{name} ({place} of {count})").format(
            name=page.name, place=f"{at + 1:,}", count=f"{len(self._pages):,}"
        )

    def _say_none(self) -> None:
        self.number_box.set_value(None)
        self.place.setText(_("no pages"))
        self.person.set_whole("")
        for button in (self.back, self.forward, self.person_back, self.person_forward):
            button.setEnabled(False)
        self._enable_sizes(on=False)

    def _enable_sizes(self, *, on: bool) -> None:
        for button in (self.smaller, self.zoom, self.larger):
            button.setEnabled(on)
        self.number_box.setEnabled(on)

    def _name_zoom(self) -> None:
        self.zoom.setText(_("{percent} %").format(percent=self._view.percent()))


def _page_number(text: str) -> int:
    return whole_number(text, field="page", lowest=1)
